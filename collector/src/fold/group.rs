//! Folds the events of one island: on from where it is, or anew from before the first that is late.

use std::collections::BTreeMap;

use ripen::engine::{Event, Playbook};
use ripen::fold::{Island, Key};

use super::heads::Heads;
use super::page::{Arrival, Group, Numbers, home};
use super::report::{self, Reporter};
use super::restore::{before, event_of, foresee, forget_news, key_of, newest};
use super::{checkpoints, page};
use crate::clock::Millis;
use crate::limits::FOLD_GRACE_MS;
use crate::store::{
    Checkpoint, FoldedIsland, Footprint, IslandId, IslandRow, Join, NewState, NodeId, NodeName, PlaybookId,
    Position, Report, StateId, Store, StoreError, TenantId,
};

/// What a group is folded with.
pub(super) struct Context<'a> {
    pub(super) store: &'a mut dyn Store,
    pub(super) heads: &'a mut Heads,
    pub(super) tenant: TenantId,
    pub(super) playbook: &'a Playbook,
    pub(super) playbook_id: PlaybookId,
    pub(super) now: Millis,
}

/// What came of a group.
pub(super) struct Outcome {
    pub(super) island: FoldedIsland,
    pub(super) nodes: Vec<(NodeId, NodeName, IslandId)>,
    pub(super) joins: Vec<(NodeId, Key, String)>,
    pub(super) history: Vec<(NodeId, Millis, Position)>,
    pub(super) reports: Vec<Report>,
    /// The newest state, where it is not kept in the store.
    pub(super) head: Option<Vec<u8>>,
}

/// An island as it is being folded.
struct Folding<'p> {
    island: Island<'p>,
    /// How many events it has.
    events: i64,
    /// States to be kept on the way.
    states: Vec<NewState>,
    reports: Vec<Report>,
    /// How far time has been let pass.
    passed: Option<Millis>,
    /// Something was so late that the log no longer has what came after it: it is folded as if it had happened now, and no
    /// older state has it.
    beyond_reach: bool,
}

/// Folds events.
pub(super) fn fold(
    context: &mut Context<'_>,
    group: Group,
    numbers: &mut Numbers,
) -> Result<Outcome, StoreError> {
    let mut rows = Vec::with_capacity(group.islands.len());
    for id in &group.islands {
        rows.extend(context.store.folds().island(*id)?);
    }
    // The smaller ones become part of the largest.
    rows.sort_by_key(|row| (std::cmp::Reverse(row.nodes), row.id));
    let mut joins = Vec::new();
    for row in &rows {
        joins.extend(context.store.folds().joins(row.id)?);
    }
    let new_joins = earlier_joins(&group, &joins);

    let mut folding = united(context, &rows, &joins)?;
    let passed = folding.passed;
    let from = anew_from(context, &mut folding.island, &group)?;
    match &from {
        None => {
            for arrival in &group.arrivals {
                folding.island.fold(&arrival.event);
            }
            let reporter = Reporter::of(context);
            folding.reports.extend(reporter.of_news(&mut folding.island));
        }
        Some(from) => {
            for (anonymous, key, user) in &new_joins {
                joins.push(Join { anonymous: anonymous.clone(), key: key.clone(), user: user.clone() });
            }
            let arrived = &group.arrivals;
            folding = anew(context, folding, &rows, &joins, arrived, (from, passed))?;
        }
    }
    folding.events += i64::try_from(group.arrivals.len()).unwrap_or_default();

    let id = rows.first().map_or_else(|| numbers.next_island(), |row| row.id);
    let new_nodes = group.nodes.values().filter(|(_, island)| island.is_none()).count();
    let row = IslandRow {
        id,
        playbook: context.playbook_id,
        nodes: rows.iter().map(|row| row.nodes).sum::<i64>() + i64::try_from(new_nodes).unwrap_or_default(),
        events: folding.events,
        passed,
        due: None,
        gone: rows.iter().filter_map(|row| row.gone).max(),
    };
    let mut outcome = settle(context, folding, row, &rows, from.as_ref())?;
    outcome.nodes = new_nodes_of(&group, id);
    let node = |name: &NodeName| group.nodes.get(name).map(|(id, _)| *id);
    let person = |name: &str| node(&NodeName { account: false, name: name.to_owned() });
    let joined = |(anonymous, key, user): (String, Key, String)| Some((person(&anonymous)?, key, user));
    outcome.joins = new_joins.into_iter().filter_map(joined).collect();
    let footprint =
        |arrival: &Arrival| Some((node(&home(&arrival.event))?, arrival.event.time, arrival.position));
    outcome.history = group.arrivals.iter().filter_map(footprint).collect();
    Ok(outcome)
}

/// Lets time pass for an island, or brings it under another playbook.
pub(super) fn pass(context: &mut Context<'_>, row: &IslandRow) -> Result<Outcome, StoreError> {
    let until = Millis(context.now.0 - FOLD_GRACE_MS);
    let joins = context.store.folds().joins(row.id)?;
    let mut folding = united(context, std::slice::from_ref(row), &joins)?;
    folding.island.pass(until);
    folding.reports.extend(Reporter::of(context).of_news(&mut folding.island));
    let passed = folding.passed.max(Some(until));
    let new = IslandRow { playbook: context.playbook_id, passed, ..*row };
    settle(context, folding, new, std::slice::from_ref(row), None)
}

/// Several islands as one, at the same instant.
fn united<'p>(
    context: &mut Context<'p>,
    rows: &[IslandRow],
    joins: &[Join],
) -> Result<Folding<'p>, StoreError> {
    let mut parts = Vec::with_capacity(rows.len());
    let mut passed = rows.iter().filter_map(|row| row.passed).max();
    for row in rows {
        let heads = Some(&mut *context.heads).filter(|_| row.playbook == context.playbook_id);
        // Each may know the joins of all: those of others name nobody in it.
        let mut part = newest(context.store, context.playbook, row, joins, heads)?;
        if row.playbook != context.playbook_id && !takes_over(context, row)? {
            // Publishing changes no past: what it would have been is reported to nobody.
            let until = Millis(context.now.0 - FOLD_GRACE_MS);
            part.pass(until);
            forget_news(&mut part);
            passed = passed.max(Some(until));
        }
        parts.push(part);
    }
    // A part has yet to live through what the others have.
    let others = rows.iter().filter_map(|row| row.passed).max().filter(|_| rows.len() > 1);
    let turned = parts.iter().filter_map(Island::turned).max().max(others);
    let mut parts = parts.into_iter().map(|mut part| {
        turned.into_iter().for_each(|turned| part.pass(turned));
        part
    });
    let mut island = parts.next().unwrap_or_else(|| Island::new(context.playbook));
    parts.for_each(|part| island.unite(part));
    let events = rows.iter().map(|row| row.events).sum();
    let reports = Reporter::of(context).of_news(&mut island);
    Ok(Folding { island, events, states: Vec::new(), reports, passed, beyond_reach: false })
}

/// Where to begin anew: before the first event that is late, or the first of an id whose past is somebody else's than
/// was thought. None if all come in order. The island is told of all joins.
fn anew_from(
    context: &mut Context<'_>,
    island: &mut Island<'_>,
    group: &Group,
) -> Result<Option<Key>, StoreError> {
    let first = group.arrivals.first().map(|arrival| &arrival.event);
    let mut from = first.filter(|event| island.is_late(event)).map(key_of);
    for arrival in &group.arrivals {
        for anonymous in island.entangles(&arrival.event) {
            let name = NodeName { account: false, name: anonymous };
            let Some((node, _)) = group.nodes.get(&name) else { continue };
            let earliest = context.store.folds().earliest(*node)?.unwrap_or(arrival.event.time);
            let earliest = (earliest, String::new());
            from = Some(from.map_or_else(|| earliest.clone(), |from| from.min(earliest.clone())));
        }
        island.foresee_event(&arrival.event);
    }
    // What arrives with it may be earlier still.
    let first = first.map(key_of);
    Ok(from.map(|from| first.map_or(from.clone(), |first| from.min(first))))
}

/// Folds again what happened since, with what has arrived in its place.
fn anew<'p>(
    context: &mut Context<'p>,
    old: Folding<'p>,
    rows: &[IslandRow],
    joins: &[Join],
    arrived: &[Arrival],
    (from, passed): (&Key, Option<Millis>),
) -> Result<Folding<'p>, StoreError> {
    let (mut island, mut events) = (None::<Island<'p>>, 0);
    let mut rest: Vec<(Key, Source<'_>)> =
        arrived.iter().map(|arrival| (key_of(&arrival.event), Source::Arrived(&arrival.event))).collect();
    for row in rows {
        let (mut part, known) = before(context.store, context.playbook, row, joins, from)?;
        part.pass(Millis(from.0.0 - 1));
        events += known;
        // It may be later, where the log has lost what was before.
        let last = part.last().cloned();
        match &mut island {
            Some(island) => island.unite(part),
            none => *none = Some(part),
        }
        let places = context.store.folds().history(row.id, from.0)?;
        let is_since = |place: &Footprint| place.key >= *from && Some(&place.key) > last.as_ref();
        let since = places.into_iter().filter(is_since);
        rest.extend(since.map(|place| (place.key, Source::Logged(place.position))));
    }
    rest.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut island = island.unwrap_or_else(|| Island::new(context.playbook));
    foresee(&mut island, joins);
    forget_news(&mut island);
    let stop = checkpoints::on_the_way(rest.len());
    let (mut states, mut sightings, mut beyond_reach) = (Vec::new(), Vec::new(), false);
    for (done, (_, source)) in rest.iter().enumerate() {
        let logged;
        let event = match source {
            Source::Arrived(event) => Some(*event),
            Source::Logged(position) => {
                logged = context.store.folds().event(*position)?.as_ref().and_then(event_of);
                logged.as_ref()
            }
        };
        match event {
            Some(event) if island.is_late(event) => {
                beyond_reach = true;
                island.fold_late(event);
            }
            Some(event) => island.fold(event),
            None => {}
        }
        island.take_changes();
        sightings.extend(island.take_sightings());
        if Some(done + 1) == stop {
            states.extend(state_of(&island, events + i64::try_from(done + 1).unwrap_or_default()));
        }
    }
    let reached = passed.max(old.island.turned());
    reached.into_iter().for_each(|reached| island.pass(reached));
    island.take_changes();
    sightings.extend(island.take_sightings());
    sightings.retain(|sighting| sighting.at >= from.0);
    let mut reports = old.reports;
    reports.extend(report::of_differences(context, &old.island, &island, sightings)?);
    // A state on the way has not all that is before it.
    states.retain(|_| !beyond_reach);
    Ok(Folding { island, events: old.events, states, reports, passed, beyond_reach })
}

/// Where an event is read from.
enum Source<'a> {
    Arrived(&'a Event),
    Logged(Position),
}

/// Whether the states of an island that was folded by another playbook are states of this one, too: it may differ in what
/// nudges look like.
fn takes_over(context: &mut Context<'_>, row: &IslandRow) -> Result<bool, StoreError> {
    let newest = context.store.folds().checkpoints(row.id)?.into_iter().next();
    let Some(newest) = newest else { return Ok(false) };
    let state = context.store.folds().state(newest.id)?;
    Ok(Island::read(context.playbook, &state).is_some())
}

/// What is to be kept of an island.
fn settle(
    context: &mut Context<'_>,
    folding: Folding<'_>,
    mut row: IslandRow,
    rows: &[IslandRow],
    from: Option<&Key>,
) -> Result<Outcome, StoreError> {
    let Folding { mut island, states: mut kept_on_the_way, reports, beyond_reach, .. } = folding;
    let next = island.next_turn();
    row.due = next.map(|next| Millis(next.max(context.now).0.saturating_add(FOLD_GRACE_MS)));
    let kept = context.store.folds().checkpoints(row.id)?;
    // A state of a part is none of the whole, and one of another playbook mostly none of this.
    let mut none_holds = rows.len() > 1;
    for row in rows {
        none_holds |= row.playbook != context.playbook_id && !takes_over(context, row)?;
    }
    let is_wrong = |state: &Checkpoint| {
        none_holds || beyond_reach || from.is_some_and(|from| state.last >= *from || state.turned > from.0)
    };
    let (wrong, mut right): (Vec<Checkpoint>, Vec<Checkpoint>) =
        kept.into_iter().partition(|checkpoint| is_wrong(checkpoint));
    let mut dropped: Vec<StateId> = wrong.iter().map(|checkpoint| checkpoint.id).collect();
    let last_kept = kept_on_the_way
        .iter()
        .map(|state| state.events)
        .chain(right.iter().map(|checkpoint| checkpoint.events))
        .max();
    let newest = state_of(&island, row.events);
    let is_due = newest.as_ref().is_some_and(|newest| {
        let since = row.events - last_kept.unwrap_or(0);
        // Without any, or after folding anew, the next one would have to do all of that again.
        last_kept.is_none() || from.is_some() || checkpoints::is_due(newest.state.len(), since)
    });
    let mut head = None;
    if let Some(newest) = newest {
        if is_due {
            dropped.extend(checkpoints::superfluous(&right, row.events, row.gone));
            right.clear();
            kept_on_the_way.push(newest);
        } else {
            head = Some(newest.state);
        }
    }
    let merged = rows.iter().map(|row| row.id).filter(|id| *id != row.id).collect();
    let island = FoldedIsland { row, merged, dropped, states: kept_on_the_way };
    Ok(Outcome { island, nodes: Vec::new(), joins: Vec::new(), history: Vec::new(), reports, head })
}

fn state_of(island: &Island<'_>, events: i64) -> Option<NewState> {
    let (last, turned) = (island.last()?.clone(), island.turned()?);
    Some(NewState { events, last, turned, state: island.write() })
}

/// The first joins that this page brings, of those that are not known or only later.
fn earlier_joins(group: &Group, known: &[Join]) -> Vec<(String, Key, String)> {
    let known: BTreeMap<&str, &Key> = known.iter().map(|join| (join.anonymous.as_str(), &join.key)).collect();
    let mut earlier: BTreeMap<&str, (Key, &str)> = BTreeMap::new();
    // In order of time, so the first is the first.
    for arrival in &group.arrivals {
        let key = key_of(&arrival.event);
        for (anonymous, user) in arrival.event.joins() {
            if known.get(anonymous).is_none_or(|known| key < **known) {
                earlier.entry(anonymous).or_insert((key.clone(), user));
            }
        }
    }
    let owned = |(anonymous, (key, user)): (&str, (Key, &str))| (anonymous.to_owned(), key, user.to_owned());
    earlier.into_iter().map(owned).collect()
}

fn new_nodes_of(group: &Group, island: IslandId) -> Vec<(NodeId, NodeName, IslandId)> {
    let new = group.nodes.iter().filter(|(_, (_, known))| known.is_none());
    let mut new: Vec<_> = new.map(|(name, (id, _))| (*id, name.clone(), island)).collect();
    new.sort_unstable_by_key(|(id, ..)| *id);
    new
}

/// The events of a page, island by island.
pub(super) fn fold_page(
    context: &mut Context<'_>,
    arrivals: Vec<Arrival>,
) -> Result<Vec<Outcome>, StoreError> {
    let (node, island) = context.store.folds().largest()?;
    let mut numbers = Numbers { node, island };
    let groups = page::sort(context.store, context.tenant, arrivals, &mut numbers)?;
    groups.into_iter().map(|group| fold(context, group, &mut numbers)).collect()
}
