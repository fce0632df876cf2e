//! Folds recorded usage of many persons and accounts, in order, and prints what became of them (`semantics.md` §8).
//!
//! [`Recording`] reads NDJSON as it comes and drops what does not exist; `identity` says whose each event is, knowing
//! the end; [`World`] lets time pass for everybody in turn; `lines` prints.

mod identity;
mod json;
mod lines;
mod message;
mod recording;
mod schedule;
mod timestamp;
mod world;

pub(crate) use identity::persons;
pub use lines::{final_lines, timeline_lines};
pub use recording::Recording;
pub use timestamp::format_timestamp;
pub use world::{Reported, World};

use std::collections::BTreeMap;

use crate::engine::{Millis, Playbook};

/// What a replay is to print.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Up to and including this instant; by default the last event's.
    pub at: Option<Millis>,
    /// The changes, not the end.
    pub timeline: bool,
}

/// Replays a recording; a JSON line for each person and account, or for each change.
///
/// ```
/// use ripen::replay::{Options, Recording, replay};
/// let playbook = ripen::playbook::compile(r#"{"activity": "never", "signals": {"n": {"count": "*"}}}"#).unwrap().playbook;
/// let mut recording = Recording::default();
/// recording.push(br#"{"type":"track","messageId":"1","userId":"u","timestamp":"2024-01-01T10:00:00.000Z","event":"a"}"#);
/// let lines = replay(&playbook, recording, Options::default());
/// assert_eq!(lines, [r#"{"person":"u","at":"2024-01-01T10:00:00.000Z","signals":{"n":1},"segments":[],"scores":{},"bands":{},"stages":{},"moments":[]}"#]);
/// ```
pub fn replay(playbook: &Playbook, recording: Recording, options: Options) -> Vec<String> {
    let Some(standing) = stand(playbook, recording, options.at) else { return Vec::new() };
    match options.timeline {
        true => timeline_lines(playbook, standing.world.into_changes()),
        false => final_lines(playbook, &standing.world, standing.end),
    }
}

/// Everybody at an instant.
#[derive(Debug)]
pub struct Standing<'p> {
    /// All persons and accounts, evaluated then.
    pub world: World<'p>,
    /// The instant.
    pub end: Millis,
    /// By person: the last session that they were in.
    pub sessions: BTreeMap<String, String>,
}

/// How everybody stands at an instant, by default the last event's. None if there are no events.
pub fn stand(playbook: &Playbook, recording: Recording, at: Option<Millis>) -> Option<Standing<'_>> {
    let mut events = recording.finish();
    if let Some(at) = at {
        events.retain(|event| event.time <= at);
    }
    let end = at.or(events.last().map(|event| event.time))?;
    let persons = identity::persons(&events);
    let mut world = World::new(playbook);
    let mut sessions = BTreeMap::new();
    for (event, person) in events.iter().zip(persons) {
        world.fold(person, event);
        if let Some(session) = &event.session {
            sessions.insert(person.to_owned(), session.clone());
        }
    }
    world.finish(end);
    Some(Standing { world, end, sessions })
}
