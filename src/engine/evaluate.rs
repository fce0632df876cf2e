//! An evaluation: what follows from the signals and traits at an instant, in the order of the semantics (§4), and what
//! of it is new.
//!
//! Only what is open is looked at, in the order of evaluation (which is that of the conditions), and each part opens
//! what depends on it: so the cost is that of what changed, whatever the size of the playbook.

use super::account_view::AccountView;
use super::change::{Change, What};
use super::condition::NextTurn;
use super::exact::nearest;
use super::field::{Index, Scope};
use super::playbook::{Climb, ConditionId, Ladder, Moment, Owner, Playbook};
use super::sight::Sight;
use super::subject::{LadderState, MomentState, ScoreState, Subject};
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
    let fresh = subject.verdicts.begin(hour);
    let first = !std::mem::replace(&mut subject.evaluated, true);
    let mut evaluation = Evaluation {
        playbook,
        scope,
        subject,
        account,
        hour,
        now,
        first,
        climbed: Vec::new(),
        after: Vec::new(),
    };
    let momentum = evaluation.momentum();
    if fresh {
        evaluation.stand_on_first_rungs();
    }
    while let Some(id) = evaluation.subject.verdicts.next_open() {
        evaluation.look_at(id);
    }
    evaluation.subject.verdicts.end();
    // They are evaluated in the order of the semantics, and reported in another: stages first.
    let mut changes = evaluation.stages();
    if let Some(momentum) = momentum {
        changes.push(momentum);
    }
    changes.append(&mut evaluation.after);
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
    /// Ladders whose stage has changed, and what it was.
    climbed: Vec<(usize, Option<u8>)>,
    /// Changes of segments and moments.
    after: Vec<Change>,
}

impl Evaluation<'_> {
    /// Looks at a condition again, and does what follows for what it belongs to.
    fn look_at(&mut self, id: ConditionId) {
        let owner = self.playbook.of(self.scope).owners.get(usize::from(id)).copied();
        match owner {
            Some(Owner::Segment(index)) => self.segment(index, id),
            Some(Owner::Score(index)) => self.score(index, id),
            Some(Owner::Rung(ladder, rung)) => self.rung(usize::from(ladder), usize::from(rung), id),
            Some(Owner::Moment(index)) => self.moment(index, id),
            // Its verdict is kept for whoever asks.
            Some(Owner::Members | Owner::Goal(_)) | None => drop(self.verdict(id)),
        }
    }

    fn verdict(&mut self, id: ConditionId) -> bool {
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

    fn report(&mut self, what: What) {
        self.after.push(Change { at: self.now, what });
    }

    fn open(&mut self, dependents: Option<&Vec<ConditionId>>) {
        self.subject.verdicts.open_all(dependents.map(Vec::as_slice).unwrap_or_default());
    }

    fn segment(&mut self, index: Index, id: ConditionId) {
        let holds = self.verdict(id);
        let Some(state) = self.subject.segments.get_mut(usize::from(index)) else { return };
        let before = std::mem::replace(state, holds);
        if before != holds {
            self.open(self.playbook.of(self.scope).dependents.segments.get(usize::from(index)));
            let from = (!self.first).then_some(before);
            self.report(What::Segment { segment: index, from, to: holds });
        }
    }

    /// It depends on the person's own activity only, so it can come first.
    fn momentum(&mut self) -> Option<Change> {
        let measure = self.subject.measure(self.playbook);
        let to = self.subject.activity.as_ref()?.momentum(measure, self.hour);
        let from = self.subject.momentum.replace(to);
        if from == Some(to) {
            return None;
        }
        self.subject.open_all(&self.playbook.of(self.scope).dependents.momentum);
        Some(Change { at: self.now, what: What::Momentum { from, to } })
    }

    fn score(&mut self, index: Index, id: ConditionId) {
        self.verdict(id);
        let definitions = self.playbook.of(self.scope);
        let index = usize::from(index);
        let (Some(score), Some(state)) = (definitions.scores.get(index), self.subject.scores.get_mut(index))
        else {
            return;
        };
        let mut sum = 0;
        for (when, add) in &score.points {
            if self.subject.verdicts.last(*when) {
                sum += i128::from(*add);
            }
        }
        let value = nearest(sum);
        let band = score.bands.iter().position(|(_, least)| value >= *least).map(|band| band as u8);
        let new = ScoreState { value, band };
        if std::mem::replace(state, new) != new {
            self.open(definitions.dependents.scores.get(index));
        }
    }

    fn rung(&mut self, index: usize, rung: usize, id: ConditionId) {
        let definitions = self.playbook.of(self.scope);
        let Some(definition) = definitions.ladders.get(index).and_then(|ladder| ladder.rungs.get(rung))
        else {
            return;
        };
        let when = if definition.success.is_empty() {
            definition.when
        } else {
            self.subject.condition_of(definitions, definition)
        };
        let met = self.subject.ladders.get(index).and_then(|state| *state.met.get(rung)?);
        let is_kept = definition.keep && met.is_some();
        if is_kept || when != Some(id) {
            // Nothing can come of it; where it is another's turn, it is looked at anew when it has its own.
            self.subject.verdicts.settle(id, is_kept, None);
            return;
        }
        let meets = self.verdict(id);
        if meets != met.is_some() {
            self.meet(index, rung, meets.then_some(self.hour));
        }
    }

    /// Sets when a rung was met, and what follows for the stage.
    fn meet(&mut self, index: usize, rung: usize, met: Option<Hour>) {
        let definitions = self.playbook.of(self.scope);
        let (Some(ladder), Some(state)) =
            (definitions.ladders.get(index), self.subject.ladders.get_mut(index))
        else {
            return;
        };
        state.met.get_mut(rung).into_iter().for_each(|slot| *slot = met);
        let to = stage(ladder, state);
        let from = std::mem::replace(&mut state.stage, to);
        if from != to && self.climbed.last().is_none_or(|(last, _)| *last != index) {
            self.climbed.push((index, from));
        }
        // A higher rung may ask when a lower one was reached.
        self.open(definitions.dependents.ladders.get(index));
    }

    fn stand_on_first_rungs(&mut self) {
        for index in 0..self.subject.ladders.len() {
            let first = self.subject.ladders.get(index).and_then(|state| *state.met.first()?);
            self.meet(index, 0, first.or(Some(self.hour)));
        }
    }

    /// A ladder that was climbed by several rungs at once is one change, but for the first.
    fn stages(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        if self.climbed.is_empty() {
            return changes;
        }
        for (index, state) in self.subject.ladders.iter().enumerate() {
            let Some((_, from)) = self.climbed.iter().find(|(climbed, _)| *climbed == index) else {
                continue;
            };
            let (from, to) = (*from, state.stage);
            let mut report = |from, to| {
                changes.push(Change { at: self.now, what: What::Stage { ladder: index as Index, from, to } });
            };
            if from.is_none() && to > Some(0) {
                report(None, Some(0));
                report(Some(0), to);
            } else if from != to {
                report(from, to);
            }
        }
        changes
    }

    fn moment(&mut self, index: Index, id: ConditionId) {
        let holds = self.verdict(id);
        let now = self.now;
        let definitions = self.playbook.of(self.scope);
        let position = usize::from(index);
        let (Some(moment), Some(state)) =
            (definitions.moments.get(position), self.subject.moments.get_mut(position))
        else {
            return;
        };
        if std::mem::replace(&mut state.holds, holds) == holds {
            return;
        }
        let fires = holds && is_rested(moment, state, now);
        if fires {
            state.fired = Some(now);
            self.report(What::Moment { moment: index });
        }
        self.open(definitions.dependents.moments.get(position));
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
