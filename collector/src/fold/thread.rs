//! The thread that folds, behind the door: whatever it does, nobody waits for it who only sends.

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::{Notify, watch};

use super::playbooks::Playbooks;
use super::publication::wanted;
use super::step::{Folder, Step, Task};
use super::troubles::Troubles;
use crate::clock::{Clock, Stopwatch};
use crate::limits::{FOLD_EVENTS, FOLD_PATIENCE, FOLD_SLOW};
use crate::store::{Position, Store, StoreError, TenantId};
use crate::writer::{NoPlace, Writer};

/// The thread. Dropped, it goes on; [stopped](Fold::stop), it ends after the step that it is in.
#[derive(Debug)]
pub struct Fold {
    stop: watch::Sender<bool>,
    thread: JoinHandle<()>,
    reached: Reached,
    troubles: Troubles,
}

/// How far each tenant's log is folded, to be waited for.
#[derive(Clone, Debug)]
pub struct Reached {
    positions: watch::Receiver<HashMap<TenantId, Position>>,
}

impl Default for Reached {
    /// Of no fold: nobody waits for it.
    fn default() -> Reached {
        Reached { positions: watch::channel(HashMap::new()).1 }
    }
}

impl Reached {
    /// Up to and including this event.
    pub fn position(&self, tenant: TenantId) -> Position {
        self.positions.borrow().get(&tenant).copied().unwrap_or(Position::START)
    }

    /// Waits until the log is folded up to and including an event. Whether that came: not if the collector stops before.
    pub async fn wait(&mut self, tenant: TenantId, position: Position) -> bool {
        let is_there = |positions: &HashMap<TenantId, Position>| {
            positions.get(&tenant).is_some_and(|reached| *reached >= position)
        };
        self.positions.wait_for(is_there).await.is_ok()
    }
}

impl Fold {
    /// Starts the thread: it reads by a handle of its own, and writes by the writer. The runtime has to outlive it.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(
        store: Box<dyn Store>,
        writer: Writer,
        clock: Arc<dyn Clock>,
        playbooks: Playbooks,
        runtime: Handle,
    ) -> io::Result<Fold> {
        let (stop, stopped) = watch::channel(false);
        let (tell, positions) = watch::channel(HashMap::new());
        let appended = writer.appended();
        let folder = Folder::with(playbooks.clone());
        let troubles = Troubles::default();
        let work = Work {
            store,
            writer,
            clock,
            folder,
            playbooks,
            runtime,
            appended,
            stopped,
            tell,
            directory: None,
            troubles: troubles.clone(),
        };
        let thread = thread::Builder::new().name("fold".to_owned()).spawn(|| work.run())?;
        Ok(Fold { stop, thread, reached: Reached { positions }, troubles })
    }

    /// How far it has come.
    pub fn reached(&self) -> Reached {
        self.reached.clone()
    }

    /// Who is not folded because of a defect.
    pub fn troubles(&self) -> Troubles {
        self.troubles.clone()
    }

    /// Ends the thread. What it has not folded yet is folded after the next start.
    pub fn stop(self) {
        self.stop.send_replace(true);
        if self.thread.join().is_err() {
            tracing::error!("the fold met a defect of the collector");
        }
    }
}

struct Work {
    store: Box<dyn Store>,
    writer: Writer,
    clock: Arc<dyn Clock>,
    folder: Folder,
    playbooks: Playbooks,
    runtime: Handle,
    appended: Arc<Notify>,
    stopped: watch::Receiver<bool>,
    tell: watch::Sender<HashMap<TenantId, Position>>,
    /// The version of the directory at which it was last looked what is published.
    directory: Option<i64>,
    troubles: Troubles,
}

impl Work {
    fn run(mut self) {
        while !*self.stopped.borrow() {
            match self.round() {
                Ok(true) => {}
                Ok(false) => self.rest(),
                Err(error) => {
                    tracing::error!(%error, "a step of the fold failed, and is done again");
                    self.folder.forget();
                    self.rest();
                }
            }
        }
    }

    /// A step of each task for each tenant; whether there was anything to do.
    fn round(&mut self) -> Result<bool, StoreError> {
        let tenants: BTreeSet<TenantId> =
            self.store.directory().tenants()?.into_iter().map(|(_, tenant)| tenant).collect();
        // First, so that what is published meanwhile is seen next time.
        let version = Some(self.store.directory().version()?);
        let is_new = version != self.directory;
        self.directory = version;
        let mut busy = false;
        for tenant in tenants {
            if self.troubles.rests(tenant) {
                // It is to be looked at again then.
                self.directory = self.directory.filter(|_| !is_new);
                continue;
            }
            // The others go on.
            let turn = self.troubles.clone().caught(tenant, || {
                if is_new {
                    self.follow(tenant)?;
                }
                self.turn_of(tenant)
            });
            match turn {
                Some(Ok(done)) => busy |= done,
                None => {
                    self.directory = self.directory.filter(|_| !is_new);
                    // What it was at may be half done.
                    self.folder = Folder::with(self.playbooks.clone());
                }
                Some(Err(error)) => {
                    self.directory = self.directory.filter(|_| !is_new);
                    tracing::error!(tenant = tenant.0, %error, "a step of the fold failed, and is done again");
                    self.folder.forget();
                }
            }
            if *self.stopped.borrow() {
                return Ok(false);
            }
        }
        Ok(busy)
    }

    /// A step of each task for a tenant; whether there was anything to do.
    fn turn_of(&mut self, tenant: TenantId) -> Result<bool, StoreError> {
        let events = self.do_one(tenant, Task::Events(FOLD_EVENTS))?;
        let (mut busy, mut backlog) = (events > 0, events);
        if self.store.folds().progress(tenant)?.again.is_some() {
            backlog = self.do_one(tenant, Task::Others(FOLD_EVENTS))?;
            busy |= backlog > 0;
        }
        // While there is a backlog, time has not passed yet for those in it.
        if backlog < FOLD_EVENTS {
            busy |= self.do_one(tenant, Task::Time)? > 0;
        }
        busy |= self.do_one(tenant, Task::Playbook)? > 0;
        busy |= self.do_one(tenant, Task::Keep)? > 0;
        let position = self.store.folds().progress(tenant)?.position;
        self.tell.send_if_modified(|positions| positions.insert(tenant, position) != Some(position));
        Ok(busy)
    }

    /// From now on a tenant is folded by what is published.
    fn follow(&mut self, tenant: TenantId) -> Result<(), StoreError> {
        let Some(wanted) = wanted(self.store.as_mut(), tenant)? else { return Ok(()) };
        self.write("a playbook to fold by", wanted.compiled.len() / 1_000, move |store| {
            store.folds().fold_by(tenant, wanted.revision, &wanted.compiled).map(drop)
        })
    }

    /// A step, committed; how much it was.
    fn do_one(&mut self, tenant: TenantId, task: Task) -> Result<usize, StoreError> {
        let (now, watch) = (self.clock.now(), Stopwatch::start());
        let Some(step) = self.folder.step(self.store.as_mut(), tenant, task, now)? else { return Ok(0) };
        let size = step.events.max(step.folded.islands.len()).max(1);
        let took = watch.elapsed();
        if took > FOLD_SLOW {
            let rows = || step.folded.islands.iter().map(|island| island.row);
            tracing::warn!(
                tenant = tenant.0,
                ?task,
                seconds = took.as_secs(),
                islands = step.folded.islands.len(),
                largest_events = rows().map(|row| row.events).max(),
                largest_ids = rows().map(|row| row.nodes).max(),
                "a step of the fold took long: others wait for it"
            );
        }
        self.commit(tenant, step, size)?;
        Ok(size)
    }

    fn commit(&mut self, tenant: TenantId, mut step: Step, size: usize) -> Result<(), StoreError> {
        let turn = step.turn;
        let folded = std::mem::take(&mut step.folded);
        let (is_kept, folded) = self.write("the fold", size, move |store| {
            let is_kept = store.folds().commit(tenant, turn, &folded)?;
            Ok((is_kept, folded))
        })?;
        step.folded = folded;
        if is_kept {
            self.folder.committed(step);
        } else {
            // A rebuild, or a playbook that was published meanwhile.
            self.folder.forget();
        }
        Ok(())
    }

    /// Lets the writer do something, in turn with all that is written.
    fn write<T: Send + 'static>(
        &self,
        what: &'static str,
        weight: usize,
        work: impl FnOnce(&mut dyn Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let place = loop {
            match self.writer.place() {
                Ok(place) => break place,
                Err(NoPlace::Ended) => return Err(StoreError::Backend("the writer has ended".into())),
                // Those who send come first.
                Err(NoPlace::Full) => {
                    self.wait(Duration::from_millis(20));
                    if *self.stopped.borrow() {
                        return Err(StoreError::Backend("the collector stops".into()));
                    }
                }
            }
        };
        let done = self.runtime.block_on(place.run(what, weight, work));
        done.map_err(|_| StoreError::Backend("it was not committed".into()))
    }

    /// Until something was appended, at most as long as time alone can wait.
    fn rest(&self) {
        self.wait(FOLD_PATIENCE);
    }

    fn wait(&self, most: Duration) {
        let (appended, mut stopped) = (Arc::clone(&self.appended), self.stopped.clone());
        self.runtime.block_on(async move {
            tokio::select! {
                () = appended.notified() => {}
                _ = stopped.changed() => {}
                () = tokio::time::sleep(most) => {}
            }
        });
    }
}
