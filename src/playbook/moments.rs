//! Moments: where it comes together.

use crate::engine::{Field, Index, Moment, Motion, Owner, Qualification, Span};

use super::compile::Draft;
use super::condition::{self, Reach};
use super::fields::{Fields, Names};
use super::known::add;
use super::possible;
use super::signals::scope;
use super::source::{Node, Source};
use super::spans;

pub(in crate::playbook) const NAMES: Names = Names::of(&["when", "motion", "qualifies", "cooldown", "scope"]);
const COOLDOWN: Span = Span { hours: 30 * 24 };
pub(in crate::playbook) const MOTIONS: [(&str, Motion); 2] =
    [(Motion::SelfServe.name(), Motion::SelfServe), (Motion::Sales.name(), Motion::Sales)];
pub(in crate::playbook) const QUALIFICATIONS: [(&str, Qualification); 4] = [
    (Qualification::Pql.name(), Qualification::Pql),
    (Qualification::Pqa.name(), Qualification::Pqa),
    (Qualification::Eqa.name(), Qualification::Eqa),
    (Qualification::ChurnRisk.name(), Qualification::ChurnRisk),
];

pub(super) fn read(source: &Source<'_>, draft: &mut Draft<'_>, id: &str, node: Node<'_>) -> Option<()> {
    let fields = Fields::read(source, node, "a moment", &NAMES)?;
    let scope = scope(source, &fields);
    let when_node = fields.require(source, "when", "a moment");
    let condition =
        when_node.and_then(|node| condition::read(source, &draft.known, Reach::unsure(scope), node));
    let motion = fields.require(source, "motion", "a moment").and_then(|node| choice(source, node, &MOTIONS));
    let qualifies =
        fields.get("qualifies").map_or(Some(None), |node| choice(source, node, &QUALIFICATIONS).map(Some));
    let cooldown = fields.get("cooldown").map_or(Some(COOLDOWN), |node| spans::span(source, node));
    let (scope, when_node, condition) = (scope?, when_node?, condition?);
    let (motion, qualifies, cooldown) = (motion?, qualifies?, cooldown?);
    let written = draft.known.moments.len() as u16;
    let definitions = draft.of(scope);
    let index = definitions.moments.len() as Index;
    let when = add(definitions, condition.clone(), Owner::Moment(index));
    definitions.moments.push(Moment { id: id.to_owned(), written, when, motion, qualifies, cooldown });
    draft.known.moments.push((id.to_owned(), scope, index));
    if possible::warn(source, &draft.known, when_node, &condition, "this moment never fires") {
        draft.known.bury(&Field::Moment(scope, index));
    }
    Some(())
}

/// One of a few words.
pub(super) fn choice<T: Copy>(source: &Source<'_>, node: Node<'_>, choices: &[(&str, T)]) -> Option<T> {
    let names = choices.iter().map(|(name, _)| *name);
    let expected = format!("one of {}", super::near::list(&names.clone().collect::<Vec<_>>()));
    let found = source.string(node, &expected)?;
    let choice = choices.iter().find(|(name, _)| *name == found).map(|(_, choice)| *choice);
    if choice.is_none() {
        source.wrong(node, format!("expected {expected}, found \"{found}\""), source.hint(found, names));
    }
    choice
}
