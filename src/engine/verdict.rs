//! The last verdict of each condition, and which have to be looked at again: what makes the fold incremental.
//!
//! Nothing here goes through all conditions of a playbook: what is open waits in the order of evaluation, and what time
//! can turn in a heap, in the order of hours.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::playbook::ConditionId;
use super::time::Hour;
use super::waiting::Waiting;
use super::wire::{Input, Wire, wire_struct};

/// Verdicts by condition.
#[derive(Clone, Debug, Default)]
pub struct Verdicts {
    verdicts: Vec<Verdict>,
    /// Those that are open.
    work: Waiting,
    /// When time could turn which. What has been settled anew since is left in, and found out when its hour comes.
    turns: Queue,
    /// Nothing has been looked at yet.
    fresh: bool,
}

type Queue = BinaryHeap<Reverse<(Hour, ConditionId)>>;

/// When to look again is a bound, which may be closer or wider: it does not make two states differ.
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
        let mut verdicts = Verdicts { fresh: true, ..Verdicts::default() };
        for id in 0..conditions {
            verdicts.verdicts.push(Verdict { holds: false, turns: None, open: false });
            verdicts.open(id as ConditionId);
        }
        verdicts
    }

    /// Whether this is the first look at all of them; from now on it is not.
    pub(super) fn begin(&mut self, now: Hour) -> bool {
        while let Some(Reverse((hour, id))) =
            self.turns.peek().copied().filter(|Reverse((hour, _))| *hour <= now)
        {
            self.turns.pop();
            if self.get(id).is_some_and(|verdict| verdict.turns == Some(hour)) {
                self.open(id);
            }
        }
        std::mem::take(&mut self.fresh)
    }

    fn get(&mut self, id: ConditionId) -> Option<&mut Verdict> {
        self.verdicts.get_mut(usize::from(id))
    }

    fn open(&mut self, id: ConditionId) {
        if let Some(verdict) = self.get(id)
            && !verdict.open
        {
            (verdict.open, verdict.turns) = (true, None);
            self.work.add(id);
        }
    }

    pub(super) fn open_all(&mut self, conditions: &[ConditionId]) {
        for condition in conditions {
            self.open(*condition);
        }
    }

    /// The first, in the order of evaluation, that has to be looked at; [`Verdicts::settle`] follows.
    pub(super) fn next_open(&mut self) -> Option<ConditionId> {
        let id = self.work.take()?;
        self.get(id)?.open = false;
        Some(id)
    }

    pub(super) fn settle(&mut self, id: ConditionId, holds: bool, turns: Option<Hour>) {
        let Some(verdict) = self.get(id) else { return };
        let turns = turns.filter(|hour| hour.comes());
        (verdict.holds, verdict.turns) = (holds, turns);
        let Some(hour) = turns else { return };
        // As many as this are stale: a long time without a turn, and many events.
        if self.turns.len() > 2 * self.verdicts.len() {
            self.turns.clear();
            for (verdict, id) in self.verdicts.iter().zip(0..) {
                if let Some(hour) = verdict.turns {
                    self.turns.push(Reverse((hour, id)));
                }
            }
        } else {
            self.turns.push(Reverse((hour, id)));
        }
    }

    /// The verdict as it was last settled.
    pub(super) fn last(&self, id: ConditionId) -> bool {
        self.verdicts.get(usize::from(id)).is_some_and(|verdict| verdict.holds)
    }

    /// When all that was open has been settled: forgets what is stale at the head, so that the head is the next turn.
    pub(super) fn end(&mut self) {
        while let Some(Reverse((hour, id))) = self.turns.peek().copied() {
            if self.get(id).is_some_and(|verdict| verdict.turns == Some(hour)) {
                return;
            }
            self.turns.pop();
        }
    }

    /// The earliest hour at which one could turn by time alone; as of the last evaluation.
    pub(super) fn next_turn(&self) -> Option<Hour> {
        self.turns.peek().map(|Reverse((hour, _))| *hour)
    }
}

impl Wire for Verdicts {
    fn write(&self, out: &mut Vec<u8>) {
        self.fresh.write(out);
        self.verdicts.write(out);
    }
    fn read(input: &mut Input<'_>) -> Verdicts {
        let mut read = Verdicts { fresh: Wire::read(input), ..Verdicts::default() };
        read.verdicts = Wire::read(input);
        for (verdict, id) in read.verdicts.iter().zip(0..) {
            if verdict.open {
                read.work.add(id);
            }
            if let Some(hour) = verdict.turns {
                read.turns.push(Reverse((hour, id)));
            }
        }
        read
    }
}

wire_struct!(Verdict { holds, turns, open });
