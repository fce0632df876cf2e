//! Something that happens under any playbook: in a browser, and in a replay.

use ripen::engine::{Device, Event, Millis, Occasion, Outcome, Past, Playbook, Surroundings, Turn, Value};
use ripen::replay::{Options, Recording, format_timestamp, replay};
use serde_json::{Value as Json, json};

const HOUR: i64 = 3_600_000;
const BEGIN: i64 = 1_700_000_000_000;
/// More names and nudges than these take longer, and show nothing new.
const MOST: usize = 6;

/// Messages of the names that the playbook speaks of, of what became of its nudges, and of the rest of the spec.
pub(crate) fn messages(playbook: &Playbook) -> Vec<u8> {
    let track =
        |name: &str| json!({"type": "track", "event": name, "properties": {"a": 1, "b": "x", "amount": 2.5}});
    let mut messages: Vec<Json> = playbook.names.iter().take(MOST).map(|(name, _)| track(name)).collect();
    messages.push(json!({"type": "page", "name": "home"}));
    messages.push(json!({"type": "identify", "traits": {"plan": "pro", "seats": 3, "tags": ["a", null]}}));
    messages.push(json!({"type": "group", "groupId": "g", "traits": {"plan": "team", "seats": 12}}));
    for nudge in playbook.nudges.iter().take(MOST) {
        for outcome in Outcome::ALL {
            let mut message = track(outcome.event());
            message["properties"]["nudge"] = json!(nudge.id);
            messages.push(message);
        }
    }
    let steps = [0, HOUR, 25 * HOUR, HOUR / 2, 170 * HOUR, 0, 9_000 * HOUR];
    let offsets = [json!(null), json!(330), json!(-600)];
    let mut time = BEGIN;
    let mut lines = Vec::new();
    let twice = messages.iter().chain(&messages).cloned();
    for (number, ((mut message, step), offset)) in
        twice.zip(steps.iter().cycle()).zip(offsets.iter().cycle()).enumerate()
    {
        time += step;
        message["messageId"] = json!(format!("m{number:04}"));
        message["timestamp"] = json!(format_timestamp(Millis(time)));
        message["anonymousId"] = json!("a");
        // The first are anonymous, then somebody signs in, and somebody else.
        message["userId"] =
            [json!(null), json!("u"), json!("u"), json!("v")][number * 4 / (2 * messages.len())].clone();
        message["context"] = json!({"timezoneOffset": offset, "sessionId": (number / 5).to_string()});
        lines.extend(format!("{message}\n").into_bytes());
    }
    lines
}

/// Reads messages as they come.
pub(crate) fn recording(messages: &[u8]) -> Recording {
    let mut recording = Recording::default();
    recording.push(messages);
    recording
}

/// Folds events in a browser, which is closed and opened again on the way, and waits.
pub(crate) fn in_a_browser(playbook: &Playbook, mut device: Device, events: &[Event]) {
    let page = Value::Map(vec![("page".into(), Value::Map(vec![("path".into(), Value::Text("/".into()))]))]);
    if let Some(first) = events.first() {
        device.set_present(first.person());
    }
    for (number, event) in events.iter().enumerate() {
        let page =
            Surroundings { page: page.clone(), session: event.session.clone(), ..Surroundings::default() };
        let occasion =
            Occasion { event: Some(event), load: number % 3 == 0, page: Turn::Opens, ..Occasion::default() };
        device.fold(playbook, event, Some((&occasion, &page.at(event))));
        device.next_change(playbook);
        if number % 4 == 3 {
            let snapshot = device.snapshot(playbook);
            device = Device::restore(playbook, &snapshot, Past::default()).expect("its own snapshot");
            assert_eq!(device.snapshot(playbook), snapshot, "the same after restoring");
        }
        device.advance(playbook, Millis(event.time.0.saturating_add(HOUR)));
    }
    let later = events.last().map_or(BEGIN, |event| event.time.0.saturating_add(1_000 * HOUR));
    device.advance(playbook, Millis(later));
    if let Some(next) = device.next_change(playbook) {
        assert!(next > Millis(later) || device.present().is_empty(), "{next:?} is not after {later}");
    }
}

/// Replays messages, once to the end and once change by change.
pub(crate) fn in_a_world(playbook: &Playbook, messages: &[u8]) {
    for timeline in [false, true] {
        let options = Options { timeline, ..Options::default() };
        for line in replay(playbook, recording(messages), options) {
            assert!(serde_json::from_str::<Json>(&line).is_ok(), "{line}");
        }
    }
}
