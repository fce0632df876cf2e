//! Folds the events of one island: on from where it is, or anew from before the first that is late.

use std::collections::BTreeMap;
use std::iter;

use ripen::engine::{Event, Playbook};
use ripen::fold::{Island, Key, Sighting};

use super::heads::{Heads, Left};
use super::history::{History, Stretch};
use super::known::Known;
use super::page::{Arrival, Group, Numbers};
use super::report::{self, Reporter};
use super::restore::{before, event_of, foresee, forget_news, is_ahead, key_of, newest, state_of};
use super::{checkpoints, page};
use crate::clock::Millis;
use crate::limits::FOLD_GRACE_MS;
use crate::store::{
    Checkpoint, FoldedIsland, IslandId, IslandRow, Join, NewState, NodeId, NodeName, PlaybookId, Position,
    Report, StateId, Store, StoreError, TenantId,
};

/// What a group is folded with.
pub(super) struct Context<'a> {
    pub(super) store: &'a mut dyn Store,
    pub(super) heads: &'a mut Heads,
    pub(super) tenant: TenantId,
    pub(super) playbook: &'a Playbook,
    pub(super) playbook_id: PlaybookId,
    pub(super) now: Millis,
    /// What had been folded before is folded again: nothing of that is news.
    pub(super) again: bool,
}

impl Context<'_> {
    /// When the playbook was published: publishing changes no past, so what it would have been is reported to nobody.
    pub(super) fn published(&mut self) -> Result<Option<Millis>, StoreError> {
        let last = self.store.playbooks().publications(self.tenant, 1)?.into_iter().next();
        Ok(last.map(|publication| publication.at.min(self.now)))
    }

    /// What a group is made of so far, the largest first: the others become part of it.
    pub(super) fn rows_of(&mut self, group: &Group) -> Result<Vec<IslandRow>, StoreError> {
        let mut rows = Vec::with_capacity(group.islands.len());
        for id in &group.islands {
            rows.extend(self.heads.island(self.store, *id)?);
        }
        rows.sort_by_key(|row| (std::cmp::Reverse(row.nodes), row.id));
        Ok(rows)
    }
}

/// What came of a group.
pub(super) struct Outcome {
    pub(super) island: FoldedIsland,
    pub(super) nodes: Vec<(NodeId, NodeName, IslandId)>,
    pub(super) joins: Vec<(NodeId, Key, String)>,
    pub(super) history: Vec<(NodeId, Millis, Position)>,
    pub(super) reports: Vec<Report>,
    pub(super) left: Left,
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
    let rows = context.rows_of(&group)?;
    let mut joins = Vec::new();
    for row in &rows {
        joins.extend(context.heads.joins(context.store, row.id)?);
    }
    let new_joins = earlier_joins(&all_joins(&group), &joins);

    let mut folding = united(context, &rows, &joins)?;
    let mut passed = folding.passed;
    let from = anew_from(context, &mut folding.island, &group)?;
    match &from {
        None => {
            for arrival in &group.arrivals {
                folding.island.fold(&arrival.event);
            }
            // Where time had passed further while nothing happened, what it makes of these by then is news with them.
            passed.filter(|_| !context.again).into_iter().for_each(|passed| folding.island.pass(passed));
            let reporter = Reporter::of(context);
            folding.reports.extend(reporter.of_news(&mut folding.island));
        }
        Some(from) => {
            // Time has passed for the parts up to the last of them: what it made of them may never have been.
            let turned = folding.island.turned();
            let (known, passed) =
                (known(context, &mut folding, &rows, &joins)?, passed.filter(|_| !context.again));
            for (anonymous, key, user) in &new_joins {
                joins.push(Join { anonymous: anonymous.clone(), key: key.clone(), user: user.clone() });
            }
            let arrived = &group.arrivals;
            let reached = passed.max(turned);
            anew(context, &mut folding, known, (&rows, &joins, arrived), (from, reached))?;
        }
    }
    folding.events += i64::try_from(group.arrivals.len()).unwrap_or_default();
    if context.again {
        folding.reports.clear();
        // So far it passes by itself, in silence, once all of it is folded.
        let mark =
            group.arrivals.iter().filter_map(|arrival| arrival.mark.map(|mark| mark.min(context.now))).max();
        passed = passed.max(mark).max(context.published()?);
    }

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
        keep: rows.iter().any(|row| row.keep),
        unreported: rows.iter().any(|row| row.unreported),
    };
    let mut outcome = settle(context, folding, row, &rows, from.as_ref())?;
    outcome.left.joins = Some(joins).filter(|_| new_joins.is_empty());
    outcome.nodes = new_nodes_of(&group, id);
    let node = |name: &NodeName| group.nodes.get(name).map(|(id, _)| *id);
    let person = |name: &str| node(&NodeName { account: false, name: name.to_owned() });
    outcome.joins = joins_of(new_joins, person);
    let footprint = |arrival: &Arrival| (arrival.home, arrival.event.time, arrival.position);
    outcome.history = group.arrivals.iter().map(footprint).collect();
    Ok(outcome)
}

/// Lets time pass for an island, or brings it under another playbook.
pub(super) fn pass(context: &mut Context<'_>, row: &IslandRow) -> Result<Outcome, StoreError> {
    let until = Millis(context.now.0 - FOLD_GRACE_MS);
    let joins = context.heads.joins(context.store, row.id)?;
    let mut folding = united(context, std::slice::from_ref(row), &joins)?;
    folding.island.pass(until);
    folding.reports.extend(Reporter::of(context).of_news(&mut folding.island));
    let passed = folding.passed.max(Some(until));
    let new = IslandRow { playbook: context.playbook_id, passed, ..*row };
    let mut outcome = settle(context, folding, new, std::slice::from_ref(row), None)?;
    outcome.left.joins = Some(joins);
    Ok(outcome)
}

/// Keeps the newest state of an island now.
pub(super) fn keep(context: &mut Context<'_>, row: &IslandRow) -> Result<Outcome, StoreError> {
    let joins = context.heads.joins(context.store, row.id)?;
    let folding = united(context, std::slice::from_ref(row), &joins)?;
    let new = IslandRow { playbook: context.playbook_id, passed: folding.passed, keep: true, ..*row };
    let mut outcome = settle(context, folding, new, std::slice::from_ref(row), None)?;
    outcome.left.joins = Some(joins);
    Ok(outcome)
}

/// What an island was before this step: its parts, where it has more than one.
fn known<'p>(
    context: &mut Context<'p>,
    folding: &mut Folding<'p>,
    rows: &[IslandRow],
    joins: &[Join],
) -> Result<Known<'p>, StoreError> {
    let playbook = context.playbook;
    let island = std::mem::replace(&mut folding.island, Island::new(playbook));
    let mut told = std::mem::take(&mut folding.reports);
    if rows.len() < 2 || told.is_empty() || context.again {
        return Ok(Known { playbook, parts: vec![island], told });
    }
    drop(island);
    let (mut parts, _) = parts(context, rows, joins)?;
    // That is the past of those of whom nothing has been reported yet.
    let reporter = Reporter::of(context);
    told = parts.iter_mut().flat_map(|part| reporter.of_news(part)).collect();
    Ok(Known { playbook, parts, told })
}

/// Islands as they were, and how far time has been let pass for any of them.
fn parts<'p>(
    context: &mut Context<'p>,
    rows: &[IslandRow],
    joins: &[Join],
) -> Result<(Vec<Island<'p>>, Option<Millis>), StoreError> {
    let mut parts = Vec::with_capacity(rows.len());
    // A clock that was ahead is right again: what did not come to pass is not counted as passed.
    let mut passed = rows.iter().filter_map(|row| row.passed).max().map(|passed| passed.min(context.now));
    for row in rows {
        let heads = Some(&mut *context.heads).filter(|_| row.playbook == context.playbook_id);
        // Each may know the joins of all: those of others name nobody in it.
        let row = if context.again { &IslandRow { passed: None, ..*row } } else { row };
        let mut part = newest(context.store, context.playbook, row, joins, heads, context.now)?;
        // Where nothing of it has been reported yet, nothing of its past has: it is as if it were folded for the first time.
        if row.playbook != context.playbook_id && !row.unreported && !takes_over(context, row)? {
            // Where nobody has published: when its turn comes.
            let until = context.published()?.unwrap_or(Millis(context.now.0 - FOLD_GRACE_MS));
            if !context.again {
                part.pass(until);
                forget_news(&mut part);
            }
            passed = passed.max(Some(until));
        }
        parts.push(part);
    }
    Ok((parts, passed))
}

/// Several islands as one, at the same instant.
fn united<'p>(
    context: &mut Context<'p>,
    rows: &[IslandRow],
    joins: &[Join],
) -> Result<Folding<'p>, StoreError> {
    let (parts, passed) = parts(context, rows, joins)?;
    // A part has yet to live through what the others have; while they are folded again, their events come first.
    let others = passed.filter(|_| rows.len() > 1 && !context.again);
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
    folding: &mut Folding<'p>,
    known: Known<'p>,
    (rows, joins, arrived): (&[IslandRow], &[Join], &[Arrival]),
    (from, reached): (&Key, Option<Millis>),
) -> Result<(), StoreError> {
    let again = context.again;
    // All that fired since may be a lot: what is known anyway is not gathered.
    let is_new = |sighting: &Sighting| !again && known.last_fired(sighting, &sighting.id) < Some(sighting.at);
    let mut sightings = Vec::new();
    let mut gather = |island: &mut Island<'_>| {
        island.take_changes();
        sightings.extend(island.take_sightings().into_iter().filter(is_new));
    };
    let (mut island, mut events) = (None::<Island<'p>>, 0);
    let mut parts = Vec::with_capacity(rows.len());
    for row in rows {
        let (mut part, folded) = before(context.store, context.playbook, row, joins, from)?;
        part.pass(Millis(from.0.0 - 1));
        // Time may not have come that far for it.
        gather(&mut part);
        events += folded;
        // It may be later, where the log has lost what was before.
        parts.push((row.id, part.last().cloned()));
        match &mut island {
            Some(island) => island.unite(part),
            none => *none = Some(part),
        }
    }
    let mut island = island.unwrap_or_else(|| Island::new(context.playbook));
    foresee(&mut island, joins);
    let rest = usize::try_from(folding.events - events).unwrap_or_default() + arrived.len();
    let stop = checkpoints::on_the_way(rest);
    let (mut states, mut beyond_reach) = (Vec::new(), false);
    let (mut history, mut done) = (History::of(parts, from.0, None), 0);
    let mut arrived = arrived.iter().map(|arrival| &arrival.event).peekable();
    while let Some(Stretch { places, until }) = history.stretch(context.store)? {
        let mut rest: Vec<(Key, Source<'_>)> = places
            .into_iter()
            .filter(|place| place.key >= *from)
            .map(|place| (place.key, Source::Logged(place.position)))
            .collect();
        let is_within = |event: &&Event| until.is_none_or(|until| event.time < until);
        rest.extend(
            iter::from_fn(|| arrived.next_if(is_within)).map(|event| (key_of(event), Source::Arrived(event))),
        );
        rest.sort_by(|(one, _), (other, _)| one.cmp(other));
        for (_, source) in rest {
            let logged;
            let event = match source {
                Source::Arrived(event) => Some(event),
                Source::Logged(position) => {
                    logged = context.store.folds().event(position)?.as_ref().and_then(event_of);
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
            gather(&mut island);
            done += 1;
            if Some(done) == stop {
                states.extend(state_of(&island, events + i64::try_from(done).unwrap_or_default()));
            }
        }
    }
    reached.into_iter().for_each(|reached| island.pass(reached));
    gather(&mut island);
    if !again {
        let different = report::of_differences(context, &known, &island, sightings)?;
        folding.reports = known.told;
        folding.reports.extend(different);
    }
    // A state on the way has not all that is before it.
    states.retain(|_| !beyond_reach);
    (folding.island, folding.states, folding.beyond_reach) = (island, states, beyond_reach);
    Ok(())
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
    let kept = match rows {
        [] => Vec::new(),
        _ => context.heads.checkpoints(context.store, row.id)?,
    };
    // A state of a part is none of the whole, and one of another playbook mostly none of this.
    let mut none_holds = rows.len() > 1;
    for row in rows {
        none_holds |= row.playbook != context.playbook_id && !takes_over(context, row)?;
    }
    let is_wrong = |state: &Checkpoint| {
        is_ahead(&state.last, Some(state.turned), context.now)
            || none_holds
            || beyond_reach
            || from.is_some_and(|from| state.last >= *from || state.turned > from.0)
    };
    let (wrong, mut right): (Vec<Checkpoint>, Vec<Checkpoint>) =
        kept.iter().cloned().partition(|checkpoint| is_wrong(checkpoint));
    let mut dropped: Vec<StateId> = wrong.iter().map(|checkpoint| checkpoint.id).collect();
    let come_by = context.heads.come_by_of(row.id);
    if rows.len() == 1 && from.is_none() && !none_holds {
        kept_on_the_way.extend(come_by);
    }
    let last_kept = kept_on_the_way
        .iter()
        .map(|state| state.events)
        .chain(right.iter().map(|checkpoint| checkpoint.events))
        .max();
    let newest = state_of(&island, row.events);
    let is_due = newest.as_ref().is_some_and(|newest| {
        let since = row.events - last_kept.unwrap_or(0);
        // Without any, or after folding anew, the next one would have to do all of that again.
        last_kept.is_none()
            || from.is_some()
            || row.keep
            || !wrong.is_empty()
            || checkpoints::is_due(newest.state.len(), since)
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
    let stay = kept.into_iter().filter(|checkpoint| !dropped.contains(&checkpoint.id)).collect();
    let left = Left { joins: None, stay, head };
    let island = FoldedIsland { row, merged, dropped, states: kept_on_the_way, later: false };
    Ok(Outcome { island, nodes: Vec::new(), joins: Vec::new(), history: Vec::new(), reports, left })
}

/// All joins that a group's events bring, in order of time.
fn all_joins(group: &Group) -> Vec<(Key, String, String)> {
    let joins = |arrival: &Arrival| {
        let key = key_of(&arrival.event);
        let owned = |(anonymous, user): (&str, &str)| (key.clone(), anonymous.to_owned(), user.to_owned());
        arrival.event.joins().into_iter().map(owned).collect::<Vec<_>>()
    };
    group.arrivals.iter().flat_map(joins).collect()
}

/// Of those that come, which are in order of time, the first joins that are not known, or only later.
pub(super) fn earlier_joins(joins: &[(Key, String, String)], known: &[Join]) -> Vec<(String, Key, String)> {
    let known: BTreeMap<&str, &Key> = known.iter().map(|join| (join.anonymous.as_str(), &join.key)).collect();
    let mut earlier: BTreeMap<&str, (&Key, &str)> = BTreeMap::new();
    for (key, anonymous, user) in joins {
        if known.get(anonymous.as_str()).is_none_or(|known| key < *known) {
            earlier.entry(anonymous).or_insert((key, user));
        }
    }
    let owned =
        |(anonymous, (key, user)): (&str, (&Key, &str))| (anonymous.to_owned(), key.clone(), user.to_owned());
    earlier.into_iter().map(owned).collect()
}

/// First joins, as they are kept.
pub(super) fn joins_of(
    joins: Vec<(String, Key, String)>,
    person: impl Fn(&str) -> Option<NodeId>,
) -> Vec<(NodeId, Key, String)> {
    let joined = |(anonymous, key, user): (String, Key, String)| Some((person(&anonymous)?, key, user));
    joins.into_iter().filter_map(joined).collect()
}

pub(super) fn new_nodes_of(group: &Group, island: IslandId) -> Vec<(NodeId, NodeName, IslandId)> {
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
    let (node, island, state) = context.store.folds().largest()?;
    let mut numbers = Numbers::after((node, island.max(context.heads.largest()), state));
    let groups = page::sort(context.store, context.heads, context.tenant, arrivals, &mut numbers)?;
    groups.into_iter().map(|group| fold(context, group, &mut numbers)).collect()
}
