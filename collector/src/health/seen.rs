//! What is seen of a request besides its events.

use super::{Source, Sums, Transport};
use crate::clock::Millis;

/// Beside the events of a batch: by what they came, and what did not get through the door.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// By what.
    pub source: Source,
    /// Which way.
    pub transport: Transport,
    /// When it was sent, by the client's clock.
    pub sent: Option<Millis>,
    /// Events that were refused, by code.
    pub rejected: Sums,
    /// Properties and traits that were taken out.
    pub denied: u64,
    /// What its page loads say of themselves that nobody can read, or believe.
    pub unbelieved: u64,
}
