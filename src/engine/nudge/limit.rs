//! What becomes of a nudge, and what that does to it.

use crate::engine::event::Event;
use crate::engine::time::{Span, Window};
use crate::engine::wire::wire_enum;

/// What became of a nudge. Each is an event of its own, so it is folded like any other; but for the conversion, which
/// follows from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was on screen.
    Shown,
    /// Nobody acted on it for a while, or they left.
    Ignored,
    /// The user closed it.
    Dismissed,
    /// The user wants it later.
    Snoozed,
    /// The user did what it offered.
    Acted,
    /// Its goal was reached.
    Converted,
}

impl Outcome {
    /// All, in the order in which their limits are looked at.
    pub const ALL: [Outcome; 6] = [
        Outcome::Shown,
        Outcome::Ignored,
        Outcome::Dismissed,
        Outcome::Snoozed,
        Outcome::Acted,
        Outcome::Converted,
    ];

    /// As limits name it.
    pub const fn name(self) -> &'static str {
        match self {
            Outcome::Shown => "shown",
            Outcome::Ignored => "ignored",
            Outcome::Dismissed => "dismissed",
            Outcome::Snoozed => "snoozed",
            Outcome::Acted => "acted",
            Outcome::Converted => "converted",
        }
    }

    /// As people say it: a nudge was …
    pub const fn in_words(self) -> &'static str {
        match self {
            Outcome::Snoozed => "put off",
            Outcome::Acted => "acted on",
            other => other.name(),
        }
    }

    /// The name of the event that tells of it; `properties.nudge` says of which nudge. A conversion is told, too, but
    /// never taken from there: it would count twice.
    pub const fn event(self) -> &'static str {
        match self {
            Outcome::Shown => "$nudge_shown",
            Outcome::Ignored => "$nudge_ignored",
            Outcome::Dismissed => "$nudge_dismissed",
            Outcome::Snoozed => "$nudge_snoozed",
            Outcome::Acted => "$nudge_acted",
            Outcome::Converted => "$nudge_converted",
        }
    }

    /// The outcome that an event tells of.
    pub(in crate::engine) fn told_by(event: &Event) -> Option<Outcome> {
        let outcome = event.name.as_deref()?.strip_prefix("$nudge_")?;
        Outcome::ALL.into_iter().find(|known| known.name() == outcome && *known != Outcome::Converted)
    }

    /// What an outcome does where the playbook says nothing.
    pub const fn default_limit(self) -> Option<Limit> {
        match self {
            Outcome::Shown => Some(Limit::AtMost(3, None)),
            Outcome::Dismissed => Some(Limit::Rest(Span { hours: 30 * 24 })),
            Outcome::Snoozed => Some(Limit::Rest(Span { hours: 24 })),
            Outcome::Converted => Some(Limit::Stop),
            Outcome::Ignored | Outcome::Acted => None,
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

wire_enum!(Outcome or Outcome::Shown, {
    0 => Shown,
    1 => Ignored,
    2 => Dismissed,
    3 => Snoozed,
    4 => Acted,
    5 => Converted,
});
wire_enum!(Limit or Limit::Stop, { 0 => AtMost(most, window), 1 => Rest(span), 2 => Stop });
