//! Ladders: how far somebody has come.

use crate::engine::{Climb, Condition, Index, Ladder, Owner, Rung, Scope};

use super::compile::{Draft, is_id};
use super::condition::{self, Reach};
use super::fields::{Fields, Names};
use super::known::{KnownLadder, add};
use super::possible;
use super::segments;
use super::signals::scope;
use super::source::{Node, Source};

pub(in crate::playbook) const NAMES: Names = Names::of(&["rungs", "climb", "scope"]);
pub(in crate::playbook) const RUNG: Names = Names::of(&["id", "when", "keep"]);
/// The ladder whose rungs an ICP can change, by convention that of a person's journey.
pub(super) const JOURNEY: &str = "journey";
/// Positions of rungs are bytes.
pub(in crate::playbook) const MOST_RUNGS: usize = 100;

pub(super) fn read(source: &Source<'_>, draft: &mut Draft<'_>, id: &str, node: Node<'_>) -> Option<()> {
    let fields = Fields::read(source, node, "a ladder", &NAMES)?;
    let written_scope = scope(source, &fields);
    let climb = fields.get("climb").map_or(Some(Climb::InOrder), |node| {
        let climb = match node.as_string_lit().map(|text| text.value.as_ref()) {
            Some("in_order") => Some(Climb::InOrder),
            Some("highest") => Some(Climb::Highest),
            _ => None,
        };
        if climb.is_none() {
            source.expected(node, "\"in_order\" or \"highest\"");
        }
        climb
    });
    let list = fields.require(source, "rungs", "a ladder")?;
    let (nodes, fits) = source.list(list, &format!("a list of 1 to {MOST_RUNGS} rungs"), 1..=MOST_RUNGS);
    // Everybody sees what is of an account: whose it is has been said to be wrong.
    let scope = written_scope.unwrap_or(Scope::Account);
    let reach = Reach::unsure(written_scope);
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
        let position = rungs.len();
        let carries = climb == Some(Climb::InOrder) && position + 1 < nodes.len();
        let place = Place { ladder: id, scope, reach, index, position, carries };
        let (id, rung) = rung(source, draft, &place, node);
        if let Some(ladder) = draft.known.ladders.last_mut() {
            if !id.is_empty() && ladder.rungs.contains(&id) {
                source.wrong(node, format!("the ladder has a rung `{id}` already"), None);
            }
            ladder.rungs.push(id);
        }
        rungs.push(rung);
    }
    if let Some(ladder) = draft.known.ladders.last_mut() {
        ladder.complete = true;
    }
    let rungs = rungs.into_iter().collect::<Option<_>>().filter(|_| fits)?;
    let (_, climb) = written_scope.zip(climb)?;
    draft.of(scope).ladders.push(Ladder { id: id.to_owned(), rungs, climb });
    Some(())
}

/// Where a rung is.
struct Place<'a> {
    ladder: &'a str,
    scope: Scope,
    reach: Reach,
    index: Index,
    position: usize,
    /// The stage above needs it, too.
    carries: bool,
}

/// Its id (empty if it has none), and the rung if nothing is wrong with it.
fn rung(
    source: &Source<'_>,
    draft: &mut Draft<'_>,
    place: &Place<'_>,
    node: Node<'_>,
) -> (String, Option<Rung>) {
    let Some(fields) = Fields::read(source, node, "a rung", &RUNG) else { return (String::new(), None) };
    let id_node = fields.require(source, "id", "a rung");
    let id = id_node.and_then(|node| source.string(node, "the id of the rung, a string")).unwrap_or_default();
    if let Some(node) = id_node.filter(|_| !id.is_empty() && !is_id(id)) {
        source.wrong(node, format!("`{id}` cannot be an id: it has a dot, or begins with `$`"), None);
    }
    let keep = fields.get("keep").map_or(Some(true), |node| source.boolean(node));
    let owner = Owner::Rung(place.index, place.position as u8);
    let when = match (place.position, fields.get("when")) {
        (0, None) => Some(None),
        (0, Some(when)) => {
            source.wrong(when, "the first rung is met at once and has no `when`", None);
            None
        }
        (_, None) => {
            source.wrong(node, "a rung needs `when`, but for the first", None);
            None
        }
        (_, Some(when)) => condition::read(source, &draft.known, place.reach, when).map(|condition| {
            let follows = match place.carries {
                true => "nobody ever meets this rung, nor is on one above it",
                false => "nobody ever meets this rung",
            };
            possible::warn(source, &draft.known, when, &condition, follows);
            Some(add(draft.of(place.scope), condition, owner))
        }),
    };
    let mut success = Some(Vec::new());
    if place.ladder == JOURNEY && place.scope == Scope::Person && place.position > 0 {
        success = success_of(source, draft, id).map(|found| {
            found
                .into_iter()
                .map(|(icp, condition)| (icp, add(draft.of(Scope::Person), condition, owner)))
                .collect()
        });
    }
    let rung = keep.zip(when).zip(success);
    let rung = rung.map(|((keep, when), success)| Rung { id: id.to_owned(), when, success, keep });
    (id.to_owned(), rung.filter(|_| !id.is_empty()))
}

/// What takes the place of a rung's condition, by ICP.
fn success_of(source: &Source<'_>, draft: &Draft<'_>, rung: &str) -> Option<Vec<(Index, Condition)>> {
    let mut found = Vec::new();
    let mut whole = true;
    for (segment, node) in segments::success_of(draft.segments, rung) {
        let condition = condition::read(source, &draft.known, Reach::View(Scope::Person), node);
        // One that is wrong itself has been reported; what it calls success is looked at all the same.
        match (condition, draft.known.segments.get(segment)) {
            (Some(condition), Some((_, Scope::Person, icp))) => {
                possible::warn(source, &draft.known, node, &condition, "nobody ever has this success");
                found.push((*icp, condition));
            }
            (Some(_), _) => {}
            (None, _) => whole = false,
        }
    }
    whole.then_some(found)
}
