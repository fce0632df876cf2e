//! The value of a signal from the list of its events, each time anew, as `semantics.md` §3 puts it.

#![expect(clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on has to say so")]

use std::collections::BTreeSet;

use ripen::engine::{Event, Hour, Value};

use super::written::Written;
use crate::usage::HOUR;

/// An event, and the hour of it on the clock in question.
pub(super) type Clocked<'a> = (&'a Event, Hour);

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Seen {
    Absent,
    Number(f64),
    Scalar(Value),
}

fn is_in(names: &[&str], event: &Event) -> bool {
    event.name.as_deref().is_some_and(|name| names.contains(&"*") || names.contains(&name))
}

/// The value at an hour.
pub(super) fn value(signal: &Written, events: &[Clocked<'_>], now: Hour) -> Seen {
    let is_without = |event: &Event| signal.without.is_some_and(|name| is_in(&[name], event));
    let index = |hour: Hour, days: bool| if days { hour.0.div_euclid(24) } else { hour.0 };
    let inside = |hour: Hour| match signal.window {
        None => true,
        Some((length, ago, days)) => {
            let end = index(now, days) - ago;
            (end - length + 1..=end).contains(&index(hour, days))
        }
    };
    if signal.form == "sequence" {
        let completed = completions(signal, events, is_without);
        return Seen::Number(completed.into_iter().filter(|hour| inside(*hour)).count() as f64);
    }
    // Only what came after the last event that empties it counts.
    let after = events.iter().rposition(|(event, _)| is_without(event)).map_or(0, |last| last + 1);
    let taken: Vec<_> = events[after..].iter().filter(|(event, _)| is_in(&signal.of[0], event)).collect();
    let counted: Vec<_> = taken.iter().filter(|(_, hour)| inside(*hour)).collect();
    let property =
        |event: &Event| event.properties.get("p").and_then(|p| p.get("v")).cloned().unwrap_or_default();
    let numbers = || {
        counted.iter().filter_map(|(event, _)| match property(event) {
            Value::Number(number) => Some(number),
            _ => None,
        })
    };
    let ages = |hour: Option<Hour>| hour.map_or(Seen::Absent, |hour| Seen::Number(f64::from(now.0 - hour.0)));
    let number = |number: Option<f64>| number.map_or(Seen::Absent, Seen::Number);
    let distinct = |values: BTreeSet<String>| Seen::Number(values.len() as f64);
    match signal.form {
        "count" => Seen::Number(counted.len() as f64),
        "days" => distinct(counted.iter().map(|(_, hour)| hour.0.div_euclid(24).to_string()).collect()),
        "sessions" => distinct(counted.iter().filter_map(|(event, _)| event.session.clone()).collect()),
        "people" => distinct(counted.iter().filter_map(|(event, _)| event.user.clone()).collect()),
        "distinct" => distinct(counted.iter().filter_map(|(event, _)| scalar(&property(event))).collect()),
        "sum" => Seen::Number(sum(numbers())),
        "max" => number(numbers().reduce(f64::max)),
        "min" => number(numbers().reduce(f64::min)),
        "last" => {
            let newest = taken.iter().rev().map(|(event, _)| property(event)).find(|v| scalar(v).is_some());
            newest.map_or(Seen::Absent, Seen::Scalar)
        }
        "since" => ages(taken.last().map(|(_, hour)| *hour)),
        "age" => ages(taken.first().map(|(_, hour)| *hour)),
        form => panic!("{form}"),
    }
}

/// A scalar so written that two are the same text if they are the same value.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(format!("text {text}")),
        Value::Number(number) => Some(format!("number {:?}", if *number == 0.0 { 0.0 } else { *number })),
        Value::Bool(flag) => Some(format!("flag {flag}")),
        _ => None,
    }
}

/// By decimal digits: Rust prints a double exactly, and reads the nearest one.
fn sum(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut total = 0_i128;
    for number in numbers.filter(|number| number.abs() <= 9e12) {
        // No number of the test but 1e-300 has more digits than these, and that one is nothing.
        let text = format!("{:.120}", number.abs());
        let (whole, decimals) = text.split_once('.').unwrap();
        let (kept, rest) = decimals.split_at(6);
        let floor: i128 = format!("{whole}{kept}").parse().unwrap();
        let half = format!("5{}", "0".repeat(rest.len() - 1));
        let rounded = floor + i128::from(rest > half.as_str() || rest == half && floor % 2 == 1);
        total += if number < 0.0 { -rounded } else { rounded };
    }
    format!("{total}e-6").parse().unwrap()
}

/// The hours at which a run of a sequence was completed. A run is looked for backwards: the latest events that can have
/// been its steps, between the last completion or `without` and here.
fn completions(signal: &Written, events: &[Clocked<'_>], is_without: impl Fn(&Event) -> bool) -> Vec<Hour> {
    let span = signal.span.map_or(i64::MAX, |hours| hours * HOUR);
    let (mut from, mut completed) = (0, Vec::new());
    for (place, (event, hour)) in events.iter().enumerate() {
        if is_without(event) {
            from = place + 1;
            continue;
        }
        let Some((last, steps)) = signal.of.split_last() else { continue };
        if !is_in(last, event) {
            continue;
        }
        // Backwards from here, each step as late as it can be: so the run starts as late as it can.
        let (mut before, mut start) = (place, None);
        let found = steps.iter().rev().all(|names| {
            let step = (from..before).rev().find(|place| is_in(names, events[*place].0));
            before = step.unwrap_or(before);
            start = step.map(|place| events[place].0.time.0);
            step.is_some()
        });
        if found && start.is_some_and(|start| event.time.0 - start <= span) {
            completed.push(*hour);
            from = place + 1;
        }
    }
    completed
}
