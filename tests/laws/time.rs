//! Jumping over hours = evaluating every hour; and what is told of the next change is true.

use proptest::prelude::*;
use ripen::engine::{Change, Device, Millis, Past, Person};

use crate::usage::{HOUR, event, playbook, usage};

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn jumping_straight_to_the_next_change_misses_none(events in usage(), wait in 0..600_i64) {
        let playbook = playbook();
        let end = Millis(events.last().unwrap().time.0 + wait * HOUR);
        let (mut jumping, mut walking) = (Person::new(playbook), Person::new(playbook));
        let (mut jumps, mut walks) = (Vec::new(), Vec::new());
        for event in &events {
            jumps.extend(jumping.advance(playbook, None, event.time));
            walks.extend(every_hour(&mut walking, event.time));
            for (person, changes) in [(&mut jumping, &mut jumps), (&mut walking, &mut walks)] {
                person.fold(playbook, event);
                changes.extend(person.evaluate(playbook, None, event.time));
            }
        }
        jumps.extend(jumping.advance(playbook, None, end));
        walks.extend(every_hour(&mut walking, end));
        prop_assert_eq!(jumps, walks);
        prop_assert!(jumping.next_change(playbook).is_none_or(|next| next > end));
    }
}

/// Evaluates at each hour's start on the person's clock.
fn every_hour(person: &mut Person, until: Millis) -> Vec<Change> {
    let playbook = playbook();
    let mut changes = Vec::new();
    let Some(_) = person.subject().hour() else { return changes };
    let mut next = person.next_hour(Millis(i64::MIN / 2));
    while next <= until {
        changes.extend(person.evaluate(playbook, None, next));
        next = person.next_hour(next);
    }
    changes
}

#[test]
fn a_span_that_never_ends_does_not_end_in_the_past() {
    // Beyond what hours are counted in.
    let playbook = r#"{"signals": {"s": {"since": "a"}}, "segments": {"gone": {"when": {"signals.s": {"$gte": 1e12}}}}}"#;
    let playbook = ripen::playbook::compile(playbook).unwrap().playbook;
    let mut device = Device::default();
    device.set_present("u");
    device.fold(&playbook, &event(1, 0, "a"), None);
    device.advance(&playbook, Millis(1000 * HOUR));
    assert_eq!(device.next_change(&playbook), None, "no clock shows that hour");
    let snapshot = device.snapshot(&playbook);
    assert!(Device::restore(&playbook, &snapshot, Past::default()).is_some());
}

#[test]
fn a_clock_at_the_end_of_time_stands_still() {
    let playbook =
        r#"{"signals": {"s": {"since": "a"}}, "segments": {"x": {"when": {"signals.s": {"$in": [5]}}}}}"#;
    let playbook = ripen::playbook::compile(playbook).unwrap().playbook;
    let mut device = Device::default();
    device.set_present("u");
    // A browser's clock goes to the year 275760.
    let last = Millis(8_640_000_000_000_000);
    device.fold(&playbook, &event(1, last.0 - HOUR, "a"), None);
    device.advance(&playbook, last);
    assert_eq!(device.next_change(&playbook), None);
}

#[test]
fn ten_thousand_years_of_silence_are_few_evaluations() {
    let playbook = r#"{"signals": {"s": {"since": "a"}}, "interval": "1d",
        "segments": {"just_now": {"when": {"signals.s": 5}}, "never": {"when": {"signals.s": {"$eq": 1e9}}}}}"#;
    let playbook = ripen::playbook::compile(playbook).unwrap().playbook;
    let mut device = Device::default();
    device.set_present("u");
    device.fold(&playbook, &event(1, 0, "a"), None);
    let mut evaluations = 0;
    while let Some(next) = device.next_change(&playbook).filter(|next| *next < Millis(80_000_000 * HOUR)) {
        device.advance(&playbook, next);
        evaluations += 1;
        assert!(evaluations < 10, "again at {next:?}");
    }
    assert!(evaluations > 2, "the segment came and went, and the interval");
}
