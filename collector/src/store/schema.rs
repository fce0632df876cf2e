//! The schema in SQLite and how it gets to its newest version.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::StoreError;
use super::sqlite::streams;

/// A way from one version to the next.
struct Migration {
    sql: &'static str,
    /// What SQL alone cannot do, once all tables are the newest.
    fill: fn(&Transaction<'_>) -> Result<(), StoreError>,
}

/// `MIGRATIONS[n]` leads from version n to n + 1. What has been released is never edited.
const MIGRATIONS: [Migration; 3] = [
    Migration {
        // A tenant is not its key, so that keys can be changed. `events` counts what is in `event`, in the same
        // transaction. AUTOINCREMENT: a position is never used again, even after the last event was erased.
        sql: "CREATE TABLE tenant (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        events INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE write_key (
        key TEXT PRIMARY KEY,
        tenant INTEGER NOT NULL REFERENCES tenant (id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE event (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        tenant INTEGER NOT NULL REFERENCES tenant (id),
        message_id TEXT NOT NULL,
        received_at INTEGER NOT NULL,
        happened_at INTEGER NOT NULL,
        user_id TEXT,
        anonymous_id TEXT,
        message TEXT NOT NULL,
        UNIQUE (tenant, message_id)
    ) STRICT;",
        fill: |_| Ok(()),
    },
    Migration {
        // Counters are JSON, `{reason: number}`. Arrivals are runs without a gap beside the log, not a column in it: an
        // event that was told twice under two sequences is in the log once, and both have arrived. Runs of a stream do
        // not touch each other.
        sql: "CREATE TABLE stream (
        id INTEGER PRIMARY KEY,
        tenant INTEGER NOT NULL REFERENCES tenant (id),
        name TEXT NOT NULL,
        taken INTEGER NOT NULL,
        dropped TEXT NOT NULL,
        untaken TEXT NOT NULL,
        heard_at INTEGER NOT NULL,
        UNIQUE (tenant, name)
    ) STRICT;
    CREATE TABLE arrival (
        stream INTEGER NOT NULL REFERENCES stream (id),
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (stream, first)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE erasure (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        tenant INTEGER NOT NULL REFERENCES tenant (id),
        received_at INTEGER NOT NULL,
        anonymous_id TEXT,
        user_id TEXT,
        state TEXT NOT NULL DEFAULT 'open'
    ) STRICT;
    CREATE UNIQUE INDEX open_erasure ON erasure (tenant, ifnull(anonymous_id, ''), ifnull(user_id, ''))
        WHERE state = 'open';",
        fill: streams::hear_all,
    },
    Migration {
        sql: concat!(
            include_str!("schema/3/fold.sql"),
            include_str!("schema/3/access.sql"),
            include_str!("schema/3/playbook.sql"),
            include_str!("schema/3/identity.sql"),
            include_str!("schema/3/lead.sql"),
            include_str!("schema/3/health.sql"),
            include_str!("schema/3/privacy.sql"),
            include_str!("schema/3/trial.sql"),
        ),
        fill: |_| Ok(()),
    },
];

/// Marks the file as Ripen's: `RIPN`.
pub(super) const APPLICATION_ID: i64 = 0x5249_504e;

/// The version that this program writes.
pub(super) const NEWEST: i64 = MIGRATIONS.len() as i64;

/// Brings a database to the newest version, all or nothing.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    // Immediate: two processes that start at once migrate one after the other.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let owner: i64 = transaction.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 = transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let empty = found == 0 && owner == 0 && tables == 0;
    if !empty && owner != APPLICATION_ID {
        return Err(StoreError::Foreign);
    }
    let Some(missing) = usize::try_from(found).ok().and_then(|found| MIGRATIONS.get(found..)) else {
        return Err(StoreError::FromTheFuture { found, known: NEWEST });
    };
    if !empty && !missing.is_empty() {
        tracing::info!(
            from = found,
            to = NEWEST,
            "the database is brought forward; a large one takes minutes"
        );
    }
    for step in missing {
        transaction.execute_batch(step.sql)?;
    }
    // By the code of today, which knows only the newest tables.
    for step in missing {
        (step.fill)(&transaction)?;
    }
    if !missing.is_empty() {
        transaction.pragma_update(None, "user_version", NEWEST)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    Ok(transaction.commit()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_database_gets_the_newest_schema_and_keeps_it() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        connection.execute("INSERT INTO tenant DEFAULT VALUES", []).unwrap();
        migrate(&mut connection).unwrap();
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        let kept: i64 = connection.query_row("SELECT count(*) FROM tenant", [], |row| row.get(0)).unwrap();
        assert_eq!((version, kept), (NEWEST, 1));
    }

    #[test]
    fn a_version_from_the_future_is_refused_by_name_and_left_alone() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        connection.pragma_update(None, "user_version", NEWEST + 6).unwrap();
        let refused = migrate(&mut connection).unwrap_err();
        assert!(
            matches!(refused, StoreError::FromTheFuture { found, known: NEWEST } if found == NEWEST + 6),
            "{refused:?}"
        );
        assert!(refused.to_string().contains(&format!("schema version {}", NEWEST + 6)), "{refused}");
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!(version, NEWEST + 6);
    }

    #[test]
    fn the_database_of_another_program_is_left_alone() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE recipes (name TEXT)").unwrap();
        assert!(matches!(migrate(&mut connection), Err(StoreError::Foreign)));
        let tables: i64 =
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).unwrap();
        assert_eq!(tables, 1);
    }
}
