//! Who an event is about, on a browser that several persons use.

use ripen::engine::{Device, Event, Kind, Millis, Past, Playbook, Scope, Seen, Value, What};
use ripen::playbook::compile;

use crate::usage::event;

fn counting() -> Playbook {
    let playbook =
        r#"{"signals": {"n": {"count": "a"}}, "segments": {"pro": {"when": {"user.plan": "pro"}}}}"#;
    compile(playbook).unwrap().playbook
}

/// What happened, to whom: `(anonymous id, user id)`.
fn act(number: usize, anonymous: &str, user: Option<&str>) -> Event {
    let user = user.map(str::to_owned);
    Event { user, anonymous: Some(anonymous.into()), ..event(number, number as i64 * 1000, "a") }
}

fn identify(number: usize, anonymous: &str, user: &str) -> Event {
    Event { kind: Kind::Identify, name: None, ..act(number, anonymous, Some(user)) }
}

fn count(device: &Device, playbook: &Playbook) -> Option<f64> {
    match device.sight(playbook, Millis(1_000_000))?.signal(Scope::Person, 0) {
        Seen::Number(number) => Some(number),
        _ => None,
    }
}

#[test]
fn what_an_anonymous_person_did_is_theirs_when_they_sign_up() {
    let (playbook, mut device) = (counting(), Device::default());
    device.set_present("anon");
    for event in
        [act(1, "anon", None), act(2, "anon", None), identify(3, "anon", "ada"), act(4, "anon", Some("ada"))]
    {
        device.fold(&playbook, &event, None);
    }
    assert_eq!(device.present(), "ada");
    assert_eq!(count(&device, &playbook), Some(3.0));
}

#[test]
fn c24_another_person_on_the_same_browser_begins_with_their_own() {
    let (playbook, mut device) = (counting(), Device::default());
    device.set_present("ada");
    for event in [act(1, "x", Some("ada")), act(2, "x", Some("ada"))] {
        device.fold(&playbook, &event, None);
    }
    device.set_present("y");
    assert_eq!(count(&device, &playbook), None);
    device.fold(&playbook, &act(3, "y", None), None);
    device.set_present("bob");
    device.fold(&playbook, &identify(4, "y", "bob"), None);
    assert_eq!(count(&device, &playbook), Some(1.0), "bob's own anonymous history");
    device.set_present("ada");
    assert_eq!(count(&device, &playbook), Some(2.0), "and ada's is still there");
}

#[test]
fn who_signs_in_again_takes_along_what_they_did_before_it() {
    let (playbook, mut device) = (counting(), Device::default());
    device.set_present("ada");
    device.fold(&playbook, &act(1, "x", Some("ada")), None);
    device.set_present("y");
    device.fold(&playbook, &act(2, "y", None), None);
    device.fold(&playbook, &identify(3, "y", "ada"), None);
    assert_eq!(device.present(), "ada");
    assert_eq!(count(&device, &playbook), Some(2.0));
}

#[test]
fn who_signs_in_again_within_the_same_batch_takes_it_along_too() {
    let (playbook, mut device) = (counting(), Device::default());
    device.set_present("ada");
    device.fold(&playbook, &act(1, "x", Some("ada")), None);
    // The page had told who is present before these were folded: somebody signed out, acted, and signed in at once.
    for event in [act(2, "y", None), act(3, "z", None), identify(4, "y", "ada"), act(5, "y", None)] {
        device.fold(&playbook, &event, None);
    }
    assert_eq!(count(&device, &playbook), Some(3.0), "what y did before and after, and nothing of z");
}

#[test]
fn events_of_another_person_change_nothing_that_is_seen() {
    let (playbook, mut device) = (counting(), Device::default());
    device.set_present("ada");
    device.fold(&playbook, &act(1, "x", Some("ada")), None);
    let traits = Value::Map(vec![("plan".into(), Value::Text("pro".into()))]);
    let other = Event { traits, ..identify(2, "z", "bob") };
    assert_eq!(device.fold(&playbook, &other, None), Default::default());
    assert_eq!(count(&device, &playbook), Some(1.0));
}

#[test]
fn what_somebody_has_not_seen_yet_of_their_account_is_news_after_a_restore_too() {
    let playbook = compile(r#"{"segments": {"team": {"when": {"account.plan": "team"}}}}"#).unwrap().playbook;
    let member =
        |number, user: &str| Event { context_group: Some("g".into()), ..act(number, user, Some(user)) };
    let mut group = Event { kind: Kind::Group, group: Some("g".into()), name: None, ..member(2, "bob") };
    group.traits.set("plan".into(), Value::Text("team".into()));
    let told = |restored: bool| {
        let mut device = Device::default();
        // Bob's call changes what Ada will see, and she is not evaluated then.
        for event in [member(1, "ada"), group.clone()] {
            device.set_present(event.person());
            device.fold(&playbook, &event, None);
        }
        if restored {
            device = Device::restore(&playbook, &device.snapshot(&playbook), Past::default()).unwrap();
        }
        device.set_present("ada");
        device.fold(&playbook, &member(3, "ada"), None).changes
    };
    assert!(told(false).iter().any(|change| matches!(change.what, What::Segment { to: true, .. })));
    assert_eq!(told(true), told(false));
}
