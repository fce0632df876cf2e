//! Recorded events: NDJSON in pieces as it comes, what does not exist left out and counted (`semantics.md` §1).

use std::collections::BTreeSet;

use crate::engine::{Event, Value, parse_timestamp};
use crate::playbook::to_value;

use super::places::{Place, Places};

/// Events in the order of arrival.
#[derive(Debug, Default)]
pub struct Recording {
    events: Vec<Event>,
    places: Places,
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

    /// Where they happened, as far as they say. The last line has to have ended.
    pub(super) fn take_places(&mut self) -> Places {
        std::mem::take(&mut self.places)
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
        match read(line) {
            None => self.malformed += 1,
            Some((event, place)) if self.ids.insert(event.id.clone()) => {
                self.places.extend(place.map(|place| (event.id.clone(), place)));
                self.events.push(event);
            }
            Some(_) => self.copies += 1,
        }
    }
}

/// serde_json refuses half a surrogate pair and a number beyond a double, as the semantics wants.
fn read(line: &[u8]) -> Option<(Event, Option<Place>)> {
    let message = to_value(serde_json::from_slice(line).ok()?);
    let Some(Value::Text(timestamp)) = message.get("timestamp") else { return None };
    let time = parse_timestamp(timestamp)?;
    let place = Place::read(&message);
    Some((Event::read(message, time)?, place))
}
