//! More nudges of one occasion than a page decides about at once.

use std::collections::BTreeMap;

use crate::engine::{Edge, Names, Nudge};

use super::super::fields::property;
use super::super::source::{Node, Source};

/// A page decides about all nudges of an occasion in one task, and one of 50 ms and more is a long one, in which nobody is
/// answered. Measured with the face and its module in Chromium, on a busy machine: 400 take 50 ms at their first decision,
/// 1,000 take 349 ms.
const MOST: usize = 400;

/// Warns of the first nudge of an occasion that is one too many.
pub(in crate::playbook) fn warn(source: &Source<'_>, nudges: &[(Node<'_>, Nudge)]) {
    let mut crowds: BTreeMap<String, usize> = BTreeMap::new();
    for (node, nudge) in nudges {
        for occasion in occasions(nudge) {
            let crowd = crowds.entry(occasion).or_default();
            *crowd += 1;
            if *crowd == MOST + 1 {
                let message = format!(
                    "more than {MOST} nudges are of this occasion: a page decides about all of them at once, and is held up by that"
                );
                let hint = "give them occasions of their own, such as the event that each is about";
                source.warn(property(node, "on").unwrap_or(node), message, Some(hint.into()));
            }
        }
    }
}

/// What a nudge is decided about at, each once.
fn occasions(nudge: &Nudge) -> Vec<String> {
    let mut occasions: Vec<String> = nudge.on.iter().flat_map(of_edge).collect();
    occasions.sort_unstable();
    occasions.dedup();
    occasions
}

fn of_edge(edge: &Edge) -> Vec<String> {
    match edge {
        Edge::Event(matcher) => match &matcher.names {
            Names::Any => vec!["any event".to_owned()],
            Names::These(ids) => ids.iter().map(|id| format!("event {id}")).collect(),
        },
        Edge::Load => vec!["load".to_owned()],
        // What page it is, is found out of each.
        Edge::Page(_) => vec!["page".to_owned()],
        Edge::Moment(..) => vec!["moment".to_owned()],
        Edge::Element(selector) => vec![format!("element {selector}")],
        Edge::Call(name) => vec![format!("call {name}")],
    }
}
