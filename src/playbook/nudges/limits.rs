//! `limits`: what each outcome does to a nudge.

use crate::engine::{Limit, Outcome};

use super::super::fields::{Fields, Names, property};
use super::super::moments::choice;
use super::super::source::{Node, Source};
use super::super::spans;
use super::outcomes;

pub(in crate::playbook) const NAMES: Names =
    Names::of(&["shown", "ignored", "dismissed", "snoozed", "acted", "converted", "ignore_after", "per"]);
pub(in crate::playbook) const LIMIT: Names = Names::of(&["at_most", "within", "rest"]);
/// Of visibility.
const IGNORE_AFTER_SECONDS: u32 = 60;
pub(in crate::playbook) const MOST_SECONDS: i32 = 86_400;

/// All that is said of the outcomes of a nudge.
pub(super) struct Limits {
    /// The defaults among them, in the order in which they are looked at.
    pub(super) of: Vec<(Outcome, Limit)>,
    pub(super) per_account: bool,
    pub(super) ignore_after: u32,
}

pub(super) fn read(source: &Source<'_>, node: Option<Node<'_>>) -> Option<Limits> {
    let fields = match node {
        Some(node) => Some(Fields::read(source, node, "limits", &NAMES)?),
        None => None,
    };
    let get = |name: &str| fields.as_ref().and_then(|fields| fields.get(name));
    let mut of = Vec::new();
    let mut whole = true;
    for (name, outcome) in outcomes() {
        match get(name) {
            None => of.extend(outcome.default_limit().map(|limit| (outcome, limit))),
            Some(node) => match limit(source, node) {
                Some(limit) => of.push((outcome, limit)),
                None => whole = false,
            },
        }
    }
    let per_account =
        get("per").map_or(Some(false), |node| choice(source, node, &[("person", false), ("account", true)]));
    let ignore_after = get("ignore_after")
        .map_or(Some(IGNORE_AFTER_SECONDS as i32), |node| source.integer(node, 1, MOST_SECONDS));
    let (per_account, ignore_after) = per_account.zip(ignore_after)?;
    whole.then_some(Limits { of, per_account, ignore_after: ignore_after as u32 })
}

/// A limit on conversions where nothing can convert.
pub(super) fn warn_of_no_goal(source: &Source<'_>, node: Node<'_>) {
    let found = node
        .as_object()
        .and_then(|object| object.properties.iter().find(|property| property.name.as_str() == "converted"));
    if let Some(property) = found {
        let message = "this nudge has no `goal`, so it never converts";
        source.warn(&property.value, message, Some("add a `goal`, or take this limit away".into()));
    }
}

/// A checklist that is gone before anybody can have done it: it comes again with each page load, and each is one showing.
pub(super) fn warn_of_short_checklist(source: &Source<'_>, placement: Node<'_>, limits: Option<Node<'_>>) {
    let kind = property(placement, "kind").and_then(|kind| kind.as_string_lit());
    let is_limited = limits.is_some_and(|limits| property(limits, "shown").is_some());
    if kind.is_some_and(|kind| kind.value == "checklist") && !is_limited {
        let message = "this checklist is shown three times at most, which is said nowhere: with the third page load it is over";
        let hint = "say for how long it may come again: `\"limits\": {\"shown\": {\"at_most\": 50}}`";
        source.warn(placement, message, Some(hint.into()));
    }
}

fn limit(source: &Source<'_>, node: Node<'_>) -> Option<Limit> {
    const EXPECTED: &str =
        "\"stop\", {\"at_most\": number, \"within\": window}, or {\"rest\": length of time}";
    if let Some(text) = node.as_string_lit() {
        if text.value == "stop" {
            return Some(Limit::Stop);
        }
        source.expected(node, EXPECTED);
        return None;
    }
    let fields = Fields::read(source, node, "a limit", &LIMIT)?;
    match (fields.get("at_most"), fields.get("rest")) {
        (Some(most), None) => {
            let window = spans::window(source, &fields);
            let most = source.integer(most, 0, 1_000_000)?;
            (window.is_some() || !fields.has("within")).then_some(Limit::AtMost(most as u32, window))
        }
        (None, Some(rest)) if !fields.has("within") => spans::span(source, rest).map(Limit::Rest),
        _ => {
            source.wrong(node, format!("expected {EXPECTED}"), None);
            None
        }
    }
}
