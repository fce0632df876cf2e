//! All of it anew from the log, by the same steps in larger pages.

use super::step::{Folder, Task};
use crate::clock::Clock;
use crate::limits::FOLD_REBUILD_EVENTS;
use crate::store::{Store, StoreError, TenantId};

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Events that are folded.
    pub events: usize,
}

/// Forgets what is folded of a tenant's log, and folds all of it. What was reported stays, and is not reported again:
/// neither is what a fold without interruption would have reported.
///
/// # Errors
/// The store cannot be read or written, or somebody else folds at the same time.
pub fn rebuild(
    store: &mut dyn Store,
    tenant: TenantId,
    clock: &dyn Clock,
    mut tell: impl FnMut(Seen),
) -> Result<Seen, StoreError> {
    if store.folds().is_torn(tenant)? {
        let gone = "the log no longer has all events (retention): what is folded of them would be lost";
        return Err(StoreError::Backend(gone.into()));
    }
    store.folds().unfold(tenant)?;
    let mut folder = Folder::default();
    let mut seen = Seen { events: 0 };
    let tasks = [Task::Events(FOLD_REBUILD_EVENTS), Task::Time];
    for task in tasks {
        while let Some(mut step) = folder.step(store, tenant, task, clock.now())? {
            // A fold of the past has no news.
            step.folded.reports.clear();
            step.folded.leads.clear();
            if !store.folds().commit(tenant, step.turn, &step.folded)? {
                return Err(StoreError::Backend("somebody else folds this tenant: try again".into()));
            }
            seen.events += step.events;
            folder.committed(step);
            tell(seen);
        }
    }
    Ok(seen)
}
