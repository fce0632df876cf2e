//! Whenever an event arrives, and however often: within reach of the journal the state is what it is in order.

use proptest::prelude::*;
use ripen::engine::{Device, Event, Kind, Millis, Playbook, Scope, Seen};

use crate::usage::{HOUR, event, playbook, usage};

fn folded(playbook: &Playbook, events: &[Event]) -> Device {
    let mut device = Device::default();
    device.set_present("u");
    for event in events {
        device.fold(playbook, event, None);
    }
    device
}

/// What the snapshot of a device says, everybody's clocks at the same hour.
fn state(device: &mut Device, playbook: &Playbook, now: Millis) -> Vec<u8> {
    device.advance(playbook, now);
    device.snapshot(playbook)
}

/// Each event with how much later than it happened it arrives.
fn delayed() -> impl Strategy<Value = (Vec<Event>, Vec<u8>)> {
    usage().prop_flat_map(|events| {
        let count = events.len();
        (Just(events), prop::collection::vec(0..40_u8, count))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_arrival_changes_nothing((events, delays) in delayed()) {
        let playbook = playbook();
        let end = Millis(events.last().map_or(0, |event| event.time.0) + HOUR);
        let mut arrived: Vec<(usize, &Event)> =
            events.iter().enumerate().map(|(place, event)| (place + usize::from(delays[place]), event)).collect();
        arrived.sort_by_key(|(place, _)| *place);
        let arrived: Vec<Event> = arrived.into_iter().map(|(_, event)| event.clone()).collect();
        let mut in_order = folded(playbook, &events);
        let mut as_it_came = folded(playbook, &arrived);
        prop_assert_eq!(state(&mut as_it_came, playbook, end), state(&mut in_order, playbook, end));
        prop_assert_eq!(as_it_came.late(), 0);
    }

    #[test]
    fn what_comes_at_once_is_what_comes_one_by_one((events, delays) in delayed(), parts in 1..6_usize) {
        let playbook = playbook();
        let end = Millis(events.last().map_or(0, |event| event.time.0) + HOUR);
        let mut tabs = vec![Vec::new(); parts];
        for (event, delay) in events.iter().zip(delays) {
            tabs[usize::from(delay) % parts].push(event.clone());
        }
        let mut device = Device::default();
        device.set_present("u");
        for mut tab in tabs {
            let copy = tab.first().cloned();
            tab.extend(copy);
            device.catch_up(playbook, &mut tab);
            for event in &tab {
                device.fold(playbook, event, None);
            }
        }
        let mut in_order = folded(playbook, &events);
        prop_assert_eq!(state(&mut device, playbook, end), state(&mut in_order, playbook, end));
        prop_assert_eq!(device.late(), 0);
    }

    /// Time passes while an event is on its way into the journal: it counts in the hour of its own all the same.
    #[test]
    fn time_that_passes_before_an_event_arrives_changes_nothing(
        (events, delays) in delayed(),
        passes in prop::collection::vec(any::<bool>(), 40),
    ) {
        let playbook = playbook();
        let end = Millis(events.last().map_or(0, |event| event.time.0) + HOUR);
        let mut device = Device::default();
        device.set_present("u");
        let mut travelling: Vec<Event> = Vec::new();
        for ((event, delay), passes) in events.iter().zip(delays).zip(passes) {
            travelling.push(event.clone());
            // The page looks at the clock before the event has arrived.
            if passes {
                device.advance(playbook, event.time);
            }
            if delay % 4 == 0 {
                let mut arrived = std::mem::take(&mut travelling);
                device.catch_up(playbook, &mut arrived);
                for event in &arrived {
                    device.fold(playbook, event, None);
                }
            }
        }
        for event in &travelling {
            device.fold(playbook, event, None);
        }
        let mut in_order = folded(playbook, &events);
        prop_assert_eq!(state(&mut device, playbook, end), state(&mut in_order, playbook, end));
        prop_assert_eq!(device.late(), 0);
    }

    #[test]
    fn a_copy_changes_nothing(events in usage(), copied in any::<prop::sample::Index>()) {
        let playbook = playbook();
        let mut device = folded(playbook, &events);
        let before = device.snapshot(playbook);
        let step = device.fold(playbook, &events[copied.index(events.len())], None);
        prop_assert_eq!(step, Default::default());
        prop_assert_eq!(device.snapshot(playbook), before);
    }

    /// Somebody acts anonymously, as a known user on another page, and signs in: in whatever order that is heard of.
    #[test]
    fn two_histories_of_one_person_are_folded_in_order(events in usage(), whose in prop::collection::vec(any::<bool>(), 40)) {
        let playbook = playbook();
        let mut mixed: Vec<Event> = events.iter().cloned().zip(whose).map(|(event, anonymous)| match anonymous {
            true => Event { user: None, anonymous: Some("a".into()), ..event },
            false => event,
        }).collect();
        let end = Millis(events.last().map_or(0, |event| event.time.0) + HOUR);
        let join = Event { kind: Kind::Identify, name: None, anonymous: Some("a".into()), ..event(99_999, end.0, "-") };
        mixed.push(join.clone());
        let known: Vec<Event> = events.iter().cloned().chain([join]).collect();
        let mut one = folded(playbook, &known);
        let mut two = folded(playbook, &mixed);
        prop_assert_eq!(two.present(), "u");
        one.advance(playbook, end);
        two.advance(playbook, end);
        prop_assert_eq!(two.person(), one.person());
    }
}

#[test]
fn an_event_that_arrives_when_the_next_day_has_begun_counts_in_the_day_before() {
    let playbook = ripen::playbook::compile(
        r#"{"signals": {"days": {"days": "*"}, "since": {"since": "*"}},
            "segments": {"fresh": {"when": {"signals.since": {"$lt": 1}}}}}"#,
    );
    let playbook = playbook.unwrap().playbook;
    for together in [1, 2] {
        let mut device = folded(&playbook, &[event(1, 22 * HOUR, "a")]);
        device.advance(&playbook, Millis(24 * HOUR));
        let mut overtaken: Vec<_> =
            (0..together).map(|number| event(2 + number, 24 * HOUR - 2, "a")).collect();
        device.catch_up(&playbook, &mut overtaken);
        for event in &overtaken {
            device.fold(&playbook, event, None);
        }
        let sight = device.sight(&playbook, Millis(24 * HOUR)).unwrap();
        let seen = [0, 1].map(|signal| sight.signal(Scope::Person, signal));
        assert_eq!(seen, [Seen::Number(1.0), Seen::Number(1.0)], "{together} at once");
    }
}

#[test]
fn what_comes_late_is_reported_when_it_comes_and_not_taken_back() {
    let playbook = ripen::playbook::compile(
        r#"{"activity": "-", "signals": {"n": {"count": "a"}, "quiet": {"since": "a"}},
            "segments": {"two": {"when": {"signals.n": {"$gte": 2}}}},
            "moments": {"m": {"when": {"signals.n": {"$gte": 2}, "signals.quiet": {"$gte": 5}}, "motion": "sales", "cooldown": "1h"}}}"#,
    ).unwrap().playbook;
    let mut device = folded(&playbook, &[event(1, 0, "a"), event(2, 10 * HOUR, "b")]);
    let step = device.fold(&playbook, &event(3, HOUR, "a"), None);
    let at: Vec<_> = step.changes.iter().map(|change| change.at).collect();
    assert_eq!(
        at,
        [Millis(10 * HOUR), Millis(10 * HOUR)],
        "the segment, and the moment that has fired in the meantime"
    );
    let step = device.fold(&playbook, &event(4, 2 * HOUR, "a"), None);
    assert!(step.changes.iter().all(|change| change.at == Millis(10 * HOUR)), "{step:?}");
}

#[test]
fn c19_what_is_beyond_reach_is_folded_as_it_comes_and_counted() {
    let playbook = ripen::playbook::compile(r#"{"signals": {"n": {"count": "a"}}}"#).unwrap().playbook;
    let device = folded(&playbook, &[event(1, 100 * HOUR, "a")]);
    let snapshot = device.snapshot(&playbook);
    let mut device = Device::restore(&playbook, &snapshot, ripen::engine::Past::default()).unwrap();
    device.fold(&playbook, &event(1, 100 * HOUR, "a"), None);
    assert_eq!(device.late(), 0, "a copy of the last one is none");
    // The clock was set back.
    device.fold(&playbook, &event(2, 5 * HOUR, "a"), None);
    device.fold(&playbook, &event(3, 6 * HOUR, "a"), None);
    assert_eq!(device.late(), 2);
    let sight = device.sight(&playbook, Millis(6 * HOUR)).unwrap();
    assert_eq!(sight.signal(ripen::engine::Scope::Person, 0), ripen::engine::Seen::Number(3.0));
}

#[test]
fn the_log_is_bounded_and_what_has_left_it_counts() {
    let playbook = ripen::playbook::compile(r#"{"signals": {"n": {"count": "a"}}}"#).unwrap().playbook;
    let events: Vec<Event> = (0..3000).map(|number| event(number, number as i64 * 1000, "a")).collect();
    let mut device = folded(&playbook, &events);
    device.fold(&playbook, &event(4000, 2_900_500, "a"), None);
    assert_eq!(device.late(), 0, "within reach");
    device.fold(&playbook, &event(4001, 500, "a"), None);
    assert_eq!(device.late(), 1);
    let sight = device.sight(&playbook, Millis(3_000_000)).unwrap();
    assert_eq!(sight.signal(ripen::engine::Scope::Person, 0), ripen::engine::Seen::Number(3002.0));
}

#[test]
fn tabs_that_track_thousands_at_once_are_folded_together() {
    let playbook = ripen::playbook::compile(r#"{"signals": {"n": {"count": "a"}}}"#).unwrap().playbook;
    let mut device = folded(&playbook, &[]);
    for tab in 0..8 {
        // Each has the same milliseconds.
        let mut events: Vec<Event> =
            (0..1000).map(|number| event(tab * 1000 + number, number as i64, "a")).collect();
        let caught_up = device.catch_up(&playbook, &mut events);
        // The first tab is ahead of nobody; the last event of the others is behind nobody's.
        assert!(tab == 0 || events.len() <= 1, "{} are left to be folded anew one by one", events.len());
        assert_eq!(caught_up.events.len() + events.len(), 1000);
        for event in &events {
            device.fold(&playbook, event, None);
        }
    }
    let sight = device.sight(&playbook, Millis(1000)).unwrap();
    assert_eq!(sight.signal(ripen::engine::Scope::Person, 0), ripen::engine::Seen::Number(8000.0));
}
