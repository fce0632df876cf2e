//! The cases of `tests/vectors/semantics`, which use all that there is: the playbooks that compile, with their events.

use std::sync::LazyLock;

use ripen::engine::{Event, Playbook};
use ripen::playbook::compile;
use serde_json::Value as Json;

use crate::life;

static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let cases: Vec<Json> = serde_json::from_str(include_str!("../../tests/vectors/semantics/cases.json"))
        .expect("cases are JSON");
    cases.iter().filter_map(Case::read).collect()
});
static PLAYBOOKS: LazyLock<Vec<Playbook>> = LazyLock::new(|| {
    cases().iter().map(|case| compile(&case.playbook).expect("it compiled").playbook).collect()
});
/// What happens under each of them.
static EVENTS: LazyLock<Vec<Vec<Event>>> = LazyLock::new(|| {
    let happens = |playbook| life::recording(&life::messages(playbook)).finish();
    playbooks().iter().map(happens).collect()
});

/// A case.
pub(crate) struct Case {
    /// The playbook, on one line.
    pub(crate) playbook: String,
    /// NDJSON.
    pub(crate) messages: String,
}

impl Case {
    fn read(case: &Json) -> Option<Case> {
        let playbook = case.get("playbook")?.to_string();
        compile(&playbook).ok()?;
        let line = |event: &Json| match event.get("raw") {
            Some(Json::String(raw)) => format!("{raw}\n"),
            _ => format!("{event}\n"),
        };
        Some(Case { playbook, messages: case.get("events")?.as_array()?.iter().map(line).collect() })
    }
}

/// All cases whose playbook compiles.
pub(crate) fn cases() -> &'static [Case] {
    &CASES
}

/// What happens under a playbook of theirs, by its number.
pub(crate) fn events(number: usize) -> &'static [Event] {
    EVENTS.get(number).map(Vec::as_slice).unwrap_or_default()
}

/// Their playbooks, compiled.
pub(crate) fn playbooks() -> &'static [Playbook] {
    &PLAYBOOKS
}
