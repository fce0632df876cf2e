//! A world in binary: sorted by id, so that one history gives one text of bytes, and nothing in it that follows from the
//! rest.

use std::collections::BTreeSet;

use super::schedule::Who;
use super::world::World;
use crate::engine::wire::{Input, Wire, wire_struct};
use crate::engine::{Account, Millis, Person, Playbook};

/// What is written of a world.
#[derive(Debug, Default)]
pub(super) struct Written {
    persons: Vec<WrittenPerson>,
    accounts: Vec<(String, Account)>,
    turned: Option<Millis>,
}

/// A person, and what they wait for: their own next change, or that of their account.
#[derive(Debug)]
struct WrittenPerson {
    id: String,
    person: Person,
    waits: Option<Millis>,
}

impl World<'_> {
    /// Writes everybody.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let mut persons: Vec<usize> = (0..self.persons.len()).collect();
        let id = |index: &usize| self.persons.get(*index).map(|(id, _)| id);
        persons.sort_unstable_by(|one, other| id(one).cmp(&id(other)));
        (persons.len() as u64).write(out);
        for index in persons {
            let Some((id, person)) = self.persons.get(index) else { continue };
            id.write(out);
            person.write(out);
            self.schedule.waits(Who::Person(index)).write(out);
        }
        let mut accounts: Vec<&(String, Account)> = self.accounts.iter().collect();
        accounts.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        (accounts.len() as u64).write(out);
        for (id, account) in accounts {
            id.write(out);
            account.tidy().write(out);
        }
        self.turned.write(out);
    }
}

impl<'p> World<'p> {
    /// A world that goes on from what was written.
    pub(super) fn of(playbook: &'p Playbook, written: Written) -> World<'p> {
        let mut world = World::new(playbook);
        world.take_in(written);
        world
    }

    /// Takes in everybody of another world, whom nobody of this one knows. Both have passed to the same instant.
    pub(super) fn unite(&mut self, mut other: World<'_>) {
        let mut bytes = Vec::new();
        other.write(&mut bytes);
        let changes = std::mem::take(&mut other.changes);
        let sightings = other.sightings.take();
        self.take_in(crate::engine::wire::read_all(&bytes).unwrap_or_default());
        self.changes.extend(changes);
        if let Some(own) = &mut self.sightings {
            own.extend(sightings.unwrap_or_default());
        }
    }

    fn take_in(&mut self, written: Written) {
        let [persons, accounts] = &mut self.by_id;
        for (id, account) in written.accounts {
            let index = self.accounts.len();
            accounts.insert(id.clone(), index);
            self.schedule.set(Who::Account(index), account.next_change(self.playbook));
            self.accounts.push((id, account));
            self.members.push(BTreeSet::new());
        }
        for WrittenPerson { id, person, waits } in written.persons {
            let index = self.persons.len();
            persons.insert(id.clone(), index);
            self.schedule.set(Who::Person(index), waits);
            let account = person.account().and_then(|account| accounts.get(account)).copied();
            if let Some(members) = account.and_then(|account| self.members.get_mut(account)) {
                members.insert(index);
            }
            // As it was told at the end of the last evaluation, of which these are the verdicts.
            let counted = match account.filter(|_| !self.playbook.person.members.is_empty()) {
                Some(account) => (Some(account), person.counts_for(self.playbook).collect()),
                None => (None, Vec::new()),
            };
            self.counted.push(counted);
            self.account_of.push(account);
            self.persons.push((id, person));
        }
        self.turned = self.turned.max(written.turned);
    }
}

impl Wire for WrittenPerson {
    fn write(&self, out: &mut Vec<u8>) {
        self.id.write(out);
        self.person.write(out);
        self.waits.write(out);
    }
    fn read(input: &mut Input<'_>) -> Self {
        WrittenPerson { id: Wire::read(input), person: Wire::read(input), waits: Wire::read(input) }
    }
}

wire_struct!(Written { persons, accounts, turned });
