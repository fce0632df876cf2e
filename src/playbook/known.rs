//! What has been defined so far: what a definition may use, in the order of the semantics (§4).

use std::collections::BTreeSet;

use crate::engine::{Condition, ConditionId, Definitions, Form, Index, Owner, Scope};

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
    /// Every name of the document, to tell what is misspelt from what comes too late.
    pub(super) written: Written,
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
