//! Which events: a name, `"*"`, a list of names, or an object with `event` and `where`.

use std::cell::RefCell;

use jsonc_parser::common::Ranged as _;

use crate::engine::{Matcher, NameId, Names};

use super::alike;
use super::condition::{self, Reach};
use super::fields::{self, Fields};
use super::known::Known;
use super::named::ByName;
use super::possible;
use super::source::{Node, Source};

/// The names of events that the playbook speaks of.
#[derive(Default)]
pub(super) struct EventNames {
    names: RefCell<ByName<String>>,
    /// Where each is first written.
    places: RefCell<Vec<usize>>,
}

pub(in crate::playbook) const NAMES: fields::Names = fields::Names::of(&["event", "where"]);

impl EventNames {
    fn intern(&self, name: &str, node: Node<'_>) -> NameId {
        let mut names = self.names.borrow_mut();
        let place = names.place(name).unwrap_or_else(|| {
            names.push(name.to_owned());
            self.places.borrow_mut().push(node.start());
            names.len() - 1
        });
        // Of more than `MOST` no playbook is made.
        place as NameId
    }

    /// How many.
    pub(super) fn len(&self) -> usize {
        self.names.borrow().len()
    }

    /// Warns of names that are hardly two: an event that is counted under one is not counted under the other.
    pub(super) fn warn_of_alike(&self, source: &Source<'_>) {
        let (names, places) = (self.names.borrow(), self.places.borrow());
        let names: Vec<&str> = names.names().collect();
        for (place, alike) in alike::alike(&names) {
            let (Some(name), Some(at), Some(other)) = (names.get(place), places.get(place), names.get(alike))
            else {
                continue;
            };
            let message = format!("the events `{name}` and `{other}` are two, and named nearly the same");
            let hint =
                format!("if they are one event, write it the same everywhere: `{other}` is written first");
            source.warn_at(*at, message, Some(hint));
        }
    }

    /// Sorted by bytes, each with its id.
    pub(super) fn into_sorted(self) -> Vec<(String, NameId)> {
        let ids = 0..;
        let mut names: Vec<(String, NameId)> =
            self.names.into_inner().into_names().into_iter().zip(ids).collect();
        names.sort();
        names
    }
}

/// Reads an `E`.
pub(super) fn matcher(
    source: &Source<'_>,
    names: &EventNames,
    known: &Known,
    node: Node<'_>,
) -> Option<Matcher> {
    if node.as_object().is_none() {
        return Some(Matcher { names: set(source, names, node)?, when: None });
    }
    let fields = Fields::read(source, node, "an event with a condition", &NAMES)?;
    let event = fields.require(source, "event", "an event with a condition");
    let names = event.and_then(|event| set(source, names, event));
    let when = fields.get("where").map_or(Some(None), |node| {
        let condition = condition::read(source, known, Reach::Properties, node)?;
        possible::warn(source, known, node, &condition, "no event meets this");
        Some(Some(condition))
    });
    Some(Matcher { names: names?, when: when? })
}

fn set(source: &Source<'_>, names: &EventNames, node: Node<'_>) -> Option<Names> {
    const EXPECTED: &str = "the name of an event, \"*\" for all, or a list of names";
    match node.as_array() {
        None => match source.string(node, EXPECTED)? {
            "*" => Some(Names::Any),
            name => Some(Names::These(vec![names.intern(name, node)])),
        },
        Some(list) if list.elements.is_empty() => {
            source.expected(node, EXPECTED);
            None
        }
        Some(list) => {
            let one = |element| {
                source.string(element, "the name of an event").map(|name| names.intern(name, element))
            };
            let all: Vec<_> = list.elements.iter().map(one).collect();
            all.into_iter().collect::<Option<_>>().map(Names::These)
        }
    }
}
