//! What the machine wants done.

use super::memory::Memory;
use super::time::Millis;

/// What is to be done, in this order. The face does it; see `Command` in `js/src/module.ts`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// POST these events as one batch, then tell [`answered`](super::Machine::answered).
    Send {
        /// Names the request; never used twice by one machine.
        batch: u32,
        /// Keys of the journal, increasing.
        keys: Vec<u64>,
        /// The request has to outlive the page.
        keepalive: bool,
    },
    /// Remove these from the journal, and count them by the reason.
    Remove {
        /// Keys of the journal.
        keys: Vec<u64>,
        /// Why.
        reason: Reason,
    },
    /// Call [`wake`](super::Machine::wake) at this time. Replaces an earlier one.
    Wake {
        /// By the page's clock, later than the input's `now`.
        at: Millis,
    },
    /// Keep this for the [machine](super::Machine::recall) of the next tab that sends, or of the next page load.
    /// Replaces an earlier one.
    Remember(Memory),
}

/// Whether events come faster than they leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressure {
    /// They do not.
    None,
    /// The queue is above half of its cap by count or bytes; at the cap the oldest are given up.
    High,
}

/// Why an event leaves the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The backend has it.
    Acknowledged,
    /// The backend called it bad, alone.
    Refused,
    /// Larger than any backend takes; never sent.
    TooLarge,
    /// The oldest, given up for room.
    QueueFull,
}

impl Reason {
    /// As the face spells it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Acknowledged => "acknowledged",
            Self::Refused => "refused",
            Self::TooLarge => "too_large",
            Self::QueueFull => "queue_full",
        }
    }
}
