//! Segments: who somebody is, and for an ideal customer profile (ICP) what success is.

use jsonc_parser::ast::ObjectProp;

use crate::engine::{Field, Index, Owner, Scope, Segment};

use super::compile::Draft;
use super::condition::{self, Reach};
use super::fields::{Fields, Names, property};
use super::known::add;
use super::ladders::JOURNEY;
use super::possible;
use super::signals::scope;
use super::source::{Node, Source};

pub(in crate::playbook) const NAMES: Names = Names::of(&["when", "success", "scope"]);
pub(in crate::playbook) const SUCCESS: Names = Names::of(&["set_up", "aha", "habit", "team"]);
/// What an ICP calls its signals of success, and the rungs of `journey` whose conditions they are.
const RUNGS: [(&str, &str); 4] =
    [("set_up", "set_up"), ("aha", "activated"), ("habit", "habitual"), ("team", "champion")];

pub(super) fn read(source: &Source<'_>, draft: &mut Draft<'_>, id: &str, node: Node<'_>) -> Option<()> {
    let fields = Fields::read(source, node, "a segment", &NAMES)?;
    let scope = scope(source, &fields);
    let success = fields.get("success");
    if let (Some(success), Some(Scope::Account)) = (success, scope) {
        source.wrong(success, "only a segment of persons can be an ICP and say what success is", None);
    }
    // What is in it is read in the place of the ladder whose rungs it changes; that it is an object, here.
    let success_fields = success.map(|node| Fields::read(source, node, "success", &SUCCESS));
    let when_node = fields.require(source, "when", "a segment")?;
    let condition = condition::read(source, &draft.known, Reach::unsure(scope), when_node)?;
    let scope = scope?;
    success_fields.map_or(Some(()), |fields| fields.map(drop))?;
    let written = draft.known.segments.len() as u16;
    let definitions = draft.of(scope);
    let index = definitions.segments.len() as Index;
    let when = add(definitions, condition.clone(), Owner::Segment(index));
    definitions.segments.push(Segment { id: id.to_owned(), written, when, is_icp: success.is_some() });
    draft.known.segments.push((id.to_owned(), scope, index));
    if possible::warn(source, &draft.known, when_node, &condition, "nobody is ever in this segment") {
        draft.known.bury(&Field::Segment(scope, index));
    }
    Some(())
}

/// What takes the place of the condition of a rung of `journey`: by ICP, in the order written.
pub(super) fn success_of<'s>(segments: Option<Node<'s>>, rung: &str) -> Vec<(&'s str, Node<'s>)> {
    let name = RUNGS.iter().find(|(_, of)| *of == rung).map(|(name, _)| *name);
    let Some((name, segments)) = name.zip(segments.and_then(|node| node.as_object())) else {
        return Vec::new();
    };
    let of_segment = |segment: &'s ObjectProp<'s>| {
        let success = property(&segment.value, "success")?;
        Some((segment.name.as_str(), property(success, name)?))
    };
    segments.properties.iter().filter_map(of_segment).collect()
}

/// Says of each signal of success that no rung takes it.
pub(super) fn warn_of_idle_success(source: &Source<'_>, segments: Option<Node<'_>>, journey: &[String]) {
    for (name, rung) in
        RUNGS.into_iter().filter(|(_, rung)| !journey.iter().skip(1).any(|known| known == rung))
    {
        for (_, node) in success_of(segments, rung) {
            let message = format!(
                "`{name}` is what the rung `{rung}` of the ladder `{JOURNEY}` asks for, and there is none"
            );
            source.warn(node, message, Some("it changes nothing".into()));
        }
    }
}
