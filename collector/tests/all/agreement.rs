//! The door and a replay agree on which events exist, and on all that is in them.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use ripen::replay::Recording;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::support::{Doors, FaultyStore, FixedClock};

fn events(lines: impl IntoIterator<Item = String>) -> Vec<ripen::engine::Event> {
    let mut recording = Recording::default();
    for line in lines {
        recording.push(line.as_bytes());
        recording.push(b"\n");
    }
    recording.finish()
}

/// The lines of a case's file of events.
fn lines(case: &Value) -> Vec<String> {
    let line = |event: &Value| event["raw"].as_str().map_or_else(|| event.to_string(), str::to_owned);
    case["events"].as_array().unwrap().iter().map(line).collect()
}

/// Whether it can be an element of a batch, and has a time and an id of its own: one that has none gets one at the door.
fn can_travel(line: &str) -> bool {
    let has = |event: &Value, field: &str| !event.is_object() || event[field] != Value::Null;
    let whole = serde_json::from_str::<Value>(line)
        .map_or(true, |event| has(&event, "timestamp") && has(&event, "messageId"));
    whole && serde_json::from_str::<&RawValue>(line).is_ok()
}

#[tokio::test]
async fn what_the_door_takes_is_what_a_replay_takes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors/semantics/cases.json");
    let cases: Vec<Value> = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert!(cases.len() > 50, "{}", cases.len());
    let mut rejected = 0;
    for case in &cases {
        let store = FaultyStore::default();
        let doors = Doors::before(store.clone(), 4, Arc::new(FixedClock));
        let batch: Vec<String> = lines(case).into_iter().filter(|line| can_travel(line)).collect();
        let body = format!(r#"{{"writeKey":"key","batch":[{}]}}"#, batch.join(","));
        rejected += doors.post(body).await.counts().2;
        assert_eq!(events(store.messages()), events(lines(case)), "{}", case["name"]);
    }
    assert!(rejected > 10, "some of them do not exist: {rejected}");
}
