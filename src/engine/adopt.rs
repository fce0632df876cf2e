//! A state goes on under another playbook: what is defined as before keeps what it knows, what is new begins empty, and
//! publishing changes no past (`semantics.md` §6).

use super::account_view::{AccountView, account_hour};
use super::evaluate;
use super::field::{Index, Scope};
use super::hash::fnv1a;
use super::person::Person;
use super::playbook::{Definitions, Playbook};
use super::subject::Subject;
use super::wire::{copy, wire_struct};

/// Which definition each part of a state belongs to: hashes in the order of the state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    signals: Vec<u64>,
    segments: Vec<u64>,
    ladders: Vec<u64>,
    /// By ladder.
    rungs: Vec<Vec<u64>>,
    moments: Vec<u64>,
    activity: u64,
    nudges: Vec<u64>,
}

impl Layout {
    pub(super) fn of(playbook: &Playbook) -> Layout {
        let Definitions { signals, segments, ladders, moments, .. } = &playbook.person;
        let mut layout = Layout { activity: playbook.activity_definition, ..Layout::default() };
        // Loops, since each `collect` would be another function in the page.
        for signal in signals {
            layout.signals.push(signal.definition);
        }
        for segment in segments {
            layout.segments.push(name(&segment.id));
        }
        for ladder in ladders {
            let mut rungs = Vec::new();
            for rung in &ladder.rungs {
                rungs.push(name(&rung.id));
            }
            layout.ladders.push(name(&ladder.id));
            layout.rungs.push(rungs);
        }
        for moment in moments {
            layout.moments.push(name(&moment.id));
        }
        for nudge in &playbook.nudges {
            layout.nudges.push(name(&nudge.id));
        }
        layout
    }
}

/// Moves each part of the state of a person to where the new playbook has its definition. The positions of signals that
/// are new: they begin now.
pub(super) fn adopt(person: &mut Person, old: &Layout, new: &Layout, playbook: &Playbook) -> Vec<usize> {
    let subject = &mut person.subject;
    let now = subject.hour().map(|hour| hour.start(subject.clock.offset()));
    let before = std::mem::take(&mut subject.signals);
    let since = std::mem::take(&mut subject.since);
    let mut begun = Vec::new();
    for place in places(&old.signals, &new.signals) {
        let (state, since) = match place {
            // A copy, since two signals may be defined alike.
            Some(place) => (before.get(place).map(copy), since.get(place).copied().flatten()),
            None => (None, now),
        };
        if place.is_none() {
            begun.push(subject.signals.len());
        }
        subject.signals.push(state.unwrap_or_default());
        subject.since.push(since);
    }
    rearrange(&mut subject.segments, &old.segments, &new.segments);
    rearrange(&mut subject.moments, &old.moments, &new.moments);
    let nudges = places(&old.nudges, &new.nudges);
    person.memory.tallies.rearrange(&nudges);
    keep(&mut person.memory.exposures, &mut |exposure| {
        // What it aims at may be another condition now, which has not begun to hold because it is new.
        exposure.held = None;
        follow(&mut exposure.nudge, &nudges)
    });
    for (index, place) in rearrange(&mut subject.ladders, &old.ladders, &new.ladders).iter().enumerate() {
        let before = place.and_then(|place| old.rungs.get(place));
        if let (Some(state), Some(before), Some(rungs)) =
            (subject.ladders.get_mut(index), before, new.rungs.get(index))
        {
            let now = rearrange(&mut state.met, before, rungs);
            let stage = state.stage.map(usize::from);
            state.stage = now.iter().position(|from| from.is_some() && *from == stage).map(|rung| rung as u8);
        }
    }
    if old.activity != new.activity {
        subject.activity = None;
        subject.momentum = None;
    }
    person.subject.fit(&playbook.person);
    begun
}

/// What members see of an account belongs to the playbook that it was evaluated by; its traits belong to none, and what
/// became of a nudge to the nudge.
pub(super) fn adopt_account(account: &mut AccountView, old: &Layout, new: &Layout) {
    account.published = None;
    account.tallies.rearrange(&places(&old.nudges, &new.nudges));
}

/// Keeps what is to be kept, in any order: `retain_mut` takes care of order, panics and all, at three times the size.
pub(super) fn keep<T>(list: &mut Vec<T>, f: &mut dyn FnMut(&mut T) -> bool) {
    let mut place = 0;
    while let Some(item) = list.get_mut(place) {
        if f(item) {
            place += 1;
        } else {
            list.swap_remove(place);
        }
    }
}

/// Where a definition is now; false if it is gone.
pub(super) fn follow(position: &mut Index, places: &[Option<usize>]) -> bool {
    let now = places.iter().position(|from| *from == Some(usize::from(*position)));
    *position = now.map_or(*position, |now| now as Index);
    now.is_some()
}

/// For each new definition: where the old playbook had it.
fn places(old: &[u64], new: &[u64]) -> Vec<Option<usize>> {
    let mut places = Vec::new();
    for id in new {
        places.push(old.iter().position(|old| old == id));
    }
    places
}

/// Puts each part of a state where it belongs now; what is new is empty.
/// Where each part of the state was, which is now there where its definition is.
fn rearrange<T: Default>(state: &mut Vec<T>, old: &[u64], new: &[u64]) -> Vec<Option<usize>> {
    let places = places(old, new);
    let mut old = std::mem::take(state);
    for place in &places {
        let kept = place.and_then(|place| old.get_mut(place));
        state.push(kept.map(std::mem::take).unwrap_or_default());
    }
    places
}

fn name(id: &str) -> u64 {
    fnv1a(id.as_bytes())
}

/// Evaluates what the new definitions say of the present, and reports nothing of it.
pub(super) fn settle(subject: &mut Subject, account: Option<&AccountView>, playbook: &Playbook) {
    let Some(hour) = subject.hour().filter(|_| subject.evaluated) else { return };
    let now = hour.start(subject.clock.offset());
    let mut fired = Vec::new();
    for moment in &subject.moments {
        fired.push(moment.fired);
    }
    let account = account.map(|account| (account, account_hour(now)));
    evaluate::evaluate(playbook, Scope::Person, subject, account, now);
    for (moment, fired) in subject.moments.iter_mut().zip(&fired) {
        moment.fired = *fired;
    }
}

wire_struct!(Layout { signals, segments, ladders, rungs, moments, activity, nudges });
