//! An island's state as it was: from the newest one that is kept, and the events since.

use ripen::engine::{Event, Playbook};
use ripen::fold::{Island, Key};
use ripen::replay::read_event;

use super::heads::Heads;
use crate::clock::Millis;
use crate::identity::Trust;
use crate::store::{Checkpoint, Footprint, IslandId, IslandRow, Join, Logged, Store, StoreError};

/// The event in a line of the log; none if it belongs to nobody.
pub(super) fn event_of(logged: &Logged) -> Option<Event> {
    let mut event = read_event(logged.message.as_bytes())?;
    match Trust::numbered(logged.trust) {
        Some(Trust::Refused) => (event.user, event.previous) = (None, None),
        Some(Trust::Stranger) => return None,
        _ => {}
    }
    (event.user.is_some() || event.anonymous.is_some()).then_some(event)
}

/// Where an event is in the order of all.
pub(super) fn key_of(event: &Event) -> Key {
    (event.time, event.id.clone())
}

/// The island as the last commit left it. What it reports on the way was reported then.
pub(super) fn newest<'p>(
    store: &mut dyn Store,
    playbook: &'p Playbook,
    row: &IslandRow,
    joins: &[Join],
    heads: Option<&mut Heads>,
) -> Result<Island<'p>, StoreError> {
    let held = heads.and_then(|heads| Island::read(playbook, heads.get(row.id, row.events)?));
    if let Some(mut island) = held {
        foresee(&mut island, joins);
        return Ok(island);
    }
    let (mut island, known) = kept(store, playbook, row, joins, |_| true)?;
    if known < row.events {
        let since = island.last().cloned();
        let tail = footprints(store, row.id, since.as_ref(), None)?;
        go_on(store, &mut island, &tail)?;
    }
    if let Some(passed) = row.passed {
        island.pass(passed);
    }
    forget_news(&mut island);
    Ok(island)
}

/// The island as it was just before an event of this key, and how many events it had; where the log no longer has what
/// was before, as it was as soon after as is known.
pub(super) fn before<'p>(
    store: &mut dyn Store,
    playbook: &'p Playbook,
    row: &IslandRow,
    joins: &[Join],
    key: &Key,
) -> Result<(Island<'p>, i64), StoreError> {
    let is_before = |checkpoint: &Checkpoint| checkpoint.last < *key && checkpoint.turned <= key.0;
    let (mut island, known) = kept(store, playbook, row, joins, is_before)?;
    let since = island.last().cloned();
    let tail = footprints(store, row.id, since.as_ref(), Some(key))?;
    go_on(store, &mut island, &tail)?;
    Ok((island, known + i64::try_from(tail.len()).unwrap_or(i64::MAX)))
}

/// The newest state that is kept, is fit and can be read. Else the one before the first event; or, where the log no longer
/// has the first events, the oldest state that has all that is gone.
fn kept<'p>(
    store: &mut dyn Store,
    playbook: &'p Playbook,
    row: &IslandRow,
    joins: &[Join],
    is_fit: impl Fn(&Checkpoint) -> bool,
) -> Result<(Island<'p>, i64), StoreError> {
    let mut checkpoints = store.folds().checkpoints(row.id)?;
    let newest = checkpoints.first().cloned();
    checkpoints.retain(|checkpoint| row.gone.is_none_or(|gone| checkpoint.last.0 >= gone));
    if checkpoints.is_empty() {
        // It lacks some of what is gone; without it all of that would be lacking.
        checkpoints.extend(newest);
    }
    let (fit, mut unfit): (Vec<_>, Vec<_>) = checkpoints.into_iter().partition(is_fit);
    unfit.retain(|_| row.gone.is_some());
    for checkpoint in fit.iter().chain(unfit.iter().rev()) {
        // Of another playbook, or of another version: there is nothing else to be had from it.
        let state = store.folds().state(checkpoint.id)?;
        if let Some(mut island) = Island::read(playbook, &state) {
            foresee(&mut island, joins);
            return Ok((island, checkpoint.events));
        }
    }
    let mut island = Island::new(playbook);
    foresee(&mut island, joins);
    Ok((island, 0))
}

/// Where the events of an island after one and before another are, in order.
pub(super) fn footprints(
    store: &mut dyn Store,
    id: IslandId,
    after: Option<&Key>,
    before: Option<&Key>,
) -> Result<Vec<Footprint>, StoreError> {
    let since = after.map_or(Millis(i64::MIN), |(time, _)| *time);
    let mut found = store.folds().history(id, since)?;
    found.retain(|place| {
        after.is_none_or(|after| place.key > *after) && before.is_none_or(|before| place.key < *before)
    });
    found.sort_unstable();
    Ok(found)
}

fn go_on(store: &mut dyn Store, island: &mut Island<'_>, tail: &[Footprint]) -> Result<(), StoreError> {
    for place in tail {
        if let Some(event) = store.folds().event(place.position)?.as_ref().and_then(event_of) {
            island.fold(&event);
        }
        // One at a time, so that years of a large account's news are not gathered.
        forget_news(island);
    }
    Ok(())
}

pub(super) fn foresee(island: &mut Island<'_>, joins: &[Join]) {
    for join in joins {
        island.foresee(&join.anonymous, join.key.clone(), &join.user);
    }
}

pub(super) fn forget_news(island: &mut Island<'_>) {
    island.take_changes();
    island.take_sightings();
}
