//! Recorded events: NDJSON in pieces as it comes, what does not exist left out and counted (`semantics.md` §1).

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::message;
use crate::engine::Event;

use crate::fold::Placed;

/// Events in the order of arrival.
#[derive(Clone, Debug, Default)]
pub struct Recording {
    events: Vec<Placed>,
    /// Hashes of the ids of events, with their positions: so no id is kept twice.
    ids: HashTable<(u64, usize)>,
    /// A line whose end has not come yet.
    rest: Vec<u8>,
    malformed: usize,
    copies: usize,
}

impl Recording {
    /// Takes a piece; lines may be cut anywhere.
    pub fn push(&mut self, bytes: &[u8]) {
        let mut pieces = bytes.split(|byte| *byte == b'\n');
        let last = pieces.next_back().unwrap_or_default();
        for piece in pieces {
            match self.rest.is_empty() {
                true => self.line(piece),
                false => {
                    self.rest.extend_from_slice(piece);
                    self.end_line();
                }
            }
        }
        self.rest.extend_from_slice(last);
    }

    /// Lines that were no event.
    pub fn malformed(&self) -> usize {
        self.malformed
    }

    /// Events that had been there before, by `messageId`.
    pub fn copies(&self) -> usize {
        self.copies
    }

    /// All events, each once, in the order in which they happened.
    pub fn finish(self) -> Vec<Event> {
        self.finish_placed().into_iter().map(|(event, _)| event).collect()
    }

    /// The same, with where they happened.
    pub(super) fn finish_placed(mut self) -> Vec<Placed> {
        self.end_line();
        // By bytes, as UTF-8 has them. Stable, since that is quick where most of it is in order already.
        self.events.sort_by(|(one, _), (other, _)| (one.time, &one.id).cmp(&(other.time, &other.id)));
        self.events
    }

    /// Takes the last line, which may have no newline.
    pub fn end_line(&mut self) {
        let last = std::mem::take(&mut self.rest);
        self.line(&last);
    }

    fn line(&mut self, line: &[u8]) {
        if line.trim_ascii().is_empty() {
            return;
        }
        let Some((event, place)) = message::read(line) else {
            self.malformed += 1;
            return;
        };
        let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(&event.id);
        let is_known = |(known, place): &(u64, usize)| {
            *known == hash && self.events.get(*place).is_some_and(|(known, _)| known.id == event.id)
        };
        match self.ids.entry(hash, is_known, |(hash, _)| *hash) {
            Entry::Occupied(_) => self.copies += 1,
            Entry::Vacant(free) => {
                free.insert((hash, self.events.len()));
                self.events.push((event, place.map(Box::new)));
            }
        }
    }
}
