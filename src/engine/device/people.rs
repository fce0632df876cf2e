//! Persons and accounts of one browser, folded in the order of events: who an event is about, and what it does.

use crate::engine::account_view::AccountView;
use crate::engine::change::{Change, What};
use crate::engine::event::Event;
use crate::engine::nudge::{Outcome, told};
use crate::engine::person::Person;
use crate::engine::playbook::Playbook;
use crate::engine::wire::wire_struct;

/// A family's computer has a handful of persons; whoever was away longest is forgotten (the collector knows them).
const KEPT: usize = 8;

/// Everybody who is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct People {
    /// By id, whoever was active last at the end.
    pub(super) persons: Vec<(String, Person)>,
    /// By id, likewise.
    pub(super) accounts: Vec<(String, AccountView)>,
    /// Anonymous ids and the users they belong to.
    joins: Vec<(String, String)>,
}

/// Two histories of one person that have to be folded anew, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entangled;

impl People {
    /// The user that an anonymous id belongs to, else the id itself.
    pub(super) fn resolve<'a>(&'a self, id: &'a str) -> &'a str {
        find(&self.joins, id).map_or(id, String::as_str)
    }

    pub(super) fn person(&self, id: &str) -> Option<&Person> {
        find(&self.persons, id)
    }

    pub(super) fn account(&self, id: &str) -> Option<&AccountView> {
        find(&self.accounts, id)
    }

    /// Joins what the event joins. `beforehand`: it has not happened yet, but what comes before it counts for the user
    /// already; of several users it is the first.
    pub(super) fn join(&mut self, event: &Event, beforehand: bool) -> Option<Entangled> {
        let mut entangled = None;
        for (anonymous, user) in event.joins() {
            let before = self.joins.iter().position(|(id, _)| id == anonymous);
            if anonymous == user || (beforehand && before.is_some()) {
                continue;
            }
            before.map(|position| self.joins.remove(position));
            self.joins.push((anonymous.to_owned(), user.to_owned()));
            forget_oldest(&mut self.joins);
            // What an id did before its first join is its user's; later ones move only what comes after.
            let history = self.persons.iter().position(|(id, _)| before.is_none() && id == anonymous);
            let Some(position) = history else { continue };
            let (_, history) = self.persons.remove(position);
            if self.person(user).is_some() {
                entangled = Some(Entangled);
            } else {
                self.persons.push((user.to_owned(), history));
            }
        }
        entangled
    }

    /// Folds an event of a person, and evaluates.
    pub(super) fn fold(&mut self, playbook: &Playbook, event: &Event) -> Vec<Change> {
        let id = self.resolve(event.person()).to_owned();
        let mut person = take(&mut self.persons, &id).unwrap_or_else(|| Person::new(playbook));
        let account = person.account().and_then(|account| self.account(account));
        let mut changes = person.advance(playbook, account, event.time);
        person.fold(playbook, event);
        if let Some(id) = person.account() {
            let mut account = take(&mut self.accounts, id).unwrap_or_default();
            account.describe(event);
            if let Some((Some(nudge), outcome)) = told(playbook, event) {
                account.note(playbook, nudge, outcome, event.time);
            }
            self.accounts.push((id.to_owned(), account));
            forget_oldest(&mut self.accounts);
        }
        let account = person.account().and_then(|account| self.account(account));
        changes.append(&mut person.evaluate(playbook, account, event.time));
        note_conversions(playbook, &mut self.accounts, &person, &changes);
        self.persons.push((id, person));
        forget_oldest(&mut self.persons);
        changes
    }
}

/// What one member converted counts for all.
pub(super) fn note_conversions(
    playbook: &Playbook,
    accounts: &mut [(String, AccountView)],
    person: &Person,
    changes: &[Change],
) {
    for change in changes {
        let What::Converted { nudge } = change.what else { continue };
        let account = accounts.iter_mut().find(|(id, _)| person.account() == Some(id));
        if let Some((_, account)) = account {
            account.note(playbook, nudge, Outcome::Converted, change.at);
        }
    }
}

pub(super) fn find<'a, T>(list: &'a [(String, T)], id: &str) -> Option<&'a T> {
    list.iter().find(|(known, _)| known == id).map(|(_, item)| item)
}

pub(super) fn take<T>(list: &mut Vec<(String, T)>, id: &str) -> Option<T> {
    let position = list.iter().position(|(known, _)| known == id);
    position.map(|position| list.remove(position).1)
}

pub(super) fn forget_oldest<T>(list: &mut Vec<T>) {
    if list.len() > KEPT {
        list.remove(0);
    }
}

wire_struct!(People { persons, accounts, joins });
