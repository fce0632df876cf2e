//! `on`: the edges of a nudge, and the index of nudges by what could be one.

use crate::engine::{Edge, Happening, Index, Names as EventSet, Nudge, Occasions};

use super::super::appearance;
use super::super::compile::Draft;
use super::super::condition::{self, Reach};
use super::super::events;
use super::super::fields::{Fields, Names};
use super::super::near::list;
use super::super::possible;
use super::super::source::{Node, Source};
use super::moment;

pub(in crate::playbook) const ON: Names = Names::of(&["event", "page", "moment", "element", "call"]);
const EXPECTED: &str = "an edge: \"load\", or an object with `event`, `page`, `moment`, `element` or `call`";

/// One edge, or a list of which any is one.
pub(super) fn read(source: &Source<'_>, draft: &Draft<'_>, node: Node<'_>) -> Option<Vec<Edge>> {
    match node.as_array() {
        None => edge(source, draft, node).map(|edge| vec![edge]),
        Some(list) if list.elements.is_empty() => {
            source.expected(node, "an edge, or a list of them");
            None
        }
        Some(list) => {
            let edges: Vec<_> = list.elements.iter().map(|element| edge(source, draft, element)).collect();
            edges.into_iter().collect()
        }
    }
}

fn edge(source: &Source<'_>, draft: &Draft<'_>, node: Node<'_>) -> Option<Edge> {
    if let Some(text) = node.as_string_lit() {
        if text.value == "load" {
            return Some(Edge::Load);
        }
        let hint = format!("an event is written {{\"event\": \"{}\"}}", text.value);
        source.wrong(node, format!("expected {EXPECTED}, found the string \"{}\"", text.value), Some(hint));
        return None;
    }
    if node.as_object().is_none() {
        source.expected(node, EXPECTED);
        return None;
    }
    let fields = Fields::read(source, node, "an edge", &ON)?;
    let said: Vec<_> = ON.known.iter().filter_map(|name| Some((*name, fields.get(name)?))).collect();
    let mut read: Vec<_> = said.iter().map(|(name, what)| thing(source, draft, name, what)).collect();
    match said.as_slice() {
        [_] => read.pop()?,
        [(name, _), (other, second), ..] => {
            let message = format!("an edge is one thing: this has `{name}` already, and `{other}`");
            source.wrong(second, message, Some("write a list of edges, any of which will do".into()));
            None
        }
        [] => {
            source.wrong(node, format!("an edge needs one of {}", list(ON.known)), None);
            None
        }
    }
}

fn thing(source: &Source<'_>, draft: &Draft<'_>, name: &str, what: Node<'_>) -> Option<Edge> {
    Some(match name {
        "event" => Edge::Event(events::matcher(source, &draft.names, &draft.known, what)?),
        "page" => {
            let condition = condition::read(source, &draft.known, Reach::Page, what)?;
            possible::warn(source, &draft.known, what, &condition, "no page is like this");
            Edge::Page(condition)
        }
        "moment" => {
            let (scope, index) = moment(source, draft, what)?;
            Edge::Moment(scope, index)
        }
        "element" => Edge::Element(appearance::selector(source, what)?.to_owned()),
        _ => Edge::Call(source.string(what, "the name by which the host asks")?.to_owned()),
    })
}

/// Which nudges each thing that happens could be the edge of.
pub(in crate::playbook) fn index(nudges: &[Nudge], names: usize) -> Occasions {
    let mut occasions =
        Occasions { events: vec![Vec::new(); names], others: vec![Vec::new(); Happening::ALL.len()] };
    for (nudge, position) in nudges.iter().zip(0..) {
        for edge in &nudge.on {
            let happening = match edge {
                Edge::Load => Happening::Load,
                Edge::Page(_) => Happening::Page,
                Edge::Moment(..) => Happening::Moment,
                Edge::Element(_) | Edge::Call(_) => Happening::Asked,
                Edge::Event(matcher) => match &matcher.names {
                    EventSet::Any => Happening::Event,
                    EventSet::These(ids) => {
                        for id in ids {
                            add(occasions.events.get_mut(usize::from(*id)), position);
                        }
                        continue;
                    }
                },
            };
            add(occasions.others.get_mut(happening as usize), position);
        }
    }
    occasions
}

fn add(list: Option<&mut Vec<Index>>, position: Index) {
    if let Some(list) = list.filter(|list| list.last() != Some(&position)) {
        list.push(position);
    }
}
