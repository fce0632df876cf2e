//! Whose each event is (`semantics.md` §1). A replay knows the end: what an anonymous id did before it first joined a
//! user counts for that user from the start.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};

use crate::engine::Event;

type Map<'a> = HashMap<&'a str, &'a str, BuildHasherDefault<DefaultHasher>>;

/// The person of each event; the events have to be in order.
pub(crate) fn persons<'a>(events: impl ExactSizeIterator<Item = &'a Event> + Clone) -> Vec<&'a str> {
    let mut joined = Map::default();
    for (id, user) in events.clone().flat_map(Event::joins) {
        joined.entry(id).or_insert(user);
    }
    let mut persons = Vec::with_capacity(events.len());
    for event in events {
        // From its first join on an id stays with its user, until a later event joins it to another one.
        joined.extend(event.joins());
        let id = event.person();
        persons.push(if event.user.is_some() { id } else { joined.get(id).copied().unwrap_or(id) });
    }
    persons
}
