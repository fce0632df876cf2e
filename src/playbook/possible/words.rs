//! Why something is impossible, in the words of a playbook.

use crate::engine::{Field, Momentum, Order, Predicate, Seen, Type, Value};

use super::super::known::Known;
use super::super::near::list;
use super::super::operators::{TYPES, printed};
use super::example::Example;
use super::examples::examples;
use super::range::{Bounds, Range};
use super::verdict::verdict;

/// Of what would be possible one by one.
const ADVICE: &str = "all lines of an object have to hold at once; alternatives stand in `$or`";
const NO_RHYTHM: &str = "`ripen fit` estimates a `rhythm` from your events";
const LESS: &str = "ask for what it can be";

/// Why something cannot hold, and what to do about it.
pub(super) struct Why {
    pub(super) why: String,
    pub(super) advice: &'static str,
}

impl Why {
    /// One of no alternatives has to hold.
    pub(super) fn nothing() -> Why {
        Why { why: "it asks for one of an empty list".to_owned(), advice: "put something into the list" }
    }
}

/// What is asked of a field, and why nothing meets it.
pub(super) fn why(known: &Known, field: &Field, range: &Range, asked: &[(&Predicate, bool)]) -> Why {
    let mut parts: Vec<String> = Vec::new();
    for (predicate, holds) in asked {
        let part = wanted(known, field, predicate, *holds);
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let all = together(&parts);
    let of_names = parts.len() == 1 && !matches!(field, Field::Segment(..) | Field::Moment(..));
    let (why, advice) = match range {
        Range::Numbers(bounds) if !is_contradiction(asked) => {
            let bound = bounds.because.clone().unwrap_or_else(|| between(bounds));
            (format!("would have to be {all}, and {bound}"), LESS)
        }
        Range::These(_) if of_names && is_at_risk(known, field, asked) => {
            (format!("would have to be {all}, and without a `rhythm` nobody is at risk"), NO_RHYTHM)
        }
        Range::These(names) if of_names => {
            let ids: Vec<&str> = names.iter().filter_map(id).collect();
            (format!("would have to be {all}, and can only be {}", list(&ids)), LESS)
        }
        _ if parts.len() == 1 && !all.contains(" and ") => (format!("would have to be {all}"), LESS),
        _ => (format!("would have to be {all} at once"), ADVICE),
    };
    Why { why, advice }
}

/// With a rhythm somebody would meet it.
fn is_at_risk(known: &Known, field: &Field, asked: &[(&Predicate, bool)]) -> bool {
    let at_risk = Example::text(Momentum::AtRisk.name());
    let meets = asked.iter().all(|(predicate, holds)| verdict(predicate, &at_risk) == Some(*holds));
    *field == Field::Momentum && !known.rhythm && meets
}

fn id(example: &Example) -> Option<&str> {
    match example.seen() {
        Seen::Text(text) | Seen::Stage(text, _) => Some(text),
        _ => None,
    }
}

/// Whether no number at all would do, within bounds or not.
fn is_contradiction(asked: &[(&Predicate, bool)]) -> bool {
    let any = Range::Numbers(Bounds { least: f64::MIN, most: f64::MAX, is_whole: false, because: None });
    let predicates: Vec<&Predicate> = asked.iter().map(|(predicate, _)| *predicate).collect();
    let meets = |example: &Example| {
        asked.iter().all(|(predicate, holds)| verdict(predicate, example) != Some(!holds))
    };
    !examples(&any, &predicates).is_some_and(|examples| examples.iter().any(meets))
}

fn between(bounds: &Bounds) -> String {
    let kind = if bounds.is_whole { "a whole number" } else { "a number" };
    match (bounds.least == f64::MIN, bounds.most == f64::MAX) {
        (true, _) => format!("it is {kind}"),
        (false, true) => format!("it is {kind}, {} at the least", bounds.least),
        (false, false) => format!("it is {kind} from {} to {}", bounds.least, bounds.most),
    }
}

fn together(parts: &[&str]) -> String {
    match parts {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => parts.concat(),
    }
}

fn wanted(known: &Known, field: &Field, predicate: &Predicate, holds: bool) -> String {
    let words = match predicate {
        Predicate::Is { text, .. } => format!("\"{text}\""),
        Predicate::Matches(wanted) | Predicate::Equals(wanted) => value(wanted),
        Predicate::Ordered(order, wanted) => {
            let sign = match order {
                Order::Less => "less than",
                Order::AtMost => "at most",
                Order::Greater => "more than",
                Order::AtLeast => "at least",
            };
            format!("{sign} {}", value(wanted))
        }
        Predicate::In(wanted) => match wanted.as_slice() {
            [] => "one of an empty list".to_owned(),
            [one] => value(one),
            _ => format!("one of {}", wanted.iter().take(8).map(value).collect::<Vec<_>>().join(", ")),
        },
        Predicate::Exists(true) => "there".to_owned(),
        Predicate::Exists(false) => "absent".to_owned(),
        Predicate::AtLeast(rung) => format!("at least {}", rung_of(known, field, *rung)),
        Predicate::Below(rung) => format!("below {}", rung_of(known, field, *rung)),
        Predicate::All(parts) if holds => {
            let parts: Vec<String> = parts.iter().map(|part| wanted(known, field, part, true)).collect();
            return together(&parts.iter().map(String::as_str).collect::<Vec<_>>());
        }
        Predicate::All(_) => "what is asked of it".to_owned(),
        Predicate::Not(part) => return wanted(known, field, part, !holds),
        Predicate::Pattern(_) => "what a pattern matches".to_owned(),
        Predicate::Type(kind) => format!("of type {}", type_name(*kind)),
        Predicate::Size(_) | Predicate::Element { .. } => "such a list".to_owned(),
        Predicate::Version(_) => "such a version".to_owned(),
    };
    if holds { words } else { format!("not {words}") }
}

fn rung_of(known: &Known, field: &Field, rung: u8) -> String {
    let rungs = match field {
        Field::Stage(scope, index) => known.rungs(*scope, *index),
        _ => &[],
    };
    rungs.get(usize::from(rung)).map_or_else(|| "?".to_owned(), |id| format!("\"{id}\""))
}

fn type_name(kind: Type) -> &'static str {
    TYPES.iter().find(|(_, known)| *known == kind).map_or("?", |(name, _)| name)
}

fn value(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => printed(*number),
        Value::Text(text) => format!("\"{text}\""),
        Value::List(_) => "a list".to_owned(),
        Value::Map(_) => "an object".to_owned(),
    }
}
