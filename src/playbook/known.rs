//! What has been defined so far: what a definition may use, in the order of the semantics (§4).

use std::cell::Cell;
use std::collections::BTreeSet;

use crate::engine::{Condition, ConditionId, Definitions, Field, Form, Index, Owner, Scope};

use super::named::{ByName, Named};

/// What stands before, by kind.
#[derive(Default)]
pub(super) struct Known {
    pub(super) signals: ByName<(String, Scope, Index, Form)>,
    pub(super) segments: ByName<(String, Scope, Index)>,
    /// With the names of their bands.
    pub(super) scores: ByName<(String, Scope, Index, Vec<String>)>,
    pub(super) ladders: ByName<KnownLadder>,
    pub(super) moments: ByName<(String, Scope, Index)>,
    /// What could not be read: that has been said once, and need not be said again where it is used.
    pub(super) broken: BTreeSet<String>,
    /// Momentum and `alive` have their place behind the segments.
    pub(super) momentum: bool,
    /// Whether there is a rhythm, without which nobody has an `alive`.
    pub(super) rhythm: bool,
    /// What has been defined for persons, and for accounts.
    pub(super) person: Definitions,
    pub(super) account: Definitions,
    /// Segments and moments that can never hold: that has been said once, too.
    dead: BTreeSet<(bool, Index)>,
    /// How many pairs of tests have been compared in search of what can never hold.
    pub(super) compared: Cell<usize>,
    /// Every name of the document, to tell what is misspelt from what comes too late.
    pub(super) written: Written,
}

impl Known {
    pub(super) fn of(&self, scope: Scope) -> &Definitions {
        match scope {
            Scope::Person => &self.person,
            Scope::Account => &self.account,
        }
    }

    pub(super) fn of_mut(&mut self, scope: Scope) -> &mut Definitions {
        match scope {
            Scope::Person => &mut self.person,
            Scope::Account => &mut self.account,
        }
    }

    pub(super) fn ladder_at(&self, scope: Scope, index: Index) -> Option<&KnownLadder> {
        self.ladders.iter().find(|ladder| (ladder.scope, ladder.index) == (scope, index))
    }

    /// The rungs of a ladder that are known, from the bottom.
    pub(super) fn rungs(&self, scope: Scope, index: Index) -> &[String] {
        self.ladder_at(scope, index).map_or(&[], |ladder| &ladder.rungs)
    }

    /// A segment or a moment of a person can never hold.
    pub(super) fn bury(&mut self, field: &Field) {
        self.dead.extend(grave(field));
    }

    pub(super) fn is_dead(&self, field: &Field) -> bool {
        grave(field).is_some_and(|grave| self.dead.contains(&grave))
    }
}

fn grave(field: &Field) -> Option<(bool, Index)> {
    match field {
        Field::Segment(Scope::Person, index) => Some((false, *index)),
        Field::Moment(Scope::Person, index) => Some((true, *index)),
        _ => None,
    }
}

pub(super) struct KnownLadder {
    pub(super) id: String,
    pub(super) scope: Scope,
    pub(super) index: Index,
    /// Those that may be used here: all, or in a rung of the ladder itself those below it.
    pub(super) rungs: Vec<String>,
    /// Whether its stage is known, too: not in its own rungs.
    pub(super) complete: bool,
}

impl Named for KnownLadder {
    fn name(&self) -> &str {
        &self.id
    }
}

/// The names of all definitions, in the order written.
#[derive(Default)]
pub(super) struct Written {
    pub(super) signals: ByName<String>,
    pub(super) segments: ByName<String>,
    pub(super) scores: ByName<String>,
    pub(super) ladders: ByName<String>,
    pub(super) moments: ByName<String>,
}

/// Adds a condition, and gives its position.
pub(super) fn add(definitions: &mut Definitions, condition: Condition, owner: Owner) -> ConditionId {
    definitions.conditions.push(condition);
    definitions.owners.push(owner);
    (definitions.conditions.len() - 1) as ConditionId
}
