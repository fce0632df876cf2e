//! What an evaluation reports: the changes of a view.

use super::activity::Momentum;
use super::field::{Index, Scope};
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
    /// A nudge that was shown has reached its goal. It is in the log by itself, and no line of a timeline.
    Converted {
        /// The nudge.
        nudge: Index,
    },
}

/// The moments of persons that fired at an instant.
pub fn fired(changes: &[Change], now: Millis) -> Vec<(Scope, Index)> {
    let mut fired = Vec::new();
    for change in changes {
        if let What::Moment { moment } = change.what
            && change.at == now
        {
            fired.push((Scope::Person, moment));
        }
    }
    fired
}

/// The nudges that reached their goals.
pub fn converted(changes: &[Change]) -> impl Iterator<Item = Index> {
    changes.iter().filter_map(|change| match change.what {
        What::Converted { nudge } => Some(nudge),
        _ => None,
    })
}
