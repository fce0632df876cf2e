//! Nudges and the policy above them, compiled (`semantics.md` §7).

use super::condition::Condition;
use super::field::{Index, Scope};
use super::matcher::Matcher;
use super::time::{Span, Window};
use super::value::Value;
use super::wire::{wire_enum, wire_struct};

/// Something to show.
#[derive(Clone, Debug, PartialEq)]
pub struct Nudge {
    /// As written.
    pub id: String,
    /// What it is for.
    pub purpose: Purpose,
    /// The edges: events.
    pub on: Vec<Matcher>,
    /// The level: a condition.
    pub when: Condition,
    /// The level: a moment that must hold.
    pub moment: Option<(Scope, Index)>,
    /// The higher comes first.
    pub priority: i32,
    /// What each outcome does to it; those that the playbook does not speak of by default.
    pub limits: Vec<(Outcome, Limit)>,
    /// What is drawn: `placement`, `content`, `actions`, `form`. No part of the decision.
    pub appearance: Value,
}

impl Nudge {
    /// What an outcome does to it.
    pub fn limit(&self, outcome: Outcome) -> Option<Limit> {
        let written = self.limits.iter().find(|(limited, _)| *limited == outcome);
        written.map(|(_, limit)| *limit).or(outcome.default_limit())
    }
}

/// What a nudge is for, from the gentlest to the most commercial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// To get somebody on.
    Help,
    /// To point at what they do not use yet.
    Adopt,
    /// To learn something from them.
    Ask,
    /// To have them pay by themselves.
    Upgrade,
    /// To have a person of ours talk to them.
    Talk,
}

impl Purpose {
    /// As written in a playbook.
    pub const fn name(self) -> &'static str {
        match self {
            Purpose::Help => "help",
            Purpose::Adopt => "adopt",
            Purpose::Ask => "ask",
            Purpose::Upgrade => "upgrade",
            Purpose::Talk => "talk",
        }
    }

    /// Whether `help first` holds it back.
    pub const fn is_commercial(self) -> bool {
        matches!(self, Purpose::Upgrade | Purpose::Talk)
    }
}

/// What became of a nudge. Each is an event of its own, so it is folded like any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was on screen.
    Shown,
    /// The user closed it.
    Dismissed,
    /// The user wants it later.
    Snoozed,
    /// The user did what it offered.
    Acted,
}

impl Outcome {
    /// All, in the order of their positions.
    pub const ALL: [Outcome; 4] = [Outcome::Shown, Outcome::Dismissed, Outcome::Snoozed, Outcome::Acted];

    /// The name of the event that tells of it; `properties.nudge` says of which nudge.
    pub const fn event(self) -> &'static str {
        match self {
            Outcome::Shown => "$nudge_shown",
            Outcome::Dismissed => "$nudge_dismissed",
            Outcome::Snoozed => "$nudge_snoozed",
            Outcome::Acted => "$nudge_acted",
        }
    }

    /// What an outcome does where the playbook says nothing.
    pub const fn default_limit(self) -> Option<Limit> {
        match self {
            Outcome::Shown => Some(Limit::AtMost(3, None)),
            Outcome::Dismissed => Some(Limit::Rest(Span { hours: 30 * 24 })),
            Outcome::Snoozed => Some(Limit::Rest(Span { hours: 24 })),
            Outcome::Acted => None,
        }
    }
}

/// What an outcome does to its nudge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// So many times, for ever or in a window.
    AtMost(u32, Option<Window>),
    /// Not again for a while after each.
    Rest(Span),
    /// Not again.
    Stop,
}

/// What protects the user, above all nudges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Nothing commercial before this rung of this ladder of the person.
    pub help_first: Option<HelpFirst>,
    /// So many a session; `help` is exempt, and does not use it up.
    pub per_session: u32,
    /// Between any two; `help` does not wait.
    pub gap: Span,
    /// After a dismissal.
    pub quiet: Span,
}

/// The rung before which nothing commercial is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HelpFirst {
    /// A ladder of persons.
    pub ladder: Index,
    /// Position of the rung.
    pub at_least: u8,
}

impl Policy {
    /// The defaults of the semantics; `help_first` has to be looked up in the playbook.
    pub const DEFAULT: Policy =
        Policy { help_first: None, per_session: 1, gap: Span { hours: 4 }, quiet: Span { hours: 24 } };
}

wire_struct!(Nudge { id, purpose, on, when, moment, priority, limits, appearance });
wire_enum!(Purpose or Purpose::Help, { 0 => Help, 1 => Adopt, 2 => Ask, 3 => Upgrade, 4 => Talk });
wire_enum!(Outcome or Outcome::Shown, { 0 => Shown, 1 => Dismissed, 2 => Snoozed, 3 => Acted });
wire_enum!(Limit or Limit::Stop, { 0 => AtMost(most, window), 1 => Rest(span), 2 => Stop });
wire_struct!(Policy { help_first, per_session, gap, quiet });
wire_struct!(HelpFirst { ladder, at_least });
