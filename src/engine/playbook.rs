//! A playbook, compiled: names resolved, conditions flattened, dependencies indexed. What the page downloads.

use super::alive::Rhythm;
use super::condition::Condition;
use super::event::Event;
use super::field::{Field, Index, Scope};
use super::matcher::{Heard, Matcher, NameId};
use super::nudge::{Nudge, Occasions, Policy};
use super::signal::{Form, Signal};
use super::time::Span;
use super::wire::{Wire, read_sound, wire_enum, wire_struct};

/// Version of the binary form; it changes whenever a type that is reachable from [`Playbook`] does.
pub const FORMAT: u8 = 3;

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
    /// The trait of a person that says since when they are known, if one does.
    pub first_seen: Option<Vec<String>>,
    /// The company's parameters of P(alive), if it has them.
    pub rhythm: Option<Rhythm>,
    /// What is defined for persons.
    pub person: Definitions,
    /// What is defined for accounts.
    pub account: Definitions,
    /// In the order written.
    pub nudges: Vec<Nudge>,
    /// Which of them an event could be the occasion of.
    pub occasions: Occasions,
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
    /// How well they fit, how much they use, what they ask for.
    pub scores: Vec<Score>,
    /// How far somebody has come.
    pub ladders: Vec<Ladder>,
    /// Where it comes together.
    pub moments: Vec<Moment>,
    /// All conditions of the above, in the order of evaluation.
    pub conditions: Vec<Condition>,
    /// By condition: what it is of.
    pub owners: Vec<Owner>,
    /// Of persons: what the `members` of an account are counted by, and the signal of the account that counts.
    pub members: Vec<(ConditionId, Index)>,
    /// What has to be looked at again when something changes.
    pub dependents: Dependents,
}

/// Position of a condition among those of its scope.
pub type ConditionId = Index;

/// What a condition is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// It says when a segment holds.
    Segment(Index),
    /// It adds to a score.
    Score(Index),
    /// It says when a rung of a ladder is met, perhaps only in an ICP.
    Rung(Index, u8),
    /// It says when a moment holds.
    Moment(Index),
    /// An account counts its members by it.
    Members,
    /// A nudge is to bring it about: its position.
    Goal(Index),
}

/// A segment.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// As written.
    pub id: String,
    /// Position among the segments of both scopes.
    pub written: Index,
    /// When it holds.
    pub when: ConditionId,
    /// Whether it is an ideal customer profile: then it may say what success is on the ladder `journey`.
    pub is_icp: bool,
}

/// A score: points for each condition that holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// As written.
    pub id: String,
    /// What adds how much, in millionths.
    pub points: Vec<(ConditionId, i64)>,
    /// Names of bands with the least score of each, from the highest.
    pub bands: Vec<(String, f64)>,
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
    /// By the position of an ICP: what takes the place of `when` for persons in it.
    pub success: Vec<(Index, ConditionId)>,
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

impl Motion {
    /// As written in a playbook.
    pub const fn name(self) -> &'static str {
        match self {
            Motion::SelfServe => "self_serve",
            Motion::Sales => "sales",
        }
    }
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

impl Qualification {
    /// As written in a playbook.
    pub const fn name(self) -> &'static str {
        match self {
            Qualification::Pql => "pql",
            Qualification::Pqa => "pqa",
            Qualification::Eqa => "eqa",
            Qualification::ChurnRisk => "churn_risk",
        }
    }
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
    /// Of `alive`.
    pub alive: Vec<ConditionId>,
    /// By score: of it or of its band.
    pub scores: Vec<Vec<ConditionId>>,
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
            [MAGIC, FORMAT, rest @ ..] => {
                let is_sound = |playbook: &Playbook| {
                    playbook.person.has_short_ratios(Scope::Person)
                        && playbook.account.has_short_ratios(Scope::Account)
                };
                read_sound(rest, is_sound).ok_or(Unreadable::Damaged)
            }
            [MAGIC, other, ..] => Err(Unreadable::OtherFormat(*other)),
            _ => Err(Unreadable::Damaged),
        }
    }

    /// Looks up the name of an event.
    pub fn hear<'a>(&self, event: &'a Event) -> Heard<'a> {
        let position =
            event.name.as_ref().map(|name| self.names.binary_search_by(|(known, _)| known.cmp(name)));
        let found = position.and_then(Result::ok).and_then(|position| self.names.get(position));
        Heard { event, person: event.person(), name: found.map(|(_, id)| *id) }
    }

    /// The definitions of a scope.
    pub fn of(&self, scope: Scope) -> &Definitions {
        match scope {
            Scope::Person => &self.person,
            Scope::Account => &self.account,
        }
    }
}

/// Ratios of ratios go no deeper: nobody understands more, and no stack is deep enough for thousands.
pub const DEEPEST_RATIO: u8 = 8;

impl Definitions {
    /// Whether each ratio is of signals before it, and all end soon: what is no compiler's could go round for ever.
    fn has_short_ratios(&self, scope: Scope) -> bool {
        let mut depths: Vec<u8> = Vec::new();
        for signal in &self.signals {
            let mut depth = 0;
            if let Form::Ratio(one, other) = &signal.form {
                for part in [one, other] {
                    if let Field::Signal(of, index) = part
                        && *of == scope
                    {
                        let Some(below) = depths.get(usize::from(*index)) else { return false };
                        depth = depth.max(below + 1);
                    }
                }
            }
            if depth > DEEPEST_RATIO {
                return false;
            }
            depths.push(depth);
        }
        true
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
    first_seen,
    rhythm,
    person,
    account,
    nudges,
    occasions,
    policy,
});
wire_struct!(Definitions {
    signals,
    segments,
    scores,
    ladders,
    moments,
    conditions,
    owners,
    members,
    dependents
});
wire_enum!(Owner or Owner::Members, { 0 => Segment(index), 1 => Score(index), 2 => Rung(ladder, rung), 3 => Moment(index), 4 => Members, 5 => Goal(index) });
wire_struct!(Segment { id, written, when, is_icp });
wire_struct!(Score { id, points, bands });
wire_struct!(Ladder { id, rungs, climb });
wire_struct!(Rung { id, when, success, keep });
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
    alive,
    scores,
    ladders,
    moments,
});
