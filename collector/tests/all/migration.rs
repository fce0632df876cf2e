//! A database of an older collector, brought forward.

use std::path::Path;

use ripen_collector::clock::Millis;
use ripen_collector::health::Day;
use ripen_collector::store::{Batch, ErasureId, ErasureState, Position, SqliteStore, Store};
use ripen_collector::stream::{Sequenced, StreamId, StreamLosses};
use rusqlite::Connection;

const VERSION_1: &str = include_str!("databases/version-1.sql");
const VERSION_2: &str = include_str!("databases/version-2.sql");

fn old(path: &Path) {
    Connection::open(path).unwrap().execute_batch(VERSION_1).unwrap();
}

/// Tables and indexes, as they were made.
fn schema(path: &Path) -> Vec<(String, Option<String>)> {
    let connection = Connection::open(path).unwrap();
    let mut read = connection.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name").unwrap();
    let rows = read.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[test]
fn c05_the_first_schema_becomes_the_newest_with_all_that_was_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let (path, fresh) = (folder.path().join("old.db"), folder.path().join("new.db"));
    old(&path);
    let before: Vec<(i64, String)> = {
        let connection = Connection::open(&path).unwrap();
        let mut read = connection.prepare("SELECT position, message FROM event ORDER BY position").unwrap();
        let rows = read.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    };
    let mut store = SqliteStore::open(&path).unwrap();
    let tenants = store.directory().tenants().unwrap();
    assert_eq!(tenants.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["key", "other"]);
    let mut after: Vec<(i64, String)> = Vec::new();
    for (_, tenant) in &tenants {
        let log = store.log().read(*tenant, Position::START, usize::MAX).unwrap();
        after.extend(log.into_iter().map(|event| (event.position.0, event.entry.message)));
    }
    assert_eq!((before.len(), store.check().unwrap()), (11, 11));
    assert_eq!(after, before);
    SqliteStore::open(&fresh).unwrap();
    assert_eq!(schema(&path), schema(&fresh));
}

#[test]
fn what_is_missing_of_streams_before_it_is_known_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ripen.db");
    old(&path);
    // Opened twice: it is done once.
    for _ in 0..2 {
        let mut store = SqliteStore::open(&path).unwrap();
        let found: Vec<_> = store
            .directory()
            .tenants()
            .unwrap()
            .into_iter()
            .flat_map(|(key, tenant)| {
                let losses = store.streams().losses(tenant, None, 100).unwrap();
                losses.into_iter().map(move |losses| (key.clone(), losses))
            })
            .map(|(key, l)| {
                let stream = l.stream.as_str().chars().next().unwrap();
                (key, stream, l.taken(), l.arrived, l.highest, l.missing(), l.heard)
            })
            .collect();
        let at = |seconds: i64| Millis(1_704_103_200_000 + seconds * 1000);
        assert_eq!(
            found,
            [
                ("key".to_owned(), '0', 8, 2, Some(7), 6, at(2)),
                ("key".to_owned(), 'Q', 5, 4, Some(4), 1, at(1)),
                ("other".to_owned(), 'Q', 2, 2, Some(1), 0, at(3)),
            ]
        );
    }
}

#[test]
fn a_migration_that_fails_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ripen.db");
    old(&path);
    // In the way of the new tables, of which it is the last one.
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE erasure (x)").unwrap();
    let before = schema(&path);
    assert!(SqliteStore::open(&path).is_err());
    assert_eq!(schema(&path), before);
    Connection::open(&path).unwrap().execute_batch("DROP TABLE erasure").unwrap();
    assert!(SqliteStore::open(&path).is_ok());
}

/// Stream, taken, arrived, highest, missing, of a tenant.
fn losses(store: &mut dyn Store, key: &str) -> Vec<(String, u64, u64, Option<u64>, u64)> {
    let tenant = store.directory().tenant(key).unwrap();
    let losses = store.streams().losses(tenant, None, 100).unwrap();
    let numbers =
        |l: StreamLosses| (l.stream.as_str().to_owned(), l.taken(), l.arrived, l.highest, l.missing());
    losses.into_iter().map(numbers).collect()
}

#[test]
fn c05_the_second_schema_becomes_the_newest_with_all_that_was_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let (path, fresh) = (folder.path().join("old.db"), folder.path().join("new.db"));
    Connection::open(&path).unwrap().execute_batch(VERSION_2).unwrap();
    for _ in 0..2 {
        let mut store = SqliteStore::open(&path).unwrap();
        assert_eq!(store.check().unwrap(), 15);
        let expected = [
            ("0aGh5JkE3MuXo1TqWi6ZfD".to_owned(), 8, 2, Some(7), 6),
            ("Qm7x2Kd9LwPz4RtYb8VnCs".to_owned(), 5, 4, Some(4), 1),
            ("Zt4Uj7Hn2Wq9Xc5Vb1Mk8L".to_owned(), 7, 4, Some(5), 1),
        ];
        assert_eq!(losses(&mut store, "key"), expected);
        let tenant = store.directory().tenant("key").unwrap();
        let asked = store.erasures().erasures(tenant, ErasureId::START, 9).unwrap();
        assert_eq!((asked.len(), asked[0].state), (1, ErasureState::Open));
    }
    SqliteStore::open(&fresh).unwrap();
    assert_eq!(schema(&path), schema(&fresh));
}

#[test]
fn who_was_joined_to_whom_before_it_was_kept_is_found_in_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    Connection::open(&path).unwrap().execute_batch(VERSION_2).unwrap();
    let insert = |id: &str, user: Option<&str>, anonymous: Option<&str>, message: &str| {
        let sql =
            "INSERT INTO event (tenant, message_id, received_at, happened_at, user_id, anonymous_id, message)
            VALUES (1, ?1, 0, 0, ?2, ?3, ?4)";
        Connection::open(&path).unwrap().execute(sql, (id, user, anonymous, message)).unwrap();
    };
    insert("j1", Some("ada"), Some("laptop"), "{}");
    insert("j2", Some("ada"), Some("laptop"), "{}");
    insert("j3", Some("ada"), None, r#"{"type":"alias","previousId":"phone"}"#);
    insert("j4", Some("ada"), None, r#"{"type":"track","previousId":"no alias"}"#);
    insert("j5", Some("ada"), None, r#"no JSON, and previousId"#);
    insert("j6", None, Some("nobody"), "{}");
    drop(SqliteStore::open(&path).unwrap());
    let database = Connection::open(&path).unwrap();
    let sql = "SELECT anonymous_id FROM joined_at_word WHERE user_id = 'ada'";
    let mut read = database.prepare(sql).unwrap();
    let joined: Vec<String> = read.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(joined, ["laptop", "phone"]);
}

#[test]
fn a_stream_of_before_goes_on_and_is_counted_nowhere_but_in_its_losses() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ripen.db");
    Connection::open(&path).unwrap().execute_batch(VERSION_2).unwrap();
    let mut store = SqliteStore::open(&path).unwrap();
    let tenant = store.directory().tenant("key").unwrap();
    let stream = StreamId::new("Zt4Uj7Hn2Wq9Xc5Vb1Mk8L").unwrap();
    let sequenced = vec![
        Sequenced { stream, sequence: 2 },
        Sequenced { stream: StreamId::new("new").unwrap(), sequence: 0 },
    ];
    let batch = Batch { sequenced, ..Batch::new(tenant, Millis(1_704_200_000_000)) };
    store.log().append(&[batch]).unwrap();
    let found = losses(&mut store, "key");
    assert_eq!(found[2], ("Zt4Uj7Hn2Wq9Xc5Vb1Mk8L".to_owned(), 7, 5, Some(5), 0));
    let pages = store.health().pages(tenant, Day(0)).unwrap();
    assert_eq!(pages.iter().map(|row| row.counts.streams).collect::<Vec<_>>(), [1]);
}
