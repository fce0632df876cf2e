//! What requests bring.

use serde::{Deserialize, Serialize};

use super::Sums;

/// Of the requests of a source by one way on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Requests {
    /// Requests of which anything was kept or counted.
    pub requests: u64,
    /// Events that are new.
    pub accepted: u64,
    /// Events that were there before.
    pub duplicates: u64,
    /// Events that will never be stored as they are, by code.
    #[serde(skip_serializing_if = "Sums::is_empty")]
    pub rejected: Sums,
    /// Properties and traits that were taken out at the door, by the deny-list.
    #[serde(skip_serializing_if = "is_zero")]
    pub denied: u64,
    /// Counters of page loads that cannot be read, or are more than a page load comes to: they count nowhere else.
    #[serde(skip_serializing_if = "is_zero")]
    pub unbelieved: u64,
    /// New events that name somebody whom they may not, and so do not to the fold, by what: `user`, `other_id` (nothing is
    /// left of them), `account`.
    #[serde(skip_serializing_if = "Sums::is_empty")]
    pub disbelieved: Sums,
    /// New events by how long they took.
    #[serde(skip_serializing_if = "Sums::is_empty")]
    pub lateness: Sums,
    /// Requests that say when they were sent, by how wrong their clock is.
    #[serde(skip_serializing_if = "Sums::is_empty")]
    pub skew: Sums,
}

impl Requests {
    /// Both together.
    pub fn add(&mut self, other: &Requests) {
        let add = |sum: &mut u64, more: u64| *sum = sum.saturating_add(more);
        add(&mut self.requests, other.requests);
        add(&mut self.accepted, other.accepted);
        add(&mut self.duplicates, other.duplicates);
        add(&mut self.denied, other.denied);
        add(&mut self.unbelieved, other.unbelieved);
        self.rejected.add_all(&other.rejected);
        self.disbelieved.add_all(&other.disbelieved);
        self.lateness.add_all(&other.lateness);
        self.skew.add_all(&other.skew);
    }
}

// The shape is serde's.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(number: &u64) -> bool {
    *number == 0
}
