//! `serve`: from start to stop.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::clock::{Clock, SystemClock};
use crate::config::{Config, TenantConfig};
use crate::connections;
use crate::fold::{Alone, Fold, Playbooks};
use crate::housekeeping::{self, Horizons};
use crate::http::{Deps, router};
use crate::ingest::{Denials, Denied};
use crate::limits;
use crate::metrics::{self, Asked, Metrics};
use crate::readers::Readers;
use crate::store::{SqliteStore, Store, StoreError};
use crate::tenants::{Tenants, Written, begin};
use crate::writer::Writer;

/// What `serve` is told.
#[derive(Clone, Debug)]
pub struct Options {
    /// All that can be set.
    pub config: Config,
    /// Write key → its playbook, if the configuration has one.
    pub tenants: Vec<(String, Option<Written>)>,
}

/// Why the collector did not start.
#[derive(Debug)]
pub enum StartError {
    /// The database cannot be used.
    Store(PathBuf, StoreError),
    /// The folder of files is none.
    Www(PathBuf),
    /// The address cannot be listened at.
    Listen(String, io::Error),
    /// The system gives no thread or no signal handler.
    System(io::Error),
}

/// Serves until SIGINT or SIGTERM: then takes no more connections, finishes the requests that are under way, writes
/// everything to its place and returns. `ready` gets the URL once connections are taken.
///
/// # Errors
/// See [`StartError`].
pub fn serve(options: Options, ready: impl FnOnce(&str)) -> Result<(), StartError> {
    let Options { config, tenants } = options;
    let (listen, database, www) = (config.listen.value, config.database.value, config.www.value);
    let metrics_listen = config.metrics_listen.value;
    if let Some(folder) = www.as_ref().filter(|folder| !folder.is_dir()) {
        return Err(StartError::Www(folder.clone()));
    }
    let in_store = |error| StartError::Store(database.clone(), error);
    let mut store = SqliteStore::open(&database).map_err(in_store)?;
    let alone = Alone::with(&database).map_err(StartError::System)?;
    if alone.is_none() {
        tracing::warn!("another process folds this database: this one helps");
    }
    for begun in begin(tenants, SystemClock.now(), &mut store).map_err(in_store)? {
        begun.log();
    }
    let tenants = Tenants::read(&mut store).map_err(in_store)?;
    if tenants.now().is_empty() {
        tracing::warn!("nobody may send yet: make a tenant by ripen-collector tenant create KEY");
    }
    let denials = denials(&config.deny.value, &config.tenants, &mut store).map_err(in_store)?;
    let horizons = horizons(config.retention_days.value, &config.tenants, &mut store).map_err(in_store)?;
    let events = store.check().map_err(in_store)?;
    let begins = housekeeping::begins(&mut store, SystemClock.now()).map_err(in_store)?;
    horizons.pass(begins);
    let folding = store.reader().map_err(in_store)?;
    let readers = Readers::open(&store, limits::READERS).map_err(in_store)?;
    // Whoever asks much keeps others waiting who ask, and not what the collector has to do for all.
    let (watching, tidying) =
        (readers.apart(&store).map_err(in_store)?, readers.apart(&store).map_err(in_store)?);
    let (writer, thread) =
        Writer::start(Box::new(store), limits::QUEUED_REQUESTS).map_err(StartError::System)?;
    tracing::info!(tenants = tenants.now().len(), events, "started");

    let last = writer.clone();
    let watch = tenants.clone().watch(watching);
    let runtime = Runtime::new().map_err(StartError::System)?;
    let (clock, metrics): (Arc<dyn Clock>, Metrics) = (Arc::new(SystemClock), Metrics::default());
    let handle = runtime.handle().clone();
    let fold = Fold::start(folding, writer.clone(), Arc::clone(&clock), Playbooks::default(), handle)
        .map_err(StartError::System)?;
    metrics.watch(fold.troubles());
    let told = metrics_listen.map(|address| {
        let (metrics, readers) = (metrics.clone(), readers.clone());
        let asked = Asked { metrics, readers, writer: writer.clone(), clock: Arc::clone(&clock) };
        (address, metrics::router(asked))
    });
    let own_clock = Arc::clone(&clock);
    let tidy =
        housekeeping::run(writer.clone(), tidying, own_clock, begins, horizons.clone(), metrics.clone());
    let router = router(Deps {
        tenants,
        writer,
        readers,
        clock,
        denials,
        horizons,
        metrics,
        reached: fold.reached(),
        www,
    });
    let ended = runtime.block_on(async {
        let refused = |error| StartError::Listen(listen.clone(), error);
        let listener = TcpListener::bind(&listen).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let stop = stop_signal().map_err(StartError::System)?;
        tokio::spawn(watch);
        tokio::spawn(tidy);
        if let Some((address, router)) = told {
            let refused = |error| StartError::Listen(address.clone(), error);
            let listener = TcpListener::bind(&address).await.map_err(refused)?;
            let bound = listener.local_addr().map_err(refused)?;
            tracing::info!(%bound, "metrics are told");
            tokio::spawn(async move { axum::serve(listener, router).await });
        }
        ready(&format!("http://{address}"));
        tokio::select! {
            () = connections::serve(listener, router, connections::at_a_time(), stopped(stop.clone())) => {}
            () = overdue(stop) => tracing::warn!("some connections did not end in time and were cut"),
        }
        Ok(())
    });
    fold.stop();
    // All that reads goes before the writer: who closes the store last moves its journal into it.
    drop(runtime);
    // The last way to the writer: it commits what it has, closes the store and ends.
    drop(last);
    if thread.join().is_err() {
        tracing::error!("the writer met a defect of the collector");
    }
    drop(alone);
    tracing::info!("stopped");
    ended
}

/// What each tenant denies; who has no place in the store yet gets one. The lists were checked when they were read.
fn denials(
    everybody: &[String],
    configured: &BTreeMap<String, TenantConfig>,
    store: &mut dyn Store,
) -> Result<Denials, StoreError> {
    let read = |list: &[String]| Denied::new(list).unwrap_or_default();
    let mut denials = Denials::new(read(everybody));
    for (key, tenant) in configured {
        denials.set(store.directory().tenant(key)?, read(&tenant.deny));
    }
    Ok(denials)
}

/// How long each tenant keeps raw events.
fn horizons(
    everybody: Option<u32>,
    configured: &BTreeMap<String, TenantConfig>,
    store: &mut dyn Store,
) -> Result<Horizons, StoreError> {
    let mut horizons = Horizons::new(everybody);
    for (key, tenant) in configured {
        horizons.set(store.directory().tenant(key)?, tenant.retention_days);
    }
    horizons.learn(store)?;
    Ok(horizons)
}

/// Becomes true at the first signal to stop.
fn stop_signal() -> io::Result<watch::Receiver<bool>> {
    let (tell, told) = watch::channel(false);
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tell.send_replace(true);
        // Dropped earlier, it could not be waited for any more.
        tell.closed().await;
    });
    Ok(told)
}

async fn stopped(mut stop: watch::Receiver<bool>) {
    // An error would say that nobody can signal any more: then it is time to stop, too.
    let _ = stop.wait_for(|stop| *stop).await;
}

async fn overdue(stop: watch::Receiver<bool>) {
    stopped(stop).await;
    tokio::time::sleep(limits::DRAIN_DEADLINE).await;
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartError::Store(path, error) => write!(f, "{}: {error}", path.display()),
            StartError::Www(path) => write!(f, "--www {}: there is no such folder", path.display()),
            StartError::Listen(address, error) => write!(f, "--listen {address}: {error}"),
            StartError::System(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for StartError {}
