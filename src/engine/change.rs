//! What an evaluation reports: the changes of a view.

use super::activity::Momentum;
use super::field::Index;
use super::time::Millis;

/// A change, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The event's time; for a change by time alone, the hour's start.
    pub at: Millis,
    /// What changed.
    pub what: What,
}

/// What changed; positions are those of the definitions of the scope. In the order in which they are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The stage on a ladder.
    Stage {
        /// The ladder.
        ladder: Index,
        /// The rung before; none at the first evaluation.
        from: Option<u8>,
        /// The rung now.
        to: Option<u8>,
    },
    /// The momentum.
    Momentum {
        /// None before any activity.
        from: Option<Momentum>,
        /// Now.
        to: Momentum,
    },
    /// Whether a segment holds.
    Segment {
        /// The segment.
        segment: Index,
        /// None at the first evaluation.
        from: Option<bool>,
        /// Now.
        to: bool,
    },
    /// A moment fired.
    Moment {
        /// The moment.
        moment: Index,
    },
}
