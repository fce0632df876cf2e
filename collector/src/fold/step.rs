//! One step: what is committed at once.

use std::collections::HashMap;

use super::group::{Context, Outcome, fold_page, pass};
use super::heads::Heads;
use super::page::Arrival;
use super::playbooks::Playbooks;
use super::qualify;
use super::restore::event_of;
use crate::clock::Millis;
use crate::limits::FOLD_ISLANDS;
use crate::store::{Folded, IslandId, Logged, Position, Progress, Store, StoreError, TenantId};

/// What there is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Fold the next events, at most so many.
    Events(usize),
    /// Let time pass where something could change.
    Time,
    /// Fold anew what was folded by another playbook.
    Playbook,
}

/// What a step has come to. It is nothing before it is committed.
#[derive(Debug)]
pub struct Step {
    /// The turn after which it is to be committed.
    pub turn: i64,
    /// What to commit.
    pub folded: Folded,
    /// How many events it took from the log.
    pub events: usize,
    heads: Vec<(IslandId, i64, Option<Vec<u8>>)>,
}

/// Folds, and remembers large states.
#[derive(Debug, Default)]
pub struct Folder {
    heads: Heads,
    playbooks: Playbooks,
    /// By tenant: its position, and up to where the log has nothing else of it. (What others send is not read again and
    /// again.)
    read: HashMap<TenantId, (Position, Position)>,
}

impl Folder {
    /// With playbooks that others read too.
    pub fn with(playbooks: Playbooks) -> Folder {
        Folder { playbooks, ..Folder::default() }
    }

    /// Works out the next step of a task; none if there is nothing to do, or no playbook to do it by. Nobody else may
    /// commit meanwhile.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn step(
        &mut self,
        store: &mut dyn Store,
        tenant: TenantId,
        task: Task,
        now: Millis,
    ) -> Result<Option<Step>, StoreError> {
        let progress = store.folds().progress(tenant)?;
        let Some(playbook_id) = progress.playbook else { return Ok(None) };
        let Some(playbook) = self.playbooks.get(store, playbook_id)? else { return Ok(None) };
        let (heads, read) = (&mut self.heads, &mut self.read);
        let mut context = Context { store, heads, tenant, playbook: &playbook, playbook_id, now };
        let step = match task {
            Task::Events(limit) => events(&mut context, &progress, limit, read),
            Task::Time => {
                let due = context.store.folds().due(tenant, now, FOLD_ISLANDS)?;
                pass_all(&mut context, &progress, due)
            }
            Task::Playbook => {
                let outdated = context.store.folds().outdated(tenant, playbook_id, FOLD_ISLANDS)?;
                pass_all(&mut context, &progress, outdated)
            }
        };
        let Some(mut step) = step? else { return Ok(None) };
        step.folded.leads = qualify::leads(context.store, tenant, &playbook, &step.folded.reports)?;
        Ok(Some(step))
    }

    /// A step was committed.
    pub fn committed(&mut self, step: Step) {
        for gone in step.folded.islands.iter().flat_map(|island| &island.merged) {
            self.heads.remove(*gone);
        }
        for (island, events, head) in step.heads {
            match head {
                Some(state) => self.heads.put(island, events, state),
                None => self.heads.remove(island),
            }
        }
    }

    /// A step was not committed, or somebody else has committed one: what is remembered may be wrong.
    pub fn forget(&mut self) {
        self.heads = Heads::default();
        self.read.clear();
    }
}

fn events(
    context: &mut Context<'_>,
    progress: &Progress,
    limit: usize,
    read: &mut HashMap<TenantId, (Position, Position)>,
) -> Result<Option<Step>, StoreError> {
    let (tenant, now) = (context.tenant, context.now);
    let waited = context.store.folds().waiting(tenant, now, limit)?;
    let room = limit.saturating_sub(waited.len());
    // First: what is appended meanwhile is beyond it.
    let end = context.store.folds().end()?;
    let known = read.get(&tenant).filter(|(position, _)| *position == progress.position);
    let after = known.map_or(progress.position, |(_, nothing_up_to)| *nothing_up_to);
    let logged = if after < end { context.store.folds().logged(tenant, after, room)? } else { Vec::new() };
    if logged.is_empty() && room > 0 {
        read.insert(tenant, (progress.position, end));
    }
    if waited.is_empty() && logged.is_empty() {
        return Ok(None);
    }
    let position: Option<Position> = logged.last().map(|event| event.position);
    let events = logged.len();
    // What happens later than now has not happened yet.
    let (logged, waiting): (Vec<Logged>, Vec<Logged>) =
        logged.into_iter().partition(|event| event.happened <= now);
    let place = |event: &Logged| (event.happened, event.position);
    let folded = Folded {
        position,
        waiting: waiting.iter().map(place).collect(),
        waited: waited.iter().map(place).collect(),
        ..Folded::default()
    };
    let arrival = |logged: &Logged| Some(Arrival { event: event_of(logged)?, position: logged.position });
    let arrivals = waited.iter().chain(&logged).filter_map(arrival).collect();
    let outcomes = fold_page(context, arrivals)?;
    Ok(Some(gather(progress, folded, events, outcomes)))
}

fn pass_all(
    context: &mut Context<'_>,
    progress: &Progress,
    rows: Vec<crate::store::IslandRow>,
) -> Result<Option<Step>, StoreError> {
    if rows.is_empty() {
        return Ok(None);
    }
    let outcomes = rows.iter().map(|row| pass(context, row)).collect::<Result<Vec<_>, _>>()?;
    Ok(Some(gather(progress, Folded::default(), 0, outcomes)))
}

fn gather(progress: &Progress, mut folded: Folded, events: usize, outcomes: Vec<Outcome>) -> Step {
    let mut heads = Vec::with_capacity(outcomes.len());
    for outcome in outcomes {
        let row = outcome.island.row;
        heads.push((row.id, row.events, outcome.head));
        folded.islands.push(outcome.island);
        folded.nodes.extend(outcome.nodes);
        folded.joins.extend(outcome.joins);
        folded.history.extend(outcome.history);
        folded.reports.extend(outcome.reports);
    }
    Step { turn: progress.turn, folded, events, heads }
}
