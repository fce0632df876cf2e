//! What a nudge is to bring about.

use crate::engine::field::Index;
use crate::engine::matcher::Matcher;
use crate::engine::playbook::ConditionId;
use crate::engine::time::{Millis, Span};
use crate::engine::wire::{wire_enum, wire_struct};

/// A goal: reached within a while from the exposure, the nudge has converted.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// What is to happen.
    pub aim: Aim,
    /// In what time.
    pub within: Span,
    /// Where the event says what it was worth.
    pub value: Option<Vec<String>>,
}

/// What is to happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Aim {
    /// One of these events.
    Event(Matcher),
    /// A condition of persons begins to hold.
    When(ConditionId),
}

/// A nudge was shown, and has not converted yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exposure {
    /// Which one.
    pub nudge: Index,
    /// When it was last shown.
    pub(in crate::engine) at: Millis,
    /// The event that it aims at has happened.
    pub(in crate::engine) met: bool,
    /// Whether the condition that it aims at held at the last evaluation since; none before one.
    pub(in crate::engine) held: Option<bool>,
}

wire_struct!(Goal { aim, within, value });
wire_enum!(Aim or Aim::When(0), { 0 => Event(matcher), 1 => When(condition) });
wire_struct!(Exposure { nudge, at, met, held });
