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

#[tokio::test]
async fn after_a_defect_within_one_instant_its_handle_sees_what_is_written_later() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = store(&folder);
    let readers = Readers::open(&store, 1).unwrap();
    let met = readers.read("defect", |store| {
        store.consistently(&mut |store| {
            // SQLite's instant is that of the first reading.
            store.directory().tenants()?;
            panic!("as a test wants it")
        })
    });
    assert_eq!(met.await, Err(NotStored));
    store.directory().tenant("k").unwrap();
    assert_eq!(readers.read("tenants", |store| Ok(store.directory().tenants()?.len())).await, Ok(1));
}

#[tokio::test]
async fn a_handle_apart_is_free_while_all_others_are_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    let readers = Readers::open(&store, 1).unwrap();
    let apart = readers.apart(&store).unwrap();
    let (release, held) = std::sync::mpsc::channel::<()>();
    let busy = readers.read("busy", move |store| {
        let _ = held.recv();
        store.check()
    });
    let beside = async {
        let told = apart.read("beside", |store| store.check()).await;
        let _ = release.send(());
        told
    };
    assert_eq!(tokio::join!(busy, beside), (Ok(0), Ok(0)));
    let met = apart.read("defect", |_| -> Result<(), _> { panic!("as a test wants it") }).await;
    assert_eq!((met, readers.defects()), (Err(NotStored), 1));
}

#[tokio::test]
async fn what_takes_long_leaves_half_of_the_handles_to_others() {
    let folder = tempfile::tempdir().unwrap();
    let readers = Readers::open(&store(&folder), 4).unwrap();
    let (release, held) = std::sync::mpsc::channel::<()>();
    let held = std::sync::Arc::new(std::sync::Mutex::new(held));
    let exports: Vec<_> = (0..6)
        .map(|_| {
            let (readers, held) = (readers.clone(), std::sync::Arc::clone(&held));
            tokio::spawn(async move {
                let work = move |store: &mut dyn Store| {
                    let _ = held.lock().unwrap().recv();
                    store.check()
                };
                readers.read_long("an export", work).await
            })
        })
        .collect();
    // Each of them has begun, or waits.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    for _ in 0..2 {
        assert_eq!(readers.read("other", |store| store.check()).await, Ok(0));
    }
    drop(release);
    for export in exports {
        assert_eq!(export.await.unwrap(), Ok(0));
    }
}
