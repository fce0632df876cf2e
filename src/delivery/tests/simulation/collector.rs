//! A collector that keeps ids, behind a network that does what the weather says.

use super::schedule::{Nature, Weather};
use std::collections::BTreeMap;

/// An answer, and when it comes; or none ever.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) retry_after: Option<i64>,
    pub(super) delay: i64,
}

#[derive(Default)]
pub(super) struct Collector {
    /// How often each event was stored.
    pub(super) stored: BTreeMap<u64, u32>,
}

impl Collector {
    pub(super) fn post(&mut self, batch: &[(u64, Nature)], weather: Weather) -> Option<Reply> {
        match weather {
            Weather::RequestLost { delay } => Some(Reply { status: 0, retry_after: None, delay }),
            Weather::Status { status, retry_after } => Some(Reply { status, retry_after, delay: 20 }),
            Weather::Fair { delay } => Some(Reply { status: self.judge(batch), retry_after: None, delay }),
            Weather::ReplyLost { delay } => {
                self.judge(batch);
                Some(Reply { status: 0, retry_after: None, delay })
            }
            Weather::Silence => {
                self.judge(batch);
                None
            }
        }
    }

    /// All of a batch or nothing.
    fn judge(&mut self, batch: &[(u64, Nature)]) -> u16 {
        for &(_, nature) in batch {
            if let Nature::Bad(status) | Nature::Unwelcome(status) = nature {
                return status;
            }
        }
        for &(id, _) in batch {
            *self.stored.entry(id).or_default() += 1;
        }
        200
    }
}
