//! A playbook, compiled: names resolved, conditions flattened, dependencies indexed. What the page downloads.

use super::condition::Condition;
use super::event::Event;
use super::field::{Index, Scope};
use super::matcher::{Heard, Matcher, NameId};
use super::nudge::{Nudge, Policy};
use super::signal::Signal;
use super::time::Span;
use super::wire::{Wire, read_all, wire_enum, wire_struct};

/// Version of the binary form; it changes whenever a type that is reachable from [`Playbook`] does.
pub const FORMAT: u8 = 1;

/// A compiled playbook.
#[derive(Clone, Debug, PartialEq)]
pub struct Playbook {
    /// A hash of the document.
    pub revision: u64,
    /// The names of events that it speaks of, sorted by bytes, with their ids.
    pub names: Vec<(String, NameId)>,
    /// What being active is.
    pub activity: Matcher,
    /// A hash of that, and of the interval.
    pub activity_definition: u64,
    /// Days of an interval of momentum.
    pub interval: u16,
    /// What is defined for persons.
    pub person: Definitions,
    /// What is defined for accounts.
    pub account: Definitions,
    /// In the order written.
    pub nudges: Vec<Nudge>,
    /// What protects the user.
    pub policy: Policy,
}

/// The definitions of one scope, each kind in the order written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Definitions {
    /// Numbers.
    pub signals: Vec<Signal>,
    /// Who somebody is.
    pub segments: Vec<Segment>,
    /// How far somebody has come.
    pub ladders: Vec<Ladder>,
    /// Where it comes together.
    pub moments: Vec<Moment>,
    /// All conditions of the above, in the order of evaluation.
    pub conditions: Vec<Condition>,
    /// What has to be looked at again when something changes.
    pub dependents: Dependents,
}

/// Position of a condition among those of its scope.
pub type ConditionId = Index;

/// A segment.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// As written.
    pub id: String,
    /// Position among the segments of both scopes.
    pub written: Index,
    /// When it holds.
    pub when: ConditionId,
}

/// A ladder.
#[derive(Clone, Debug, PartialEq)]
pub struct Ladder {
    /// As written.
    pub id: String,
    /// From the bottom.
    pub rungs: Vec<Rung>,
    /// Which rung is the stage.
    pub climb: Climb,
}

/// A rung of a ladder.
#[derive(Clone, Debug, PartialEq)]
pub struct Rung {
    /// As written.
    pub id: String,
    /// None on the first: it is met at once.
    pub when: Option<ConditionId>,
    /// Met once, met for good.
    pub keep: bool,
}

/// Which of the rungs that are met is the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Climb {
    /// The last of the unbroken run from the bottom.
    InOrder,
    /// The highest.
    Highest,
}

/// A moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// As written.
    pub id: String,
    /// Position among the moments of both scopes.
    pub written: Index,
    /// When it holds.
    pub when: ConditionId,
    /// Who is to act on it.
    pub motion: Motion,
    /// What it makes of the person or the account.
    pub qualifies: Option<Qualification>,
    /// It does not fire again sooner.
    pub cooldown: Span,
}

/// Who acts on a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// The user.
    SelfServe,
    /// A person of ours.
    Sales,
}

/// What a moment makes of the person or the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Qualification {
    /// Product-qualified lead: a person.
    Pql,
    /// Product-qualified account.
    Pqa,
    /// Expansion-qualified account.
    Eqa,
    /// Somebody to win back.
    ChurnRisk,
}

/// What has to be looked at again when something changes: positions of signals (the first two) and of conditions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dependents {
    /// By name of an event: the signals that may take it.
    pub events: Vec<Vec<Index>>,
    /// The signals that may take any event.
    pub any_event: Vec<Index>,
    /// By signal.
    pub signals: Vec<Vec<ConditionId>>,
    /// Of the person's traits (of the account's in its own scope).
    pub traits: Vec<ConditionId>,
    /// Of anything of the person's account.
    pub account: Vec<ConditionId>,
    /// By segment.
    pub segments: Vec<Vec<ConditionId>>,
    /// Of momentum.
    pub momentum: Vec<ConditionId>,
    /// By ladder.
    pub ladders: Vec<Vec<ConditionId>>,
    /// By moment.
    pub moments: Vec<Vec<ConditionId>>,
}

/// Why bytes are no playbook that this engine can run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Compiled by another version: compile it again with this one.
    OtherFormat(u8),
    /// Cut off or damaged, or no compiled playbook at all: load it again.
    Damaged,
}

impl Playbook {
    /// Writes the binary form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![MAGIC, FORMAT];
        self.write(&mut bytes);
        bytes
    }

    /// Reads the binary form.
    ///
    /// # Errors
    /// If it was compiled by another version, or is damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Playbook, Unreadable> {
        match bytes {
            [MAGIC, FORMAT, rest @ ..] => read_all(rest).ok_or(Unreadable::Damaged),
            [MAGIC, other, ..] => Err(Unreadable::OtherFormat(*other)),
            _ => Err(Unreadable::Damaged),
        }
    }

    /// Looks up the name of an event.
    pub fn hear<'a>(&self, event: &'a Event) -> Heard<'a> {
        let found = self.names.iter().find(|(known, _)| event.name.as_ref() == Some(known));
        Heard { event, name: found.map(|(_, id)| *id) }
    }

    /// The definitions of a scope.
    pub fn of(&self, scope: Scope) -> &Definitions {
        match scope {
            Scope::Person => &self.person,
            Scope::Account => &self.account,
        }
    }
}

/// First byte of the binary form: no text and no wasm begins so.
const MAGIC: u8 = 0xA7;

wire_struct!(Playbook {
    revision,
    names,
    activity,
    activity_definition,
    interval,
    person,
    account,
    nudges,
    policy,
});
wire_struct!(Definitions { signals, segments, ladders, moments, conditions, dependents });
wire_struct!(Segment { id, written, when });
wire_struct!(Ladder { id, rungs, climb });
wire_struct!(Rung { id, when, keep });
wire_enum!(Climb or Climb::InOrder, { 0 => InOrder, 1 => Highest });
wire_struct!(Moment { id, written, when, motion, qualifies, cooldown });
wire_enum!(Motion or Motion::SelfServe, { 0 => SelfServe, 1 => Sales });
wire_enum!(Qualification or Qualification::Pql, { 0 => Pql, 1 => Pqa, 2 => Eqa, 3 => ChurnRisk });
wire_struct!(Dependents {
    events,
    any_event,
    signals,
    traits,
    account,
    segments,
    momentum,
    ladders,
    moments,
});
