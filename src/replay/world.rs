//! All persons and accounts of a recording, on one line of time (`semantics.md` §2).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};

use crate::engine::{Account, AccountView, Change, Event, Index, Millis, Person, Playbook};

use super::schedule::{Schedule, Who};

/// Positions by id.
type Places = HashMap<String, usize, BuildHasherDefault<DefaultHasher>>;

/// Everybody, and what has been reported of them.
#[derive(Debug)]
pub struct World<'p> {
    playbook: &'p Playbook,
    persons: Vec<(String, Person)>,
    accounts: Vec<(String, Account)>,
    by_id: [Places; 2],
    /// By person: the account that they are in.
    account_of: Vec<Option<usize>>,
    /// By account: who has ever been in it.
    members: Vec<Vec<usize>>,
    /// By person: the account that counts them among its members, and the signals that do.
    counted: Vec<(Option<usize>, Vec<Index>)>,
    schedule: Schedule,
    changes: Vec<Reported>,
}

/// A change, and whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Reported {
    /// Whether of an account.
    pub account: bool,
    /// Whose.
    pub id: String,
    /// What, and when.
    pub change: Change,
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
            changes: Vec::new(),
        }
    }

    /// Lets time pass up to the event, and folds it. Events come in order.
    pub fn fold(&mut self, id: &str, event: &Event) {
        self.pass(event.time);
        let playbook = self.playbook;
        let index = self.person(id);
        let Some((_, person)) = self.persons.get_mut(index) else { return };
        person.fold(playbook, event);
        if let Some(account) = self.enter(index) {
            // Hours that begin at this very instant have begun before the event.
            self.touch(account, event.time, |account| account.fold(playbook, id, event));
        }
        self.evaluate_person(index, event.time);
    }

    /// Lets time pass up to the end, and evaluates everybody once more, accounts first.
    pub fn finish(&mut self, end: Millis) {
        self.pass(end);
        for index in 0..self.accounts.len() {
            self.evaluate_account(index, end);
        }
        for index in 0..self.persons.len() {
            self.evaluate_person(index, end);
        }
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
        let (_, person) = self.persons.iter().find(|(known, _)| known == id)?;
        Some((person, person.account().and_then(|id| self.find_account(id))))
    }

    /// An account.
    pub fn find_account(&self, id: &str) -> Option<&Account> {
        self.accounts.iter().find(|(known, _)| known == id).map(|(_, account)| account)
    }

    /// Those whose account it is.
    pub fn members<'a>(&'a self, account: &'a str) -> impl Iterator<Item = &'a Person> {
        self.persons.iter().map(|(_, person)| person).filter(move |person| person.account() == Some(account))
    }

    /// What changed, in the order of the timeline: time, accounts before persons, ids, the evaluations in turn.
    pub fn into_changes(mut self) -> Vec<Reported> {
        self.changes.sort_by(|one, other| {
            let key = |reported: &Reported| (reported.change.at, !reported.account);
            key(one).cmp(&key(other)).then_with(|| one.id.cmp(&other.id))
        });
        self.changes
    }

    /// Evaluates all hours' starts up to `now` at which anything could change.
    fn pass(&mut self, now: Millis) {
        while let Some(turn) = self.schedule.next(now) {
            match turn.who {
                Who::Account(index) => self.evaluate_account(index, turn.at),
                Who::Person(index) => self.evaluate_person(index, turn.at),
            }
        }
    }

    fn evaluate_person(&mut self, index: usize, now: Millis) {
        let account =
            self.account_of.get(index).copied().flatten().and_then(|index| self.accounts.get(index));
        let Some((id, person)) = self.persons.get_mut(index) else { return };
        let changes = person.evaluate(self.playbook, account.map(|(_, account)| account.view()), now);
        let report = |change| Reported { account: false, id: id.clone(), change };
        self.changes.extend(changes.into_iter().map(report));
        self.schedule.set(Who::Person(index), person.next_change(self.playbook));
        if !self.playbook.person.members.is_empty() {
            self.count_member(index, now);
        }
    }

    /// Tells the accounts which of their `members` signals count a person now that did not before, or no longer.
    fn count_member(&mut self, index: usize, now: Millis) {
        let playbook = self.playbook;
        let account = self.account_of.get(index).copied().flatten();
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
        let Some((id, _)) = self.accounts.get(index) else { return };
        let report = |change| Reported { account: true, id: id.clone(), change };
        self.changes.extend(changes.unwrap_or_default().into_iter().map(report));
    }

    /// Does something to an account; those of its members who could notice see it when their first hour begins after
    /// the instant.
    fn touch<T>(&mut self, index: usize, after: Millis, f: impl FnOnce(&mut Account) -> T) -> Option<T> {
        let (_, account) = self.accounts.get_mut(index)?;
        let before = account.view().version();
        let done = f(account);
        self.schedule.set(Who::Account(index), account.next_change(self.playbook));
        if account.view().version() != before {
            for member in self.members.get(index).into_iter().flatten().copied() {
                let Some((_, person)) = self.persons.get(member) else { continue };
                let hour = person.next_hour(after);
                self.schedule.hasten(Who::Person(member), hour);
            }
        }
        Some(done)
    }

    /// The account of a person's last event; they are one of its members from now on.
    fn enter(&mut self, person: usize) -> Option<usize> {
        let known = self.account_of.get(person).copied().flatten();
        let (_, somebody) = self.persons.get(person)?;
        let id = somebody.account();
        if known.and_then(|known| self.accounts.get(known)).map(|(known, _)| known.as_str()) == id {
            return known;
        }
        let account = id.map(str::to_owned).map(|id| self.account(&id));
        self.account_of.get_mut(person).into_iter().for_each(|place| *place = account);
        let members = self.members.get_mut(account?)?;
        if !members.contains(&person) {
            members.push(person);
        }
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
        self.members.push(Vec::new());
        self.accounts.len() - 1
    }
}

fn by_id<'a, T>(all: impl Iterator<Item = (&'a str, T)>) -> impl Iterator<Item = (&'a str, T)> {
    let mut all: Vec<_> = all.collect();
    all.sort_unstable_by_key(|(id, _)| *id);
    all.into_iter()
}
