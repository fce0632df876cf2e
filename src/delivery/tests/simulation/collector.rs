//! A collector that keeps ids, behind a network that does what the weather says.

use super::schedule::{Nature, Weather};
use std::collections::{BTreeMap, BTreeSet};

/// An answer, and when it comes; or none ever.
#[derive(Clone)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) retry_after: Option<i64>,
    pub(super) delay: i64,
}

#[derive(Default)]
pub(super) struct Collector {
    /// How often each event was posted with success. What it keeps is the keys: an event is there once.
    pub(super) stored: BTreeMap<u64, u32>,
    /// Called too large, alone.
    pub(super) too_large: BTreeSet<u64>,
}

impl Collector {
    pub(super) fn post(&mut self, batch: &[(u64, Nature)], bytes: u32, weather: Weather) -> Option<Reply> {
        let reply = |status, delay| Some(Reply { status, retry_after: None, delay });
        match weather {
            Weather::RequestLost { delay } => reply(0, delay),
            Weather::Status { status, retry_after } => Some(Reply { status, retry_after, delay: 20 }),
            Weather::Fair { delay } => reply(self.judge(batch), delay),
            Weather::ReplyLost { delay } => {
                self.judge(batch);
                reply(0, delay)
            }
            Weather::Silence => {
                self.judge(batch);
                None
            }
            // What the face takes to give up.
            Weather::Narrow { bytes: most } if bytes > most => reply(0, 30_000),
            Weather::Proxy { bytes: most } if bytes > most => {
                if let [(alone, _)] = batch {
                    self.too_large.insert(*alone);
                }
                reply(413, 20)
            }
            Weather::Narrow { .. } | Weather::Proxy { .. } => reply(self.judge(batch), 40),
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
