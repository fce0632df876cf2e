//! What the collector knows of a person, over all their devices, takes the place of what this browser does.

use super::people::{forget_oldest, take};
use super::{Device, Event, Millis, Past, Playbook};
use crate::engine::wire::Wire;

impl Device {
    /// Takes over the person of a collector's snapshot, and the account as they see it; whoever else uses this browser
    /// stays. `events` are what this browser has and the snapshot has not: folded over it, in any order. Nothing is reported
    /// of any of it, since it happened elsewhere, or was reported when it happened. False where the snapshot is of another
    /// version or playbook: then nothing has changed.
    pub fn adopt(&mut self, playbook: &Playbook, snapshot: &[u8], events: Vec<Event>, now: Millis) -> bool {
        if Device::is_of_another(playbook, snapshot) {
            return false;
        }
        let Some(other) = Device::restore(playbook, snapshot, Past::default()) else { return false };
        let Device { mut people, present: person, cut, .. } = other;
        // `pop`, since an iterator by value would be another function in the page for each type.
        while let Some((id, state)) = people.persons.pop() {
            take(&mut self.people.persons, &id);
            self.people.persons.push((id, state));
            forget_oldest(&mut self.people.persons);
        }
        while let Some((id, view)) = people.accounts.pop() {
            take(&mut self.people.accounts, &id);
            self.people.accounts.push((id, view));
            forget_oldest(&mut self.people.accounts);
        }
        // All that was folded so far is in there, or is folded over it now.
        self.log.clear();
        self.before.clear();
        self.people.write(&mut self.before);
        self.cut = cut;
        self.late = 0;
        let mut own = Vec::new();
        for event in events {
            if self.people.resolve(event.person()) == person {
                own.push(event);
            }
        }
        self.catch_up(playbook, &mut own);
        for event in own {
            self.fold(playbook, &event, None);
        }
        self.advance(playbook, now);
        true
    }
}
