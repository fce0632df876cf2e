//! `npm run bench:fold`: events that are made up into SQLite, folded from the log, and a retention curve over them; what SQL
//! takes for the same curve; and one account of very many people. `FOLD_EVENTS` says how many (10,000,000), `FOLD_CROWD` how
//! many people of one account follow each other in the last measurement (20,000). The processor's time, since others may
//! have the machine too. Prints one JSON document.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod crowd;
mod log;
mod sql;

use cpu_time::ProcessTime;
use log::{DAY, DAYS, START, filled};
use ripen::replay::read_event;
use ripen_collector::clock::{Clock, Millis};
use ripen_collector::fold::{Folder, Return, Task, rebuild, retention};
use ripen_collector::limits::FOLD_EVENTS;
use ripen_collector::store::{Position, SqliteStore, Store, TenantId};
use serde_json::json;

/// As the collector has it.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Time that stands still.
struct At(Millis);

impl Clock for At {
    fn now(&self) -> Millis {
        self.0
    }
}

/// A step, committed; how many events it took.
fn step(folder: &mut Folder, store: &mut SqliteStore, tenant: TenantId, task: Task, now: Millis) -> usize {
    let Some(step) = folder.step(store, tenant, task, now).unwrap() else { return 0 };
    assert!(store.folds().commit(tenant, step.turn, &step.folded).unwrap());
    let events = step.events;
    folder.committed(step);
    events
}

/// All of the log, in steps of at most so many events.
fn fold_all(store: &mut SqliteStore, tenant: TenantId, at_once: usize, now: Millis) -> Folder {
    let mut folder = Folder::default();
    while step(&mut folder, store, tenant, Task::Events(at_once), now) > 0 {}
    folder
}

/// All of the log, read as the fold reads it, and nothing done with it.
fn read_all(store: &mut SqliteStore, tenant: TenantId) -> u64 {
    let (mut after, mut events) = (Position::START, 0);
    loop {
        let page = store.folds().logged(tenant, after, FOLD_EVENTS).unwrap();
        let Some(last) = page.last() else { return events };
        after = last.position;
        events += page.iter().filter_map(|logged| read_event(logged.message.as_bytes())).count() as u64;
    }
}

fn seconds<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let begin = ProcessTime::now();
    let done = work();
    (begin.elapsed().as_secs_f64(), done)
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

fn main() {
    let events = number("FOLD_EVENTS", 10_000_000);
    let now = Millis(START + (DAYS + 1) * DAY);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bench.db");
    let (appended, (mut store, tenant)) = seconds(|| filled(&path, events, false));
    eprintln!("{events} events appended");
    let (walked, count) = seconds(|| sql::walk(&path));
    assert_eq!(count, events);
    let (read, count) = seconds(|| read_all(&mut store, tenant));
    assert_eq!(count, events);
    let (folded, _) = seconds(|| rebuild(&mut store, tenant, &At(now), |_| {}).unwrap());
    eprintln!("folded in {folded:.1} s");
    let (drawn, curve) = seconds(|| retention(&mut store, tenant, 7, now).unwrap());
    let (by_history, of_history) = seconds(|| sql::over_the_history(&path, now));
    let (by_log, of_log) = seconds(|| sql::over_the_log(&path, now));
    let active: Vec<(i64, u64)> = (0..).zip(&curve).map(|(k, Return { active, .. })| (k, *active)).collect();
    let active: Vec<(i64, u64)> = active.into_iter().filter(|(_, active)| *active > 0).collect();
    assert_eq!((&active, &active), (&of_log, &of_history), "all three say the same");
    drop(store);
    let bytes = std::fs::metadata(&path).unwrap().len();
    drop(folder);
    let document = json!({
        "events": events, "bytes": bytes, "live_step": FOLD_EVENTS,
        "appended": appended, "walked": walked, "read": read, "folded": folded, "drawn": drawn,
        "by_history": by_history, "by_log": by_log, "live": live((events / 10).max(1), now), "crowd": crowd::measure(now),
    });
    println!("{document}");
}

/// The same in steps as they are behind the door, on a shorter log.
fn live(events: u64, now: Millis) -> serde_json::Value {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, tenant) = filled(&folder.path().join("bench.db"), events, false);
    let (folded, _) = seconds(|| fold_all(&mut store, tenant, FOLD_EVENTS, now));
    json!({"events": events, "folded": folded})
}
