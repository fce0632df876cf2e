//! A store in memory that can be held up, and can fail.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use ripen_collector::clock::Millis;
use ripen_collector::store::{
    Appended, Batch, Erasure, ErasureId, ErasureRequest, ErasureState, Position, Store, StoreError, Stored,
    TenantId,
};
use ripen_collector::stream::{StreamId, StreamLosses, StreamReport};

/// After this a test fails instead of waiting for ever.
const PATIENCE: Duration = Duration::from_secs(20);

/// Copies share one log: a copy is how it is opened again, and how a test looks in.
#[derive(Clone, Default)]
pub struct MemoryStore {
    log: Arc<Mutex<Log>>,
    changed: Arc<Condvar>,
}

#[derive(Default)]
struct Log {
    keys: Vec<String>,
    events: Vec<(TenantId, Stored)>,
    streams: BTreeMap<(TenantId, StreamId), Stream>,
    erasures: Vec<(TenantId, Erasure)>,
    commits: Vec<usize>,
    held: bool,
    /// Held up at this moment.
    waiting: bool,
    failing: bool,
    breaks: bool,
}

struct Stream {
    report: StreamReport,
    arrived: BTreeSet<u64>,
    heard: Millis,
}

impl MemoryStore {
    /// From now on a commit waits until [`MemoryStore::release`].
    pub fn hold(&self) {
        self.log.lock().unwrap().held = true;
    }

    pub fn release(&self) {
        self.log.lock().unwrap().held = false;
        self.changed.notify_all();
    }

    /// Returns once a commit is held up.
    pub fn wait_until_held(&self) {
        let log = self.log.lock().unwrap();
        let (log, late) = self.changed.wait_timeout_while(log, PATIENCE, |log| !log.waiting).unwrap();
        drop(log);
        assert!(!late.timed_out(), "nothing is being committed");
    }

    /// As a full disk: commits fail until it is told otherwise.
    pub fn fail(&self, failing: bool) {
        self.log.lock().unwrap().failing = failing;
    }

    /// The next commit panics.
    pub fn break_down(&self) {
        self.log.lock().unwrap().breaks = true;
    }

    /// How many events each transaction brought, duplicates included.
    pub fn commits(&self) -> Vec<usize> {
        self.log.lock().unwrap().commits.clone()
    }

    /// Of all tenants.
    pub fn messages(&self) -> Vec<String> {
        self.log.lock().unwrap().events.iter().map(|(_, event)| event.entry.message.clone()).collect()
    }

    pub fn message_ids(&self) -> Vec<String> {
        self.log.lock().unwrap().events.iter().map(|(_, event)| event.entry.message_id.clone()).collect()
    }
}

impl Store for MemoryStore {
    fn tenant(&mut self, write_key: &str) -> Result<TenantId, StoreError> {
        let keys = &mut self.log.lock().unwrap().keys;
        let index = keys.iter().position(|key| key == write_key).unwrap_or_else(|| {
            keys.push(write_key.to_owned());
            keys.len() - 1
        });
        Ok(TenantId(index as i64))
    }

    fn tenants(&mut self) -> Result<Vec<(String, TenantId)>, StoreError> {
        let keys = &self.log.lock().unwrap().keys;
        let mut tenants: Vec<_> =
            keys.iter().enumerate().map(|(index, key)| (key.clone(), TenantId(index as i64))).collect();
        tenants.sort();
        Ok(tenants)
    }

    fn append(&mut self, batches: &[Batch]) -> Result<Vec<Appended>, StoreError> {
        let mut log = self.log.lock().unwrap();
        log.waiting = log.held;
        self.changed.notify_all();
        log = self.changed.wait_while(log, |log| log.held).unwrap();
        log.waiting = false;
        if log.breaks {
            drop(log);
            panic!("as a test wants it");
        }
        let unknown = batches.iter().any(|batch| batch.tenant.0 as usize >= log.keys.len());
        if log.failing || unknown {
            return Err(StoreError::Backend("no room".into()));
        }
        log.commits.push(batches.iter().map(|batch| batch.entries.len()).sum());
        batches.iter().for_each(|batch| log.hear(batch));
        Ok(batches.iter().map(|batch| log.append(batch)).collect())
    }

    fn losses(
        &mut self,
        tenant: TenantId,
        after: Option<&StreamId>,
        limit: usize,
    ) -> Result<Vec<StreamLosses>, StoreError> {
        let log = self.log.lock().unwrap();
        let own = log.streams.iter().filter(|((whose, _), _)| *whose == tenant);
        let wanted = own.filter(|((_, stream), _)| after.is_none_or(|after| stream > after));
        let losses = wanted.map(|((_, stream), known)| StreamLosses {
            stream: stream.clone(),
            report: known.report.clone(),
            arrived: known.arrived.len() as u64,
            highest: known.arrived.last().copied(),
            heard: known.heard,
        });
        Ok(losses.take(limit).collect())
    }

    fn request_erasures(&mut self, requests: &[ErasureRequest]) -> Result<(), StoreError> {
        let mut log = self.log.lock().unwrap();
        if log.failing || requests.iter().any(|request| request.tenant.0 as usize >= log.keys.len()) {
            return Err(StoreError::Backend("no room".into()));
        }
        for ErasureRequest { tenant, received, whom } in requests.iter().cloned() {
            if !log.erasures.iter().any(|(whose, known)| *whose == tenant && known.whom == whom) {
                let id = ErasureId(log.erasures.len() as i64 + 1);
                log.erasures.push((tenant, Erasure { id, received, whom, state: ErasureState::Open }));
            }
        }
        Ok(())
    }

    fn erasures(
        &mut self,
        tenant: TenantId,
        after: ErasureId,
        limit: usize,
    ) -> Result<Vec<Erasure>, StoreError> {
        let log = self.log.lock().unwrap();
        let own = log.erasures.iter().filter(|(whose, erasure)| *whose == tenant && erasure.id > after);
        Ok(own.take(limit).map(|(_, erasure)| erasure.clone()).collect())
    }

    fn read(&mut self, tenant: TenantId, after: Position, limit: usize) -> Result<Vec<Stored>, StoreError> {
        let log = self.log.lock().unwrap();
        let own = log.events.iter().filter(|(whose, event)| *whose == tenant && event.position > after);
        Ok(own.take(limit).map(|(_, event)| event.clone()).collect())
    }

    fn check(&mut self) -> Result<u64, StoreError> {
        let log = self.log.lock().unwrap();
        if log.failing { Err(StoreError::Backend("no room".into())) } else { Ok(log.events.len() as u64) }
    }

    fn close(self: Box<Self>) -> Result<(), StoreError> {
        Ok(())
    }
}

impl Log {
    fn hear(&mut self, batch: &Batch) {
        let reports = batch.reports.iter().cloned();
        let arrivals = batch.sequenced.iter().cloned();
        let reported = reports.map(|(stream, report)| (stream, report, None));
        let arrived = arrivals.map(|at| (at.stream, StreamReport::default(), Some(at.sequence)));
        for (stream, report, sequence) in reported.chain(arrived) {
            let new = || Stream {
                report: StreamReport::default(),
                arrived: BTreeSet::new(),
                heard: batch.received,
            };
            let known = self.streams.entry((batch.tenant, stream)).or_insert_with(new);
            known.report.merge(&report);
            known.arrived.extend(sequence);
            known.heard = known.heard.max(batch.received);
        }
    }

    fn append(&mut self, batch: &Batch) -> Appended {
        let own = self.events.iter().filter(|(whose, _)| *whose == batch.tenant);
        let mut known: HashSet<String> = own.map(|(_, event)| event.entry.message_id.clone()).collect();
        let mut answer = Appended::default();
        for entry in &batch.entries {
            if !known.insert(entry.message_id.clone()) {
                answer.duplicates += 1;
                continue;
            }
            answer.accepted += 1;
            let position = Position(self.events.len() as i64 + 1);
            self.events
                .push((batch.tenant, Stored { position, received: batch.received, entry: entry.clone() }));
        }
        answer
    }
}
