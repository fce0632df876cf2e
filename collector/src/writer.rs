//! One thread writes, and commits what has gathered meanwhile as one transaction: the disk is waited for once for
//! all of it.
//!
//! The queue is bounded, and so are the bodies that are being read. So what may be in memory is known, and a client that
//! finds no place is told to come back.

use std::thread::{self, JoinHandle};

use std::sync::Arc;

use tokio::sync::{Notify, mpsc, oneshot};

use crate::limits::{COMMIT_DELAY, COMMIT_EVENTS, COMMIT_SIBLINGS};
use crate::store::{Appended, Batch, Store, StoreError};

/// The way to the writing thread. Once all copies are dropped, the thread writes what it has, closes the store and ends.
#[derive(Clone, Debug)]
pub struct Writer {
    queue: mpsc::Sender<Job>,
    appended: Arc<Notify>,
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
    /// Anything else, in its turn; with how long it takes, in events.
    Run(usize, Work),
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
        let bell = Arc::clone(&appended);
        let thread =
            thread::Builder::new().name("writer".to_owned()).spawn(move || run(store, jobs, &bell))?;
        Ok((Writer { queue, appended }, thread))
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
        self.ask(|answer| Job::Run(weight, work(answer))).await
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

/// What is written in one go: the batches in one transaction, the rest after it.
#[derive(Default)]
struct Group {
    /// In events. Nothing weighs nothing, or a group of such would never be full.
    weight: usize,
    events: usize,
    batches: Vec<Batch>,
    waiting: Vec<Answer<Appended>>,
    works: Vec<Work>,
}

fn run(mut store: Box<dyn Store>, mut jobs: mpsc::Receiver<Job>, appended: &Notify) {
    let mut before = 0;
    while let Some(first) = jobs.blocking_recv() {
        let mut group = Group::default();
        group.take(first);
        group.take_what_waits(&mut jobs);
        if group.waits_for_more(before) {
            thread::sleep(COMMIT_DELAY);
            group.take_what_waits(&mut jobs);
        }
        before = group.batches.len();
        let brings = !group.batches.is_empty();
        group.settle(store.as_mut());
        if brings {
            appended.notify_one();
        }
    }
    if let Err(error) = store.close() {
        tracing::error!(%error, "the store did not close");
    }
}

impl Group {
    /// Those who were answered together, so many, come again together, and the first of them finds nobody else here yet.
    fn waits_for_more(&self, before: usize) -> bool {
        before >= COMMIT_SIBLINGS && self.batches.len() < before && self.weight < COMMIT_EVENTS
    }

    fn take_what_waits(&mut self, jobs: &mut mpsc::Receiver<Job>) {
        while self.weight < COMMIT_EVENTS
            && let Ok(next) = jobs.try_recv()
        {
            self.take(next);
        }
    }

    fn take(&mut self, job: Job) {
        match job {
            Job::Append(batch, answer) => {
                self.weight += batch.weight();
                self.events += batch.entries.len();
                self.batches.push(*batch);
                self.waiting.push(answer);
            }
            Job::Run(weight, work) => {
                self.weight += weight.max(1);
                self.works.push(work);
            }
        }
    }

    fn settle(self, store: &mut dyn Store) {
        if !self.batches.is_empty() {
            let answers = store.log().append(&self.batches);
            if let Err(error) = &answers {
                let (requests, events) = (self.waiting.len(), self.events);
                tracing::error!(%error, requests, events, "a transaction failed: its clients are asked to retry");
            }
            let mut answers = answers.unwrap_or_default().into_iter();
            for waiting in self.waiting {
                // Who has hung up gets no answer; the events are kept all the same, and a retry is a duplicate.
                let _ = waiting.send(answers.next().ok_or(NotStored));
            }
        }
        for work in self.works {
            work(store);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transaction_waits_only_where_as_many_are_to_be_expected() {
        let group = |batches: usize, weight: usize| {
            let batch = || Batch {
                tenant: crate::store::TenantId(1),
                received: crate::clock::Millis(0),
                entries: vec![],
                sequenced: vec![],
                reports: vec![],
                seen: crate::health::Seen::default(),
                leads: vec![],
                credentials: crate::store::Credentials::default(),
            };
            Group { batches: (0..batches).map(|_| batch()).collect(), weight, ..Group::default() }
        };
        assert!(!group(1, 1).waits_for_more(0), "the first one");
        assert!(!group(1, 1).waits_for_more(COMMIT_SIBLINGS - 1), "one client, or a few");
        assert!(group(1, 1).waits_for_more(COMMIT_SIBLINGS));
        assert!(!group(COMMIT_SIBLINGS, 1).waits_for_more(COMMIT_SIBLINGS), "they are all here");
        assert!(!group(1, COMMIT_EVENTS).waits_for_more(COMMIT_SIBLINGS), "it is full");
    }
}
