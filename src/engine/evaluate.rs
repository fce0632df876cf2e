//! An evaluation: what follows from the signals and traits at an instant, in the order of the semantics (§4), and what
//! of it is new.

use super::account_view::AccountView;
use super::change::{Change, What};
use super::condition::NextTurn;
use super::field::{Index, Scope};
use super::playbook::{Climb, ConditionId, Ladder, Moment, Playbook};
use super::sight::Sight;
use super::subject::{LadderState, MomentState, Subject};
use super::time::{Hour, Millis};
use super::value::Value;

/// Evaluates a subject whose clock has been set to `now`.
pub(super) fn evaluate(
    playbook: &Playbook,
    scope: Scope,
    subject: &mut Subject,
    account: Option<(&AccountView, Hour)>,
    now: Millis,
) -> Vec<Change> {
    let Some(hour) = subject.hour() else { return Vec::new() };
    subject.verdicts.fit(playbook.of(scope).conditions.len());
    let first = !std::mem::replace(&mut subject.evaluated, true);
    let mut evaluation = Evaluation { playbook, scope, subject, account, hour, now, first };
    // They are evaluated in this order, and reported in another: stages first.
    let (mut changes, mut after) = (Vec::new(), Vec::new());
    evaluation.segments(&mut after);
    let momentum = evaluation.momentum();
    evaluation.ladders(&mut changes);
    evaluation.moments(&mut after);
    if let Some(momentum) = momentum {
        changes.push(momentum);
    }
    changes.append(&mut after);
    changes
}

struct Evaluation<'a> {
    playbook: &'a Playbook,
    scope: Scope,
    subject: &'a mut Subject,
    account: Option<(&'a AccountView, Hour)>,
    hour: Hour,
    now: Millis,
    first: bool,
}

impl<'a> Evaluation<'a> {
    /// The verdict of a condition, looked at again only if something that it depends on may have changed.
    fn verdict(&mut self, id: ConditionId) -> bool {
        if let Some(holds) = self.subject.verdicts.standing(id, self.hour) {
            return holds;
        }
        let Some(condition) = self.playbook.of(self.scope).conditions.get(usize::from(id)) else {
            return false;
        };
        let sight = Sight {
            playbook: self.playbook,
            scope: self.scope,
            subject: self.subject,
            now: self.hour,
            account: self.account,
            page: &Value::Null,
        };
        let mut turn = NextTurn::default();
        let holds = condition.holds(&sight, &mut turn);
        self.subject.verdicts.settle(id, holds, turn.0);
        holds
    }

    fn change(&self, what: What) -> Change {
        Change { at: self.now, what }
    }

    fn segments(&mut self, changes: &mut Vec<Change>) {
        let definitions = self.playbook.of(self.scope);
        for (index, segment) in definitions.segments.iter().enumerate() {
            let holds = self.verdict(segment.when);
            let Some(state) = self.subject.segments.get_mut(index) else { continue };
            let before = std::mem::replace(state, holds);
            if before == holds {
                continue;
            }
            self.subject.verdicts.open(definitions.dependents.segments.get(index));
            let from = (!self.first).then_some(before);
            changes.push(self.change(What::Segment { segment: index as Index, from, to: holds }));
        }
    }

    fn momentum(&mut self) -> Option<Change> {
        let (to, _) = self.subject.activity.as_ref()?.momentum(self.playbook.interval, self.hour);
        let from = self.subject.momentum.replace(to);
        if from == Some(to) {
            return None;
        }
        self.subject.open_all(&self.playbook.of(self.scope).dependents.momentum);
        Some(self.change(What::Momentum { from, to }))
    }

    fn ladders(&mut self, changes: &mut Vec<Change>) {
        let definitions = self.playbook.of(self.scope);
        for (index, ladder) in definitions.ladders.iter().enumerate() {
            let opens = definitions.dependents.ladders.get(index);
            for (rung, definition) in ladder.rungs.iter().enumerate() {
                let met = self.ladder(index).and_then(|state| *state.met.get(rung)?);
                let meets = match definition.when {
                    None => true,
                    Some(when) if definition.keep && met.is_some() => {
                        self.subject.verdicts.settle(when, true, None);
                        true
                    }
                    Some(when) => self.verdict(when),
                };
                if meets != met.is_some() {
                    let hour = meets.then_some(self.hour);
                    let slot = self.subject.ladders.get_mut(index).and_then(|state| state.met.get_mut(rung));
                    slot.into_iter().for_each(|slot| *slot = hour);
                    // A higher rung may ask when a lower one was reached.
                    self.subject.verdicts.open(opens);
                }
            }
            let Some(state) = self.subject.ladders.get_mut(index) else { continue };
            let to = stage(ladder, state);
            let from = std::mem::replace(&mut state.stage, to);
            if from == to {
                continue;
            }
            self.subject.verdicts.open(opens);
            let ladder = index as Index;
            if from.is_none() && to > Some(0) {
                changes.push(self.change(What::Stage { ladder, from, to: Some(0) }));
                changes.push(self.change(What::Stage { ladder, from: Some(0), to }));
            } else {
                changes.push(self.change(What::Stage { ladder, from, to }));
            }
        }
    }

    fn ladder(&self, index: usize) -> Option<&LadderState> {
        self.subject.ladders.get(index)
    }

    fn moments(&mut self, changes: &mut Vec<Change>) {
        let definitions = self.playbook.of(self.scope);
        for (index, moment) in definitions.moments.iter().enumerate() {
            let holds = self.verdict(moment.when);
            let now = self.now;
            let Some(state) = self.subject.moments.get_mut(index) else { continue };
            let before = std::mem::replace(&mut state.holds, holds);
            if before == holds {
                continue;
            }
            if holds && is_rested(moment, state, now) {
                state.fired = Some(now);
                changes.push(self.change(What::Moment { moment: index as Index }));
            }
            self.subject.verdicts.open(definitions.dependents.moments.get(index));
        }
    }
}

/// The rung that is the stage.
fn stage(ladder: &Ladder, state: &LadderState) -> Option<u8> {
    let mut stage = None;
    for (met, rung) in state.met.iter().zip(0..) {
        match (met, ladder.climb) {
            (Some(_), _) => stage = Some(rung),
            (None, Climb::InOrder) => break,
            (None, Climb::Highest) => {}
        }
    }
    stage
}

fn is_rested(moment: &Moment, state: &MomentState, now: Millis) -> bool {
    state.fired.is_none_or(|fired| now.since(fired) >= moment.cooldown.millis())
}
