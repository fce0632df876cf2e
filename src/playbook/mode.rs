//! What of accounts nobody can count where raw events stay in the browser.
//!
//! In mode `signals` the collector is told only what follows from events. Of that it folds outcomes of nudges and submitted
//! forms, which are events by their own names. What a page concludes of a person (stages, segments, scores, moments) is
//! kept, and folded by nobody (`docs/decisions/0035-conclusions-are-not-folded.md`).

use super::compile::check;
use super::problem::Problem;
use super::signals::WITH_OF;
use super::source::{Node, Source};

/// Events that leave the browser begin so.
const TRAVELLING: [&str; 2] = ["$nudge_", "$lead_submitted"];
const HINT: &str =
    "count outcomes of nudges (`$nudge_acted` …) and submitted forms, or send raw events (mode `events`)";

/// As [`check`](super::check), and refuses signals of accounts that would need events or traits which stay in the browser
/// in mode `signals`.
///
/// ```
/// let playbook = r#"{"signals": {"exports": {"count": "report_exported", "scope": "account"}}}"#;
/// assert!(ripen::playbook::check(playbook).is_empty());
/// let problems = ripen::playbook::check_for_signals(playbook);
/// assert!(problems[0].to_string().contains("`report_exported` stays in the browser"));
/// ```
pub fn check_for_signals(text: &str) -> Vec<Problem> {
    let problems = check(text);
    let source = Source::new(text);
    let Some(root) = source.parse() else { return problems };
    for (_, signal) in entries(&root, "signals") {
        if member(signal, "scope").and_then(text_of) == Some("account") {
            account_signal(&source, signal);
        }
    }
    let mut all = source.problems(Some(&root));
    all.extend(problems);
    all
}

fn account_signal(source: &Source<'_>, signal: Node<'_>) {
    for (form, value) in members(signal) {
        match form {
            // What it is a ratio of is looked at itself.
            "ratio" | "scope" | "span" | "within" | "ago" => {}
            // A property; the events are `of`.
            form if WITH_OF.contains(&form) => {}
            "members" => told(source, value),
            "until" => source.wrong(value, "traits stay in the browser in mode `signals`", Some(HINT.into())),
            _ => events(source, value),
        }
    }
}

/// Every name of an `E`, and whatever is in a list of them.
fn events(source: &Source<'_>, node: Node<'_>) {
    if let Some(name) = text_of(node) {
        if !TRAVELLING.iter().any(|travelling| name.starts_with(travelling)) {
            source.wrong(node, format!("`{name}` stays in the browser in mode `signals`"), Some(HINT.into()));
        }
    } else if let Some(list) = node.as_array() {
        list.elements.iter().for_each(|element| events(source, element));
    } else if let Some(event) = member(node, "event") {
        events(source, event);
    }
}

/// A condition of members: the collector, which has no events of theirs, knows who they are, and not how they stand.
fn told(source: &Source<'_>, condition: Node<'_>) {
    for (name, value) in members(condition) {
        if name.starts_with('$') {
            told(source, value);
            for part in value.as_array().iter().flat_map(|list| &list.elements) {
                told(source, part);
            }
        } else {
            source.wrong(
                value,
                format!("`{name}` of a person is evaluated in the browser alone in mode `signals`"),
                Some(HINT.into()),
            );
        }
    }
}

fn text_of<'s>(node: Node<'s>) -> Option<&'s str> {
    Some(node.as_string_lit()?.value.as_ref())
}

fn member<'s>(node: Node<'s>, name: &str) -> Option<Node<'s>> {
    members(node).find(|(known, _)| *known == name).map(|(_, value)| value)
}

fn members<'s>(node: Node<'s>) -> impl Iterator<Item = (&'s str, Node<'s>)> {
    let properties = node.as_object().map_or(&[][..], |object| &object.properties);
    properties.iter().map(|property| (property.name.as_str(), &property.value))
}

fn entries<'s>(root: Node<'s>, section: &str) -> impl Iterator<Item = (&'s str, Node<'s>)> {
    member(root, section).into_iter().flat_map(members)
}
