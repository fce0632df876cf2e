//! A state goes on under another playbook: what is defined as before keeps what it knows, what is new begins empty, and
//! publishing changes no past (`semantics.md` §6).

use super::account_view::{AccountView, account_hour};
use super::evaluate;
use super::field::Scope;
use super::hash::fnv1a;
use super::person::Person;
use super::playbook::{Definitions, Playbook};
use super::subject::Subject;
use super::wire::wire_struct;

/// Which definition each part of a state belongs to: hashes in the order of the state.
#[derive(Clone, Debug, PartialEq, Eq)]
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
                    (
                        fnv1a(ladder.id.as_bytes()),
                        ladder.rungs.iter().map(|rung| fnv1a(rung.id.as_bytes())).collect(),
                    )
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
    rearrange(&mut subject.signals, &places(&old.signals, &new.signals));
    rearrange(&mut subject.segments, &places(&old.segments, &new.segments));
    rearrange(&mut subject.moments, &places(&old.moments, &new.moments));
    rearrange(&mut person.memory.nudges, &places(&old.nudges, &new.nudges));
    let ids = |ladders: &[(u64, Vec<u64>)]| ladders.iter().map(|(id, _)| *id).collect::<Vec<_>>();
    let ladders = places(&ids(&old.ladders), &ids(&new.ladders));
    rearrange(&mut subject.ladders, &ladders);
    for ((state, place), (_, rungs)) in subject.ladders.iter_mut().zip(ladders).zip(&new.ladders) {
        if let Some((_, before)) = place.and_then(|place| old.ladders.get(place)) {
            let now = places(before, rungs);
            let stage = state.stage.map(usize::from);
            state.stage = now.iter().position(|from| from.is_some() && *from == stage).map(|rung| rung as u8);
            rearrange(&mut state.met, &now);
        }
    }
    if old.activity != new.activity {
        subject.activity = None;
        subject.momentum = None;
    }
    person.subject.fit(&playbook.person);
    person.memory.fit(playbook);
}

/// For each new definition: where the old playbook had it.
fn places(old: &[u64], new: &[u64]) -> Vec<Option<usize>> {
    new.iter().map(|id| old.iter().position(|old| old == id)).collect()
}

/// Puts each part of a state where it belongs now; what is new is empty.
fn rearrange<T: Clone + Default>(state: &mut Vec<T>, places: &[Option<usize>]) {
    let old = std::mem::take(state);
    for place in places {
        state.push(place.and_then(|place| old.get(place)).cloned().unwrap_or_default());
    }
}

/// Evaluates what the new definitions say of the present, and reports nothing of it.
pub(super) fn settle(subject: &mut Subject, account: Option<&AccountView>, playbook: &Playbook) {
    let Some(hour) = subject.hour().filter(|_| subject.evaluated) else { return };
    let now = hour.start(subject.clock.offset());
    let fired: Vec<_> = subject.moments.iter().map(|moment| moment.fired).collect();
    let account = account.map(|account| (account, account_hour(now)));
    evaluate::evaluate(playbook, Scope::Person, subject, account, now);
    for (moment, fired) in subject.moments.iter_mut().zip(fired) {
        moment.fired = fired;
    }
}

wire_struct!(Layout { signals, segments, ladders, moments, activity, nudges });
