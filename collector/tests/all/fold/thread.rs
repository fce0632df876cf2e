//! The thread: it wakes by itself, and stops when it is told.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};

use axum::body::{Body, to_bytes};
use axum::http::Request;
use ripen_collector::access::{Actor, By, Kind, Name, NewToken, Secret};
use ripen_collector::clock::{Clock, Millis};
use ripen_collector::fold::{Fold, Playbooks, Reached, views};
use ripen_collector::housekeeping::Horizons;
use ripen_collector::limits::QUEUED_REQUESTS;
use ripen_collector::metrics::Metrics;
use ripen_collector::readers::Readers;
use ripen_collector::store::{Batch, Entry, Expected, NewRevision, Position, SqliteStore, Store, TenantId};
use ripen_collector::tenants::Tenants;
use ripen_collector::writer::Writer;
use ripen_collector::{Denials, Deps, router};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Handle;
use tower::ServiceExt as _;

use super::generated::{HOUR, START, playbook};

const COUNT: &str = r#"{"activity": "-", "signals": {"n": {"count": "a"}}}"#;
const DAYS: &str = r#"{"activity": "-", "signals": {"days": {"days": "a"}}}"#;

struct At(Millis);

impl Clock for At {
    fn now(&self) -> Millis {
        self.0
    }
}

fn entry(number: i64) -> Entry {
    let at = ripen::replay::format_timestamp(Millis(START + number * HOUR));
    Entry {
        message_id: format!("m{number}"),
        user_id: Some("u".to_owned()),
        anonymous_id: None,
        happened: Millis(START + number * HOUR),
        message: format!(
            r#"{{"type":"track","event":"a","messageId":"m{number}","userId":"u","timestamp":"{at}"}}"#
        ),
    }
}

/// It has a defect at the first time that it is asked; and after a tenant's turn it waits.
#[derive(Default)]
struct Broken {
    asked: AtomicUsize,
    goes_on: Mutex<bool>,
    changed: Condvar,
}

/// How often it is asked for a tenant's turn, and once for the one that it breaks.
const ONE_AND_A_TURN: usize = 1 + 4;

impl Clock for Broken {
    fn now(&self) -> Millis {
        let asked = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
        assert!(asked > 1, "as a test wants it");
        if asked > ONE_AND_A_TURN {
            drop(self.changed.wait_while(self.goes_on.lock().unwrap(), |goes_on| !*goes_on).unwrap());
        }
        Millis(START + 100 * HOUR)
    }
}

struct Running {
    folder: TempDir,
    writer: Writer,
    fold: Fold,
    tenant: TenantId,
}

fn start() -> Running {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open(&folder.path().join("ripen.db")).unwrap();
    let tenant = store.directory().tenant("key").unwrap();
    let compiled = ripen::playbook::compile(COUNT).unwrap();
    store.folds().fold_by(tenant, compiled.playbook.revision, &compiled.bytes).unwrap();
    let reader = store.reader().unwrap();
    let (writer, _) = Writer::start(Box::new(store), QUEUED_REQUESTS).unwrap();
    let clock = Arc::new(At(Millis(START + 100 * HOUR)));
    let fold = Fold::start(reader, writer.clone(), clock, Playbooks::default(), Handle::current()).unwrap();
    Running { folder, writer, fold, tenant }
}

impl Running {
    async fn append(&self, number: i64) {
        let batch = Batch { entries: vec![entry(number)], ..Batch::new(self.tenant, Millis(START)) };
        self.writer.place().unwrap().append(batch).await.unwrap();
    }

    fn lines(&self) -> Vec<String> {
        let mut store = SqliteStore::open_existing(&self.folder.path().join("ripen.db")).unwrap();
        views(&mut store, self.tenant, Millis(START + 100 * HOUR)).unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_appended_is_folded_soon_and_who_waits_is_told() {
    let running = start();
    let mut reached = running.fold.reached();
    for number in 1..=3 {
        running.append(number).await;
        assert!(reached.wait(running.tenant, Position(number)).await);
        assert!(running.lines()[0].contains(&format!(r#"{{"n":{number}}}"#)), "{:?}", running.lines());
    }
    assert_eq!(reached.position(running.tenant), Position(3));
    tokio::task::spawn_blocking(|| running.fold.stop()).await.unwrap();
    assert!(!reached.wait(running.tenant, Position(4)).await, "it will not come");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_defect_lets_its_tenant_rest_and_the_others_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open(&folder.path().join("ripen.db")).unwrap();
    let tenants = ["one", "two"].map(|key| store.directory().tenant(key).unwrap());
    let compiled = ripen::playbook::compile(COUNT).unwrap();
    for tenant in tenants {
        store.folds().fold_by(tenant, compiled.playbook.revision, &compiled.bytes).unwrap();
        store
            .log()
            .append(&[Batch { entries: vec![entry(1)], ..Batch::new(tenant, Millis(START)) }])
            .unwrap();
    }
    let reader = store.reader().unwrap();
    let (writer, _) = Writer::start(Box::new(store), QUEUED_REQUESTS).unwrap();
    let clock = Arc::new(Broken::default());
    let asked = Arc::<Broken>::clone(&clock);
    let fold = Fold::start(reader, writer.clone(), asked, Playbooks::default(), Handle::current()).unwrap();
    let (mut reached, troubles) = (fold.reached(), fold.troubles());
    assert!(reached.wait(tenants[1], Position(2)).await, "the other one goes on");
    assert_eq!((troubles.defects(), reached.position(tenants[0])), (1, Position::START));
    assert_eq!(troubles.tenants(), 1);
    // And whoever asks is told.
    let mut store = SqliteStore::open_existing(&folder.path().join("ripen.db")).unwrap();
    let secret = Secret::new(Kind::Read).unwrap();
    let token = NewToken { tenant: tenants[0], kind: Kind::Read, name: Name::default(), hash: secret.hash() };
    let by = By { who: Actor::Cli, at: Millis(START) };
    // By the writer: the fold is in the midst of a step.
    let add = move |store: &mut dyn Store| store.tokens().add_token(&token, by).map(drop);
    writer.place().unwrap().run("a token", 1, add).await.unwrap();
    let metrics = Metrics::default();
    metrics.watch(troubles.clone());
    let door = router(Deps {
        tenants: Tenants::read(&mut store).unwrap(),
        readers: Readers::open(&store, 1).unwrap(),
        writer: writer.clone(),
        clock: Arc::new(At(Millis(START))),
        denials: Denials::default(),
        horizons: Horizons::default(),
        metrics,
        reached: Reached::default(),
        www: None,
    });
    let unfolded = async || {
        let bearer = format!("Bearer {}", secret.clone().reveal());
        let asked = Request::get("/v1/health").header("authorization", bearer);
        let asked = asked.body(Body::empty()).unwrap();
        let answer = door.clone().oneshot(asked).await.unwrap();
        assert_eq!(answer.status(), 200, "events are stored all the same");
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        serde_json::from_slice::<Value>(&body).unwrap()["unfolded"].clone()
    };
    assert_eq!(unfolded().await, json!(true));
    // And it is tried again.
    *clock.goes_on.lock().unwrap() = true;
    clock.changed.notify_all();
    assert!(reached.wait(tenants[0], Position(1)).await);
    tokio::task::spawn_blocking(|| fold.stop()).await.unwrap();
    assert_eq!(unfolded().await, Value::Null, "it is folded again");
    assert_eq!((troubles.defects(), troubles.tenants()), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_published_while_it_runs_is_what_is_folded_by_from_then_on() {
    let running = start();
    running.append(1).await;
    let mut reached = running.fold.reached();
    assert!(reached.wait(running.tenant, Position(1)).await);
    let tenant = running.tenant;
    let publish = move |store: &mut dyn Store| {
        let hash = format!("{:016x}", playbook(DAYS).revision);
        let new = NewRevision {
            tenant,
            pages_hash: hash.clone(),
            hash,
            source: DAYS.to_owned(),
            pages: Vec::new(),
            note: String::new(),
        };
        let by = || By { who: Actor::Cli, at: Millis(START) };
        let number = store.playbooks().add_revision(&new, by())?;
        store.playbooks().publish(tenant, number, Expected::Any, by())?;
        Ok(())
    };
    running.writer.place().unwrap().run("a test", 1, publish).await.unwrap();
    // Each event wakes it; after the second one it has seen what is published before the first.
    for number in 2..=3 {
        running.append(number).await;
        assert!(reached.wait(running.tenant, Position(number)).await);
    }
    assert!(running.lines()[0].contains(r#"{"days":2}"#), "{:?}", running.lines());
    tokio::task::spawn_blocking(|| running.fold.stop()).await.unwrap();
}
