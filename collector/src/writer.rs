//! One thread writes, and commits what has gathered meanwhile as one transaction: the disk is waited for once for
//! all of it.
//!
//! The queue is bounded, and so are the bodies that are being read. So what may be in memory is known, and a client that
//! finds no place is told to come back.
//!
//! The thread outlives defects: what it was at is rolled back and not acknowledged, and it goes on with the next.

mod group;

use std::thread::{self, JoinHandle};

use std::sync::Arc;

use tokio::sync::{Notify, mpsc, oneshot};

use crate::defects::Defects;
use crate::limits::DEFECTS_IN_A_ROW;
use crate::store::{Appended, Batch, Store, StoreError};

/// The way to the writing thread. Once all copies are dropped, the thread writes what it has, closes the store and ends.
#[derive(Clone, Debug)]
pub struct Writer {
    queue: mpsc::Sender<Job>,
    appended: Arc<Notify>,
    defects: Defects,
}

/// A place in the queue.
#[derive(Debug)]
#[must_use = "a place that is not used is given back"]
pub struct Place {
    permit: mpsc::OwnedPermit<Job>,
}

/// Why there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPlace {
    /// As many requests wait as may.
    Full,
    /// The thread has ended.
    Ended,
}

/// The transaction failed, and nothing of it is kept; the log has the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotStored;

type Answer<T> = oneshot::Sender<Result<T, NotStored>>;

enum Job {
    Append(Box<Batch>, Answer<Appended>),
    /// Anything else, in its turn; with what it is called, and how long it takes, in events.
    Run(&'static str, usize, Work),
}

type Work = Box<dyn FnOnce(&mut dyn Store) + Send>;

impl Writer {
    /// Starts the thread, with room for this many requests in the queue.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(store: Box<dyn Store>, places: usize) -> std::io::Result<(Writer, JoinHandle<()>)> {
        let (queue, jobs) = mpsc::channel(places);
        let appended = Arc::new(Notify::new());
        let (bell, defects) = (Arc::clone(&appended), Defects::default());
        let met = defects.clone();
        let thread = thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || group::run(store, jobs, &bell, &met))?;
        Ok((Writer { queue, appended, defects }, thread))
    }

    /// Defects of the collector that were met in writing.
    pub fn defects(&self) -> u64 {
        self.defects.count()
    }

    /// Batches meet one after the other, and none is stored: whoever starts the process anew may help.
    pub fn is_broken(&self) -> bool {
        self.defects.in_a_row() >= DEFECTS_IN_A_ROW
    }

    /// Rings after each commit of events, for one who waits.
    pub fn appended(&self) -> Arc<Notify> {
        Arc::clone(&self.appended)
    }

    /// How many places are taken.
    pub fn waiting(&self) -> usize {
        self.queue.max_capacity().saturating_sub(self.queue.capacity())
    }

    /// How many places there are.
    pub fn places(&self) -> usize {
        self.queue.max_capacity()
    }

    /// Takes a place in the queue, or says at once that there is none.
    ///
    /// # Errors
    /// The queue is full, or the writer has ended.
    pub fn place(&self) -> Result<Place, NoPlace> {
        match self.queue.clone().try_reserve_owned() {
            Ok(permit) => Ok(Place { permit }),
            Err(mpsc::error::TrySendError::Full(_)) => Err(NoPlace::Full),
            Err(mpsc::error::TrySendError::Closed(_)) => Err(NoPlace::Ended),
        }
    }
}

impl Place {
    /// Answers after the commit.
    ///
    /// # Errors
    /// Nothing of the batch is kept.
    pub async fn append(self, batch: Batch) -> Result<Appended, NotStored> {
        self.ask(|answer| Job::Append(Box::new(batch), answer)).await
    }

    /// Does any other work on the store, in turn with all that is written, and answers when it is done. What it is
    /// called stands in the log if it fails. The weight is how long it takes, in events.
    ///
    /// # Errors
    /// It failed, or the writer has ended.
    pub async fn run<T: Send + 'static>(
        self,
        what: &'static str,
        weight: usize,
        work: impl FnOnce(&mut dyn Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, NotStored> {
        let work = |answer: Answer<T>| -> Work {
            Box::new(move |store| {
                let done = work(store).map_err(|error| {
                    tracing::error!(%error, what, "the store failed");
                    NotStored
                });
                // Who has hung up gets no answer; what was done is done.
                let _ = answer.send(done);
            })
        };
        self.ask(|answer| Job::Run(what, weight, work(answer))).await
    }

    async fn ask<T>(self, job: impl FnOnce(Answer<T>) -> Job) -> Result<T, NotStored> {
        let (answer, mut answered) = oneshot::channel();
        let queue = self.permit.send(job(answer));
        tokio::select! {
            biased;
            // No answer at all: the thread is gone, and with it the transaction.
            told = &mut answered => told.unwrap_or(Err(NotStored)),
            // It was gone before this was sent, and nobody will ever read it: a place outlives the queue.
            () = queue.closed() => answered.try_recv().unwrap_or(Err(NotStored)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Millis;
    use crate::store::TenantId;

    #[tokio::test]
    async fn what_is_sent_to_a_thread_that_is_gone_is_not_waited_for() {
        let (queue, jobs) = mpsc::channel(2);
        let writer = Writer { queue, appended: Arc::default(), defects: Defects::default() };
        let (first, second) = (writer.place().unwrap(), writer.place().unwrap());
        drop(jobs);
        let batch = Batch::new(TenantId(1), Millis(0));
        assert_eq!(first.append(batch).await, Err(NotStored));
        assert_eq!(second.run("health", 1, |store| store.check()).await, Err(NotStored));
        assert_eq!(writer.place().unwrap_err(), NoPlace::Ended);
    }
}
