//! Recorded events: NDJSON in pieces as it comes, what does not exist left out and counted (`semantics.md` §1).

use std::collections::BTreeSet;

use super::message;
use crate::engine::Event;

/// Events in the order of arrival.
#[derive(Debug, Default)]
pub struct Recording {
    events: Vec<Event>,
    ids: BTreeSet<String>,
    /// A line whose end has not come yet.
    rest: Vec<u8>,
    malformed: usize,
    copies: usize,
}

impl Recording {
    /// Takes a piece; lines may be cut anywhere.
    pub fn push(&mut self, bytes: &[u8]) {
        let mut pieces = bytes.split(|byte| *byte == b'\n');
        let first = pieces.next().unwrap_or_default();
        self.rest.extend_from_slice(first);
        for piece in pieces {
            let line = std::mem::replace(&mut self.rest, piece.to_vec());
            self.line(&line);
        }
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
    pub fn finish(mut self) -> Vec<Event> {
        self.end_line();
        // By bytes, as UTF-8 has them; a stable sort is not needed, ids are unique.
        self.events.sort_unstable_by(|one, other| (one.time, &one.id).cmp(&(other.time, &other.id)));
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
        match message::read(line) {
            None => self.malformed += 1,
            Some(event) if self.ids.insert(event.id.clone()) => self.events.push(event),
            Some(_) => self.copies += 1,
        }
    }
}
