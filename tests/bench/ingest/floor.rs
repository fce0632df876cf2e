//! The least that any collector on SQLite does: the same rows into the same table, and nothing else.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use ripen_collector::limits;
use ripen_collector::store::SqliteStore;
use rusqlite::{Connection, TransactionBehavior, params};

use crate::batches::Row;

/// The collector's own schema and settings, with one tenant.
pub(crate) fn open(path: &Path) -> Connection {
    drop(SqliteStore::open(path).unwrap());
    let connection = Connection::open(path).unwrap();
    connection.pragma_update(None, "journal_mode", "WAL").unwrap();
    connection.pragma_update(None, "synchronous", "FULL").unwrap();
    connection.pragma_update(None, "cache_size", -limits::CACHE_KIB).unwrap();
    connection.pragma_update(None, "wal_autocheckpoint", limits::WAL_PAGES).unwrap();
    connection.execute("INSERT INTO tenant DEFAULT VALUES", []).unwrap();
    connection
}

/// A batch each `pause`, each in a transaction of its own that takes with it what is due by then, as a collector does; how
/// long each took from when it was due.
pub(crate) fn insert_at_a_rate(
    connection: &mut Connection,
    batches: &[Vec<Row>],
    pause: Duration,
) -> Vec<Duration> {
    let (begun, mut took, mut next) = (Instant::now(), Vec::with_capacity(batches.len()), 0);
    let due = |number: usize| begun + pause * number as u32;
    while next < batches.len() {
        thread::sleep(due(next).saturating_duration_since(Instant::now()));
        let now = Instant::now();
        let end = (next + 1..batches.len()).find(|number| due(*number) > now).unwrap_or(batches.len());
        insert(connection, &batches[next..end], end - next);
        took.extend((next..end).map(|number| due(number).elapsed()));
        next = end;
    }
    took
}

/// So many batches in a transaction.
pub(crate) fn insert(connection: &mut Connection, batches: &[Vec<Row>], together: usize) {
    for group in batches.chunks(together) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
        {
            let mut insert = transaction
                .prepare_cached(
                    "INSERT INTO event (tenant, message_id, received_at, happened_at, user_id, anonymous_id, message)
                     VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (tenant, message_id) DO NOTHING",
                )
                .unwrap();
            for Row { message_id, user_id, anonymous_id, happened, message } in group.iter().flatten() {
                insert
                    .execute(params![message_id, happened, happened, user_id, anonymous_id, message])
                    .unwrap();
            }
        }
        transaction.commit().unwrap();
    }
}
