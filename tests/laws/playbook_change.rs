//! Publishing changes no past: what is defined as before keeps what it knows, and nothing fires because it is new.

use ripen::engine::{Device, Millis, Past, Playbook, Scope, Seen};
use ripen::playbook::compile;

use crate::usage::{HOUR, event};

fn compiled(text: &str) -> Playbook {
    compile(text).unwrap().playbook
}

const BEFORE: &str = r#"{
    "signals": {"n": {"count": "a"}, "w": {"count": "a", "within": "7d"}},
    "ladders": {"journey": {"rungs": [{"id": "new"}, {"id": "busy", "when": {"signals.n": {"$gte": 2}}}]}},
    "moments": {"m": {"when": {"signals.n": {"$gte": 2}}, "motion": "sales"}}
}"#;
const AFTER: &str = r#"{
    "signals": {"extra": {"count": "b"}, "renamed": {"count": "a"}, "w": {"count": "a", "within": "8d"}},
    "segments": {"many": {"when": {"signals.renamed": {"$gte": 2}}}},
    "ladders": {"journey": {"rungs": [{"id": "first"}, {"id": "new", "when": {}}, {"id": "busy", "when": {"signals.renamed": {"$gte": 2}}}]}},
    "moments": {"fresh": {"when": {"signals.renamed": {"$gte": 1}}, "motion": "sales"}, "m": {"when": {"signals.renamed": {"$gte": 2}}, "motion": "sales"}}
}"#;

#[test]
fn what_is_defined_as_before_keeps_its_state_and_nothing_is_reported() {
    let (before, after) = (compiled(BEFORE), compiled(AFTER));
    let mut device = Device::default();
    device.set_present("u");
    for number in 0..3 {
        device.fold(&before, &event(number, number as i64 * HOUR, "a"), None);
    }
    let mut device = Device::restore(&after, &device.snapshot(&before), Past::default()).unwrap();

    let sight = device.sight(&after, Millis(2 * HOUR)).unwrap();
    assert_eq!(sight.signal(Scope::Person, 1), Seen::Number(3.0), "the same definition under another name");
    assert_eq!(
        sight.signal(Scope::Person, 2),
        Seen::Number(0.0),
        "another definition under the same name begins empty"
    );
    assert_eq!(sight.stage(Scope::Person, 0), Some(("busy", 2)));
    assert!(sight.segment(Scope::Person, 0), "what is new is evaluated");
    assert!(sight.moment(Scope::Person, 0));

    let step = device.fold(&after, &event(3, 3 * HOUR, "a"), None);
    assert_eq!(step.changes, [], "and neither fires nor climbs because it is new");
}

#[test]
fn the_same_playbook_published_twice_is_the_same_revision() {
    let spaced = BEFORE.replace(':', " :\n ");
    assert_eq!(compiled(BEFORE).revision, compiled(&spaced).revision);
    assert_ne!(compiled(BEFORE).revision, compiled(AFTER).revision);
}

#[test]
fn a_new_signal_begins_with_what_the_journal_has_and_says_since_when() {
    let (before, after) = (compiled(BEFORE), compiled(AFTER));
    let events: Vec<_> = (0..6)
        .map(|number| event(number, number as i64 * HOUR, if number < 3 { "a" } else { "b" }))
        .collect();
    let mut device = Device::default();
    device.set_present("u");
    for event in &events {
        device.fold(&before, event, None);
    }
    let snapshot = device.snapshot(&before);
    assert!(Device::is_of_another(&after, &snapshot) && !Device::is_of_another(&before, &snapshot));

    for (past, is_whole, since) in [(&events[..], true, None), (&events[2..], false, Some(Millis(2 * HOUR)))]
    {
        let device = Device::restore(&after, &snapshot, Past { events: past, is_whole }).unwrap();
        let sight = device.sight(&after, Millis(5 * HOUR)).unwrap();
        assert_eq!(sight.signal(Scope::Person, 0), Seen::Number(3.0), "extra: three times b");
        let person = device.person().unwrap();
        assert_eq!(person.subject().knows_since(0), since);
        assert_eq!(person.subject().knows_since(1), None, "what is defined as before has known all along");
    }
    let device = Device::restore(&after, &snapshot, Past::default()).unwrap();
    let since = device.person().unwrap().subject().knows_since(0);
    assert_eq!(since, Some(Millis(5 * HOUR)), "without a past it begins now");
    let again = Device::restore(&after, &device.snapshot(&after), Past::default()).unwrap();
    assert_eq!(again.person().unwrap().subject().knows_since(0), since, "and goes on saying so");
}
