//! Two nudges for one slot that nothing tells apart.

use std::collections::BTreeMap;

use crate::engine::{Condition, Field, Nudge, Predicate, Scope, Value};

use super::super::fields::property;
use super::super::known::Known;
use super::super::possible;
use super::super::source::{Node, Source};

/// Of those at one edge no more are compared; who writes thousands generates them.
const MOST: usize = 20;

/// Warns of a nudge that competes with one written before it: for the same edge, with the same purpose and priority, and
/// wherever the one may show, the other may too.
pub(in crate::playbook) fn warn(source: &Source<'_>, known: &Known, nudges: &[(Node<'_>, Nudge)]) {
    let mut by_edge: BTreeMap<String, Vec<&(Node<'_>, Nudge)>> = BTreeMap::new();
    for written in nudges {
        let (_, nudge) = written;
        let rivals =
            by_edge.entry(format!("{:?} {:?} {}", nudge.on, nudge.purpose, nudge.priority)).or_default();
        if rivals.len() == MOST {
            continue;
        }
        let rival = rivals.iter().find(|(_, rival)| {
            // Those that no one sees are another matter.
            !is_dead(known, nudge)
                && !is_dead(known, rival)
                && (follows(known, nudge, rival) || follows(known, rival, nudge))
        });
        if let Some((_, rival)) = rival {
            let (node, nudge) = written;
            let message = format!(
                "`{}` and `{}` want the slot at the same edge, with the same purpose and priority, and nothing in their conditions keeps them apart",
                rival.id, nudge.id
            );
            let hint = "the one shown less often comes first, then the one written first: give one a higher `priority`, or let their conditions exclude each other";
            source.warn(property(node, "on").unwrap_or(node), message, Some(hint.into()));
        }
        rivals.push(written);
    }
}

/// The level of a nudge.
fn level(nudge: &Nudge) -> Vec<Condition> {
    let moment = nudge.moment.map(|(scope, index)| {
        Condition::Test(Field::Moment(scope, index), Predicate::Equals(Value::Bool(true)))
    });
    [nudge.when.clone()].into_iter().chain(moment).collect()
}

fn is_dead(known: &Known, nudge: &Nudge) -> bool {
    let by_moment = nudge
        .moment
        .is_some_and(|(scope, index)| scope == Scope::Person && known.is_dead(&Field::Moment(scope, index)));
    by_moment || possible::conflict(known, &level(nudge).iter().collect::<Vec<_>>()).is_some()
}

/// Wherever the one may show, so may the other.
fn follows(known: &Known, one: &Nudge, other: &Nudge) -> bool {
    let schedules = other.schedule.is_none() || other.schedule == one.schedule;
    let one = level(one);
    schedules
        && level(other).into_iter().all(|part| {
            let not = Condition::Not(Box::new(part));
            possible::conflict(known, &one.iter().chain([&not]).collect::<Vec<_>>()).is_some()
        })
}
