//! The places that a condition can look at: dotted paths of the view, resolved when the playbook is compiled.

use serde::{Deserialize, Serialize};

/// Whose a definition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    /// A person's.
    Person,
    /// An account's.
    Account,
}

/// Position of a definition among those of its kind and scope.
pub type Index = u16;

/// A place in the view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Field {
    /// `user.…` or `account.…`
    Trait(Scope, Vec<String>),
    /// `signals.…`
    Signal(Scope, Index),
    /// A segment: whether it holds.
    Segment(Scope, Index),
    /// `momentum`
    Momentum,
    /// `stages.…`
    Stage(Scope, Index),
    /// `reached.LADDER.RUNG`
    Reached(Scope, Index, u8),
    /// A moment: whether its condition holds.
    Moment(Scope, Index),
    /// In a `where`: a path into the properties of the event.
    Property(Vec<String>),
    /// `now.weekday`
    Weekday,
    /// `now.hour`
    HourOfDay,
    /// `page.…`, `locale`, `event.…`: what only the page knows at the moment of a nudge.
    Page(Vec<String>),
}
