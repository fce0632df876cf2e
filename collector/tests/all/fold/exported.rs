//! What is folded of a person is in their export, in the words of views; and once they are erased no byte of it is left.

use ripen::replay::format_timestamp;
use ripen_collector::clock::Millis;
use ripen_collector::fold::Task;
use ripen_collector::privacy;
use ripen_collector::store::{Person, Store};
use serde_json::{Value, json};

use super::generated::{HOUR, START, playbook};
use super::steps::Bench;

const PLAYBOOK: &str = r#"{
    "signals": {
        "tasks": {"count": "task_created"},
        "kind": {"last": "kind", "of": "task_created"},
        "team_tasks": {"count": "task_created", "scope": "account"}
    },
    "segments": {"busy": {"when": {"signals.tasks": {"$gte": 2}}}},
    "scores": {"usage": {"points": [{"when": {"signals.tasks": {"$gte": 1}}, "add": 7}], "bands": {"A": 5}}},
    "ladders": {"journey": {"rungs": [{"id": "new"}, {"id": "set_up", "when": {"signals.tasks": {"$gte": 2}}}]}},
    "moments": {"ripe": {"when": {"signals.tasks": {"$gte": 2}}, "motion": "sales", "qualifies": "pql"}},
    "nudges": {"tip": {
        "purpose": "help", "on": {"event": "opened"}, "placement": {"kind": "banner"},
        "content": {"en": {"title": "A tip"}}
    }},
    "policy": {"help_first": false}
}"#;

/// What only she has said, or is called.
const WORDS: [&str; 4] = ["ann-of-the-test", "browser-of-ann", "ann@tell.example", "kind-of-ann"];

fn event(number: i64, who: &str, more: Value) -> Value {
    let mut event = json!({"type": "track", "event": "task_created", "messageId": format!("m{number}"),
        "timestamp": format_timestamp(Millis(START + number * HOUR)), "context": {"groupId": "acme"}});
    let ids = if who == "browser-of-ann" { "anonymousId" } else { "userId" };
    event[ids] = json!(who);
    event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    event
}

fn people() -> Bench {
    let mut bench = Bench::open(PLAYBOOK);
    let kind = json!({"properties": {"kind": "kind-of-ann"}});
    bench.append(&[
        event(0, "browser-of-ann", kind.clone()),
        event(
            1,
            "ann-of-the-test",
            json!({"type": "identify", "anonymousId": "browser-of-ann", "traits": {"email": "ann@tell.example"}}),
        ),
        event(2, "ann-of-the-test", kind),
        event(3, "ann-of-the-test", json!({"event": "$nudge_shown", "properties": {"nudge": "tip"}})),
        event(4, "ben", json!({"properties": {"kind": "kind-of-ben"}})),
    ]);
    bench.now = Millis(START + 5 * HOUR);
    bench.steps(Task::Events(2));
    bench.steps(Task::Time);
    bench
}

fn exported(bench: &mut Bench, id: &str) -> Vec<Value> {
    let whom = Person { user_id: None, anonymous_id: Some(id.to_owned()) };
    let subject = bench.store.personal().subject(bench.tenant, &whom).unwrap().unwrap();
    let mut text = Vec::new();
    privacy::export(&mut bench.store, bench.tenant, &subject, bench.now, &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn c43_a_persons_export_has_what_is_folded_of_them_as_views_print_it() {
    let mut bench = people();
    let lines = exported(&mut bench, "browser-of-ann");
    let of = |kind: &str| lines.iter().filter(|line| line["kind"] == kind).cloned().collect::<Vec<_>>();
    let at = bench.now;
    let [state] = of("state").try_into().unwrap();
    assert_eq!(state["ids"], json!(["browser-of-ann"]));
    assert_eq!(state["traits"], json!({"email": "ann@tell.example"}));
    assert_eq!(state["reached"], json!({"journey": {"new": 5, "set_up": 3}}));
    assert_eq!(state["fired"], json!({"ripe": format_timestamp(Millis(START + 2 * HOUR))}));
    let shown = json!({"count": 1, "last": format_timestamp(Millis(START + 3 * HOUR))});
    assert_eq!(state["outcomes"], json!({"tip": {"shown": shown}}));
    // And all that `views` prints, word for word.
    let view = bench.lines(at).into_iter().find(|line| line.contains("ann-of-the-test")).unwrap();
    assert_eq!(bench.lines(at), bench.replayed(&playbook(PLAYBOOK), at));
    let view: Value = serde_json::from_str(&view).unwrap();
    for (key, value) in view.as_object().unwrap() {
        assert_eq!(&state[key], value, "{key}");
    }
    assert_eq!(state["stages"], json!({"journey": "set_up"}));

    // How she stood when the moment fired is kept, and said.
    let reports = of("report");
    let fired = reports.iter().find(|report| report["report"] == "moment").unwrap();
    assert_eq!((&fired["name"], &fired["state"]["signals"]["tasks"]), (&json!("ripe"), &json!(2)));
    assert_eq!(fired["state"]["outcomes"], json!({}));
    assert!(reports.iter().any(|report| report["name"] == "journey" && report["after"] == "set_up"));
    let kinds: Vec<&Value> = lines.iter().map(|line| &line["kind"]).collect();
    let first_event = kinds.iter().position(|kind| *kind == "event").unwrap();
    assert!(kinds[..first_event].iter().all(|kind| *kind != "event") && kinds.len() == first_event + 4);
    // Nothing of anybody else.
    assert!(!Value::from(lines).to_string().contains("ben"));
    assert!(!Value::from(exported(&mut bench, "ben")).to_string().contains("ann"));
}

#[test]
fn c43_of_what_was_folded_of_the_erased_no_byte_is_left() {
    let mut bench = people();
    for word in WORDS {
        assert!(bench.has_on_disk(word), "{word}");
    }
    bench.erase("ann-of-the-test");
    assert!(bench.store.personal().scrub().unwrap());
    for word in WORDS {
        assert!(!bench.has_on_disk(word), "{word}, before the others are folded again");
    }
    bench.steps(Task::Events(1));
    bench.steps(Task::Time);
    assert!(bench.store.personal().scrub().unwrap());
    for word in WORDS {
        assert!(!bench.has_on_disk(word), "{word}");
    }
    assert!(bench.has_on_disk("kind-of-ben"));
    let state = exported(&mut bench, "ben").into_iter().find(|line| line["kind"] == "state").unwrap();
    assert_eq!((&state["signals"]["tasks"], &state["signals"]["team_tasks"]), (&json!(1), &json!(1)));
}
