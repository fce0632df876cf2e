//! When something that opens doors is to end: at once, or after a while in which its successor is valid, too.

use std::time::Duration;

use ripen::replay::format_timestamp;
use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use crate::clock::Millis;
use crate::limits;

/// What is asked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Overlap {
    /// Seconds that it stays valid.
    overlap_seconds: Option<u64>,
}

/// What is answered.
#[derive(Serialize)]
pub(super) struct Ended {
    success: bool,
    ends: String,
}

impl Overlap {
    /// The instant at which it ends; so long after now where nothing is said.
    pub(super) fn end(self, now: Millis, default: Duration) -> Result<Millis, Refusal> {
        let overlap = self.overlap_seconds.map_or(default, Duration::from_secs);
        if overlap > limits::LONGEST_OVERLAP {
            let most = limits::LONGEST_OVERLAP.as_secs();
            return Err(Refusal::BadRequest(format!("`overlapSeconds` is at most {most}")));
        }
        Ok(Millis(now.0.saturating_add(i64::try_from(overlap.as_millis()).unwrap_or(i64::MAX))))
    }
}

impl Ended {
    pub(super) fn at(ends: Millis) -> Ended {
        Ended { success: true, ends: format_timestamp(ends) }
    }
}
