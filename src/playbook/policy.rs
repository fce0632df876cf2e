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
    Names::of(&["help_first", "per_session", "gap", "quiet", "holdout", "never", "languages"]);
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
    let default = Policy::DEFAULT;
    let fields = match node {
        Some(node) => Some(Fields::read(source, node, "the policy", &NAMES)?),
        None => None,
    };
    let get = |name| fields.as_ref().and_then(|fields| fields.get(name));
    let per_session = get("per_session")
        .map_or(Some(default.per_session), |node| source.integer(node, 0, 1000).map(|most| most as u32));
    let gap = get("gap").map_or(Some(default.gap), |node| spans::span(source, node));
    let quiet = get("quiet").map_or(Some(default.quiet), |node| spans::span(source, node));
    let holdout = get("holdout").map_or(Some(default.holdout), |node| share(source, node));
    let never = get("never").map_or(Some(Vec::new()), |node| never(source, &draft.known, node));
    let help_first = match get("help_first") {
        Some(node) if node.as_boolean_lit().is_some_and(|flag| !flag.value) => Some(None),
        Some(node) => written(source, &draft.known, node).map(Some),
        None => {
            let (ladder, rung) = DEFAULT;
            let found = find(&draft.known, ladder, rung);
            // Of a ladder that is wrong itself it cannot be told.
            let is_told = draft.known.broken.contains(ladder);
            if let (None, Some(nudge), false) = (found, commercial, is_told) {
                let message = format!(
                    "nothing commercial is shown before the rung `{rung}` of the ladder `{ladder}`, which this playbook does not define"
                );
                let advice = "define it, name another one in `policy.help_first`, or say `\"help_first\": false` there";
                source.wrong(nudge, message, Some(advice.into()));
            }
            Some(found)
        }
    };
    Some(Policy {
        per_session: per_session?,
        gap: gap?,
        quiet: quiet?,
        holdout: holdout?,
        never: never?,
        help_first: help_first?,
    })
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
        let purposes = purpose.and_then(|purpose| match purpose.as_array() {
            Some(list) => {
                let all: Vec<_> = list.elements.iter().map(|node| choice(source, node, &PURPOSES)).collect();
                all.into_iter().collect()
            }
            None => choice(source, purpose, &PURPOSES).map(|purpose| vec![purpose]),
        });
        let when = when.and_then(|node| {
            let when = condition::read(source, known, Reach::Nudge, node)?;
            possible::warn(source, known, node, &when, "this rule never applies");
            Some(when)
        });
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
    let required = |name, expected| {
        let node = fields.require(source, name, "help_first")?;
        Some((node, source.string(node, expected)?))
    };
    let ladder = required("ladder", "the name of a ladder");
    let rung = required("at_least", "the id of a rung");
    let (ladder_node, ladder) = ladder?;
    let persons = || known.ladders.iter().filter(|known| known.scope == Scope::Person);
    if known.broken.contains(ladder) {
        return None;
    }
    let Some(found) = persons().find(|known| known.id == ladder) else {
        let near = source.hint(ladder, persons().map(|known| known.id.as_str()).collect::<Vec<_>>());
        source.wrong(ladder_node, format!("there is no ladder `{ladder}` of persons"), near);
        return None;
    };
    let (rung_node, rung) = rung?;
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
