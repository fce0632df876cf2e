//! Which events go together next: first the parts of refused batches, since they hold up to a batch of good events
//! each; then fresh ones, oldest first; and what was set aside when there is nothing else.

use super::queue::{Place, Queue};
use super::time::Elapsed;

/// Events that are sent together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Batch {
    /// Increasing.
    pub(super) keys: Vec<u64>,
    /// Of the body.
    pub(super) bytes: u32,
    pub(super) origin: Origin,
}

/// Where to put a batch back to when it failed for no fault of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Origin {
    Fresh,
    Suspect,
    Aside,
}

/// What a request may hold.
#[derive(Clone, Copy)]
pub(super) struct Room {
    pub(super) events: usize,
    /// Body of more than one event.
    pub(super) bytes: u32,
    /// Body of one event alone. What is larger is passed over.
    pub(super) alone: u32,
    /// Counted for the body itself.
    pub(super) overhead: u32,
}

/// When fresh events that do not fill a request are sent.
#[derive(Clone, Copy)]
pub(super) enum Due {
    Now,
    /// When one of them is `age_ms` old, or was there when the page last asked for a flush.
    ByAge {
        t: Elapsed,
        age_ms: i64,
        flushed: Option<u64>,
    },
}

pub(super) enum Next {
    Batch(Batch),
    /// Fresh events wait for company until then.
    Later(Elapsed),
    Nothing,
}

/// A request being filled.
struct Filling {
    room: Room,
    keys: Vec<u64>,
    bytes: u32,
    full: bool,
}

impl Filling {
    fn new(room: Room) -> Self {
        Self { room, keys: Vec::new(), bytes: room.overhead, full: false }
    }

    /// False if the event stays where it is.
    fn add(&mut self, key: u64, bytes: u32) -> bool {
        let bytes = bytes.saturating_add(1); // and a comma
        if self.full || self.room.overhead.saturating_add(bytes) > self.room.alone {
            return false;
        }
        let sum = self.bytes.saturating_add(bytes);
        if !self.keys.is_empty() && sum > self.room.bytes {
            self.full = true;
            return false;
        }
        self.keys.push(key);
        self.bytes = sum;
        self.full = self.keys.len() >= self.room.events || sum >= self.room.bytes;
        true
    }
}

impl Queue {
    /// Takes the next batch, and marks its events as in flight.
    pub(super) fn next(&mut self, room: Room, due: Due) -> Next {
        if let Some(batch) = self.next_group(Origin::Suspect, room) {
            return Next::Batch(batch);
        }
        let mut filling = Filling::new(room);
        let mut first = None;
        for entry in &self.entries {
            if filling.full {
                break;
            }
            if entry.place != Place::Fresh || !filling.add(entry.key, entry.bytes) {
                continue;
            }
            if let Due::ByAge { age_ms, flushed, .. } = due {
                let flushed = flushed.is_some_and(|flushed| entry.key <= flushed);
                let at = if flushed { Elapsed::START } else { entry.since.after(age_ms) };
                first = Some(first.map_or(at, |first: Elapsed| first.min(at)));
            }
        }
        let later = match (due, first) {
            (Due::ByAge { t, .. }, Some(first)) if !filling.full && first > t => Some(first),
            _ => None,
        };
        if later.is_none() && !filling.keys.is_empty() {
            let keys = self.put(&filling.keys, Place::InFlight);
            return Next::Batch(Batch { keys, bytes: filling.bytes, origin: Origin::Fresh });
        }
        match (self.next_group(Origin::Aside, room), later) {
            (Some(batch), _) => Next::Batch(batch),
            (None, Some(later)) => Next::Later(later),
            (None, None) => Next::Nothing,
        }
    }

    /// As much of the next group as there is room for; the rest stays a group.
    fn next_group(&mut self, origin: Origin, room: Room) -> Option<Batch> {
        loop {
            let group = self.groups(origin).pop()?;
            let mut filling = Filling::new(room);
            let mut rest = Vec::new();
            for key in group {
                // It may have been acknowledged late, or given up for room, and even told again since.
                let Some(entry) = self.get_mut(key).filter(|entry| entry.place == Place::Grouped) else {
                    continue;
                };
                if !filling.add(key, entry.bytes) {
                    rest.push(key);
                }
            }
            if filling.keys.is_empty() && rest.is_empty() {
                continue;
            }
            if !rest.is_empty() {
                self.groups(origin).push(rest);
            }
            if filling.keys.is_empty() {
                return None;
            }
            let keys = self.put(&filling.keys, Place::InFlight);
            return Some(Batch { keys, bytes: filling.bytes, origin });
        }
    }

    fn groups(&mut self, origin: Origin) -> &mut Vec<Vec<u64>> {
        if origin == Origin::Suspect { &mut self.suspects } else { &mut self.aside }
    }

    /// Back to where it came from.
    pub(super) fn put_back(&mut self, batch: Batch) {
        match batch.origin {
            Origin::Fresh => {
                self.put(&batch.keys, Place::Fresh);
            }
            Origin::Suspect => {
                let keys = self.put(&batch.keys, Place::Grouped);
                self.suspects.push(keys);
            }
            Origin::Aside => self.set_aside(&batch.keys),
        }
    }

    /// Next in turn, the first half first. Half of the events, or of the bytes.
    pub(super) fn suspect_in_halves(&mut self, keys: &[u64], of_bytes: bool) {
        let middle = if of_bytes { self.middle(keys) } else { keys.len() / 2 };
        let (first, second) = keys.split_at(middle);
        for half in [second, first] {
            let half = self.put(half, Place::Grouped);
            self.suspects.push(half);
        }
    }

    /// How many of `keys` have half of the bytes together; neither none nor all.
    fn middle(&mut self, keys: &[u64]) -> usize {
        let mut size = |key: &u64| self.get_mut(*key).map_or(0, |entry| u64::from(entry.bytes));
        let all: u64 = keys.iter().map(&mut size).sum();
        let mut left = all / 2;
        let fits = |key: &&u64| {
            let bytes = size(key);
            let fits = bytes <= left;
            left = left.saturating_sub(bytes);
            fits
        };
        keys.iter().take_while(fits).count().max(1)
    }

    /// Last in turn.
    pub(super) fn set_aside_in_halves(&mut self, keys: &[u64]) {
        let (first, second) = keys.split_at(keys.len() / 2);
        self.set_aside(first);
        self.set_aside(second);
    }

    fn set_aside(&mut self, keys: &[u64]) {
        let keys = self.put(keys, Place::Grouped);
        if !keys.is_empty() {
            self.aside.insert(0, keys);
        }
    }
}
