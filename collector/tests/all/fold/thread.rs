//! The thread: it wakes by itself, and stops when it is told.

use std::sync::Arc;

use ripen_collector::access::{Actor, By};
use ripen_collector::clock::{Clock, Millis};
use ripen_collector::fold::{Fold, Playbooks, views};
use ripen_collector::limits::QUEUED_REQUESTS;
use ripen_collector::store::{Batch, Entry, Expected, NewRevision, Position, SqliteStore, Store, TenantId};
use ripen_collector::writer::Writer;
use tempfile::TempDir;
use tokio::runtime::Handle;

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
