//! `steps`: of a checklist, each done when something of the person holds; of a tour, each somewhere on the page.

use crate::engine::{Condition, Field, Order, Predicate, Value};

use super::super::fields::{Fields, Names};
use super::super::known::Known;
use super::super::possible;
use super::super::source::{Node, Source};
use super::address::{self, Leads};
use super::anchor;
use super::placement::Kind;

pub(in crate::playbook) const STEP: Names =
    Names::of(&["id", "segment", "signal", "at_least", "open", "anchor", "side", "wait"]);
/// What only a step of a checklist has, and only one of a tour.
const OF_CHECKLIST: [&str; 4] = ["segment", "signal", "at_least", "open"];
const OF_TOUR: [&str; 3] = ["anchor", "side", "wait"];
/// More than that nobody does.
pub(in crate::playbook) const MOST_STEPS: usize = 20;

/// The ids of those that can be read, and whether that is all.
pub(super) fn read<'s>(
    source: &Source<'_>,
    known: &Known,
    node: Node<'s>,
    kind: Option<Kind>,
) -> (Vec<&'s str>, bool) {
    let least = if kind == Some(Kind::Tour) { 2 } else { 1 };
    let expected = format!("a list of {least} to {MOST_STEPS} steps");
    let (nodes, mut whole) = source.list(node, &expected, least..=MOST_STEPS);
    let mut ids = Vec::new();
    for node in nodes {
        let Some(id) = step(source, known, node, kind) else {
            whole = false;
            continue;
        };
        if ids.contains(&id) {
            source.wrong(node, format!("there is a step `{id}` already"), None);
        }
        ids.push(id);
    }
    (ids, whole)
}

fn step<'s>(source: &Source<'_>, known: &Known, node: Node<'s>, kind: Option<Kind>) -> Option<&'s str> {
    let fields = Fields::read(source, node, "a step", &STEP)?;
    let id =
        fields.require(source, "id", "a step").and_then(|node| source.string(node, "the id of the step"));
    let strange: &[&str] = match kind {
        Some(Kind::Checklist) => &OF_TOUR,
        Some(Kind::Tour) => &OF_CHECKLIST,
        _ => &[],
    };
    for (property, _) in fields.entries().filter(|(property, _)| strange.contains(&property.name.as_str())) {
        let what = kind.map_or("", Kind::name);
        source.wrong_name(property, format!("a step of a {what} has no `{}`", property.name.as_str()), None);
    }
    done(source, known, &fields, kind == Some(Kind::Checklist));
    if let Some(node) = fields.get("open") {
        address::read(source, node, Leads::Anywhere);
    }
    for name in OF_TOUR {
        let Some(node) = fields.get(name) else { continue };
        anchor::read(source, name, node);
        if name != "anchor" && !fields.has("anchor") {
            source.wrong(node, format!("`{name}` is about the `anchor` of a step, and this has none"), None);
        }
    }
    id
}

/// When a step of a checklist is done.
fn done(source: &Source<'_>, known: &Known, fields: &Fields<'_>, is_needed: bool) {
    match (fields.get("segment"), fields.get("signal")) {
        (Some(node), None) => {
            let Some(id) = source.string(node, "the id of a segment") else { return };
            if !known.segments.has(id) && !known.broken.contains(id) {
                let near = source.hint(id, known.written.segments.names());
                source.wrong(node, format!("there is no segment `{id}`"), near);
            }
        }
        (None, Some(node)) => {
            let least = match fields.get("at_least") {
                Some(node) => at_least(source, node),
                None => Some(1.0),
            };
            let Some(name) = source.string(node, "the name of a signal") else { return };
            match (known.signals.get(name), least) {
                (Some(_), None) => {}
                (Some((_, scope, index, _)), Some(least)) => {
                    let enough = Predicate::Ordered(Order::AtLeast, Value::Number(least));
                    let enough = Condition::Test(Field::Signal(*scope, *index), enough);
                    possible::warn(source, known, node, &enough, "this step is never done");
                }
                _ if known.broken.contains(name) => {}
                _ => {
                    let near = source.hint(name, known.written.signals.names());
                    source.wrong(node, format!("there is no signal `{name}`"), near);
                }
            }
        }
        (Some(_), Some(node)) => {
            let message = "a step is done by one thing: it has `segment` already, and `signal`";
            source.wrong(node, message, None);
        }
        (None, None) if is_needed => {
            let hint = "it is done when a segment holds, or when a signal is `at_least` so much";
            source.wrong(fields.node, "a step of a checklist needs `segment` or `signal`", Some(hint.into()));
        }
        (None, None) => {}
    }
    if let (Some(node), None) = (fields.get("at_least"), fields.get("signal")) {
        source.wrong(node, "`at_least` is about a `signal`, and this step has none", None);
    }
}

/// So much of the way there is to show, so it is more than nothing.
fn at_least(source: &Source<'_>, node: Node<'_>) -> Option<f64> {
    const EXPECTED: &str = "a number above 0";
    let number = source.number(node, EXPECTED)?;
    if number <= 0.0 {
        source.expected(node, EXPECTED);
    }
    Some(number)
}
