//! A store that can be held up, and can fail.

use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use ripen_collector::store::{
    Appended, Audit, Batch, DeliveryHealth, Directory, Disagreements, Erasures, EventLog, Folds, Identities,
    Leads, PersonalData, Playbooks, Position, Retention, SqliteStore, Store, StoreError, Stored,
    StreamLedger, TenantId, Tokens,
};
use tempfile::TempDir;

/// After this a test fails instead of waiting for ever.
const PATIENCE: Duration = Duration::from_secs(60);

/// SQLite in a folder of its own. Copies share its file and its faults: a copy is how a test looks in.
pub struct FaultyStore {
    folder: Arc<TempDir>,
    faults: Arc<Faults>,
    store: SqliteStore,
    /// What it is while it fails: it cannot be written.
    full: Box<dyn Store>,
}

#[derive(Default)]
struct Faults {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    commits: Vec<usize>,
    held: bool,
    /// Held up at this moment.
    waiting: bool,
    failing: bool,
    breaks: Breaks,
}

/// Which commits of events panic.
#[derive(Clone, Default, PartialEq)]
enum Breaks {
    #[default]
    None,
    All,
    /// Those that bring this message.
    With(String),
}

impl Default for FaultyStore {
    fn default() -> FaultyStore {
        FaultyStore::in_folder(Arc::new(tempfile::tempdir().unwrap()), Arc::default())
    }
}

impl Clone for FaultyStore {
    fn clone(&self) -> FaultyStore {
        FaultyStore::in_folder(Arc::clone(&self.folder), Arc::clone(&self.faults))
    }
}

impl FaultyStore {
    fn in_folder(folder: Arc<TempDir>, faults: Arc<Faults>) -> FaultyStore {
        let store = SqliteStore::open(&folder.path().join("ripen.db")).unwrap();
        let full = store.reader().unwrap();
        FaultyStore { folder, faults, store, full }
    }

    /// From now on a commit of events waits until [`FaultyStore::release`].
    pub fn hold(&self) {
        self.faults.state.lock().unwrap().held = true;
    }

    pub fn release(&self) {
        self.faults.state.lock().unwrap().held = false;
        self.faults.changed.notify_all();
    }

    /// Returns once a commit is held up.
    pub fn wait_until_held(&self) {
        let state = self.faults.state.lock().unwrap();
        let (state, late) =
            self.faults.changed.wait_timeout_while(state, PATIENCE, |state| !state.waiting).unwrap();
        drop(state);
        assert!(!late.timed_out(), "nothing is being committed");
    }

    /// As a full disk: commits fail until it is told otherwise.
    pub fn fail(&self, failing: bool) {
        self.faults.state.lock().unwrap().failing = failing;
    }

    /// From now on commits of events panic.
    pub fn break_down(&self) {
        self.faults.state.lock().unwrap().breaks = Breaks::All;
    }

    /// Those that bring this message do.
    pub fn break_with(&self, message_id: &str) {
        self.faults.state.lock().unwrap().breaks = Breaks::With(message_id.to_owned());
    }

    pub fn mend(&self) {
        self.faults.state.lock().unwrap().breaks = Breaks::None;
    }

    /// How many events each transaction brought, duplicates included.
    pub fn commits(&self) -> Vec<usize> {
        self.faults.state.lock().unwrap().commits.clone()
    }

    /// Of all tenants.
    pub fn messages(&self) -> Vec<String> {
        self.events().into_iter().map(|event| event.entry.message).collect()
    }

    pub fn message_ids(&self) -> Vec<String> {
        self.events().into_iter().map(|event| event.entry.message_id).collect()
    }

    fn events(&self) -> Vec<Stored> {
        let mut store = self.store.reader().unwrap();
        let mut tenants: Vec<TenantId> =
            store.directory().tenants().unwrap().into_iter().map(|(_, id)| id).collect();
        tenants.dedup();
        let mut events: Vec<Stored> = tenants
            .into_iter()
            .flat_map(|tenant| store.log().read(tenant, Position::START, usize::MAX).unwrap())
            .collect();
        events.sort_by_key(|event| event.position);
        events
    }

    fn working(&mut self) -> &mut dyn Store {
        if self.faults.state.lock().unwrap().failing { self.full.as_mut() } else { &mut self.store }
    }
}

impl EventLog for FaultyStore {
    fn append(&mut self, batches: &[Batch]) -> Result<Vec<Appended>, StoreError> {
        let mut state = self.faults.state.lock().unwrap();
        state.waiting = state.held;
        self.faults.changed.notify_all();
        state = self.faults.changed.wait_while(state, |state| state.held).unwrap();
        state.waiting = false;
        let breaks = state.breaks.clone();
        drop(state);
        let brings =
            |id: &str| batches.iter().any(|batch| batch.entries.iter().any(|entry| entry.message_id == id));
        match breaks {
            Breaks::None => {}
            Breaks::All => panic!("as a test wants it"),
            Breaks::With(id) => assert!(!brings(&id), "as a test wants it"),
        }
        let appended = self.working().log().append(batches)?;
        let events = batches.iter().map(|batch| batch.entries.len()).sum();
        self.faults.state.lock().unwrap().commits.push(events);
        Ok(appended)
    }

    fn read(&mut self, tenant: TenantId, after: Position, limit: usize) -> Result<Vec<Stored>, StoreError> {
        self.store.log().read(tenant, after, limit)
    }

    fn last_received(&mut self) -> Result<Option<ripen_collector::clock::Millis>, StoreError> {
        self.store.log().last_received()
    }
}

impl Store for FaultyStore {
    fn directory(&mut self) -> &mut dyn Directory {
        self.working().directory()
    }

    fn log(&mut self) -> &mut dyn EventLog {
        self
    }

    fn streams(&mut self) -> &mut dyn StreamLedger {
        self.working().streams()
    }

    fn health(&mut self) -> &mut dyn DeliveryHealth {
        self.working().health()
    }

    fn personal(&mut self) -> &mut dyn PersonalData {
        self.working().personal()
    }

    fn retention(&mut self) -> &mut dyn Retention {
        self.working().retention()
    }

    fn erasures(&mut self) -> &mut dyn Erasures {
        self.working().erasures()
    }

    fn leads(&mut self) -> &mut dyn Leads {
        self.working().leads()
    }

    fn tokens(&mut self) -> &mut dyn Tokens {
        self.working().tokens()
    }

    fn audit(&mut self) -> &mut dyn Audit {
        self.working().audit()
    }

    fn folds(&mut self) -> &mut dyn Folds {
        self.working().folds()
    }

    fn playbooks(&mut self) -> &mut dyn Playbooks {
        self.working().playbooks()
    }

    fn identities(&mut self) -> &mut dyn Identities {
        self.working().identities()
    }

    fn disagreements(&mut self) -> &mut dyn Disagreements {
        self.working().disagreements()
    }

    fn consistently(
        &mut self,
        work: &mut dyn FnMut(&mut dyn Store) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.working().consistently(work)
    }

    fn reader(&self) -> Result<Box<dyn Store>, StoreError> {
        self.store.reader()
    }

    fn check(&mut self) -> Result<u64, StoreError> {
        let failing = self.faults.state.lock().unwrap().failing;
        if failing { Err(StoreError::Backend("no room".into())) } else { self.store.check() }
    }

    fn close(self: Box<Self>) -> Result<(), StoreError> {
        Box::new(self.store).close()
    }
}
