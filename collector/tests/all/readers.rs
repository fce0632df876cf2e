//! Handles that only read.

use ripen_collector::clock::Millis;
use ripen_collector::readers::Readers;
use ripen_collector::store::{Batch, SqliteStore, Store};
use ripen_collector::writer::NotStored;

fn store(folder: &tempfile::TempDir) -> SqliteStore {
    SqliteStore::open(&folder.path().join("ripen.db")).unwrap()
}

#[tokio::test]
async fn a_reader_sees_the_last_commit_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = store(&folder);
    let readers = Readers::open(&store, 1).unwrap();
    let tenants = || readers.read("tenants", |store| Ok(store.directory().tenants()?.len()));
    assert_eq!(tenants().await, Ok(0));
    let tenant = store.directory().tenant("k").unwrap();
    assert_eq!(tenants().await, Ok(1));
    let batch = Batch::new(tenant, Millis(0));
    let written = readers.read("append", move |store| store.log().append(&[batch])).await;
    assert_eq!(written, Err(NotStored));
}

#[tokio::test]
async fn a_work_with_a_defect_gives_its_handle_back() {
    let folder = tempfile::tempdir().unwrap();
    let readers = Readers::open(&store(&folder), 1).unwrap();
    for _ in 0..3 {
        assert_eq!(
            readers.read("defect", |_| -> Result<(), _> { panic!("as a test wants it") }).await,
            Err(NotStored)
        );
    }
    assert_eq!(readers.read("check", |store| store.check()).await, Ok(0));
}
