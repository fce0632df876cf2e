//! What pages load of a playbook: all that decides what a person sees, and nothing that only a collector needs.
//!
//! A page never evaluates an account: it sees what the collector last came to. So of the definitions of accounts only
//! those stay that a person's conditions or a nudge speak of, and of these only what reading them takes: names, rungs,
//! bands. How they are counted, what an account is scored by, and which moments there are for sales besides, stays with
//! the company. What is defined for persons stays whole: it is evaluated there.

mod conditions;
mod spoken;

use crate::engine::{
    AccountPart, ConditionId, Definitions, Field, Form, Index, Ladder, Moment, Owner, Playbook, Rung, Scope,
    Score, Segment, Signal, fnv1a,
};

use super::dependents;
use conditions::each_field;
use spoken::{Spoken, names};

/// A playbook for pages.
#[derive(Clone, Debug, PartialEq)]
pub struct ForPages {
    /// As the engine runs it.
    pub playbook: Playbook,
    /// The same in binary.
    pub bytes: Vec<u8>,
    /// Names these bytes: hexadecimal. That of the whole playbook where nothing is left out.
    pub revision: String,
    /// What of an account they know: a view of one is [reduced](crate::engine::AccountView::only) to it.
    pub account: AccountPart,
}

/// Leaves out what only a collector needs.
pub fn for_pages(whole: &Playbook) -> ForPages {
    let mut playbook = whole.clone();
    if speaks_of_persons_alone(whole) {
        // Nothing to leave out: so it is the same in every byte, and has the same name.
        let (bytes, revision) = (playbook.to_bytes(), format!("{:016x}", playbook.revision));
        return ForPages { playbook, bytes, revision, account: AccountPart::default() };
    }
    forget_members(&mut playbook);
    let account = Spoken::of(&playbook).into_part();
    renumber(&mut playbook, &account);
    playbook.account = seen(&whole.account, &account);
    // Positions of names are their ids' places in the index: those that nobody hears any more leave theirs empty.
    let count = playbook.names.len();
    let heard = names(&playbook);
    playbook.names.retain(|(_, id)| heard.contains(id));
    dependents::index(&mut playbook.person, Scope::Person, count);
    dependents::index(&mut playbook.account, Scope::Account, 0);
    playbook.revision = 0;
    playbook.revision = fnv1a(&playbook.to_bytes());
    let (bytes, revision) = (playbook.to_bytes(), format!("{:016x}", playbook.revision));
    ForPages { playbook, bytes, revision, account }
}

fn speaks_of_persons_alone(playbook: &Playbook) -> bool {
    let Definitions { signals, segments, scores, ladders, moments, .. } = &playbook.account;
    signals.is_empty() && segments.is_empty() && scores.is_empty() && ladders.is_empty() && moments.is_empty()
}

/// By what an account counts its members is asked where all of them are.
fn forget_members(playbook: &mut Playbook) {
    let person = &mut playbook.person;
    let mut places: Vec<Option<ConditionId>> = Vec::new();
    let mut kept = 0;
    for owner in &person.owners {
        let stays = *owner != Owner::Members;
        places.push(stays.then_some(kept));
        kept += ConditionId::from(stays);
    }
    let stays = |id: usize| places.get(id).copied().flatten().is_some();
    let mut id = 0;
    person.conditions.retain(|_| {
        id += 1;
        stays(id - 1)
    });
    person.owners.retain(|owner| *owner != Owner::Members);
    person.members.clear();
    conditions::each_id(playbook, &mut |id| {
        if let Some(Some(place)) = places.get(usize::from(*id)) {
            *id = *place;
        }
    });
}

/// What persons and nudges ask of accounts is where it is among what is left of them.
fn renumber(playbook: &mut Playbook, part: &AccountPart) {
    let place = |index: &mut Index, list: &[Index]| {
        if let Some(place) = list.iter().position(|old| old == index) {
            *index = place as Index;
        }
    };
    each_field(playbook, &mut |field| match field {
        Field::Signal(Scope::Account, index) => place(index, &part.signals),
        Field::Segment(Scope::Account, index) => place(index, &part.segments),
        Field::Score(Scope::Account, index) | Field::Band(Scope::Account, index) => {
            place(index, &part.scores)
        }
        Field::Stage(Scope::Account, index) | Field::Reached(Scope::Account, index, _) => {
            place(index, &part.ladders)
        }
        Field::Moment(Scope::Account, index) => place(index, &part.moments),
        _ => {}
    });
}

/// What it takes to read what an account is, without how it came to be.
fn seen(whole: &Definitions, part: &AccountPart) -> Definitions {
    fn pick<T, U>(all: &[T], positions: &[Index], seen: impl Fn(&T) -> U) -> Vec<U> {
        positions.iter().filter_map(|position| all.get(usize::from(*position))).map(seen).collect()
    }
    let signal = |signal: &Signal| Signal {
        name: signal.name.clone(),
        definition: 0,
        // A number of hours is said otherwise than another.
        form: match signal.form {
            Form::Since | Form::Age | Form::Until(_) => Form::Since,
            _ => Form::Count(None),
        },
        of: Vec::new(),
        without: None,
    };
    let segment = |segment: &Segment| Segment { id: segment.id.clone(), when: 0, ..*segment };
    let score = |score: &Score| Score {
        id: score.id.clone(),
        points: Vec::new(),
        bands: score.bands.iter().map(|(name, _)| (name.clone(), 0.0)).collect(),
    };
    let rung = |rung: &Rung| Rung { id: rung.id.clone(), when: None, success: Vec::new(), keep: rung.keep };
    let ladder = |ladder: &Ladder| Ladder {
        id: ladder.id.clone(),
        rungs: ladder.rungs.iter().map(rung).collect(),
        climb: ladder.climb,
    };
    let moment = |moment: &Moment| Moment { id: moment.id.clone(), when: 0, qualifies: None, ..*moment };
    Definitions {
        signals: pick(&whole.signals, &part.signals, signal),
        segments: pick(&whole.segments, &part.segments, segment),
        scores: pick(&whole.scores, &part.scores, score),
        ladders: pick(&whole.ladders, &part.ladders, ladder),
        moments: pick(&whole.moments, &part.moments, moment),
        ..Definitions::default()
    }
}
