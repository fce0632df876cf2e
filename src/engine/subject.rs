//! What persons and accounts have in common: a clock, traits, and the state of every definition of their scope.

use super::activity::{Activity, Measure, Momentum};
use super::field::{Index, Scope};
use super::matcher::Heard;
use super::playbook::{ConditionId, Definitions, Playbook, Rung};
use super::signal::SignalState;
use super::time::{Clock, Hour, Millis};
use super::timestamp::parse_hour;
use super::value::Value;
use super::verdict::Verdicts;
use super::wire::wire_struct;

/// A person or an account: all that is folded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Subject {
    /// Its clock.
    pub(super) clock: Clock,
    /// A person's traits. (An account's are in its view: members see them too.)
    pub(super) traits: Value,
    pub(super) signals: Vec<SignalState>,
    /// By signal: since when it knows, where it was defined later than the first event.
    pub(super) since: Vec<Option<Millis>>,
    pub(super) activity: Option<Activity>,
    pub(super) momentum: Option<Momentum>,
    /// Whether each segment holds.
    pub(super) segments: Vec<bool>,
    pub(super) scores: Vec<ScoreState>,
    pub(super) ladders: Vec<LadderState>,
    pub(super) moments: Vec<MomentState>,
    /// Whether there was an evaluation yet.
    pub(super) evaluated: bool,
    /// Which conditions hold, and when to look at them again.
    pub(super) verdicts: Verdicts,
}

/// A score, and the band that it falls into.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScoreState {
    /// The sum of its points.
    pub value: f64,
    /// Position of the band; none below all of them.
    pub band: Option<u8>,
}

/// How far somebody has come on a ladder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LadderState {
    /// When each rung was met, from the bottom.
    pub met: Vec<Option<Hour>>,
    /// The stage; none before the first evaluation.
    pub stage: Option<u8>,
}

/// What is remembered of a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MomentState {
    /// Whether its condition held at the last evaluation.
    pub holds: bool,
    /// When it last fired.
    pub fired: Option<Millis>,
}

impl Subject {
    /// The state before the first event.
    pub fn new(definitions: &Definitions) -> Subject {
        let mut subject = Subject::default();
        subject.fit(definitions);
        subject
    }

    /// Makes room for every definition.
    pub(super) fn fit(&mut self, definitions: &Definitions) {
        fit(&mut self.signals, definitions.signals.len());
        fit(&mut self.since, definitions.signals.len());
        fit(&mut self.segments, definitions.segments.len());
        fit(&mut self.scores, definitions.scores.len());
        fit(&mut self.moments, definitions.moments.len());
        fit(&mut self.ladders, definitions.ladders.len());
        for (state, ladder) in self.ladders.iter_mut().zip(&definitions.ladders) {
            fit(&mut state.met, ladder.rungs.len());
        }
        self.verdicts = Verdicts::all_open(definitions.conditions.len());
    }

    /// The hour that its clock shows; none before the first event.
    pub fn hour(&self) -> Option<Hour> {
        self.clock.hour()
    }

    /// Since when a signal knows, where that is later than the first event: it came with a later playbook, and the journal
    /// did not reach back far enough.
    pub fn knows_since(&self, signal: usize) -> Option<Millis> {
        *self.since.get(signal)?
    }

    /// Its clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// A person's traits.
    pub fn traits(&self) -> &Value {
        &self.traits
    }

    /// The first ICP that they are in, in the order written.
    pub fn icp(&self, definitions: &Definitions) -> Option<Index> {
        let segments = definitions.segments.iter().zip(&self.segments).zip(0..);
        let mut icps = segments.filter(|((segment, holds), _)| segment.is_icp && **holds);
        icps.next().map(|(_, index)| index)
    }

    /// The condition that a rung has for that ICP, else its own.
    pub fn condition_of(&self, definitions: &Definitions, rung: &Rung) -> Option<ConditionId> {
        let icp = self.icp(definitions);
        let own = rung.success.iter().find(|(segment, _)| icp == Some(*segment));
        own.map(|(_, id)| *id).or(rung.when)
    }

    /// Counts an event of this hour; evaluates nothing.
    pub(super) fn count(&mut self, playbook: &Playbook, scope: Scope, heard: Heard<'_>, now: Hour) {
        let definitions = playbook.of(scope);
        let dependents = &definitions.dependents;
        let named = heard.name.and_then(|name| dependents.events.get(usize::from(name)));
        let any = heard.event.name.as_ref().map(|_| &dependents.any_event);
        for signals in [named, any].into_iter().flatten() {
            for index in signals {
                let index = usize::from(*index);
                let (Some(signal), Some(state)) =
                    (definitions.signals.get(index), self.signals.get_mut(index))
                else {
                    continue;
                };
                if state.fold(signal, heard, now) {
                    let opens = dependents.signals.get(index);
                    self.verdicts.open_all(opens.map(Vec::as_slice).unwrap_or_default());
                }
            }
        }
        if scope == Scope::Person && playbook.activity.matches(heard) {
            match &mut self.activity {
                Some(activity) => activity.go_on(playbook.interval, now.day()),
                none => *none = Some(Activity::begin(now.day())),
            }
            self.verdicts.open_all(&definitions.dependents.alive);
        }
    }

    /// Merges traits.
    pub(super) fn merge(&mut self, definitions: &Definitions, traits: Value) -> bool {
        let changed = self.traits.merge(traits);
        if changed {
            self.verdicts.open_all(&definitions.dependents.traits);
        }
        changed
    }

    /// The earliest hour at which anything could change by time alone.
    pub(super) fn next_change(&self, playbook: &Playbook) -> Option<Hour> {
        let momentum = match (&self.activity, self.momentum, self.hour()) {
            (Some(activity), Some(momentum), Some(now)) => {
                activity.turns(momentum, self.measure(playbook), now)
            }
            _ => None,
        };
        super::condition::earliest(self.verdicts.next_turn(), momentum).filter(|hour| hour.comes())
    }

    /// What activity is measured by: `first_seen` is read of the traits as they are, on the clock as it is.
    pub(super) fn measure<'a>(&self, playbook: &'a Playbook) -> Measure<'a> {
        let first_seen = playbook
            .first_seen
            .as_ref()
            .and_then(|path| Some(parse_hour(self.traits.at(path), self.clock.offset())?.day()));
        Measure { interval: playbook.interval, rhythm: playbook.rhythm.as_ref(), first_seen }
    }

    /// The conditions that wait to be evaluated, for whatever reason.
    pub(super) fn open_all(&mut self, conditions: &[ConditionId]) {
        self.verdicts.open_all(conditions);
    }
}

/// Makes a list as long as this.
fn fit<T: Default>(states: &mut Vec<T>, count: usize) {
    states.truncate(count);
    while states.len() < count {
        states.push(T::default());
    }
}

wire_struct!(Subject {
    clock,
    traits,
    signals,
    since,
    activity,
    momentum,
    segments,
    scores,
    ladders,
    moments,
    evaluated,
    verdicts
});
wire_struct!(ScoreState { value, band });
wire_struct!(LadderState { met, stage });
wire_struct!(MomentState { holds, fired });
