//! Handles that only read, for what must not wait for the writer. SQLite's readers see the last commit.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task;

use crate::defects::Defects;
use crate::limits;
use crate::store::{Store, StoreError};
use crate::writer::NotStored;

/// A few handles of the store; each is used by one at a time.
#[derive(Clone)]
pub struct Readers {
    idle: Arc<Mutex<Vec<Box<dyn Store>>>>,
    free: Arc<Semaphore>,
    /// Of these, how many may be used for long.
    long: Arc<Semaphore>,
    defects: Defects,
}

impl Readers {
    /// Opens this many.
    ///
    /// # Errors
    /// The store cannot be opened again.
    pub fn open(store: &dyn Store, count: usize) -> Result<Readers, StoreError> {
        let handles = (0..count.max(1)).map(|_| store.reader()).collect::<Result<Vec<_>, _>>()?;
        let free = Arc::new(Semaphore::new(handles.len()));
        let long = Arc::new(Semaphore::new((handles.len() / 2).clamp(1, limits::EXPORTS)));
        Ok(Readers { idle: Arc::new(Mutex::new(handles)), free, long, defects: Defects::default() })
    }

    /// A handle more, for one who must not wait for those who ask: however many they are, it is free. Defects count together.
    ///
    /// # Errors
    /// The store cannot be opened again.
    pub fn apart(&self, store: &dyn Store) -> Result<Readers, StoreError> {
        Ok(Readers { defects: self.defects.clone(), ..Readers::open(store, 1)? })
    }

    /// Defects of the collector that were met in reading.
    pub fn defects(&self) -> u64 {
        self.defects.count()
    }

    /// Reads for as long as somebody takes to receive it: so half of the handles are free for others.
    ///
    /// # Errors
    /// As [`read`](Readers::read).
    pub async fn read_long<T: Send + 'static>(
        &self,
        what: &'static str,
        work: impl FnOnce(&mut dyn Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, NotStored> {
        let Ok(Ok(_permit)) = tokio::time::timeout(limits::READER_DEADLINE, self.long.acquire()).await else {
            tracing::warn!(what, "as many as may be are under way");
            return Err(NotStored);
        };
        self.read(what, work).await
    }

    /// Reads, away from the threads that answer requests. What it is called stands in the log if it fails.
    ///
    /// # Errors
    /// It failed, or all handles were in use for too long.
    pub async fn read<T: Send + 'static>(
        &self,
        what: &'static str,
        work: impl FnOnce(&mut dyn Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, NotStored> {
        let free = Arc::clone(&self.free).acquire_owned();
        let Ok(Ok(permit)) = tokio::time::timeout(limits::READER_DEADLINE, free).await else {
            tracing::warn!(what, "all readers are in use");
            return Err(NotStored);
        };
        let idle = Arc::clone(&self.idle);
        let done = task::spawn_blocking(move || {
            let store = lock(&idle).pop();
            let mut lent = Lent { store, idle, _permit: permit };
            let store = lent.store.as_deref_mut().ok_or(NotStored)?;
            work(store).map_err(|error| {
                tracing::error!(%error, what, "the store cannot be read");
                NotStored
            })
        });
        done.await.unwrap_or_else(|_| {
            self.defects.met(what);
            Err(NotStored)
        })
    }
}

/// A handle that goes back also where a work has a defect.
struct Lent {
    store: Option<Box<dyn Store>>,
    idle: Arc<Mutex<Vec<Box<dyn Store>>>>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Lent {
    fn drop(&mut self) {
        lock(&self.idle).extend(self.store.take());
    }
}

fn lock(idle: &Mutex<Vec<Box<dyn Store>>>) -> MutexGuard<'_, Vec<Box<dyn Store>>> {
    // Nothing is done while it is held that could leave it half done.
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}
