//! Nudges: what is shown, at which edge, at which level, how often.

use crate::engine::{Condition, Field, Index, Limit, Matcher, Nudge, Outcome, Purpose, Scope};

use super::appearance;
use super::compile::Draft;
use super::condition::{self, Reach};
use super::events;
use super::fields::{Fields, Names};
use super::moments::choice;
use super::source::{Node, Source};
use super::spans;

const NAMES: Names = Names {
    known: &[
        "purpose",
        "on",
        "when",
        "moment",
        "priority",
        "limits",
        "placement",
        "content",
        "actions",
        "form",
    ],
    not_yet: &["schedule", "goal", "variants", "holdout", "by"],
};
const ON: Names = Names { known: &["event"], not_yet: &["page", "moment", "element", "call"] };
const LIMITS: Names = Names {
    known: &["shown", "dismissed", "snoozed", "acted"],
    not_yet: &["ignored", "converted", "ignore_after", "per"],
};
const LIMIT: Names = Names { known: &["at_most", "within", "rest"], not_yet: &[] };
const PURPOSES: [(&str, Purpose); 5] = [
    ("help", Purpose::Help),
    ("adopt", Purpose::Adopt),
    ("ask", Purpose::Ask),
    ("upgrade", Purpose::Upgrade),
    ("talk", Purpose::Talk),
];
const OUTCOMES: [(&str, Outcome); 4] = [
    ("shown", Outcome::Shown),
    ("dismissed", Outcome::Dismissed),
    ("snoozed", Outcome::Snoozed),
    ("acted", Outcome::Acted),
];

pub(super) fn read(source: &Source<'_>, draft: &Draft<'_>, id: &str, node: Node<'_>) -> Option<Nudge> {
    let fields = Fields::read(source, node, "a nudge", &NAMES)?;
    let purpose =
        fields.require(source, "purpose", "a nudge").and_then(|node| choice(source, node, &PURPOSES));
    let on = fields.require(source, "on", "a nudge").and_then(|node| edges(source, draft, node));
    let when = match fields.get("when") {
        Some(node) => condition::read(source, &draft.known, Reach::Nudge, node),
        None => Some(Condition::ALWAYS),
    };
    let moment = fields.get("moment").map_or(Some(None), |node| moment(source, draft, node).map(Some));
    warn_of_accounts(source, &fields, when.as_ref(), moment.flatten());
    let priority = fields.get("priority").map_or(Some(0), |node| source.integer(node, -1_000_000, 1_000_000));
    let limits = fields.get("limits").map_or(Some(Vec::new()), |node| limits(source, node));
    let appearance = appearance::read(source, &fields);
    Some(Nudge {
        id: id.to_owned(),
        purpose: purpose?,
        on: on?,
        when: when?,
        moment: moment?,
        priority: priority?,
        limits: limits?,
        appearance: appearance?,
    })
}

/// What an account has is folded by the collector, whose snapshot no page gets yet: there it is absent.
fn warn_of_accounts(
    source: &Source<'_>,
    fields: &Fields<'_>,
    when: Option<&Condition>,
    moment: Option<(Scope, Index)>,
) {
    let mut looks = false;
    let mut look = |field: &Field| {
        looks |= match field {
            Field::Signal(scope, _) | Field::Segment(scope, _) | Field::Moment(scope, _) => {
                *scope == Scope::Account
            }
            Field::Stage(scope, _) | Field::Reached(scope, ..) => *scope == Scope::Account,
            _ => false,
        };
    };
    when.into_iter().for_each(|when| when.fields(&mut look));
    let message = "pages do not know yet what is defined for accounts: there it is absent (replay knows it)";
    for (name, looks) in
        [("when", looks), ("moment", moment.is_some_and(|(scope, _)| scope == Scope::Account))]
    {
        if let Some(node) = fields.get(name).filter(|_| looks) {
            source.warn(node, message, None);
        }
    }
}

/// One edge, or a list of which any is one.
fn edges(source: &Source<'_>, draft: &Draft<'_>, node: Node<'_>) -> Option<Vec<Matcher>> {
    match node.as_array() {
        None => edge(source, draft, node).map(|edge| vec![edge]),
        Some(list) if list.elements.is_empty() => {
            source.expected(node, "an edge, or a list of them");
            None
        }
        Some(list) => list.elements.iter().map(|element| edge(source, draft, element)).collect(),
    }
}

fn edge(source: &Source<'_>, draft: &Draft<'_>, node: Node<'_>) -> Option<Matcher> {
    if node.as_string_lit().is_some_and(|text| text.value == "load") {
        let advice = "leave it out until it does; nothing is silently ignored";
        source.wrong(
            node,
            "`load` is not there yet: this version of Ripen does not understand it",
            Some(advice.into()),
        );
        return None;
    }
    let fields = Fields::read(source, node, "an edge", &ON)?;
    let Some(event) = fields.get("event") else {
        if !ON.not_yet.iter().any(|name| fields.has(name)) {
            source.wrong(node, "an edge needs `event`", None);
        }
        return None;
    };
    events::matcher(source, &draft.names, &draft.known, event)
}

fn moment(source: &Source<'_>, draft: &Draft<'_>, node: Node<'_>) -> Option<(Scope, Index)> {
    let id = source.string(node, "the id of a moment")?;
    let found = draft.known.moments.get(id);
    if found.is_none() && !draft.known.broken.contains(id) {
        let near = source.hint(id, draft.known.written.moments.names());
        source.wrong(node, format!("there is no moment `{id}`"), near);
    }
    found.map(|(_, scope, index)| (*scope, *index))
}

fn limits(source: &Source<'_>, node: Node<'_>) -> Option<Vec<(Outcome, Limit)>> {
    let fields = Fields::read(source, node, "limits", &LIMITS)?;
    let written = OUTCOMES.iter().filter_map(|(name, outcome)| Some((*outcome, fields.get(name)?)));
    let read: Vec<_> =
        written.map(|(outcome, node)| limit(source, node).map(|limit| (outcome, limit))).collect();
    read.into_iter().collect()
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
            if fields.has("within") && window.is_none() {
                return None;
            }
            Some(Limit::AtMost(source.integer(most, 0, 1_000_000)? as u32, window))
        }
        (None, Some(rest)) if !fields.has("within") => spans::span(source, rest).map(Limit::Rest),
        _ => {
            source.wrong(node, format!("expected {EXPECTED}"), None);
            None
        }
    }
}
