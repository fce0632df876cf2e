//! What is remembered at the limits: of many values the newest, and never more bytes than the definition says.

use super::*;
use crate::engine::condition::Seen;
use crate::engine::event::{Event, Kind};
use crate::engine::matcher::{Heard, Names};
use crate::engine::time::{Hour, Millis, Span, Unit, Window};
use crate::engine::value::Value;
use crate::engine::wire::{Wire, read_all};

fn signal(form: Form) -> Signal {
    let every = || Matcher { names: Names::Any, when: None };
    Signal { name: "s".into(), definition: 0, form, of: vec![every(), every()], without: None }
}

fn event(value: Value, time: Millis) -> Event {
    Event {
        id: "m".into(),
        time,
        kind: Kind::Track,
        user: Some("u".into()),
        anonymous: None,
        previous: None,
        group: None,
        context_group: None,
        offset: None,
        session: Some("s".into()),
        name: Some("a".into()),
        properties: Value::Map(vec![("v".into(), value)]),
        traits: Value::Null,
    }
}

fn fold(state: &mut SignalState, signal: &Signal, value: Value, hour: i32) {
    let event = event(value, Hour(hour).start(Default::default()));
    state.fold(signal, Heard { event: &event, person: "u", name: None }, Hour(hour));
}

fn encoded(state: &SignalState) -> usize {
    let mut bytes = Vec::new();
    state.write(&mut bytes);
    assert_eq!(read_all::<SignalState>(&bytes).as_ref(), Some(state), "and it is read again as it was");
    bytes.len()
}

fn path() -> Vec<String> {
    vec!["v".into()]
}

fn number(value: i32) -> Value {
    Value::Number(f64::from(value))
}

fn hours(length: u16, ago: u16) -> Option<Window> {
    Some(Window { unit: Unit::Hours, length, ago })
}

fn distinct(most: u32, window: Option<Window>) -> Signal {
    signal(Form::Distinct(Part::Property(path()), most, window))
}

/// The values that are remembered, by hand: each with the hours in which it was seen, the one seen last at the end.
#[derive(Default)]
struct ByHand(Vec<(i32, Vec<i32>)>);

impl ByHand {
    fn see(&mut self, value: i32, hour: i32, most: usize) {
        let place = self.0.iter().position(|(known, _)| *known == value);
        let (_, mut seen) = place.map_or((value, Vec::new()), |place| self.0.remove(place));
        seen.push(hour);
        self.0.push((value, seen));
        if self.0.len() > most {
            self.0.remove(0);
        }
    }

    fn inside(&self, window: Option<Window>, now: i32) -> usize {
        let is_inside = |hour: &i32| window.is_none_or(|window| window.contains(*hour, Hour(now)));
        self.0.iter().filter(|(_, seen)| seen.iter().any(is_inside)).count()
    }
}

fn random(seed: u64) -> impl FnMut(u64) -> i32 {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below) as i32
    }
}

#[test]
fn the_values_seen_last_are_remembered_with_the_units_that_still_matter() {
    for seed in 1..60 {
        let mut next = random(seed);
        let most = 1 + next(12) as u32;
        let window = (next(4) > 0).then(|| hours(1 + next(6) as u16, next(8) as u16)).flatten();
        let signal = distinct(most, window);
        let (mut state, mut by_hand, mut hour) = (SignalState::Empty, ByHand::default(), 400_000);
        for _ in 0..800 {
            hour += [0, 0, 0, 1, 2, next(9)][next(6) as usize];
            let value = next(20);
            fold(&mut state, &signal, number(value), hour);
            by_hand.see(value, hour, most as usize);
            for ahead in 0..12 {
                let wanted = by_hand.inside(window, hour + ahead) as f64;
                let found = state.value(&signal.form, Hour(hour + ahead));
                assert_eq!(found, Seen::Number(wanted), "{window:?}, {most}, in {ahead} hours, seed {seed}");
            }
        }
        assert!(encoded(&state) <= signal.bound().bytes);
    }
}

#[test]
fn values_beyond_the_most_are_forgotten_and_leave_nothing_behind() {
    let signal = distinct(1_000, hours(100, 0));
    let mut state = SignalState::Empty;
    for value in 0..50_000 {
        fold(&mut state, &signal, number(value), 400_000 + value / 5_000);
    }
    assert_eq!(state.value(&signal.form, Hour(400_010)), Seen::Number(1_000.0));
    assert!(encoded(&state) <= signal.bound().bytes);
    let SignalState::Values(values) = &state else { panic!("{state:?}") };
    assert!(values.room() <= 8 * 1_000, "{} places for 1,000 values", values.room());
}

#[test]
fn an_account_with_many_values_takes_each_event_in_the_same_time() {
    let signal = distinct(100_000, hours(160, 0));
    let (mut state, mut now) = (SignalState::Empty, 400_000);
    let mut seen = |from: i32, to: i32| {
        for value in from..to {
            fold(&mut state, &signal, number(value), now);
        }
        now += 1;
        state.value(&signal.form, Hour(now)).scalar()
    };
    // Quadratic, this would take minutes.
    assert_eq!(seen(0, 150_000), number(100_000));
    assert_eq!(seen(100_000, 150_000), number(100_000));
    assert_eq!(seen(0, 150_000), number(100_000));
}

#[test]
fn a_state_never_takes_more_than_its_definition_says() {
    let windows = [None, hours(1, 0), hours(5, 0), hours(168, 0), hours(1, 20), hours(7, 9), hours(84, 84)];
    let days = Some(Window { unit: Unit::Days, length: 400, ago: 0 });
    for window in windows.into_iter().chain([days]) {
        let forms = [
            Form::Count(window),
            Form::Days(window),
            Form::Distinct(Part::Property(path()), 40, window),
            Form::Sum(path(), window),
            Form::Max(path(), window),
            Form::Min(path(), window),
            Form::Sequence(Some(Span { hours: 5 }), window),
            Form::Last(path()),
            Form::Since,
            Form::Age,
        ];
        for form in forms {
            let signal = signal(form);
            let (bound, mut largest) = (signal.bound(), 0);
            let (mut state, mut next, mut hour) = (SignalState::Empty, random(7), 400_000);
            for _ in 0..3_000 {
                hour += [0, 1, 1, 2, 30][next(5) as usize];
                let value =
                    [Value::Number(9e12), number(next(90)), Value::Number(-0.1), Value::Text("x".repeat(90))];
                fold(&mut state, &signal, value[next(4) as usize].clone(), hour);
                largest = largest.max(encoded(&state));
            }
            assert!(largest <= bound.bytes, "{:?}: {largest} of {bound:?}", signal.form);
            // It says something, too: state fills a good part of it. (But the newest value could be as long as an event,
            // and of many largest numbers each would have to be smaller than the one before.)
            if !matches!(signal.form, Form::Last(_) | Form::Max(..) | Form::Min(..)) {
                assert!(largest * 30 >= bound.bytes, "{:?}: only {largest} of {bound:?}", signal.form);
            }
        }
    }
}

#[test]
fn a_bound_is_explained() {
    for (form, wanted) in [
        (Form::Count(None), "one number"),
        (Form::Count(hours(14, 2)), "at most 16 hours of counts"),
        (Form::Distinct(Part::Session, 1_024, None), "a hash of at most 1,024 values"),
        (Form::Distinct(Part::Session, 100_000, hours(3, 0)), "a hash of at most 100,000 values"),
        (
            Form::Distinct(Part::Session, 1_024, hours(3, 3)),
            "a hash of at most 1,024 values, each with at most 4 hours",
        ),
        (Form::Sequence(None, None), "2 times and one number"),
        (Form::Since, "one hour"),
    ] {
        assert_eq!(signal(form).bound().what, wanted);
    }
}
