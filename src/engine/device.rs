//! The persons who use one browser: who an event is about, who is in front of it now, and the snapshot of them all.

use super::account_view::AccountView;
use super::adopt::{Layout, adopt, settle};
use super::change::Change;
use super::decision::{Decision, Surroundings, decide};
use super::event::Event;
use super::person::Person;
use super::playbook::Playbook;
use super::sight::Sight;
use super::time::Millis;
use super::wire::{Wire, read_all, wire_struct};

/// A family's computer has a handful of persons; whoever was away longest is forgotten (the collector knows them).
const KEPT: usize = 8;
/// Events of anonymous persons who may turn out to be known ones: more than anybody leaves before signing in again.
const MOST_ANONYMOUS: usize = 1_000;
const MAGIC: u8 = 0xA9;
/// Version of a snapshot; it changes whenever a type that is reachable from [`Device`] does.
const FORMAT: u8 = 3;

/// The state of one browser.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Device {
    /// By id, whoever was active last at the end.
    persons: Vec<(String, Person)>,
    /// By id, likewise.
    accounts: Vec<(String, AccountView)>,
    /// Anonymous ids and the users they belong to.
    joins: Vec<(String, String)>,
    /// The person in front of the browser.
    present: String,
    /// Events of anonymous persons, while a known user may still turn out to be them. They are kept only for this page
    /// load: for one that spans two, the collector's snapshot puts it right.
    anonymous: Vec<Event>,
}

/// What folding an event or letting time pass did to the person in front of the browser.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// Changes of the view.
    pub changes: Vec<Change>,
    /// If the event was the edge of a nudge.
    pub decision: Option<Decision>,
}

impl Device {
    /// Says who is in front of the browser: a user's id, or an anonymous one.
    pub fn set_present(&mut self, person: &str) {
        self.present = self.resolve(person).to_owned();
    }

    /// The id of the person in front of the browser.
    pub fn present(&self) -> &str {
        &self.present
    }

    /// The state of the person in front of the browser; none before their first event.
    pub fn person(&self) -> Option<&Person> {
        find(&self.persons, &self.present)
    }

    /// The account of that person.
    pub fn account(&self) -> Option<&AccountView> {
        find(&self.accounts, self.person()?.account()?)
    }

    /// What that person's view shows.
    pub fn sight<'a>(&'a self, playbook: &'a Playbook, now: Millis) -> Option<Sight<'a>> {
        Some(self.person()?.sight(playbook, self.account(), now))
    }

    /// Folds an event. With surroundings (those [at](Surroundings::at) the event), the arbiter decides.
    pub fn fold(&mut self, playbook: &Playbook, event: &Event, surroundings: Option<&Surroundings>) -> Step {
        let mut step = Step { changes: self.join(playbook, event), decision: None };
        let id = self.resolve(event.person()).to_owned();
        // Where nobody else is known, their own state is all there is to join.
        let is_anonymous = event.user.is_none() && event.anonymous.as_deref() == Some(&id);
        if is_anonymous && self.persons.iter().any(|(known, _)| *known != id) {
            self.anonymous.push(event.clone());
            forget_oldest(&mut self.anonymous, MOST_ANONYMOUS);
        }
        let mut changes = self.take(playbook, &id, event);
        if id != self.present {
            return Step::default();
        }
        step.changes.append(&mut changes);
        if let (Some(surroundings), Some(person)) = (surroundings, self.person()) {
            step.decision = decide(playbook, person, self.account(), event, surroundings, event.time);
        }
        step
    }

    /// Lets time pass for the person in front of the browser.
    pub fn advance(&mut self, playbook: &Playbook, now: Millis) -> Vec<Change> {
        let Some((_, person)) = self.persons.iter_mut().find(|(id, _)| *id == self.present) else {
            return Vec::new();
        };
        let account = person.account().and_then(|account| find(&self.accounts, account));
        person.advance(playbook, account, now)
    }

    /// When letting time pass could next change anything.
    pub fn next_change(&self, playbook: &Playbook) -> Option<Millis> {
        self.person()?.next_change(playbook)
    }

    /// Everything, to go on from at the next page load.
    pub fn snapshot(&self, playbook: &Playbook) -> Vec<u8> {
        let mut bytes = vec![MAGIC, FORMAT];
        playbook.revision.write(&mut bytes);
        Layout::of(playbook).write(&mut bytes);
        self.write(&mut bytes);
        bytes
    }

    /// Goes on from a snapshot, perhaps under another playbook: then nothing is reported because a definition is new.
    /// None if the bytes are damaged or of another version.
    pub fn restore(playbook: &Playbook, snapshot: &[u8]) -> Option<Device> {
        let [MAGIC, FORMAT, rest @ ..] = snapshot else { return None };
        let (revision, (layout, mut device)) = read_all::<(u64, (Layout, Device))>(rest)?;
        let is_other = revision != playbook.revision;
        for (_, account) in device.accounts.iter_mut().filter(|_| is_other) {
            // It belongs to the playbook that it was evaluated by; traits belong to none.
            account.published = None;
        }
        for (_, person) in &mut device.persons {
            if is_other {
                adopt(person, &layout, playbook);
            }
            // Also finds out anew when time could change something, which a snapshot does not say.
            let account = person.account().and_then(|account| find(&device.accounts, account));
            settle(&mut person.subject, account, playbook);
        }
        Some(device)
    }

    /// The user that an anonymous id belongs to, else the id itself.
    fn resolve<'a>(&'a self, id: &'a str) -> &'a str {
        self.joins.iter().find(|(anonymous, _)| anonymous == id).map_or(id, |(_, user)| user)
    }

    /// Joins what the event joins: the anonymous person's history becomes the user's.
    fn join(&mut self, playbook: &Playbook, event: &Event) -> Vec<Change> {
        let mut changes = Vec::new();
        for (anonymous, user) in event.joins() {
            if anonymous == user {
                continue;
            }
            let before = self.joins.iter().position(|(id, _)| id == anonymous);
            let first = before.map(|position| self.joins.remove(position)).is_none();
            self.joins.push((anonymous.to_owned(), user.to_owned()));
            forget_oldest(&mut self.joins, KEPT);
            if self.present == anonymous {
                self.present = user.to_owned();
            }
            let known = find(&self.persons, user).is_some();
            if !first {
                continue;
            }
            let Some(position) = self.persons.iter().position(|(id, _)| id == anonymous) else { continue };
            let (_, history) = self.persons.remove(position);
            if !known {
                self.persons.push((user.to_owned(), history));
                continue;
            }
            for event in std::mem::take(&mut self.anonymous) {
                if event.anonymous.as_deref() == Some(anonymous) {
                    changes.append(&mut self.take(playbook, user, &event));
                } else {
                    self.anonymous.push(event);
                }
            }
        }
        for change in &mut changes {
            change.at = event.time;
        }
        changes
    }

    /// Folds an event of a person, and evaluates.
    fn take(&mut self, playbook: &Playbook, id: &str, event: &Event) -> Vec<Change> {
        let mut person = take_or(&mut self.persons, id, || Person::new(playbook));
        let account = person.account().and_then(|account| find(&self.accounts, account));
        let mut changes = person.advance(playbook, account, event.time);
        person.fold(playbook, event);
        if let Some(id) = person.account() {
            let mut account = take_or(&mut self.accounts, id, AccountView::default);
            account.describe(event);
            self.accounts.push((id.to_owned(), account));
            forget_oldest(&mut self.accounts, KEPT);
        }
        let account = person.account().and_then(|account| find(&self.accounts, account));
        changes.append(&mut person.evaluate(playbook, account, event.time));
        self.persons.push((id.to_owned(), person));
        forget_oldest(&mut self.persons, KEPT);
        changes
    }
}

fn find<'a, T>(list: &'a [(String, T)], id: &str) -> Option<&'a T> {
    list.iter().find(|(known, _)| known == id).map(|(_, item)| item)
}

fn take_or<T>(list: &mut Vec<(String, T)>, id: &str, new: impl FnOnce() -> T) -> T {
    match list.iter().position(|(known, _)| known == id) {
        Some(position) => list.remove(position).1,
        None => new(),
    }
}

fn forget_oldest<T>(list: &mut Vec<T>, most: usize) {
    if list.len() > most {
        list.remove(0);
    }
}

wire_struct!(Device { persons, accounts, joins, present } skip { anonymous });
