//! Who would have been shown what, had each nudge been ignored (`semantics.md` §8).

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test, whose cases are its own")]

use ripen::playbook::compile;
use ripen::replay::{Options, Recording, replay};
use serde_json::{Value, json};

const DAY: &str = "2026-03-02";

/// A playbook with these nudges, and nobody held out.
fn book(policy: &str, nudges: &[(&str, &str)]) -> String {
    let drawn = r#""placement": {"kind": "banner"}, "content": {"en": {"title": "T"}}"#;
    let nudges: Vec<String> =
        nudges.iter().map(|(id, rest)| format!(r#""{id}": {{{rest}, {drawn}}}"#)).collect();
    format!(
        r#"{{"activity": "never", "signals": {{"n": {{"count": "a"}}, "shown": {{"count": "$nudge_shown"}}, "ours": {{"count": "a", "scope": "account"}},
                "since": {{"since": "a"}}}},
            "moments": {{"twice": {{"when": {{"signals.n": {{"$gte": 2}}}}, "motion": "sales"}},
                "quiet": {{"when": {{"signals.since": {{"$gte": 1}}}}, "motion": "sales"}},
                "busy": {{"when": {{"signals.ours": {{"$gte": 2}}}}, "motion": "sales", "scope": "account"}}}},
            "policy": {{"holdout": 0{policy}}}, "nudges": {{{}}}}}"#,
        nudges.join(",")
    )
}

/// An event at a time of the day, with what else it says.
fn event(time: &str, name: &str, more: Value) -> Value {
    let mut event =
        json!({"type": "track", "event": name, "userId": "ada", "timestamp": format!("{DAY}T{time}Z")});
    if name == "$page" {
        event["type"] = json!("page");
    }
    for (key, value) in more.as_object().unwrap() {
        event[key] = value.clone();
    }
    event
}

fn track(time: &str, name: &str) -> Value {
    event(time, name, json!({}))
}

fn page(time: &str, path: &str, stream: &str) -> Value {
    event(
        time,
        "$page",
        json!({"properties": {"path": path}, "context": {"page": {"path": "?", "title": "T"}, "stream": stream}}),
    )
}

fn recording(events: &[Value]) -> Recording {
    let mut recording = Recording::default();
    for (number, event) in events.iter().enumerate() {
        let mut event = event.clone();
        event["messageId"] = json!(format!("m{number:04}"));
        recording.push(format!("{event}\n").as_bytes());
    }
    recording
}

fn timeline(playbook: &str, events: &[Value]) -> Vec<Value> {
    let playbook = compile(playbook).unwrap().playbook;
    let lines = replay(&playbook, recording(events), Options { at: None, timeline: true });
    lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Who was shown what, when.
fn shown(playbook: &str, events: &[Value]) -> Vec<(String, String, String)> {
    let text = |line: &Value, key: &str| line[key].as_str().unwrap().to_owned();
    let lines = timeline(playbook, events);
    let nudges = lines.iter().filter(|line| line["kind"] == "nudge");
    nudges
        .map(|line| (text(line, "at")[11..19].to_owned(), text(line, "person"), text(line, "name")))
        .collect()
}

fn shows(playbook: &str, events: &[Value], wanted: &[(&str, &str)]) {
    let found = shown(playbook, events);
    let found: Vec<(&str, &str)> = found.iter().map(|(at, _, name)| (at.as_str(), name.as_str())).collect();
    assert_eq!(found, wanted);
}

#[test]
fn a_nudge_is_a_line_after_the_changes_of_its_evaluation() {
    let book =
        book("", &[("n", r#""purpose": "help", "on": {"moment": "twice"}, "variants": [{"id": "only"}]"#)]);
    let lines = timeline(&book, &[track("09:00:00.000", "a"), track("09:01:00.000", "a")]);
    let at = "2026-03-02T09:01:00.000Z";
    assert_eq!(
        lines,
        [
            json!({"at": at, "person": "ada", "kind": "moment", "name": "twice"}),
            json!({"at": at, "person": "ada", "kind": "nudge", "name": "n", "variant": "only"}),
        ]
    );
}

#[test]
fn it_stays_on_screen_until_it_is_ignored_and_then_its_limits_apply() {
    let limits = r#""purpose": "help", "on": {"event": "a"}, "limits": {"shown": {"at_most": 9}, "ignored": {"rest": "1h"}, "ignore_after": 90}"#;
    let events: Vec<Value> = ["09:00:00", "09:01:29", "09:01:30", "10:01:29", "10:01:30", "10:05:00"]
        .map(|time| track(&format!("{time}.000"), "a"))
        .to_vec();
    shows(&book("", &[("n", limits)]), &events, &[("09:00:00", "n"), ("10:01:30", "n")]);
    // Another one has to wait for the slot, and no longer.
    let other = [("n", limits), ("m", r#""purpose": "help", "on": {"event": "b"}"#)];
    let events = [
        track("09:00:00.000", "a"),
        track("09:01:29.999", "b"),
        track("09:01:30.000", "b"),
        track("09:01:31.000", "a"),
    ];
    shows(&book("", &other), &events, &[("09:00:00", "n"), ("09:01:30", "m")]);
}

#[test]
fn what_the_recording_tells_of_nudges_counts_for_signals_and_not_for_limits() {
    let nudges =
        [("n", r#""purpose": "adopt", "on": {"event": "b"}, "when": {"signals.shown": {"$gte": 3}}"#)];
    let told = |time: &str, outcome: &str| event(time, outcome, json!({"properties": {"nudge": "n"}}));
    let events = [
        told("09:00:00.000", "$nudge_shown"),
        told("09:00:01.000", "$nudge_shown"),
        track("09:00:02.000", "b"),
        told("09:00:03.000", "$nudge_shown"),
        told("09:00:04.000", "$nudge_dismissed"),
        track("09:00:05.000", "b"),
    ];
    shows(&book("", &nudges), &events, &[("09:00:05", "n")]);
}

#[test]
fn the_policy_holds_by_the_sessions_of_the_recording() {
    let nudges = [("n", r#""purpose": "adopt", "on": {"event": "a"}, "limits": {"shown": {"at_most": 9}}"#)];
    let events: Vec<Value> = [("09", "s1"), ("10", "s1"), ("11", "s2"), ("12", "s2"), ("13", "s3")]
        .map(|(hour, session)| {
            event(&format!("{hour}:00:00.000"), "a", json!({"context": {"sessionId": session}}))
        })
        .to_vec();
    let one = [("09:00:00", "n"), ("11:00:00", "n"), ("13:00:00", "n")];
    shows(&book(r#", "gap": "1h""#, &nudges), &events, &one);
    shows(&book(r#", "gap": "3h""#, &nudges), &events, &[("09:00:00", "n"), ("12:00:00", "n")]);
    shows(
        &book(r#", "gap": "1h", "per_session": 2"#, &nudges),
        &events,
        &[("09:00:00", "n"), ("10:00:00", "n"), ("11:00:00", "n"), ("12:00:00", "n"), ("13:00:00", "n")],
    );
}

#[test]
fn a_page_event_is_a_load_and_turns_the_page() {
    let nudges = [
        ("load", r#""purpose": "help", "on": "load", "limits": {"shown": {"at_most": 1}}"#),
        (
            "team",
            r#""purpose": "help", "priority": 1, "on": {"page": {"page.path": "/team", "page.title": "T"}}"#,
        ),
    ];
    let events = [
        page("09:00:00.000", "/", "p1"),
        page("09:02:00.000", "/team", "p1"),
        page("09:04:00.000", "/team", "p1"),
        track("09:05:00.000", "a"),
        page("09:06:00.000", "/team", "p2"),
    ];
    shows(&book("", &nudges), &events, &[("09:00:00", "load"), ("09:02:00", "team"), ("09:06:00", "team")]);
}

#[test]
fn a_moment_that_time_brings_is_an_edge_only_for_who_is_there() {
    let nudges = [("n", r#""purpose": "help", "on": {"moment": "quiet"}"#)];
    let at = |last: &str| [track("09:10:00.000", "a"), track(last, "b"), track("12:00:00.000", "b")];
    shows(&book("", &nudges), &at("09:30:00.001"), &[("10:00:00", "n")]);
    shows(&book("", &nudges), &at("09:30:00.000"), &[]);
}

#[test]
fn a_moment_of_the_account_is_an_edge_for_the_members_who_are_there() {
    let nudges = [("n", r#""purpose": "help", "on": {"moment": "busy"}"#)];
    let by = |time: &str, name: &str, user: &str, group: &str| {
        event(time, name, json!({"userId": user, "context": {"groupId": group}}))
    };
    let events = [
        by("09:10:00.000", "a", "ada", "acme"),
        by("09:20:00.000", "b", "eve", "acme"),
        by("09:40:00.000", "a", "bob", "acme"),
        by("09:50:00.000", "b", "ada", "acme"),
        by("09:50:00.000", "b", "out", "other"),
        by("11:00:00.000", "b", "eve", "acme"),
    ];
    let found = shown(&book("", &nudges), &events);
    let at = |person: &str| ("10:00:00".to_owned(), person.to_owned(), "n".to_owned());
    assert_eq!(found, [at("ada"), at("bob")], "eve had gone, and the other is no member");
}

#[test]
fn a_limit_of_the_account_holds_for_its_members_at_once() {
    let nudges = [(
        "n",
        r#""purpose": "help", "on": {"event": "a"}, "limits": {"per": "account", "shown": {"at_most": 1}}"#,
    )];
    let by = |time: &str, user: &str, group: &str| {
        event(time, "a", json!({"userId": user, "context": {"groupId": group}}))
    };
    let events = [
        by("09:00:00.000", "ada", "acme"),
        by("09:00:01.000", "bob", "acme"),
        by("09:00:02.000", "out", "other"),
    ];
    let found: Vec<String> =
        shown(&book("", &nudges), &events).into_iter().map(|(_, person, _)| person).collect();
    assert_eq!(found, ["ada", "out"]);
}

#[test]
fn a_goal_that_the_recording_reaches_stops_its_nudge() {
    let nudge = |goal: &str| {
        format!(
            r#""purpose": "help", "on": {{"event": "b"}}, "limits": {{"shown": {{"at_most": 9}}}}, "goal": {goal}"#
        )
    };
    let events = [
        track("09:00:00.000", "b"),
        track("09:05:00.000", "b"),
        track("09:06:00.000", "a"),
        track("09:10:00.000", "b"),
    ];
    for goal in [r#"{"event": "a"}"#, r#"{"when": {"signals.n": {"$gte": 1}}}"#] {
        shows(&book("", &[("n", &nudge(goal))]), &events, &[("09:00:00", "n"), ("09:05:00", "n")]);
    }
    let held = r#"{"when": {"signals.n": {"$lt": 1}}}"#;
    let always = [("09:00:00", "n"), ("09:05:00", "n"), ("09:10:00", "n")];
    shows(&book("", &[("n", &nudge(held))]), &events, &always);
}

#[test]
fn nudges_change_nothing_else_of_a_replay() {
    let nudges = [(
        "n",
        r#""purpose": "help", "on": {"event": "a"}, "goal": {"when": {"signals.since": {"$gte": 5}}}"#,
    )];
    let events = [track("09:00:00.000", "a"), track("11:00:00.000", "a"), track("20:00:00.000", "b")];
    let with = timeline(&book("", &nudges), &events);
    let others: Vec<Value> = with.iter().filter(|line| line["kind"] != "nudge").cloned().collect();
    assert_eq!((others.len(), with.len()), (2, 4), "{with:?}");
    assert_eq!(others, timeline(&book("", &[]), &events));
}
