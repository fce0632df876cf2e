//! `actions`: the buttons, and what each does.

use jsonc_parser::ast::Value as Ast;

use super::super::fields::{Fields, Names};
use super::super::moments::choice;
use super::super::near::list;
use super::super::source::{Node, Source};
use super::MOST;
use super::address::{self, Leads};
use super::placement::Kind;

pub(in crate::playbook) const ACTION: Names = Names::of(&[
    "id", "open", "dismiss", "snooze", "next", "back", "call", "checkout", "talk", "share", "track", "apply",
]);
/// What an action leads to: one of these.
pub(in crate::playbook) const DEEDS: [&str; 9] =
    ["open", "dismiss", "snooze", "next", "back", "call", "checkout", "talk", "share"];
/// These say what becomes of the nudge, and may stand with each other: it opens something, and that dismisses it.
pub(in crate::playbook) const OUTCOMES: [&str; 3] = ["open", "dismiss", "snooze"];
/// What it does besides.
pub(in crate::playbook) const BESIDES: [&str; 2] = ["track", "apply"];
pub(in crate::playbook) const SHARES: [(&str, ()); 2] = [("mail", ()), ("copy", ())];

/// What the application does itself.
pub(super) const A_CALL: &str = "the name that the application has for it in `init({ actions })`";

/// The buttons of a nudge.
#[derive(Default)]
pub(super) struct Actions<'s> {
    pub(super) ids: Vec<&'s str>,
    /// One of them leads to the form.
    pub(super) talk: bool,
    /// One of them shares something.
    pub(super) share: bool,
}

/// What can be read of them, and whether that is all.
pub(super) fn read<'s>(source: &Source<'_>, node: Node<'s>, kind: Option<Kind>) -> (Actions<'s>, bool) {
    let (nodes, mut whole) = source.list(node, &format!("a list of at most {MOST} actions"), 0..=MOST);
    let mut actions = Actions::default();
    for node in nodes {
        whole &= action(source, node, kind, &mut actions).is_some();
    }
    (actions, whole)
}

fn action<'s>(
    source: &Source<'_>,
    node: Node<'s>,
    kind: Option<Kind>,
    actions: &mut Actions<'s>,
) -> Option<()> {
    let fields = Fields::read(source, node, "an action", &ACTION)?;
    let id = fields.require(source, "id", "an action");
    let id = id.and_then(|node| source.string(node, "the id of the action"));
    if let Some(id) = id.filter(|id| actions.ids.contains(id)) {
        source.wrong(node, format!("there is an action `{id}` already"), None);
    }
    actions.ids.extend(id);
    actions.talk |= fields.has("talk");
    actions.share |= fields.has("share");
    let said = || fields.entries().filter(|(property, _)| property.name.as_str() != "id");
    let deeds: Vec<_> = said().filter(|(property, _)| DEEDS.contains(&property.name.as_str())).collect();
    if deeds.is_empty() && BESIDES.iter().all(|name| !fields.has(name)) {
        let hint = format!("one of {}", list(&[&DEEDS[..], &BESIDES].concat()));
        source.wrong(node, "an action does something", Some(hint));
    }
    let is_outcome = |name: &str| OUTCOMES.contains(&name);
    if let [(first, _), others @ ..] = deeds.as_slice() {
        let first = first.name.as_str();
        let second = others.iter().find(|(other, _)| !(is_outcome(first) && is_outcome(other.name.as_str())));
        if let Some((property, _)) = second {
            let name = property.name.as_str();
            let message = format!("an action does one thing: this has `{first}` already, and `{name}`");
            let hint = format!("beside it there may be {}", list(&BESIDES));
            source.wrong_name(property, message, Some(hint));
        }
    }
    for (property, node) in said() {
        deed(source, property.name.as_str(), node, kind);
    }
    id.map(drop)
}

fn deed(source: &Source<'_>, name: &str, node: Node<'_>, kind: Option<Kind>) {
    match name {
        "open" => address::read(source, node, Leads::Anywhere),
        "track" => drop(source.string(node, "the name of an event")),
        "dismiss" | "snooze" => drop(source.boolean(node)),
        "next" | "back" => {
            is_true(source, node);
            if kind.is_some_and(|kind| !matches!(kind, Kind::Tour | Kind::Headless)) {
                source.wrong(node, format!("only a tour has steps to go {name} to"), None);
            }
        }
        "talk" => is_true(source, node),
        "call" | "checkout" => drop(source.string(node, A_CALL)),
        "share" => drop(choice(source, node, &SHARES)),
        "apply" => traits(source, node),
        _ => {}
    }
}

fn is_true(source: &Source<'_>, node: Node<'_>) {
    if !matches!(node, Ast::BooleanLit(flag) if flag.value) {
        source.expected(node, "`true`");
    }
}

/// Traits of the person, as the application tells them by `identify`.
fn traits(source: &Source<'_>, node: Node<'_>) {
    let expected = "the traits that it sets, such as {\"wants_digest\": true}";
    let Some(fields) = node.as_object().and_then(|_| Fields::open(source, node, expected)) else {
        return source.expected(node, expected);
    };
    if fields.entries().next().is_none() {
        source.expected(node, expected);
    }
    for (property, _) in fields.entries().filter(|(property, _)| property.name.as_str().is_empty()) {
        source.wrong_name(property, "a trait has a name", None);
    }
}
