//! All of it anew from the log: first who there is and whose events are where, then one island after the other.

use super::step::{Folder, Step, Task};
use crate::clock::Clock;
use crate::limits::{FOLD_REBUILD_EVENTS, FOLD_SURVEY_EVENTS};
use crate::store::{Store, StoreError, TenantId};

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Events of the log that have been looked at.
    pub events: usize,
    /// Of those, how many are folded.
    pub folded: usize,
}

/// Forgets what is folded of a tenant's log, and folds all of it. What was reported stays, and what had been folded is not
/// reported again: where this ends before it is through, the next fold goes on with it, in the same silence. What had not
/// been folded yet is news, as ever.
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
    let (mut folder, mut seen) = (Folder::default(), Seen::default());
    let mut run = |store: &mut dyn Store, task: Task, counts: bool| -> Result<(), StoreError> {
        while let Some(step) = folder.step(store, tenant, task, clock.now())? {
            if !store.folds().commit(tenant, step.turn, &step.folded)? {
                return Err(StoreError::Backend("somebody else folds this tenant: try again".into()));
            }
            if counts {
                seen.add(task, &step);
                tell(seen);
            }
            folder.committed(step);
        }
        Ok(())
    };
    // What has never been folded is news: there is nothing to be forgotten, or to be silent about. Nor is there after one
    // that was killed in its survey: this one goes on with that.
    let is_news = store.folds().progress(tenant)?.again.is_none() && !store.folds().any_reported(tenant)?;
    if !is_news {
        // One that was killed later may have left somebody of whom nothing is reported yet.
        run(store, Task::Keep, false)?;
        store.folds().unfold(tenant)?;
    }
    for task in [Task::Survey(FOLD_SURVEY_EVENTS), Task::Keep, Task::Events(FOLD_REBUILD_EVENTS), Task::Time]
    {
        run(store, task, true)?;
    }
    Ok(seen)
}

impl Seen {
    fn add(&mut self, task: Task, step: &Step) {
        self.events += step.events;
        self.folded += match task {
            Task::Events(_) => step.events,
            Task::Keep => {
                step.folded.islands.iter().map(|island| island.row.events.unsigned_abs() as usize).sum()
            }
            _ => 0,
        };
    }
}
