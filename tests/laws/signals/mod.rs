//! What a signal remembers gives what its definition says of the list of its events: every form, window and scope, at
//! every hour.

mod naive;
mod written;

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use ripen::engine::{
    Account, AccountView, Document, Drift, Event, Field, Hour, Millis, Offset, Person, Scope, Seen, Sight,
    Value,
};
use ripen::playbook::compile;

use crate::usage::{HOUR, event};
use naive::{Clocked, Seen as Wanted};
use written::{Written, signals};

/// Properties that are hard: types that look alike, two zeros, halves of millionths, what is too large to add.
fn awkward() -> impl Strategy<Value = Value> {
    let texts = ["", "1", "true", "a", "null"].map(|text| Value::Text(text.into()));
    let numbers = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.1,
        0.2,
        0.3,
        2.5e-6,
        1.5e-6,
        0.5e-6,
        -0.5e-6,
        0.007_812_5,
        9e12,
        -9e12,
        9.1e12,
        1e300,
        -1e300,
        1e-300,
        123_456.789_012_3,
    ]
    .map(Value::Number);
    let others = [
        Value::Bool(true),
        Value::Bool(false),
        Value::Null,
        Value::List(vec![Value::Number(1.0)]),
        Value::Map(vec![("k".into(), Value::Number(1.0))]),
    ];
    let listed: Vec<Value> = texts.into_iter().chain(numbers).chain(others).collect();
    prop_oneof![3 => prop::sample::select(listed), 1 => (-1e4..1e4).prop_map(Value::Number)]
}

/// Two persons of one account: bursts and silence, events of three names, sessions, zones.
fn usage() -> impl Strategy<Value = Vec<Event>> {
    let step = prop_oneof![4 => 0..2_i64, 3 => 0..2 * HOUR, 2 => HOUR..30 * HOUR, 1 => 30 * HOUR..90 * HOUR];
    let who = (any::<bool>(), prop::option::weighted(0.8, 0..4_u8));
    let offset = prop::option::weighted(0.2, prop::sample::select(vec![0, 120, 330, -570, 825]));
    let what = (step, prop::sample::select(vec!["a", "a", "b", "b", "c"]), awkward(), who, offset);
    prop::collection::vec(what, 1..40).prop_map(|steps| {
        let mut time = 1_700_000_000_000;
        let mut events = Vec::new();
        for (number, (step, name, value, (other, session), offset)) in steps.into_iter().enumerate() {
            time += step;
            let mut event = event(number, time, name);
            event.user = Some(if other { "v" } else { "u" }.into());
            event.context_group = Some("g".into());
            event.session = session.map(|session| format!("s{session}"));
            event.offset = offset.and_then(|offset| Offset::from_minutes(f64::from(offset)));
            let nested = Value::Map(vec![("v".into(), value)]);
            event.properties.set("p".into(), nested);
            events.push(event);
        }
        events
    })
}

fn same(seen: Seen<'_>, wanted: &Wanted) -> bool {
    match (seen, wanted) {
        (Seen::Absent, Wanted::Absent) => true,
        (Seen::Number(found), Wanted::Number(wanted)) => found == *wanted,
        (found, Wanted::Scalar(wanted)) => found == Seen::of(wanted),
        _ => false,
    }
}

/// Compares all signals of a scope at an instant.
fn compare(sight: Sight<'_>, written: &[Written], events: &[Clocked<'_>]) -> Result<(), TestCaseError> {
    for (index, signal) in written.iter().enumerate() {
        let wanted = naive::value(signal, events, sight.now);
        let seen = sight.signal(sight.scope, index as u16);
        prop_assert!(same(seen, &wanted), "{} at {:?}: {seen:?}, wanted {wanted:?}", signal.text, sight.now);
    }
    Ok(())
}

/// What is said of the hours to come: the value stays until the hour that is told, and changes then.
fn keeps_its_word(sight: Sight<'_>, written: &[Written]) -> Result<(), TestCaseError> {
    for (index, signal) in written.iter().enumerate() {
        let index = index as u16;
        let at = |ahead: i32| {
            let later = Sight { now: Hour(sight.now.0 + ahead), ..sight };
            later.signal(sight.scope, index)
        };
        let now = at(0);
        match sight.drift(&Field::Signal(sight.scope, index), &mut |later| later == now) {
            Drift::Hourly(from) => {
                prop_assert_eq!(from, sight.now);
                let (Seen::Number(now), Seen::Number(next)) = (at(0), at(1)) else {
                    return Err(TestCaseError::fail("hours are numbers"));
                };
                prop_assert_eq!(now + 1.0, next);
            }
            Drift::Until(hour) => {
                let ahead = hour.since(sight.now);
                prop_assert!((1..ahead).all(|ahead| at(ahead) == at(0)), "{} before {hour:?}", signal.text);
                prop_assert!(at(ahead) != at(0), "{} at {hour:?}", signal.text);
            }
            Drift::Still => prop_assert!((1..200).all(|ahead| at(ahead) == at(0)), "{} stays", signal.text),
            told => return Err(TestCaseError::fail(format!("{}: {told:?}", signal.text))),
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_persons_signals_are_what_the_list_of_their_events_says(events in usage(), written in signals(Scope::Person), ahead in 0..60_i64) {
        let playbook = compile(&written::playbook(&written)).unwrap().playbook;
        let mut person = Person::new(&playbook);
        let mut past: Vec<Clocked<'_>> = Vec::new();
        let own: Vec<&Event> = events.iter().filter(|event| event.user.as_deref() == Some("u")).collect();
        for (number, event) in own.iter().enumerate() {
            person.fold(&playbook, event);
            let now = person.subject().hour().unwrap();
            past.push((event, now));
            let until = own.get(number + 1).map_or(event.time.0 + ahead * HOUR, |next| next.time.0 - 1);
            let sight = person.sight(&playbook, None, event.time);
            compare(sight, &written, &past)?;
            keeps_its_word(sight, &written)?;
            let mut hour = person.next_hour(event.time);
            while hour.0 <= until {
                compare(person.sight(&playbook, None, hour), &written, &past)?;
                hour = person.next_hour(hour);
            }
        }
    }

    #[test]
    fn an_accounts_signals_are_what_the_list_of_its_events_says(events in usage(), written in signals(Scope::Account), ahead in 0..60_i64) {
        let playbook = compile(&written::playbook(&written)).unwrap().playbook;
        let mut account = Account::new(&playbook);
        let mut past: Vec<Clocked<'_>> = Vec::new();
        for (number, event) in events.iter().enumerate() {
            account.fold(&playbook, event.user.as_deref().unwrap(), event);
            let now = account.subject().hour().unwrap();
            past.push((event, now));
            let until = events.get(number + 1).map_or(event.time.0 + ahead * HOUR, |next| next.time.0 - 1);
            let sight = account.sight(&playbook, event.time);
            compare(sight, &written, &past)?;
            keeps_its_word(sight, &written)?;
            let mut hour = (event.time.0.div_euclid(HOUR) + 1) * HOUR;
            while hour <= until {
                account.evaluate(&playbook, Millis(hour));
                compare(account.sight(&playbook, Millis(hour)), &written, &past)?;
                // A member sees what was published, whatever type it is.
                let mut member = Person::new(&playbook);
                member.fold(&playbook, event);
                let view: &AccountView = account.view();
                let sight = member.sight(&playbook, Some(view), Millis(hour));
                for index in 0..written.len() as u16 {
                    let own = account.sight(&playbook, Millis(hour));
                    prop_assert_eq!(sight.signal(Scope::Account, index), own.signal(Scope::Account, index));
                }
                hour += HOUR;
            }
        }
    }
}

#[test]
fn the_generated_signals_have_every_form() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = BTreeSet::new();
    for _ in 0..200 {
        for scope in [Scope::Person, Scope::Account] {
            let written = signals(scope).new_tree(&mut runner).unwrap().current();
            seen.extend(
                written.iter().map(|signal| (signal.form, signal.window.is_some(), signal.without.is_some())),
            );
        }
    }
    // Nine forms with and without a window, three that look at all of the past; each with and without `without`.
    assert_eq!(seen.len(), (9 * 2 + 3) * 2, "{seen:?}");
}
