//! The places that a condition can look at: dotted paths of the view, resolved when the playbook is compiled.

use super::wire::wire_enum;

/// Whose a definition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A person's.
    Person,
    /// An account's.
    Account,
}

/// Position of a definition among those of its kind and scope.
pub type Index = u16;

/// A place in the view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// `user.…` or `account.…`
    Trait(Scope, Vec<String>),
    /// `signals.…`
    Signal(Scope, Index),
    /// A segment: whether it holds.
    Segment(Scope, Index),
    /// `momentum`
    Momentum,
    /// `alive`
    Alive,
    /// `scores.…`
    Score(Scope, Index),
    /// `bands.…`
    Band(Scope, Index),
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

wire_enum!(Scope or Scope::Person, { 0 => Person, 1 => Account });
wire_enum!(Field or Field::Momentum, {
    0 => Trait(scope, path),
    1 => Signal(scope, index),
    2 => Segment(scope, index),
    3 => Momentum,
    4 => Stage(scope, index),
    5 => Reached(scope, index, rung),
    6 => Moment(scope, index),
    7 => Property(path),
    8 => Weekday,
    9 => HourOfDay,
    10 => Page(path),
    11 => Alive,
    12 => Score(scope, index),
    13 => Band(scope, index),
});
