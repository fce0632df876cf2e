//! What a playbook would have come to (`ripen replay --summary`).

#![expect(clippy::unwrap_used, reason = "a test, whose cases are its own")]

use ripen::playbook::compile;
use ripen::replay::{Recording, summary};
use serde_json::{Value, json};

const BOOK: &str = r#"{"activity": "never", "signals": {"n": {"count": "a"}, "ours": {"count": "a", "scope": "account"}},
    "ladders": {
        "journey": {"rungs": [{"id": "new"}, {"id": "one", "when": {"signals.n": {"$gte": 1}}}, {"id": "two", "when": {"signals.n": {"$gte": 2}}}]},
        "best": {"climb": "highest", "rungs": [{"id": "low"}, {"id": "gap", "when": {"user.gap": true}}, {"id": "high", "when": {"signals.n": {"$gte": 2}}}]}},
    "moments": {"twice": {"when": {"signals.n": {"$gte": 2}}, "motion": "sales"},
        "busy": {"when": {"signals.ours": {"$gte": 3}}, "motion": "sales", "scope": "account"}},
    "policy": {"holdout": 0, "gap": "1h"},
    "nudges": {
        "low": {"purpose": "help", "on": {"event": "a"}, "placement": {"kind": "banner"}, "content": {"en": {"title": "T"}}},
        "high": {"purpose": "adopt", "priority": 1, "on": {"event": "a"}, "variants": [{"id": "x", "weight": 1}, {"id": "y", "weight": 0}],
            "placement": {"kind": "banner"}, "content": {"en": {"title": "T"}}},
        "never": {"purpose": "help", "on": [{"event": "a"}, {"call": "x"}], "when": {"user.none": true}, "placement": {"kind": "banner"}, "content": {"en": {"title": "T"}}},
        "held": {"purpose": "help", "on": {"event": "a"}, "holdout": 1, "placement": {"kind": "banner"}, "content": {"en": {"title": "T"}}}
    }}"#;

fn summed(events: &[(&str, &str)]) -> Value {
    let playbook = compile(BOOK).unwrap().playbook;
    let mut recording = Recording::default();
    for (number, (time, person)) in events.iter().enumerate() {
        let event = json!({"type": "track", "event": "a", "messageId": format!("m{number:03}"), "userId": person,
            "timestamp": time, "context": {"groupId": "acme"}});
        recording.push(format!("{event}\n").as_bytes());
    }
    summary(&playbook, recording, None)
}

#[test]
fn people_are_counted_once_in_all_and_once_a_week() {
    // The first of January 2027 is a Friday of the last ISO week of 2026.
    let found = summed(&[
        ("2026-12-31T09:00:00Z", "ada"),
        ("2027-01-01T09:00:00Z", "ada"),
        ("2027-01-04T09:00:00Z", "ada"),
        ("2027-01-04T10:00:00Z", "bob"),
    ]);
    let high = &found["nudges"][1];
    assert_eq!(high["reached"], 2);
    assert_eq!(high["shown"], 4);
    assert_eq!(high["weeks"], json!({"2026-W53": 1, "2027-W01": 2}));
    assert_eq!(high["variants"], json!({"x": 2, "y": 0}));
    let reached = |kind: &str, name: &str| -> Vec<(String, u64)> {
        let list = found[kind].as_array().unwrap();
        list.iter()
            .map(|each| (each[name].as_str().unwrap().to_owned(), each["reached"].as_u64().unwrap()))
            .collect()
    };
    let named = |pairs: &[(&str, u64)]| {
        pairs.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect::<Vec<_>>()
    };
    assert_eq!(reached("moments", "moment"), named(&[("twice", 1), ("busy", 1)]));
    assert_eq!(found["moments"][1]["scope"], "account");
    let rungs = [("new", 2), ("one", 2), ("two", 1), ("low", 2), ("gap", 0), ("high", 1)];
    assert_eq!(
        reached("rungs", "rung"),
        named(&rungs),
        "a rung that is climbed past is reached, one that is left out is not"
    );
}

#[test]
fn who_stood_against_whom_and_what_held_back() {
    let found = summed(&[
        ("2027-01-04T09:00:00Z", "ada"),
        ("2027-01-04T09:30:00Z", "ada"),
        ("2027-01-04T11:00:00Z", "bob"),
    ]);
    // Half an hour later the gap holds `high` back, and help wins.
    assert_eq!(found["competing"], json!([{"nudges": ["low", "high"], "times": 2, "won": [0, 2]}]));
    let line = |index: usize| {
        let nudge = &found["nudges"][index];
        (nudge["edges"].clone(), nudge["won"].clone(), nudge["outranked"].clone(), nudge["blocked"].clone())
    };
    assert_eq!(line(0), (json!(3), json!(1), json!(2), json!({})));
    assert_eq!(line(1), (json!(3), json!(2), json!(0), json!({"policy.gap": 1})));
    assert_eq!(line(2), (json!(3), json!(0), json!(0), json!({"when": 3})));
    assert_eq!(line(3), (json!(3), json!(0), json!(0), json!({"holdout": 3})));
}

#[test]
fn what_no_recording_has_is_named() {
    assert_eq!(ripen::replay::unheard(&compile(BOOK).unwrap().playbook), ["never"]);
}
