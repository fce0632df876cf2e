//! What the thread does: it takes what waits, and writes it in one go.

use std::thread;

use tokio::sync::{Notify, mpsc};

use super::{Answer, Job, NotStored, Work};
use crate::defects::Defects;
use crate::limits::{COMMIT_DELAY, COMMIT_EVENTS, COMMIT_SIBLINGS};
use crate::store::{Appended, Batch, Store, StoreError};

/// What is written in one go: the batches in one transaction, the rest after it.
#[derive(Default)]
struct Group {
    /// In events. Nothing weighs nothing, or a group of such would never be full.
    weight: usize,
    events: usize,
    batches: Vec<Batch>,
    waiting: Vec<Answer<Appended>>,
    works: Vec<(&'static str, Work)>,
}

/// Goes on until nobody can send any more.
pub(super) fn run(
    mut store: Box<dyn Store>,
    mut jobs: mpsc::Receiver<Job>,
    appended: &Notify,
    defects: &Defects,
) {
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
        group.settle(store.as_mut(), defects);
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
            Job::Run(what, weight, work) => {
                self.weight += weight.max(1);
                self.works.push((what, work));
            }
        }
    }

    fn settle(self, store: &mut dyn Store, defects: &Defects) {
        let Group { events, batches, waiting, works, .. } = self;
        if !batches.is_empty() {
            match defects.caught("append", || store.log().append(&batches)) {
                Some(answers) => {
                    defects.passed();
                    answer(answers, events, waiting);
                }
                // One of them met it, and does not cost the others theirs.
                None if batches.len() > 1 => one_by_one(&batches, waiting, store, defects),
                None => defects.again(),
            }
        }
        for (what, work) in works {
            // Whoever waits for it hears that there is no answer.
            let _ = defects.caught(what, || work(store));
        }
    }
}

fn one_by_one(batches: &[Batch], waiting: Vec<Answer<Appended>>, store: &mut dyn Store, defects: &Defects) {
    for (batch, waiting) in batches.iter().zip(waiting) {
        match defects.caught("append", || store.log().append(std::slice::from_ref(batch))) {
            Some(answers) => {
                defects.passed();
                answer(answers, batch.entries.len(), vec![waiting]);
            }
            None => defects.again(),
        }
    }
}

fn answer(answers: Result<Vec<Appended>, StoreError>, events: usize, waiting: Vec<Answer<Appended>>) {
    if let Err(error) = &answers {
        let requests = waiting.len();
        tracing::error!(%error, requests, events, "a transaction failed: its clients are asked to retry");
    }
    let mut answers = answers.unwrap_or_default().into_iter();
    for waiting in waiting {
        // Who has hung up gets no answer; the events are kept all the same, and a retry is a duplicate.
        let _ = waiting.send(answers.next().ok_or(NotStored));
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
