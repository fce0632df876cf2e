//! Which definitions are asked about, by the names that people give them.

use std::fmt;

use super::subject::{About, Company};
use crate::engine::{Index, Scope};
use crate::playbook::nearest;

/// A definition of the playbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Definition {
    Signal(Scope, Index),
    Segment(Scope, Index),
    Score(Scope, Index),
    Ladder(Scope, Index),
    Rung(Scope, Index, u8),
    Moment(Scope, Index),
    Nudge(usize),
}

/// There is nothing of this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownId {
    /// As it was given.
    pub id: String,
    /// What may have been meant.
    pub near: Option<String>,
}

impl fmt::Display for UnknownId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the playbook has nothing called {} that could be explained", self.id)?;
        match &self.near {
            Some(near) => write!(f, "; did you mean {near}?"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for UnknownId {}

/// Those with the given ids, in that order; with no id all but the numbers, and rungs within their ladders.
pub(super) fn find(about: &About<'_>, ids: &[&str]) -> Result<Vec<Definition>, UnknownId> {
    let all = all(about);
    if ids.is_empty() {
        let own =
            |definition: &Definition| !matches!(definition, Definition::Signal(..) | Definition::Rung(..));
        return Ok(all.into_iter().map(|(_, definition)| definition).filter(own).collect());
    }
    let mut found = Vec::new();
    for id in ids {
        let wanted = match id.split_once('.') {
            Some(("stages" | "reached", rest)) => format!("ladders.{rest}"),
            Some(("bands", rest)) => format!("scores.{rest}"),
            _ => (*id).to_owned(),
        };
        let named =
            |known: &str| known == wanted || known.split_once('.').is_some_and(|(_, last)| last == wanted);
        let matching: Vec<Definition> =
            all.iter().filter(|(known, _)| named(known)).map(|(_, definition)| *definition).collect();
        if matching.is_empty() {
            let dotted = wanted.contains('.');
            let name = |known: &'_ str| known.split_once('.').map_or("", |(_, last)| last).to_owned();
            let names: Vec<String> =
                all.iter().map(|(known, _)| if dotted { known.clone() } else { name(known) }).collect();
            let near = nearest(&wanted, names.iter().map(String::as_str)).map(str::to_owned);
            return Err(UnknownId { id: (*id).to_owned(), near });
        }
        found.extend(matching);
    }
    Ok(found)
}

/// The dotted id of a definition.
pub(super) fn name(about: &About<'_>, definition: Definition) -> Option<String> {
    let playbook = about.playbook;
    let at = usize::from;
    Some(match definition {
        Definition::Signal(scope, index) => {
            format!("signals.{}", playbook.of(scope).signals.get(at(index))?.name)
        }
        Definition::Segment(scope, index) => {
            format!("segments.{}", playbook.of(scope).segments.get(at(index))?.id)
        }
        Definition::Score(scope, index) => {
            format!("scores.{}", playbook.of(scope).scores.get(at(index))?.id)
        }
        Definition::Ladder(scope, index) => {
            format!("ladders.{}", playbook.of(scope).ladders.get(at(index))?.id)
        }
        Definition::Rung(scope, index, rung) => {
            let ladder = playbook.of(scope).ladders.get(at(index))?;
            format!("ladders.{}.{}", ladder.id, ladder.rungs.get(usize::from(rung))?.id)
        }
        Definition::Moment(scope, index) => {
            format!("moments.{}", playbook.of(scope).moments.get(at(index))?.id)
        }
        Definition::Nudge(index) => format!("nudges.{}", playbook.nudges.get(index)?.id),
    })
}

/// All that can be seen of the subject, in the order in which things build on each other.
fn all(about: &About<'_>) -> Vec<(String, Definition)> {
    let scopes: &[Scope] = match (about.person, about.company) {
        (Some(_), Company::None) => &[Scope::Person],
        (Some(_), _) => &[Scope::Person, Scope::Account],
        (None, _) => &[Scope::Account],
    };
    let mut found = Vec::new();
    let mut add = |definition| found.extend(name(about, definition).map(|name| (name, definition)));
    let of = |scope: Scope| about.playbook.of(scope);
    for scope in scopes.iter().copied() {
        (0..).take(of(scope).signals.len()).for_each(|index| add(Definition::Signal(scope, index)));
    }
    for scope in scopes.iter().copied() {
        (0..).take(of(scope).segments.len()).for_each(|index| add(Definition::Segment(scope, index)));
    }
    for scope in scopes.iter().copied() {
        (0..).take(of(scope).scores.len()).for_each(|index| add(Definition::Score(scope, index)));
    }
    for scope in scopes.iter().copied() {
        for (ladder, index) in of(scope).ladders.iter().zip(0..) {
            add(Definition::Ladder(scope, index));
            (0..).take(ladder.rungs.len()).for_each(|rung| add(Definition::Rung(scope, index, rung)));
        }
    }
    for scope in scopes.iter().copied() {
        (0..).take(of(scope).moments.len()).for_each(|index| add(Definition::Moment(scope, index)));
    }
    if about.person.is_some() {
        (0..about.playbook.nudges.len()).for_each(|index| add(Definition::Nudge(index)));
    }
    found
}
