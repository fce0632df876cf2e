//! Folds recorded usage of many persons and accounts, in order, and prints what became of them (`semantics.md` §8).
//!
//! [`Recording`] reads NDJSON as it comes and drops what does not exist; the fold (`crate::fold`) says whose each event
//! is and lets time pass for everybody in turn; `lines` prints.

mod json;
mod lines;
mod message;
mod recording;
mod summary;
mod timestamp;

pub use lines::{final_lines, timeline_lines, view_line};
pub use recording::Recording;
pub use summary::unheard;
pub use timestamp::format_timestamp;

use std::collections::BTreeMap;

use crate::engine::{Event, Millis, Playbook, Surroundings};
use crate::fold::{Placed, World, persons, surroundings};

/// One event as a line of JSON. None if it does not exist (`semantics.md` §1).
pub fn read_event(line: &[u8]) -> Option<Event> {
    message::read(line).map(|(event, _)| event)
}

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
    // Nudges change nothing in a view, and are shown in the timeline only.
    let world = if options.timeline { World::with_nudges(playbook) } else { World::new(playbook) };
    let Some(history) = History::of(recording, options.at) else { return Vec::new() };
    let world = history.live(world);
    match options.timeline {
        true => timeline_lines(playbook, world.into_changes()),
        false => final_lines(playbook, &world, history.end),
    }
}

/// What came of a playbook in a recording up to an instant: how many each nudge, moment and rung reached, and which
/// nudges compete. JSON; `js/src/module.ts` says what is in it (`Summary`).
pub fn summary(playbook: &Playbook, recording: Recording, at: Option<Millis>) -> serde_json::Value {
    let history = History::of(recording, at);
    let world = history.map(|history| history.live(World::with_nudges(playbook)));
    let (news, contests) = world.map(World::into_news).unwrap_or_default();
    summary::summarise(playbook, &news, &contests)
}

/// Everybody at an instant.
#[derive(Debug)]
pub struct Standing<'p> {
    /// All persons and accounts, evaluated then.
    pub world: World<'p>,
    /// The instant.
    pub end: Millis,
    /// By person: what a page knew at their last event.
    pub surroundings: BTreeMap<String, Surroundings>,
}

/// How everybody stands at an instant, by default the last event's. None if nothing happens.
pub fn stand(playbook: &Playbook, recording: Recording, at: Option<Millis>) -> Option<Standing<'_>> {
    let history = History::of(recording, at)?;
    let world = history.live(World::new(playbook));
    let last: BTreeMap<&str, &Placed> = history.steps().collect();
    let known = |(person, (event, place)): (&str, &Placed)| {
        (person.to_owned(), surroundings(event, place.as_deref()))
    };
    Some(Standing { world, end: history.end, surroundings: last.into_iter().map(known).collect() })
}

/// What happened up to an instant.
struct History {
    events: Vec<Placed>,
    end: Millis,
}

impl History {
    /// By default up to the last event. None if nothing happens.
    fn of(recording: Recording, at: Option<Millis>) -> Option<History> {
        let mut events = recording.finish_placed();
        if let Some(at) = at {
            events.retain(|(event, _)| event.time <= at);
        }
        let end = at.or(events.last().map(|(event, _)| event.time))?;
        Some(History { events, end })
    }

    /// Events in order, each with whose it is.
    fn steps(&self) -> impl Iterator<Item = (&str, &Placed)> {
        persons(self.events.iter().map(|(event, _)| event)).into_iter().zip(&self.events)
    }

    /// Lets a world live through it.
    fn live<'p>(&self, mut world: World<'p>) -> World<'p> {
        for (person, (event, place)) in self.steps() {
            world.fold_at(person, event, place.as_deref());
        }
        world.finish(self.end);
        world
    }
}
