//! A state goes on under another playbook: what is defined as before keeps what it knows, what is new begins empty, and
//! publishing changes no past (`semantics.md` §6).

use serde::{Deserialize, Serialize};

use super::account::Account;
use super::evaluate;
use super::field::Scope;
use super::hash::fnv1a;
use super::memory::Tally;
use super::person::Person;
use super::playbook::{Definitions, Playbook};
use super::subject::{LadderState, Subject};
use super::value::Value;

/// Which definition each part of a state belongs to: hashes in the order of the state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Layout {
    signals: Vec<u64>,
    segments: Vec<u64>,
    ladders: Vec<(u64, Vec<u64>)>,
    moments: Vec<u64>,
    activity: u64,
    nudges: Vec<u64>,
}

impl Layout {
    pub(super) fn of(playbook: &Playbook) -> Layout {
        let Definitions { signals, segments, ladders, moments, .. } = &playbook.person;
        Layout {
            signals: signals.iter().map(|signal| signal.definition).collect(),
            segments: segments.iter().map(|segment| fnv1a(segment.id.as_bytes())).collect(),
            ladders: ladders
                .iter()
                .map(|ladder| {
                    (fnv1a(ladder.id.as_bytes()), ladder.rungs.iter().map(|rung| fnv1a(rung.id.as_bytes())).collect())
                })
                .collect(),
            moments: moments.iter().map(|moment| fnv1a(moment.id.as_bytes())).collect(),
            activity: playbook.activity_definition,
            nudges: playbook.nudges.iter().map(|nudge| fnv1a(nudge.id.as_bytes())).collect(),
        }
    }
}

/// Moves each part of the state of a person to where the new playbook has its definition.
pub(super) fn adopt(person: &mut Person, old: &Layout, playbook: &Playbook) {
    let new = Layout::of(playbook);
    let subject = &mut person.subject;
    subject.signals = moved(&mut subject.signals, &old.signals, &new.signals);
    subject.segments = moved(&mut subject.segments, &old.segments, &new.segments);
    subject.moments = moved(&mut subject.moments, &old.moments, &new.moments);
    let ids = |ladders: &[(u64, Vec<u64>)]| ladders.iter().map(|(id, _)| *id).collect::<Vec<_>>();
    let mut ladders: Vec<LadderState> = moved(&mut subject.ladders, &ids(&old.ladders), &ids(&new.ladders));
    for (state, (id, rungs)) in ladders.iter_mut().zip(&new.ladders) {
        if let Some((_, before)) = old.ladders.iter().find(|(before, _)| before == id) {
            let stage = state.stage.and_then(|stage| before.get(usize::from(stage)));
            state.stage = stage
                .and_then(|stage| rungs.iter().position(|rung| rung == stage))
                .and_then(|rung| u8::try_from(rung).ok());
            state.met = moved(&mut state.met, before, rungs);
        }
    }
    subject.ladders = ladders;
    if old.activity != new.activity {
        subject.activity = None;
        subject.momentum = None;
    }
    let nudges: Vec<[Tally; 4]> = moved(&mut person.memory.nudges, &old.nudges, &new.nudges);
    person.memory.nudges = nudges;
    person.subject.fit(&playbook.person);
    person.memory.fit(playbook);
}

/// Evaluates what the new definitions say of the present, and reports nothing of it.
pub(super) fn settle(subject: &mut Subject, account: Option<&Account>, playbook: &Playbook) {
    let Some(hour) = subject.hour().filter(|_| subject.evaluated) else { return };
    let now = hour.start(subject.clock.offset());
    let fired: Vec<_> = subject.moments.iter().map(|moment| moment.fired).collect();
    let account = account.map(|account| (account, account.subject.clock.read(now)));
    evaluate::evaluate(playbook, Scope::Person, subject, account, now);
    for (moment, fired) in subject.moments.iter_mut().zip(fired) {
        moment.fired = fired;
    }
}

/// An account keeps its traits; all else of it comes from the collector.
pub(super) fn adopt_account(account: &mut Account, playbook: &Playbook) {
    let traits: Value = std::mem::take(&mut account.subject.traits);
    *account = Account::new(playbook);
    account.subject.traits = traits;
}

fn moved<T: Clone + Default>(state: &mut [T], old: &[u64], new: &[u64]) -> Vec<T> {
    let find = |id: &u64| old.iter().position(|old| old == id);
    new.iter().map(|id| find(id).and_then(|index| state.get(index)).cloned().unwrap_or_default()).collect()
}
