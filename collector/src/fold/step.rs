//! One step: what is committed at once.

use std::collections::HashMap;

use super::group::{Context, Outcome, fold_page, keep, pass};
use super::heads::{Heads, Left};
use super::marks::Marks;
use super::page::{Arrival, Numbers};
use super::playbooks::Playbooks;
use super::qualify;
use super::restore::event_of;
use super::survey::Survey;
use crate::clock::Millis;
use crate::limits::{FOLD_ISLANDS, FOLD_ISLANDS_SIZE};
use crate::store::{
    Folded, FoldedIsland, IslandRow, Position, Progress, Store, StoreError, TenantId, Waiting,
};

/// What there is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Fold the next events, at most so many; where any had been folded before, those.
    Events(usize),
    /// While some are folded again: fold the next events, at most so many, of all others. Those of the former wait.
    Others(usize),
    /// Let time pass where something could change, but for those who are folded again.
    Time,
    /// Fold anew what was folded by another playbook.
    Playbook,
    /// Find out who there is in the log, and whose events are where, of at most so many events: folded they are by the next
    /// task.
    Survey(usize),
    /// Make and keep the states that are waited for.
    Keep,
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
    /// Of each island, in their order.
    left: Vec<Left>,
    tenant: TenantId,
}

/// Folds, and remembers what the last steps have left.
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
        self.heads.begin(tenant, progress.turn);
        let (heads, read) = (&mut self.heads, &mut self.read);
        let again = progress.again.is_some();
        let mut context = Context { store, heads, tenant, playbook: &playbook, playbook_id, now, again };
        let step = match (task, progress.again) {
            (Task::Events(limit), Some(to)) => folded_again(&mut context, &progress, to, limit),
            (Task::Others(limit), Some(to)) if progress.position >= to => {
                context.again = false;
                events(&mut context, &progress, limit, read)
            }
            (Task::Survey(limit), to) => surveyed(&mut context, &progress, to, limit),
            (Task::Keep, _) => {
                let lacking = context.store.folds().to_keep(tenant, FOLD_ISLANDS)?;
                // Of one that is surveyed only all events are folded.
                each(&mut context, &progress, within(lacking, |row| row.nodes + row.events), keep)
            }
            (Task::Time, to) if to.is_none_or(|to| progress.position >= to) => {
                context.again = false;
                let mut due = context.store.folds().due(tenant, now, FOLD_ISLANDS)?;
                if again {
                    // For who is folded again it has passed before, and will again.
                    due = others(&mut context, due)?;
                }
                each(&mut context, &progress, within(due, |row| row.nodes), pass)
            }
            // Those that are folded again are folded by it anyway, and the others wait for their turn.
            (_, Some(_)) | (Task::Others(_) | Task::Time, None) => Ok(None),
            (Task::Events(limit), None) => events(&mut context, &progress, limit, read),
            (Task::Playbook, None) => {
                let outdated = context.store.folds().outdated(tenant, playbook_id, FOLD_ISLANDS)?;
                each(&mut context, &progress, within(outdated, |row| row.nodes + row.events), pass)
            }
        };
        let Some(mut step) = step? else { return Ok(None) };
        number_states(context.store, &mut step.folded)?;
        step.folded.leads = qualify::leads(context.store, tenant, &playbook, &step.folded.reports)?;
        Ok(Some(step))
    }

    /// A step was committed.
    pub fn committed(&mut self, step: Step) {
        let Step { turn, tenant, folded, left, .. } = step;
        self.heads.committed(tenant, turn, folded.islands.into_iter().zip(left), folded.nodes);
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
    let again = progress.again.is_some();
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
    let (mut folded, mut marks) = (Folded { position, ..Folded::default() }, Marks::default());
    let (mut arrivals, waited_before) = (Vec::new(), waited.len());
    // One after the other: not all of them as text and as events at once.
    for (place, event) in waited.into_iter().chain(logged).enumerate() {
        // What happens later than now has not happened yet.
        if event.happened > now {
            folded.waiting.push(Waiting::of(&event));
        } else if again && marks.keep_waiting(context, &event)? {
            folded.waiting.push(Waiting::held(&event));
        } else {
            if place < waited_before {
                folded.waited.push((event.happened, event.position));
            }
            arrivals.extend(event_of(&event).map(|of| Arrival::new(of, event.position)));
        }
    }
    folded.held = marks.held;
    let outcomes = fold_page(context, arrivals)?;
    Ok(Some(gather(context.tenant, progress, folded, events, outcomes)))
}

/// Folds again what had been folded up to a position: the events of those with whom somebody was erased, or all of them
/// (`rebuild`). Nothing that names any of them is folded meanwhile, so that nothing of it is news, and everything is news
/// that is folded after it.
fn folded_again(
    context: &mut Context<'_>,
    progress: &Progress,
    to: Position,
    limit: usize,
) -> Result<Option<Step>, StoreError> {
    let tenant = context.tenant;
    let forgotten = context.store.folds().waiting_again(tenant, limit)?;
    let room = limit.saturating_sub(forgotten.len());
    let mut logged = Vec::new();
    if progress.position < to && room > 0 {
        logged = context.store.folds().logged(tenant, progress.position, room)?;
        logged.retain(|event| event.position <= to);
    }
    let events = logged.len();
    let mut folded = Folded {
        position: logged.last().map(|event| event.position),
        waited: forgotten.iter().map(|event| (event.happened, event.position)).collect(),
        ..Folded::default()
    };
    if forgotten.is_empty() && logged.is_empty() {
        (folded.over, folded.position) = (true, Some(progress.position.max(to)));
    }
    let mut marks = Marks::default();
    let mut arrivals = Vec::with_capacity(forgotten.len() + logged.len());
    let waited = forgotten.len();
    for (place, logged) in forgotten.into_iter().chain(logged).enumerate() {
        // It had been read, and waits for its time still.
        let waits =
            place >= waited && context.store.folds().waits(tenant, logged.happened, logged.position)?;
        let Some(event) = event_of(&logged).filter(|_| !waits) else { continue };
        let mark = marks.of(context, false, event.person())?;
        arrivals.push(Arrival { mark, ..Arrival::new(event, logged.position) });
    }
    let outcomes = fold_page(context, arrivals)?;
    Ok(Some(gather(tenant, progress, folded, events, outcomes)))
}

/// As much of the log as is surveyed at a time: of what had been folded before, while it is folded again.
fn surveyed(
    context: &mut Context<'_>,
    progress: &Progress,
    to: Option<Position>,
    limit: usize,
) -> Result<Option<Step>, StoreError> {
    let end = context.store.folds().end()?;
    let (node, island, state) = context.store.folds().largest()?;
    let mut numbers = Numbers::after((node, island.max(context.heads.largest()), state));
    let mut survey = Survey::of(context, (progress.position, to.unwrap_or(end)), limit, &mut numbers)?;
    let (events, position, waiting) = (survey.seen, survey.position, std::mem::take(&mut survey.waiting));
    if position.is_none() {
        return Ok(None);
    }
    let folded = Folded { position, waiting, ..Folded::default() };
    let outcomes = survey.outcomes(context, &mut numbers)?;
    Ok(Some(gather(context.tenant, progress, folded, events, outcomes)))
}

/// Those of whom nobody is folded again.
fn others(context: &mut Context<'_>, rows: Vec<IslandRow>) -> Result<Vec<IslandRow>, StoreError> {
    let mut others = Vec::with_capacity(rows.len());
    for row in rows {
        if !context.store.folds().is_marked(row.id)? {
            others.push(row);
        }
    }
    Ok(others)
}

/// As many of them as one step takes; at least one.
fn within(rows: Vec<IslandRow>, size: impl Fn(&IslandRow) -> i64) -> Vec<IslandRow> {
    let mut taken = 0_i64;
    let fits = |row: &IslandRow| {
        let is_first = taken == 0;
        taken = taken.saturating_add(size(row).max(1));
        is_first || taken <= FOLD_ISLANDS_SIZE
    };
    rows.into_iter().take_while(fits).collect()
}

fn each(
    context: &mut Context<'_>,
    progress: &Progress,
    rows: Vec<IslandRow>,
    work: impl Fn(&mut Context<'_>, &IslandRow) -> Result<Outcome, StoreError>,
) -> Result<Option<Step>, StoreError> {
    if rows.is_empty() {
        return Ok(None);
    }
    let outcomes = rows.iter().map(|row| work(context, row)).collect::<Result<Vec<_>, _>>()?;
    Ok(Some(gather(context.tenant, progress, Folded::default(), 0, outcomes)))
}

/// Gives each new state its number: that of one that is dropped, in whose place it is written.
fn number_states(store: &mut dyn Store, folded: &mut Folded) -> Result<(), StoreError> {
    let mut numbers = Numbers::after(store.folds().largest()?);
    for FoldedIsland { dropped, states, .. } in &mut folded.islands {
        for state in states {
            state.id = dropped.pop().unwrap_or_else(|| numbers.next_state());
        }
    }
    Ok(())
}

fn gather(
    tenant: TenantId,
    progress: &Progress,
    mut folded: Folded,
    events: usize,
    outcomes: Vec<Outcome>,
) -> Step {
    let mut left = Vec::with_capacity(outcomes.len());
    for outcome in outcomes {
        left.push(outcome.left);
        folded.islands.push(outcome.island);
        folded.nodes.extend(outcome.nodes);
        folded.joins.extend(outcome.joins);
        folded.history.extend(outcome.history);
        folded.reports.extend(outcome.reports);
    }
    Step { turn: progress.turn, folded, events, left, tenant }
}
