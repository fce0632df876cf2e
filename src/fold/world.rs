//! Persons and accounts on one line of time (`semantics.md` §2).
//!
//! A replay has all of them in one world; the collector one world for those who can influence each other, which it writes
//! down (`writing`), goes on from, and unites where they turn out to be connected.

use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, DefaultHasher};

use crate::engine::{
    Account, AccountView, Change, Event, Index, Millis, Outcome, Person, Playbook, What, converted, fired,
    told,
};

use super::news::{News, Reported};
use super::schedule::{Schedule, Who};
use super::sighting::Sighting;
use super::simulation::{Contests, Doing, Nudges, Place};

/// Positions by id.
type Places = HashMap<String, usize, BuildHasherDefault<DefaultHasher>>;

/// Everybody, and what has been reported of them.
#[derive(Clone, Debug)]
pub struct World<'p> {
    pub(super) playbook: &'p Playbook,
    pub(super) persons: Vec<(String, Person)>,
    pub(super) accounts: Vec<(String, Account)>,
    pub(super) by_id: [Places; 2],
    /// By person: the account that they are in.
    pub(super) account_of: Vec<Option<usize>>,
    /// By account: who is in it.
    pub(super) members: Vec<BTreeSet<usize>>,
    /// By person: the account that counts them among its members, and the signals that do.
    pub(super) counted: Vec<(Option<usize>, Vec<Index>)>,
    pub(super) schedule: Schedule,
    /// The last instant at which anything happened: an event, or the turn of somebody.
    pub(super) turned: Option<Millis>,
    /// The accounts have been evaluated for the last time.
    is_over: bool,
    pub(super) changes: Vec<Reported>,
    /// Who would be shown what, if that is asked.
    pub(super) nudges: Option<Nudges>,
    /// How those stood whose moments fired, if that is asked.
    pub(super) sightings: Option<Vec<Sighting>>,
}

impl<'p> World<'p> {
    /// Before the first event.
    pub fn new(playbook: &'p Playbook) -> World<'p> {
        World {
            playbook,
            persons: Vec::new(),
            accounts: Vec::new(),
            by_id: Default::default(),
            account_of: Vec::new(),
            members: Vec::new(),
            counted: Vec::new(),
            schedule: Schedule::default(),
            turned: None,
            is_over: false,
            changes: Vec::new(),
            nudges: None,
            sightings: None,
        }
    }

    /// The same; in it everybody is shown the nudges that they would have been shown, and ignores them. What the
    /// recording tells of nudges is left out.
    pub fn with_nudges(playbook: &'p Playbook) -> World<'p> {
        World {
            nudges: Some(Nudges::default()).filter(|_| !playbook.nudges.is_empty()),
            ..World::new(playbook)
        }
    }

    /// Lets time pass up to the event, and folds it. Events come in order.
    pub fn fold(&mut self, id: &str, event: &Event) {
        self.fold_at(id, event, None);
    }

    /// The same, where it is known on which page it happened.
    pub(crate) fn fold_at(&mut self, id: &str, event: &Event, place: Option<&Place>) {
        self.pass(event.time);
        self.turned = self.turned.max(Some(event.time));
        let playbook = self.playbook;
        let index = self.person(id);
        let Some((_, person)) = self.persons.get_mut(index) else { return };
        match self.nudges {
            Some(_) => person.fold_usage(playbook, event),
            None => person.fold(playbook, event),
        }
        if let Some(account) = self.enter(index) {
            // Hours that begin at this very instant have begun before the event.
            self.touch(account, event.time, |account| account.fold(playbook, id, event));
            if let (None, Some((Some(nudge), outcome))) = (&self.nudges, told(playbook, event)) {
                self.note(account, nudge, outcome, event.time);
            }
        }
        self.evaluate_person(index, Some((event, place)), event.time);
    }

    /// Lets time pass up to the end, and evaluates everybody once more, accounts first.
    pub fn finish(&mut self, end: Millis) {
        self.pass(end);
        for index in 0..self.accounts.len() {
            self.evaluate_account(index, end);
        }
        self.is_over = true;
        for index in 0..self.persons.len() {
            self.evaluate_person(index, None, end);
        }
    }

    /// What it is folded by.
    pub fn playbook(&self) -> &'p Playbook {
        self.playbook
    }

    /// Persons with their accounts, by id.
    pub fn persons(&self) -> impl Iterator<Item = (&str, &Person, Option<&AccountView>)> {
        let account = |index: usize| self.accounts.get((*self.account_of.get(index)?)?);
        let persons = self.persons.iter().enumerate();
        by_id(persons.map(move |(index, (id, person))| (id.as_str(), (person, account(index)))))
            .map(|(id, (person, account))| (id, person, account.map(|(_, account)| account.view())))
    }

    /// Accounts by id.
    pub fn accounts(&self) -> impl Iterator<Item = (&str, &Account)> {
        by_id(self.accounts.iter().map(|(id, account)| (id.as_str(), account)))
    }

    /// A person, and the state of their account.
    pub fn find_person(&self, id: &str) -> Option<(&Person, Option<&Account>)> {
        let [persons, _] = &self.by_id;
        let index = *persons.get(id)?;
        let account =
            self.account_of.get(index).copied().flatten().and_then(|index| self.accounts.get(index));
        self.persons.get(index).map(|(_, person)| (person, account.map(|(_, account)| account)))
    }

    /// An account.
    pub fn find_account(&self, id: &str) -> Option<&Account> {
        let [_, accounts] = &self.by_id;
        self.accounts.get(*accounts.get(id)?).map(|(_, account)| account)
    }

    /// Those whose account it is.
    pub fn members<'a>(&'a self, account: &'a str) -> impl Iterator<Item = &'a Person> {
        self.persons.iter().map(|(_, person)| person).filter(move |person| person.account() == Some(account))
    }

    /// What changed, in the order of the timeline: time, accounts before persons, ids, the evaluations in turn.
    pub fn into_changes(self) -> Vec<Reported> {
        self.into_news().0
    }

    /// The same, and what came of nudges at their edges.
    pub(crate) fn into_news(mut self) -> (Vec<Reported>, Contests) {
        self.changes.sort_by(|one, other| {
            let key = |reported: &Reported| (reported.news.at(), !reported.account);
            key(one).cmp(&key(other)).then_with(|| one.id.cmp(&other.id))
        });
        (self.changes, self.nudges.map(|nudges| nudges.contests).unwrap_or_default())
    }

    /// Lets time pass: evaluates all hours' starts up to `now` at which anything could change.
    pub fn pass(&mut self, now: Millis) {
        while let Some(turn) = self.schedule.next(now) {
            self.turned = self.turned.max(Some(turn.at));
            match turn.who {
                Who::Screen(index) => self.clear_screen(index, turn.at),
                Who::Account(index) => self.evaluate_account(index, turn.at),
                Who::Person(index) => self.evaluate_person(index, None, turn.at),
            }
        }
    }

    fn evaluate_person(&mut self, index: usize, event: Option<(&Event, Option<&Place>)>, now: Millis) {
        let playbook = self.playbook;
        let account = self.account_of(index);
        let view = account.and_then(|account| self.accounts.get(account)).map(|(_, account)| account.view());
        let Some((id, person)) = self.persons.get_mut(index) else { return };
        let changes = person.evaluate(playbook, view, now);
        let report =
            |change: &Change| Reported { account: false, id: id.clone(), news: News::Change(*change) };
        self.changes.extend(changes.iter().map(report));
        if let Some(sightings) = &mut self.sightings {
            sightings.extend(Sighting::of_person(id, person, view, &changes));
        }
        if let Some(account) = account {
            for nudge in converted(&changes) {
                self.note(account, nudge, Outcome::Converted, now);
            }
        }
        self.decide(index, Doing { event, fired: fired(&changes, now) }, now);
        let Some((_, person)) = self.persons.get(index) else { return };
        self.schedule.set(Who::Person(index), person.next_change(self.playbook));
        // At the end the accounts have been evaluated: they saw the members as these were before.
        if !self.playbook.person.members.is_empty() && !self.is_over {
            self.count_member(index, now);
        }
    }

    pub(in crate::fold) fn account_of(&self, person: usize) -> Option<usize> {
        self.account_of.get(person).copied().flatten()
    }

    /// Tells the accounts which of their `members` signals count a person now that did not before, or no longer.
    fn count_member(&mut self, index: usize, now: Millis) {
        let playbook = self.playbook;
        let account = self.account_of(index);
        let Some((_, person)) = self.persons.get(index) else { return };
        let counts: Vec<Index> = account.map_or_else(Vec::new, |_| person.counts_for(playbook).collect());
        let Some(counted) = self.counted.get_mut(index) else { return };
        let (before, old) = std::mem::replace(counted, (account, counts.clone()));
        let moved = before != account;
        let mut tell = |account: Option<usize>, signal: Index, meets: bool| {
            let Some(account) = account else { return };
            self.touch(account, now, |account| account.count_member(playbook, signal, meets, now));
        };
        for signal in old.iter().filter(|signal| moved || !counts.contains(signal)) {
            tell(before, *signal, false);
        }
        for signal in counts.iter().filter(|signal| moved || !old.contains(signal)) {
            tell(account, *signal, true);
        }
    }

    fn evaluate_account(&mut self, index: usize, now: Millis) {
        let playbook = self.playbook;
        // Persons whose hour begins at this instant see the account as it is now.
        let changes = self.touch(index, Millis(now.0 - 1), |account| account.evaluate(playbook, now));
        let Some((id, account)) = self.accounts.get(index) else { return };
        let changes = changes.unwrap_or_default();
        if let Some(sightings) = &mut self.sightings {
            sightings.extend(Sighting::of_account(id, account, &changes));
        }
        for change in changes {
            self.changes.push(Reported { account: true, id: id.clone(), news: News::Change(change) });
            if let (What::Moment { moment }, Some(nudges)) = (change.what, &mut self.nudges) {
                for member in self.members.get(index).into_iter().flatten() {
                    nudges.fires(*member, moment);
                }
            }
        }
    }

    /// Does something to an account; those of its members who could notice see it when their first hour begins after
    /// the instant.
    fn touch<T>(&mut self, index: usize, after: Millis, f: impl FnOnce(&mut Account) -> T) -> Option<T> {
        let (_, account) = self.accounts.get_mut(index)?;
        let before = account.view().version();
        let done = f(account);
        self.schedule.set(Who::Account(index), account.next_change(self.playbook));
        // Where nothing of a person rests on the account, nor are its moments the edge of a nudge, nobody could notice.
        let is_seen = self.nudges.is_some() || !self.playbook.person.dependents.account.is_empty();
        if is_seen && account.view().version() != before {
            for member in self.members.get(index).into_iter().flatten().copied() {
                let Some((_, person)) = self.persons.get(member) else { continue };
                let hour = person.next_hour(after);
                self.schedule.hasten(Who::Person(member), hour);
            }
        }
        Some(done)
    }

    /// The account of a person's last event; they are one of its members from now on, and of no other.
    fn enter(&mut self, person: usize) -> Option<usize> {
        let known = self.account_of.get(person).copied().flatten();
        let (_, somebody) = self.persons.get(person)?;
        let id = somebody.account();
        if known.and_then(|known| self.accounts.get(known)).map(|(known, _)| known.as_str()) == id {
            return known;
        }
        let account = id.map(str::to_owned).map(|id| self.account(&id));
        self.account_of.get_mut(person).into_iter().for_each(|place| *place = account);
        if let Some(left) = known.and_then(|known| self.members.get_mut(known)) {
            left.remove(&person);
        }
        self.members.get_mut(account?)?.insert(person);
        account
    }

    fn person(&mut self, id: &str) -> usize {
        let [persons, _] = &mut self.by_id;
        if let Some(index) = persons.get(id) {
            return *index;
        }
        persons.insert(id.to_owned(), self.persons.len());
        self.persons.push((id.to_owned(), Person::new(self.playbook)));
        self.counted.push((None, Vec::new()));
        self.account_of.push(None);
        self.persons.len() - 1
    }

    fn account(&mut self, id: &str) -> usize {
        let [_, accounts] = &mut self.by_id;
        if let Some(index) = accounts.get(id) {
            return *index;
        }
        accounts.insert(id.to_owned(), self.accounts.len());
        self.accounts.push((id.to_owned(), Account::new(self.playbook)));
        self.members.push(BTreeSet::new());
        self.accounts.len() - 1
    }
}

fn by_id<'a, T>(all: impl Iterator<Item = (&'a str, T)>) -> impl Iterator<Item = (&'a str, T)> {
    let mut all: Vec<_> = all.collect();
    all.sort_unstable_by_key(|(id, _)| *id);
    all.into_iter()
}

#[cfg(test)]
mod tests;
