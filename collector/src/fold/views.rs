//! Everybody's view as of an instant: the lines of `ripen replay`, from what the collector has folded.

use ripen::engine::{Event, Playbook};
use ripen::fold::Island;
use ripen::replay::final_lines;

use super::history::{History, Stretch};
use super::playbooks::Playbooks;
use super::restore::{event_of, forget_news, newest};
use crate::clock::Millis;
use crate::limits::PAGE;
use crate::store::{IslandId, IslandRow, Store, StoreError, TenantId};

/// A line for each person, sorted by id, then one for each account, as of an instant that is not later than now.
///
/// # Errors
/// The store cannot be read.
pub fn views(store: &mut dyn Store, tenant: TenantId, at: Millis) -> Result<Vec<String>, StoreError> {
    let mut lines: Vec<(bool, String, String)> = Vec::new();
    each(store, tenant, at, |playbook, island| {
        let world = island.finished(at);
        let persons = world.persons().map(|(id, ..)| (false, id.to_owned()));
        let heads = persons.chain(world.accounts().map(|(id, _)| (true, id.to_owned())));
        let printed = final_lines(playbook, &world, at);
        lines.extend(heads.zip(printed).map(|((account, id), line)| (account, id, line)));
    })?;
    lines.sort_unstable();
    Ok(lines.into_iter().map(|(.., line)| line).collect())
}

/// The state of every island as of an instant, in binary, sorted: for one log and one playbook these are the same bytes,
/// however it came to be folded.
///
/// # Errors
/// The store cannot be read.
pub fn fingerprints(store: &mut dyn Store, tenant: TenantId, at: Millis) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut states = Vec::new();
    each(store, tenant, at, |_, mut island| {
        island.pass(at);
        states.push(island.write());
    })?;
    states.sort_unstable();
    Ok(states)
}

fn each(
    store: &mut dyn Store,
    tenant: TenantId,
    at: Millis,
    mut f: impl FnMut(&Playbook, Island<'_>),
) -> Result<(), StoreError> {
    let playbooks = Playbooks::default();
    let mut after = IslandId(0);
    loop {
        let rows = store.folds().islands(tenant, after, PAGE)?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.id;
        for row in rows {
            let Some(playbook) = playbooks.get(store, row.playbook)? else { continue };
            if let Some(island) = as_of(store, &playbook, &row, at)? {
                f(&playbook, island);
            }
        }
    }
}

/// An island as of an instant; none if nothing had happened by then.
fn as_of<'p>(
    store: &mut dyn Store,
    playbook: &'p Playbook,
    row: &IslandRow,
    at: Millis,
) -> Result<Option<Island<'p>>, StoreError> {
    let joins = store.folds().joins(row.id)?;
    let island = newest(store, playbook, row, &joins, None, at)?;
    if island.turned().is_none_or(|turned| turned <= at) {
        return Ok(Some(island));
    }
    // What comes later does not exist, nor do the joins that it brings: no state that is kept can be gone on from.
    let (mut island, mut is_empty) = (Island::new(playbook), true);
    each_event(store, row.id, at, |event| island.foresee_event(event))?;
    each_event(store, row.id, at, |event| {
        is_empty = false;
        island.fold(event);
        forget_news(&mut island);
    })?;
    Ok(Some(island).filter(|_| !is_empty))
}

/// The events of an island up to an instant, in order.
fn each_event(
    store: &mut dyn Store,
    id: IslandId,
    at: Millis,
    mut f: impl FnMut(&Event),
) -> Result<(), StoreError> {
    let mut history = History::of(vec![(id, None)], Millis(i64::MIN), None);
    while let Some(Stretch { places, .. }) = history.stretch(store)? {
        for place in places {
            if place.key.0 > at {
                return Ok(());
            }
            store.folds().event(place.position)?.as_ref().and_then(event_of).iter().for_each(&mut f);
        }
    }
    Ok(())
}
