//! Who there is, and whose events are where, without folding any of them: so that of a long log each island can then be
//! folded at once, in order, and its state written once ([`Task::Keep`](super::Task::Keep)), instead of with each page that
//! brings something of it.
//!
//! What is committed is what is true: an island without a state is folded from its history by whoever looks at it.

use std::collections::{BTreeMap, HashMap};

use ripen::fold::Key;

use super::first_joins::FirstJoins;
use super::group::{Context, Outcome, earlier_joins, joins_of, new_nodes_of};
use super::heads::Left;
use super::marks::Marks;
use super::page::{Group, Numbers, Places};
use super::restore::event_of;
use crate::clock::Millis;
use crate::limits::{FOLD_EVENTS, FOLD_SURVEY_NAMES};
use crate::store::{
    FoldedIsland, IslandRow, Logged, NodeId, NodeName, Position, StateId, StoreError, Waiting,
};

/// A part of the log, as it is being surveyed.
#[derive(Default)]
pub(super) struct Survey {
    places: Places,
    /// Where whose event is: by the place of its person.
    found: Vec<(usize, Millis, Position)>,
    joins: FirstJoins,
    /// Up to when what happened to whom has been reported: of those who were asked about, and by the place of a person.
    marks: Marks,
    marked: HashMap<usize, Millis>,
    /// What has not happened yet.
    pub(super) waiting: Vec<Waiting>,
    /// How many events were looked at, and the last of them.
    pub(super) seen: usize,
    pub(super) position: Option<Position>,
}

impl Survey {
    /// As much of the log as is held at a time, after one place and up to another.
    pub(super) fn of(
        context: &mut Context<'_>,
        (from, to): (Position, Position),
        limit: usize,
        numbers: &mut Numbers,
    ) -> Result<Survey, StoreError> {
        let mut survey = Survey::default();
        // What waits has been looked at before, where all is folded again.
        let any_waits = context.store.folds().any_waiting(context.tenant)?;
        while survey.seen < limit && survey.places.len() < FOLD_SURVEY_NAMES {
            let after = survey.position.unwrap_or(from);
            let room = FOLD_EVENTS.min(limit - survey.seen);
            let mut page = context.store.folds().logged(context.tenant, after, room)?;
            page.retain(|event| event.position <= to);
            let Some(last) = page.last() else { break };
            (survey.seen, survey.position) = (survey.seen + page.len(), Some(last.position));
            for logged in page {
                let waits = any_waits
                    && context.store.folds().waits(context.tenant, logged.happened, logged.position)?;
                if !waits {
                    survey.look_at(context, &logged, numbers)?;
                }
            }
        }
        Ok(survey)
    }

    fn look_at(
        &mut self,
        context: &mut Context<'_>,
        logged: &Logged,
        numbers: &mut Numbers,
    ) -> Result<(), StoreError> {
        if !context.again && logged.happened > context.now {
            self.waiting.push(Waiting::of(logged));
            return Ok(());
        }
        let Some(event) = event_of(logged) else { return Ok(()) };
        let Context { store, heads, tenant, .. } = context;
        let home = self.places.home(&mut **store, heads, *tenant, &event, numbers)?;
        self.found.push((home, event.time, logged.position));
        self.joins.hear(home, &event);
        if context.again {
            let mark = self.marks.of(context, false, event.person())?;
            self.marked.extend(mark.map(|mark| (home, mark)));
        }
        Ok(())
    }

    /// What it has come to, island by island.
    pub(super) fn outcomes(
        mut self,
        context: &mut Context<'_>,
        numbers: &mut Numbers,
    ) -> Result<Vec<Outcome>, StoreError> {
        let mut parts: BTreeMap<usize, Part> = BTreeMap::new();
        for (place, at, position) in std::mem::take(&mut self.found) {
            let Some(node) = self.places.node(place) else { continue };
            parts.entry(self.places.root(place)).or_default().history.push((node, at, position));
        }
        for (place, join) in std::mem::take(&mut self.joins).all() {
            parts.entry(self.places.root(place)).or_default().joins.push(join);
        }
        for (place, mark) in std::mem::take(&mut self.marked) {
            let part = parts.entry(self.places.root(place)).or_default();
            part.mark = part.mark.max(Some(mark));
        }
        let mut outcomes = Vec::with_capacity(parts.len());
        for (root, group) in self.places.without_arrivals() {
            let Some(part) = parts.remove(&root) else { continue };
            outcomes.push(part.outcome(context, &group, numbers)?);
        }
        Ok(outcomes)
    }
}

/// What belongs to one island.
#[derive(Default)]
struct Part {
    history: Vec<(NodeId, Millis, Position)>,
    joins: Vec<(Key, String, String)>,
    mark: Option<Millis>,
}

impl Part {
    fn outcome(
        mut self,
        context: &mut Context<'_>,
        group: &Group,
        numbers: &mut Numbers,
    ) -> Result<Outcome, StoreError> {
        let rows = context.rows_of(group)?;
        if !context.again && rows.iter().any(|row| !row.unreported) {
            // What is news of it could not be told any more.
            return Err(StoreError::Backend("what is folded cannot be surveyed".into()));
        }
        let (mut known, mut dropped): (Vec<_>, Vec<StateId>) = Default::default();
        for row in &rows {
            known.extend(context.heads.joins(context.store, row.id)?);
            // None of them has what is found now.
            let kept = context.heads.checkpoints(context.store, row.id)?;
            dropped.extend(kept.into_iter().map(|checkpoint| checkpoint.id));
        }
        self.joins.sort_unstable();
        let new_joins = earlier_joins(&self.joins, &known);
        let mut passed = rows.iter().filter_map(|row| row.passed).max();
        if context.again {
            passed = passed.max(self.mark.map(|mark| mark.min(context.now))).max(context.published()?);
        }
        let id = rows.first().map_or_else(|| numbers.next_island(), |row| row.id);
        let new_nodes = new_nodes_of(group, id);
        let count = |count: usize| i64::try_from(count).unwrap_or_default();
        let row = IslandRow {
            id,
            playbook: context.playbook_id,
            nodes: rows.iter().map(|row| row.nodes).sum::<i64>() + count(new_nodes.len()),
            events: rows.iter().map(|row| row.events).sum::<i64>() + count(self.history.len()),
            passed,
            due: None,
            gone: rows.iter().filter_map(|row| row.gone).max(),
            keep: rows.iter().any(|row| row.keep),
            unreported: !context.again,
        };
        let merged = rows.iter().map(|row| row.id).filter(|other| *other != id).collect();
        let left = Left { joins: Some(known).filter(|_| new_joins.is_empty()), stay: Vec::new(), head: None };
        let person = |name: &str| {
            let name = NodeName { account: false, name: name.to_owned() };
            group.nodes.get(&name).map(|(id, _)| *id)
        };
        Ok(Outcome {
            island: FoldedIsland { row, merged, dropped, states: Vec::new(), later: true },
            nodes: new_nodes,
            joins: joins_of(new_joins, person),
            history: self.history,
            reports: Vec::new(),
            left,
        })
    }
}
