//! A database of an older collector, brought forward.

use std::path::Path;

use ripen_collector::clock::Millis;
use ripen_collector::store::{Position, SqliteStore, Store};
use rusqlite::Connection;

const VERSION_1: &str = include_str!("databases/version-1.sql");

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
