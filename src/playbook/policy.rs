//! The policy that protects the user.

use crate::engine::{HelpFirst, Never, Policy, Scope};

use super::compile::Draft;
use super::condition::{self, Reach};
use super::fields::{Fields, Names};
use super::known::Known;
use super::moments::choice;
use super::nudges::{PURPOSES, share};
use super::possible;
use super::source::{Node, Source};
use super::spans;

pub(in crate::playbook) const NAMES: Names =
    Names::of(&["help_first", "per_session", "gap", "quiet", "holdout", "never"]);
pub(in crate::playbook) const NEVER: Names = Names::of(&["purpose", "when"]);
pub(in crate::playbook) const HELP_FIRST: Names = Names::of(&["ladder", "at_least"]);
/// The semantics' default: nothing commercial before somebody tests.
const DEFAULT: (&str, &str) = ("readiness", "testing");

/// Reads the policy; `commercial` is a nudge that needs `help_first`, if there is one.
pub(super) fn read(
    source: &Source<'_>,
    draft: &Draft<'_>,
    node: Option<Node<'_>>,
    commercial: Option<Node<'_>>,
) -> Option<Policy> {
    let mut policy = Policy::DEFAULT;
    let fields = match node {
        Some(node) => Some(Fields::read(source, node, "the policy", &NAMES)?),
        None => None,
    };
    let get = |name| fields.as_ref().and_then(|fields| fields.get(name));
    if let Some(node) = get("per_session") {
        policy.per_session = source.integer(node, 0, 1000)? as u32;
    }
    if let Some(node) = get("gap") {
        policy.gap = spans::span(source, node)?;
    }
    if let Some(node) = get("quiet") {
        policy.quiet = spans::span(source, node)?;
    }
    if let Some(node) = get("holdout") {
        policy.holdout = share(source, node)?;
    }
    if let Some(node) = get("never") {
        policy.never = never(source, &draft.known, node)?;
    }
    match get("help_first") {
        Some(node) if node.as_boolean_lit().is_some_and(|flag| !flag.value) => {}
        Some(node) => policy.help_first = Some(written(source, &draft.known, node)?),
        None => {
            let (ladder, rung) = DEFAULT;
            policy.help_first = find(&draft.known, ladder, rung);
            if let (None, Some(nudge)) = (policy.help_first, commercial) {
                let message = format!(
                    "nothing commercial is shown before the rung `{rung}` of the ladder `{ladder}`, which this playbook does not define"
                );
                let advice = "define it, name another one in `policy.help_first`, or say `\"help_first\": false` there";
                source.wrong(nudge, message, Some(advice.into()));
            }
        }
    }
    Some(policy)
}

/// What is not shown while something holds.
fn never(source: &Source<'_>, known: &Known, node: Node<'_>) -> Option<Vec<Never>> {
    let Some(list) = node.as_array() else {
        source.expected(node, "a list of objects with `purpose` and `when`");
        return None;
    };
    let one = |node| {
        let fields = Fields::read(source, node, "a rule of `never`", &NEVER)?;
        let purpose = fields.require(source, "purpose", "a rule of `never`");
        let when = fields.require(source, "when", "a rule of `never`");
        let purposes = match purpose?.as_array() {
            Some(list) => list.elements.iter().map(|node| choice(source, node, &PURPOSES)).collect(),
            None => choice(source, purpose?, &PURPOSES).map(|purpose| vec![purpose]),
        };
        let node = when?;
        let when = condition::read(source, known, Reach::Nudge, node);
        if let Some(when) = &when {
            possible::warn(source, known, node, when, "this rule never applies");
        }
        Some(Never { purposes: purposes?, when: when? })
    };
    let rules: Vec<_> = list.elements.iter().map(one).collect();
    rules.into_iter().collect()
}

fn written(source: &Source<'_>, known: &Known, node: Node<'_>) -> Option<HelpFirst> {
    if node.as_object().is_none() {
        source.expected(node, "`false`, or an object with `ladder` and `at_least`");
        return None;
    }
    let fields = Fields::read(source, node, "help_first", &HELP_FIRST)?;
    let ladder_node = fields.require(source, "ladder", "help_first")?;
    let rung_node = fields.require(source, "at_least", "help_first")?;
    let ladder = source.string(ladder_node, "the name of a ladder")?;
    let rung = source.string(rung_node, "the id of a rung")?;
    let persons = || known.ladders.iter().filter(|known| known.scope == Scope::Person);
    let Some(found) = persons().find(|known| known.id == ladder) else {
        let near = source.hint(ladder, persons().map(|known| known.id.as_str()).collect::<Vec<_>>());
        source.wrong(ladder_node, format!("there is no ladder `{ladder}` of persons"), near);
        return None;
    };
    let help_first = find(known, ladder, rung);
    if help_first.is_none() {
        let near = source.hint(rung, found.rungs.iter().map(String::as_str));
        source.wrong(rung_node, format!("the ladder `{ladder}` has no rung `{rung}`"), near);
    }
    help_first
}

fn find(known: &Known, ladder: &str, rung: &str) -> Option<HelpFirst> {
    let ladder = known.ladders.get(ladder).filter(|known| known.scope == Scope::Person)?;
    let position = ladder.rungs.iter().position(|known| known == rung)?;
    Some(HelpFirst { ladder: ladder.index, at_least: u8::try_from(position).ok()? })
}
