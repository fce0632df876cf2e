//! What persons and nudges speak of.

use std::collections::BTreeSet;

use super::super::appearance::{SpokenOf, each_spoken};
use super::conditions::each_field;
use crate::engine::{
    AccountPart, Aim, Definitions, Edge, Field, Index, Matcher, NameId, Names, Playbook, Scope,
};

/// The definitions of accounts that they do.
#[derive(Default)]
pub(super) struct Spoken {
    signals: BTreeSet<Index>,
    segments: BTreeSet<Index>,
    scores: BTreeSet<Index>,
    ladders: BTreeSet<Index>,
    moments: BTreeSet<Index>,
}

impl Spoken {
    pub(super) fn of(playbook: &Playbook) -> Spoken {
        let mut spoken = Spoken::default();
        // One walk for reading and changing: here nothing is changed.
        each_field(&mut playbook.clone(), &mut |field| spoken.hear(field));
        let mut named = BTreeSet::new();
        for nudge in &playbook.nudges {
            let drawn = std::iter::once(&nudge.appearance);
            for appearance in drawn.chain(nudge.variants.iter().map(|variant| &variant.appearance)) {
                each_spoken(appearance, &mut |name| {
                    named.insert(name);
                });
            }
        }
        spoken.read(&playbook.account, &named);
        spoken
    }

    /// What is drawn says by name what is seen of a person: of that some may be their account's.
    fn read(&mut self, account: &Definitions, named: &BTreeSet<SpokenOf<'_>>) {
        fn among<'a, T>(
            all: &'a [T],
            is_named: impl Fn(&'a T) -> bool + 'a,
        ) -> impl Iterator<Item = Index> + 'a {
            all.iter().zip(0..).filter(move |(one, _)| is_named(one)).map(|(_, index)| index)
        }
        let has = |name| named.contains(&name);
        self.signals.extend(among(&account.signals, |signal| has(SpokenOf::Signal(&signal.name))));
        self.segments.extend(among(&account.segments, |segment| has(SpokenOf::Segment(&segment.id))));
        self.scores.extend(among(&account.scores, |score| has(SpokenOf::Score(&score.id))));
        self.ladders.extend(among(&account.ladders, |ladder| has(SpokenOf::Ladder(&ladder.id))));
    }

    fn hear(&mut self, field: &Field) {
        let (list, index) = match field {
            Field::Signal(Scope::Account, index) => (&mut self.signals, index),
            Field::Segment(Scope::Account, index) => (&mut self.segments, index),
            Field::Score(Scope::Account, index) | Field::Band(Scope::Account, index) => {
                (&mut self.scores, index)
            }
            Field::Stage(Scope::Account, index) | Field::Reached(Scope::Account, index, _) => {
                (&mut self.ladders, index)
            }
            Field::Moment(Scope::Account, index) => (&mut self.moments, index),
            _ => return,
        };
        list.insert(*index);
    }

    pub(super) fn into_part(self) -> AccountPart {
        let list = |set: BTreeSet<Index>| set.into_iter().collect();
        AccountPart {
            signals: list(self.signals),
            segments: list(self.segments),
            scores: list(self.scores),
            ladders: list(self.ladders),
            moments: list(self.moments),
        }
    }
}

/// The names of events that they listen to.
pub(super) fn names(playbook: &Playbook) -> BTreeSet<NameId> {
    let mut heard = BTreeSet::new();
    let mut listen = |matcher: &Matcher| {
        if let Names::These(ids) = &matcher.names {
            heard.extend(ids.iter().copied());
        }
    };
    listen(&playbook.activity);
    for signal in &playbook.person.signals {
        signal.of.iter().chain(&signal.without).for_each(&mut listen);
    }
    for nudge in &playbook.nudges {
        for edge in &nudge.on {
            if let Edge::Event(matcher) = edge {
                listen(matcher);
            }
        }
        if let Some(Aim::Event(matcher)) = nudge.goal.as_ref().map(|goal| &goal.aim) {
            listen(matcher);
        }
    }
    heard
}
