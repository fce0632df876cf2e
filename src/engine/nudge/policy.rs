//! What protects the user, above all nudges.

use crate::engine::bucket::{BUCKETS, Bucket};
use crate::engine::condition::Condition;
use crate::engine::field::Index;
use crate::engine::time::Span;
use crate::engine::wire::{wire_enum, wire_struct};

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

/// What protects the user, above all nudges.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Nothing commercial before this rung of this ladder of the person.
    pub help_first: Option<HelpFirst>,
    /// So many a session; `help` is exempt, and does not use it up.
    pub per_session: u32,
    /// Between any two; `help` does not wait.
    pub gap: Span,
    /// After a dismissal.
    pub quiet: Span,
    /// The buckets of persons who never see any nudge: those below this one.
    pub holdout: Bucket,
    /// What is not shown while something holds.
    pub never: Vec<Never>,
}

/// The rung before which nothing commercial is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HelpFirst {
    /// A ladder of persons.
    pub ladder: Index,
    /// Position of the rung.
    pub at_least: u8,
}

/// Nothing for these purposes while this holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Never {
    /// What is not shown.
    pub purposes: Vec<Purpose>,
    /// A condition on the view.
    pub when: Condition,
}

impl Policy {
    /// The defaults of the semantics; `help_first` has to be looked up in the playbook.
    pub const DEFAULT: Policy = Policy {
        help_first: None,
        per_session: 1,
        gap: Span { hours: 4 },
        quiet: Span { hours: 24 },
        holdout: BUCKETS / 20,
        never: Vec::new(),
    };
}

wire_enum!(Purpose or Purpose::Help, { 0 => Help, 1 => Adopt, 2 => Ask, 3 => Upgrade, 4 => Talk });
wire_struct!(Policy { help_first, per_session, gap, quiet, holdout, never });
wire_struct!(HelpFirst { ladder, at_least });
wire_struct!(Never { purposes, when });
