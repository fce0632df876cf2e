//! `goal`: what a nudge is to bring about.

use crate::engine::{Aim, Goal, Index, Owner, Scope, Span};

use super::super::compile::Draft;
use super::super::condition::{self, Reach};
use super::super::events;
use super::super::fields::{Fields, Names};
use super::super::known::add;
use super::super::possible;
use super::super::source::{Node, Source};
use super::super::spans;

pub(in crate::playbook) const NAMES: Names = Names::of(&["event", "when", "within", "value"]);
const WITHIN: Span = Span { hours: 7 * 24 };

pub(super) fn read(source: &Source<'_>, draft: &mut Draft<'_>, nudge: Index, node: Node<'_>) -> Option<Goal> {
    let fields = Fields::read(source, node, "a goal", &NAMES)?;
    let within = fields.get("within").map_or(Some(WITHIN), |node| spans::span(source, node));
    let value = fields.get("value").map_or(Some(None), |node| value(source, &fields, node).map(Some));
    let (event, when) = (fields.get("event"), fields.get("when"));
    let read_event = event.map(|event| events::matcher(source, &draft.names, &draft.known, event));
    let condition = when.map(|when| {
        let condition = condition::read(source, &draft.known, Reach::View(Scope::Person), when)?;
        possible::warn(source, &draft.known, when, &condition, "nobody ever reaches this goal");
        Some(condition)
    });
    let aim = match (read_event, condition) {
        (Some(event), None) => Aim::Event(event?),
        (None, Some(condition)) => Aim::When(add(draft.of(Scope::Person), condition?, Owner::Goal(nudge))),
        (Some(_), Some(_)) => {
            let when = when.unwrap_or(node);
            source.wrong(when, "a goal is one thing: it has `event` already, and `when`", None);
            return None;
        }
        (None, None) => {
            source.wrong(node, "a goal needs one of `event` and `when`", None);
            return None;
        }
    };
    Some(Goal { aim, within: within?, value: value? })
}

/// The path to what the event was worth.
fn value(source: &Source<'_>, fields: &Fields<'_>, node: Node<'_>) -> Option<Vec<String>> {
    let path = source.string(node, "a property of the event, such as \"amount\"")?;
    if !fields.has("event") {
        let message = "only an event has a value: a goal with `when` has none";
        source.wrong(node, message, None);
        return None;
    }
    Some(path.split('.').map(str::to_owned).collect())
}
