//! Ladders: how far somebody has come.

use crate::engine::{Climb, Ladder, Rung, Scope};

use super::compile::{Draft, is_id};
use super::condition::{self, Reach};
use super::fields::{Fields, Names};
use super::known::{KnownLadder, add};
use super::signals::scope;
use super::source::{Node, Source};

const NAMES: Names = Names { known: &["rungs", "climb", "scope"], not_yet: &[] };
const RUNG: Names = Names { known: &["id", "when", "keep"], not_yet: &[] };
/// Positions of rungs are bytes.
const MOST_RUNGS: usize = 100;

pub(super) fn read(source: &Source<'_>, draft: &mut Draft, id: &str, node: Node<'_>) -> Option<()> {
    let fields = Fields::read(source, node, "a ladder", &NAMES)?;
    let scope = scope(source, &fields)?;
    let climb = match fields.get("climb") {
        None => Climb::InOrder,
        Some(node) => match node.as_string_lit().map(|text| text.value.as_ref()) {
            Some("in_order") => Climb::InOrder,
            Some("highest") => Climb::Highest,
            _ => {
                source.expected(node, "\"in_order\" or \"highest\"");
                return None;
            }
        },
    };
    let list = fields.require(source, "rungs", "a ladder")?;
    let nodes =
        list.as_array().map(|array| &array.elements).filter(|rungs| (1..=MOST_RUNGS).contains(&rungs.len()));
    let Some(nodes) = nodes else {
        source.expected(list, &format!("a list of 1 to {MOST_RUNGS} rungs"));
        return None;
    };
    let index = draft.of(scope).ladders.len() as u16;
    draft.known.ladders.push(KnownLadder {
        id: id.to_owned(),
        scope,
        index,
        rungs: Vec::new(),
        complete: false,
    });
    let mut rungs = Vec::new();
    for node in nodes {
        // A rung that is wrong is a rung: it must not make others look wrong.
        let (id, rung) = rung(source, draft, scope, rungs.len(), node);
        if let Some(ladder) = draft.known.ladders.last_mut() {
            if ladder.rungs.contains(&id) {
                source.wrong(node, format!("the ladder has a rung `{id}` already"), None);
            }
            ladder.rungs.push(id);
        }
        rungs.push(rung);
    }
    if let Some(ladder) = draft.known.ladders.last_mut() {
        ladder.complete = true;
    }
    let rungs = rungs.into_iter().collect::<Option<_>>()?;
    draft.of(scope).ladders.push(Ladder { id: id.to_owned(), rungs, climb });
    Some(())
}

/// Its id (empty if it has none), and the rung if nothing is wrong with it.
fn rung(
    source: &Source<'_>,
    draft: &mut Draft,
    scope: Scope,
    position: usize,
    node: Node<'_>,
) -> (String, Option<Rung>) {
    let Some(fields) = Fields::read(source, node, "a rung", &RUNG) else { return (String::new(), None) };
    let id_node = fields.require(source, "id", "a rung");
    let id = id_node.and_then(|node| source.string(node, "the id of the rung, a string")).unwrap_or_default();
    if let Some(node) = id_node.filter(|_| !id.is_empty() && !is_id(id)) {
        source.wrong(node, format!("`{id}` cannot be an id: it has a dot, or begins with `$`"), None);
    }
    let keep = fields.get("keep").map_or(Some(true), |node| source.boolean(node));
    let when = match (position, fields.get("when")) {
        (0, None) => Some(None),
        (0, Some(when)) => {
            source.wrong(when, "the first rung is met at once and has no `when`", None);
            None
        }
        (_, None) => {
            source.wrong(node, "a rung needs `when`, but for the first", None);
            None
        }
        (_, Some(when)) => condition::read(source, &draft.known, Reach::View(scope), when)
            .map(|condition| Some(add(draft.of(scope), condition))),
    };
    let rung = keep.zip(when).map(|(keep, when)| Rung { id: id.to_owned(), when, keep });
    (id.to_owned(), rung.filter(|_| !id.is_empty()))
}
