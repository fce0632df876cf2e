//! Persons and accounts that can influence each other, and nobody else: what the collector folds at a time, writes down
//! and goes on from.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::news::Reported;
use super::sighting::Sighting;
use super::world::World;
use super::writing::Written;
use crate::engine::wire::{Input, Wire, read_all, wire_struct};
use crate::engine::{Event, Millis, Playbook, fnv1a};

/// Where an event is in the order of all.
pub type Key = (Millis, String);

/// The anonymous ids whose past belongs to somebody else than was thought: all since their first event is to be folded
/// anew.
pub type Entangled = Vec<String>;

/// Those who are connected by accounts or joined ids, on one line of time.
#[derive(Clone, Debug)]
pub struct Island<'p> {
    world: World<'p>,
    /// By anonymous id: the first event that joins it to a user, which counts back to the start.
    firsts: BTreeMap<String, (Key, String)>,
    /// By anonymous id: the user that it has been joined to last, as far as it is folded.
    joined: BTreeMap<String, String>,
    /// The last event that is folded.
    last: Option<Key>,
}

impl<'p> Island<'p> {
    /// Before the first event. Moments that fire are [sighted](Island::take_sightings).
    pub fn new(playbook: &'p Playbook) -> Island<'p> {
        Island::of(World::new(playbook))
    }

    fn of(mut world: World<'p>) -> Island<'p> {
        world.sightings = Some(Vec::new());
        Island { world, firsts: BTreeMap::new(), joined: BTreeMap::new(), last: None }
    }

    /// Goes on from what was written, once it has been told all [first joins](Island::foresee). None if that is of another
    /// version, damaged, or of another playbook that means something else for a state. (What nudges look like, and where
    /// and when they are shown, means nothing for it.)
    pub fn read(playbook: &'p Playbook, bytes: &[u8]) -> Option<Island<'p>> {
        let [super::FORMAT, rest @ ..] = bytes else { return None };
        let state: State = read_all(rest)?;
        if state.meaning != meaning(playbook) {
            return None;
        }
        let world = World::of(playbook, state.world);
        Some(Island { joined: state.joined.0, last: state.last, ..Island::of(world) })
    }

    /// All of it: the same bytes for the same history up to the same instant, however it came about.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = vec![super::FORMAT];
        meaning(self.world.playbook).write(&mut bytes);
        self.world.write(&mut bytes);
        write_map(&self.joined, &mut bytes);
        self.last.write(&mut bytes);
        bytes
    }

    /// Is told of the first event that joins an anonymous id to a user, as far as anybody knows.
    pub fn foresee(&mut self, anonymous: &str, key: Key, user: &str) {
        let known = self.firsts.get(anonymous);
        if known.is_none_or(|(known, _)| key < *known) {
            self.firsts.insert(anonymous.to_owned(), (key, user.to_owned()));
        }
    }

    /// The same of all joins of an event.
    pub fn foresee_event(&mut self, event: &Event) {
        for (anonymous, user) in event.joins() {
            self.foresee(anonymous, (event.time, event.id.clone()), user);
        }
    }

    /// The anonymous ids whose past an event gives to somebody else, which is not foreseen yet.
    pub fn entangles(&self, event: &Event) -> Entangled {
        let moves = |(anonymous, user): &(&str, &str)| match self.firsts.get(*anonymous) {
            Some((key, known)) => (event.time, &event.id) < (key.0, &key.1) && known != user,
            None => anonymous != user && self.world.find_person(anonymous).is_some(),
        };
        event.joins().into_iter().filter(moves).map(|(anonymous, _)| anonymous.to_owned()).collect()
    }

    /// Whether an event happened before something that is folded already.
    pub fn is_late(&self, event: &Event) -> bool {
        let last = self.last.as_ref().map(|(time, id)| (*time, id));
        Some((event.time, &event.id)) <= last || Some(event.time) < self.world.turned
    }

    /// Folds an event that is neither late nor unforeseen.
    pub fn fold(&mut self, event: &Event) {
        for (anonymous, user) in event.joins() {
            self.joined.insert(anonymous.to_owned(), user.to_owned());
        }
        let person = match event.user {
            Some(_) => event.person(),
            None => self.resolve(event.person()),
        };
        let person = person.to_owned();
        self.world.fold(&person, event);
        self.last = Some((event.time, event.id.clone()));
    }

    /// Folds a late event as if it had happened just now: for where nothing is left to put it in its place with.
    pub fn fold_late(&mut self, event: &Event) {
        let last = self.last.take();
        let now = self.world.turned.max(last.as_ref().map(|(time, _)| *time));
        self.fold(&Event { time: event.time.max(now.unwrap_or(event.time)), ..event.clone() });
        self.last = self.last.take().max(last);
    }

    /// The person that an anonymous id belongs to now.
    pub fn resolve<'a>(&'a self, id: &'a str) -> &'a str {
        let first = || self.firsts.get(id).map(|(_, user)| user);
        self.joined.get(id).or_else(first).map_or(id, String::as_str)
    }

    /// The anonymous ids that are joined to somebody, and to whom they belong now.
    pub fn identities(&self) -> impl Iterator<Item = (&str, &str)> {
        self.firsts.keys().map(|id| (id.as_str(), self.resolve(id)))
    }

    /// Lets time pass.
    pub fn pass(&mut self, now: Millis) {
        self.world.pass(now);
    }

    /// When time alone could next change anything.
    pub fn next_turn(&mut self) -> Option<Millis> {
        self.world.schedule.next_turn()
    }

    /// The last event that is folded.
    pub fn last(&self) -> Option<&Key> {
        self.last.as_ref()
    }

    /// The last instant at which anything happened, an event or something by time alone.
    pub fn turned(&self) -> Option<Millis> {
        self.world.turned
    }

    /// Takes in everybody of an island that turned out to be connected with this one. Both have passed to the same
    /// instant.
    pub fn unite(&mut self, other: Island<'_>) {
        self.firsts.extend(other.firsts);
        self.joined.extend(other.joined);
        self.last = self.last.take().max(other.last);
        self.world.unite(other.world);
    }

    /// Everybody in it.
    pub fn world(&self) -> &World<'p> {
        &self.world
    }

    /// The world as it is at an instant, everybody evaluated once more then, as a replay ends (`semantics.md` §8).
    pub fn finished(mut self, at: Millis) -> World<'p> {
        self.world.finish(at);
        self.world
    }

    /// What has been reported since this was asked last.
    pub fn take_changes(&mut self) -> Vec<Reported> {
        std::mem::take(&mut self.world.changes)
    }

    /// The moments that have fired since this was asked last, and how their subjects stood.
    pub fn take_sightings(&mut self) -> Vec<Sighting> {
        self.world.sightings.replace(Vec::new()).unwrap_or_default()
    }
}

/// A hash of all that a state rests on.
fn meaning(playbook: &Playbook) -> u64 {
    static KNOWN: Mutex<BTreeMap<u64, u64>> = Mutex::new(BTreeMap::new());
    // A hash of hashes: nothing is left half done by who panics meanwhile.
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    *known.entry(playbook.revision).or_insert_with(|| {
        let mut bytes = Vec::new();
        playbook.names.write(&mut bytes);
        playbook.activity.write(&mut bytes);
        playbook.interval.write(&mut bytes);
        playbook.first_seen.write(&mut bytes);
        playbook.rhythm.write(&mut bytes);
        playbook.person.write(&mut bytes);
        playbook.account.write(&mut bytes);
        for nudge in &playbook.nudges {
            nudge.id.write(&mut bytes);
            nudge.purpose.write(&mut bytes);
            nudge.limits.write(&mut bytes);
            nudge.per_account.write(&mut bytes);
            nudge.goal.write(&mut bytes);
        }
        fnv1a(&bytes)
    })
}

/// What is written.
#[derive(Default)]
struct State {
    meaning: u64,
    world: Written,
    joined: Joined,
    last: Option<Key>,
}

#[derive(Default)]
struct Joined(BTreeMap<String, String>);

fn write_map(map: &BTreeMap<String, String>, out: &mut Vec<u8>) {
    (map.len() as u64).write(out);
    for (key, value) in map {
        key.write(out);
        value.write(out);
    }
}

impl Wire for Joined {
    fn write(&self, out: &mut Vec<u8>) {
        write_map(&self.0, out);
    }
    fn read(input: &mut Input<'_>) -> Self {
        Joined(Vec::<(String, String)>::read(input).into_iter().collect())
    }
}

wire_struct!(State { meaning, world, joined, last });
