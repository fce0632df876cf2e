//! The last verdict of each condition, and which have to be looked at again: what makes the fold incremental.

use super::condition::earliest;
use super::playbook::ConditionId;
use super::time::Hour;

/// Verdicts by condition.
#[derive(Clone, Debug, Default)]
pub struct Verdicts(Vec<Verdict>);

/// It follows from the state, so it does not make two states differ.
impl PartialEq for Verdicts {
    fn eq(&self, _: &Verdicts) -> bool {
        true
    }
}

#[derive(Clone, Copy, Debug)]
struct Verdict {
    holds: bool,
    /// When it could turn by time alone.
    turns: Option<Hour>,
    /// Something that it depends on has changed.
    open: bool,
}

impl Verdicts {
    /// Nothing is known yet.
    pub(super) fn all_open(conditions: usize) -> Verdicts {
        let mut verdicts = Vec::new();
        for _ in 0..conditions {
            verdicts.push(Verdict { holds: false, turns: None, open: true });
        }
        Verdicts(verdicts)
    }

    /// As many as there are conditions: a state that was just restored has none.
    pub(super) fn fit(&mut self, conditions: usize) {
        if self.0.len() != conditions {
            *self = Verdicts::all_open(conditions);
        }
    }

    pub(super) fn open_all(&mut self, conditions: &[ConditionId]) {
        for condition in conditions {
            if let Some(verdict) = self.0.get_mut(usize::from(*condition)) {
                verdict.open = true;
            }
        }
    }

    pub(super) fn open(&mut self, conditions: Option<&Vec<ConditionId>>) {
        self.open_all(conditions.map(Vec::as_slice).unwrap_or_default());
    }

    /// The verdict, if it still stands at this hour.
    pub(super) fn standing(&self, condition: ConditionId, now: Hour) -> Option<bool> {
        let verdict = self.0.get(usize::from(condition))?;
        let due = verdict.turns.is_some_and(|turns| turns <= now);
        (!verdict.open && !due).then_some(verdict.holds)
    }

    pub(super) fn settle(&mut self, condition: ConditionId, holds: bool, turns: Option<Hour>) {
        if let Some(verdict) = self.0.get_mut(usize::from(condition)) {
            *verdict = Verdict { holds, turns, open: false };
        }
    }

    /// The earliest hour at which one could turn by time alone.
    pub(super) fn next_turn(&self) -> Option<Hour> {
        let mut next = None;
        for verdict in &self.0 {
            next = earliest(next, verdict.turns);
        }
        next
    }
}
