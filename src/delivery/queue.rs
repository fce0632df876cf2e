//! Which events there are, by key, under a cap.

use super::time::Elapsed;

/// Where an event stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// Waits to be put into a batch.
    Fresh,
    /// Member of a group that is to be sent as it is: a suspect or aside.
    Grouped,
    /// Leased to a request.
    InFlight,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Entry {
    pub(super) key: u64,
    pub(super) bytes: u32,
    /// When it was appended.
    pub(super) since: Elapsed,
    pub(super) place: Place,
}

/// A sorted `Vec`: keys come almost in order and leave from the front, and a map would cost kilobytes of code.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Queue {
    pub(super) entries: Vec<Entry>,
    bytes: u64,
    /// Parts of refused batches, sent first, the last one first: depth-first search holds few parts at a time.
    pub(super) suspects: Vec<Vec<u64>>,
    /// Batches that met a fault that may or may not be theirs, sent when there is nothing else, in turn: the last one
    /// here is the next.
    pub(super) aside: Vec<Vec<u64>>,
}

impl Queue {
    pub(super) fn new() -> Self {
        Self { entries: Vec::new(), bytes: 0, suspects: Vec::new(), aside: Vec::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Whether anything is not in flight.
    pub(super) fn any_unsent(&self) -> bool {
        self.entries.iter().any(|entry| entry.place != Place::InFlight)
    }

    pub(super) fn last_key(&self) -> Option<u64> {
        self.entries.last().map(|entry| entry.key)
    }

    /// False if it is there already.
    pub(super) fn insert(&mut self, key: u64, bytes: u32, since: Elapsed) -> bool {
        // Mostly the end, so look there first.
        let index = match self.entries.last() {
            Some(last) if last.key >= key => match self.find(key) {
                Ok(_) => return false,
                Err(index) => index,
            },
            _ => self.entries.len(),
        };
        self.entries.insert(index, Entry { key, bytes, since, place: Place::Fresh });
        self.bytes += u64::from(bytes);
        true
    }

    /// Gives up the oldest that are not in flight until both caps hold.
    pub(super) fn trim(&mut self, max_events: usize, max_bytes: u64) -> Vec<u64> {
        let (mut events, mut bytes) = (self.entries.len(), self.bytes);
        if events <= max_events && bytes <= max_bytes {
            return Vec::new();
        }
        self.remove_if(&mut |entry| {
            let keep = entry.place == Place::InFlight || (events <= max_events && bytes <= max_bytes);
            if !keep {
                events -= 1;
                bytes -= u64::from(entry.bytes);
            }
            !keep
        })
    }

    /// Removes `keys` (increasing) and returns those that were there.
    pub(super) fn remove(&mut self, keys: &[u64]) -> Vec<u64> {
        self.remove_if(&mut |entry| keys.binary_search(&entry.key).is_ok())
    }

    /// Not generic, so that there is one such loop in the page.
    fn remove_if(&mut self, gone: &mut dyn FnMut(&Entry) -> bool) -> Vec<u64> {
        let mut removed = Vec::new();
        let bytes = &mut self.bytes;
        self.entries.retain(|entry| {
            let gone = gone(entry);
            if gone {
                *bytes -= u64::from(entry.bytes);
                removed.push(entry.key);
            }
            !gone
        });
        removed
    }

    /// Moves those of `keys` that are still there, and returns them.
    pub(super) fn put(&mut self, keys: &[u64], place: Place) -> Vec<u64> {
        let mut there = Vec::new();
        for key in keys {
            if let Some(entry) = self.get_mut(*key) {
                entry.place = place;
                there.push(*key);
            }
        }
        there
    }

    pub(super) fn get_mut(&mut self, key: u64) -> Option<&mut Entry> {
        let index = self.find(key).ok()?;
        self.entries.get_mut(index)
    }

    fn find(&self, key: u64) -> Result<usize, usize> {
        self.entries.binary_search_by_key(&key, |entry| entry.key)
    }
}
