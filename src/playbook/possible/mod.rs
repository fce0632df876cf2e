//! What can hold at all: whether anybody could ever meet a condition.
//!
//! A condition is taken apart into the tests that would have to hold together (`search`). Of each field all that could
//! matter is tried: one example of every class of values that its tests tell apart (`examples`), within what the field
//! can be (`range`). The verdicts are the engine's own (`verdict`). Where that would take too long, or is not
//! known, everything is possible: what is said to be impossible is proven.

mod example;
mod examples;
mod range;
mod search;
mod verdict;
mod words;

#[cfg(test)]
mod tests;

use crate::engine::{Condition, Field};

use super::known::Known;
use super::path::path;
use super::source::{Node, Source};
pub(super) use range::points;
use search::Search;
use words::Why;

/// Why some conditions cannot hold together.
pub(super) struct Conflict {
    /// What is asked too much of; none where it is a list of nothing.
    field: Option<Field>,
    why: Why,
}

/// Why these cannot hold together, at one instant, if that is proven.
pub(super) fn conflict(known: &Known, conditions: &[&Condition]) -> Option<Conflict> {
    Search::new(known).conflict(conditions)
}

/// Warns of a condition that can never hold: at the place that asks for too much, with what follows from it.
pub(super) fn warn(
    source: &Source<'_>,
    known: &Known,
    node: Node<'_>,
    condition: &Condition,
    follows: &str,
) -> bool {
    // What is wrong never holds, and that has been said.
    let conflict = if source.has_errors() { None } else { conflict(known, &[condition]) };
    if let Some(conflict) = &conflict {
        conflict.warn(source, known, node, follows);
    }
    conflict.is_some()
}

impl Conflict {
    /// Says so at the last place within `node` that names the field.
    pub(super) fn warn(&self, source: &Source<'_>, known: &Known, node: Node<'_>, follows: &str) {
        let path = self.field.as_ref().map(|field| path(known, field));
        let place = path.as_deref().and_then(|path| last(node, path)).unwrap_or(node);
        let path = path.map(|path| format!("`{path}` ")).unwrap_or_default();
        source.warn(place, format!("{follows}: {path}{}", self.why.why), Some(self.why.advice.into()));
    }
}

/// The last value that a path has within a node; of `segments.ID` the last that names the id.
fn last<'s>(node: Node<'s>, path: &str) -> Option<Node<'s>> {
    let mut found = None;
    let mut open = vec![node];
    let list = path.split_once('.').filter(|(head, _)| ["segments", "moments"].contains(head));
    while let Some(node) = open.pop() {
        let mut parts = Vec::new();
        if let Some(object) = node.as_object() {
            for property in &object.properties {
                let name = property.name.as_str();
                if name == path || list.is_some_and(|(head, id)| name == head && names(&property.value, id)) {
                    found = Some(&property.value);
                } else {
                    parts.push(&property.value);
                }
            }
        }
        parts.extend(node.as_array().into_iter().flat_map(|array| &array.elements));
        // The first of them is looked at first.
        open.extend(parts.into_iter().rev());
    }
    found
}

fn names(node: Node<'_>, id: &str) -> bool {
    match (node.as_object(), node.as_array()) {
        (Some(object), _) => object.properties.iter().any(|property| names(&property.value, id)),
        (_, Some(array)) => array.elements.iter().any(|element| names(element, id)),
        _ => node.as_string_lit().is_some_and(|text| text.value == id),
    }
}
