//! Nudges: what is shown, at which edge, at which level, when and how often, to whom, and what for.

mod commercial;
mod crowds;
mod edges;
mod goal;
mod limits;
mod rivals;
mod schedule;
mod split;
mod unseen;

use crate::engine::{BUCKETS, Condition, Index, Nudge, Outcome, Policy, Purpose, Scope};

use super::appearance::{self, Parts};
use super::compile::Draft;
use super::condition::{self, Reach};
use super::fields::{Fields, Names, property};
use super::known::Known;
use super::moments::choice;
use super::source::{Node, Source};

pub(super) use edges::index;
pub(super) use split::share;

/// What the schema is made of.
#[cfg(feature = "schema")]
pub(super) mod tables {
    pub(in crate::playbook) use super::edges::ON;
    pub(in crate::playbook) use super::limits::MOST_SECONDS;
    pub(in crate::playbook) use super::split::MOST as MOST_VARIANTS;
    #[cfg(test)]
    pub(in crate::playbook) use super::{
        goal::NAMES as GOAL,
        limits::{LIMIT, NAMES as LIMITS},
        schedule::NAMES as SCHEDULE,
        split::VARIANT,
    };
}

pub(in crate::playbook) const NAMES: Names = Names::of(&[
    "purpose",
    "on",
    "when",
    "moment",
    "priority",
    "schedule",
    "limits",
    "goal",
    "by",
    "variants",
    "holdout",
    "placement",
    "content",
    "actions",
    "form",
    "steps",
    "question",
]);
pub(super) const PURPOSES: [(&str, Purpose); 5] = [
    ("help", Purpose::Help),
    ("adopt", Purpose::Adopt),
    ("ask", Purpose::Ask),
    ("upgrade", Purpose::Upgrade),
    ("talk", Purpose::Talk),
];

/// Reads the nudge that has this position.
pub(super) fn read(
    source: &Source<'_>,
    draft: &mut Draft<'_>,
    position: Index,
    id: &str,
    node: Node<'_>,
) -> Option<Nudge> {
    let fields = Fields::read(source, node, "a nudge", &NAMES)?;
    let purpose =
        fields.require(source, "purpose", "a nudge").and_then(|node| choice(source, node, &PURPOSES));
    let on = fields.require(source, "on", "a nudge").and_then(|node| edges::read(source, draft, node));
    let when = match fields.get("when") {
        Some(node) => condition::read(source, &draft.known, Reach::Nudge, node),
        None => Some(Condition::ALWAYS),
    };
    let moment = fields.get("moment").map_or(Some(None), |node| moment(source, draft, node).map(Some));
    let priority = fields.get("priority").map_or(Some(0), |node| source.integer(node, -1_000_000, 1_000_000));
    let schedule = fields.get("schedule").map_or(Some(None), |node| schedule::read(source, node).map(Some));
    let limits = limits::read(source, fields.get("limits"));
    let goal =
        fields.get("goal").map_or(Some(None), |node| goal::read(source, draft, position, node).map(Some));
    if let (Some(node), None) = (fields.get("limits"), fields.get("goal")) {
        limits::warn_of_no_goal(source, node);
    }
    if let Some(placement) = fields.get("placement") {
        limits::warn_of_short_checklist(source, placement, fields.get("limits"));
    }
    let appearance = appearance::read(source, &draft.known, &Parts { nudge: &fields, variant: None });
    let split = split::read(source, &draft.known, &fields);
    let (limits, split) = (limits?, split?);
    Some(Nudge {
        id: id.to_owned(),
        purpose: purpose?,
        on: on?,
        when: when?,
        moment: moment?,
        priority: priority?,
        schedule: schedule?,
        limits: limits.of,
        per_account: limits.per_account,
        ignore_after: limits.ignore_after,
        goal: goal?,
        by: split.by,
        variants: split.variants,
        holdout: split.holdout,
        appearance: appearance?,
    })
}

/// Warns of what is legal in nudges, and surely wrong.
pub(super) fn warn(
    source: &Source<'_>,
    known: &Known,
    nudges: &[(Node<'_>, Nudge)],
    policy: &Policy,
    policy_node: Option<Node<'_>>,
) {
    // What could not be read is missing here.
    if source.has_errors() {
        return;
    }
    let at = |name| policy_node.and_then(|node| property(node, name));
    if let (Some(node), Some(_)) = (at("holdout").filter(|_| policy.holdout >= BUCKETS), nudges.first()) {
        let message = "no one can see any nudge: the holdout is everybody";
        source.warn(node, message, Some("a twentieth is 0.05".into()));
    }
    let others = nudges.iter().filter(|(_, nudge)| nudge.purpose != Purpose::Help).count();
    if let (Some(node), true) = (at("per_session").filter(|_| policy.per_session == 0), others > 0) {
        let message = "no one can see any nudge but those of purpose `help`: none fits into a session";
        source.warn(node, message, Some("it is 1 where nothing is said".into()));
    }
    unseen::warn(source, known, nudges, policy);
    commercial::warn(source, policy, policy_node, nudges);
    rivals::warn(source, known, nudges);
    crowds::warn(source, nudges);
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

/// The outcomes by the names that limits give them.
fn outcomes() -> impl Iterator<Item = (&'static str, Outcome)> {
    Outcome::ALL.into_iter().map(|outcome| (outcome.name(), outcome))
}
