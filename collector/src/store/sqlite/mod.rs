//! The log in one SQLite file.

mod erasures;
pub(super) mod streams;

use std::path::Path;
use std::time::Duration;

use rusqlite::{CachedStatement, Connection, OpenFlags, OptionalExtension, TransactionBehavior, params};

use super::{
    Appended, Batch, Entry, Erasure, ErasureId, ErasureRequest, Position, Store, StoreError, Stored,
    TenantId, schema,
};
use crate::clock::Millis;
use crate::stream::{Heard, StreamId, StreamLosses};

/// How long another process (a backup, an export) may hold the file before a transaction fails.
const BUSY: Duration = Duration::from_secs(5);

/// A log in an SQLite file: WAL, so that others read while it writes; `synchronous=FULL`, so that a commit is on the
/// disk when it returns.
#[derive(Debug)]
pub struct SqliteStore {
    connection: Connection,
    /// The last transaction failed.
    failing: bool,
}

impl SqliteStore {
    /// Opens a database, and makes one where there is none.
    ///
    /// # Errors
    /// The file cannot be opened, is not Ripen's, or is of a newer version.
    pub fn open(path: &Path) -> Result<SqliteStore, StoreError> {
        Self::prepare(Connection::open(path)?)
    }

    /// Opens a database that is there.
    ///
    /// # Errors
    /// As [`SqliteStore::open`], and where there is no such file.
    pub fn open_existing(path: &Path) -> Result<SqliteStore, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Self::prepare(Connection::open_with_flags(path, flags)?)
    }

    fn prepare(mut connection: Connection) -> Result<SqliteStore, StoreError> {
        connection.busy_timeout(BUSY)?;
        schema::migrate(&mut connection)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        // macOS only: there fsync alone does not reach the disk.
        connection.pragma_update(None, "fullfsync", true)?;
        connection.pragma_update(None, "checkpoint_fullfsync", true)?;
        Ok(SqliteStore { connection, failing: false })
    }

    fn commit(&mut self, batches: &[Batch]) -> Result<Vec<Appended>, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut answers = Vec::with_capacity(batches.len());
        {
            let mut insert = transaction.prepare_cached(
                "INSERT INTO event
                    (tenant, message_id, received_at, happened_at, user_id, anonymous_id, message)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (tenant, message_id) DO NOTHING",
            )?;
            let mut count =
                transaction.prepare_cached("UPDATE tenant SET events = events + ?2 WHERE id = ?1")?;
            for batch in batches {
                let answer = insert_all(&mut insert, batch)?;
                count.execute(params![batch.tenant.0, answer.accepted.cast_signed()])?;
                let heard = Heard::gather(&batch.sequenced, &batch.reports);
                streams::hear(&transaction, batch.tenant, batch.received, &heard)?;
                answers.push(answer);
            }
        }
        transaction.commit()?;
        Ok(answers)
    }

    fn commit_erasures(&mut self, requests: &[ErasureRequest]) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        erasures::request(&transaction, requests)?;
        Ok(transaction.commit()?)
    }

    /// A transaction that changes nothing but has to reach the disk.
    fn try_writing(&mut self) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.pragma_update(None, "user_version", schema::NEWEST)?;
        Ok(transaction.commit()?)
    }
}

fn insert_all(insert: &mut CachedStatement<'_>, batch: &Batch) -> Result<Appended, StoreError> {
    let mut answer = Appended::default();
    for entry in &batch.entries {
        let inserted = insert.execute(params![
            batch.tenant.0,
            entry.message_id,
            batch.received.0,
            entry.happened.0,
            entry.user_id,
            entry.anonymous_id,
            entry.message,
        ])?;
        if inserted == 0 {
            answer.duplicates += 1;
        } else {
            answer.accepted += 1;
        }
    }
    Ok(answer)
}

impl Store for SqliteStore {
    fn tenant(&mut self, write_key: &str) -> Result<TenantId, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let known = transaction
            .query_row("SELECT tenant FROM write_key WHERE key = ?1", [write_key], |row| row.get(0))
            .optional()?;
        if let Some(tenant) = known {
            return Ok(TenantId(tenant));
        }
        transaction.execute("INSERT INTO tenant DEFAULT VALUES", [])?;
        let tenant = transaction.last_insert_rowid();
        transaction
            .execute("INSERT INTO write_key (key, tenant) VALUES (?1, ?2)", params![write_key, tenant])?;
        transaction.commit()?;
        Ok(TenantId(tenant))
    }

    fn tenants(&mut self) -> Result<Vec<(String, TenantId)>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT key, tenant FROM write_key ORDER BY key")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, TenantId(row.get(1)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn append(&mut self, batches: &[Batch]) -> Result<Vec<Appended>, StoreError> {
        let answer = self.commit(batches);
        self.failing = answer.is_err();
        answer
    }

    fn read(&mut self, tenant: TenantId, after: Position, limit: usize) -> Result<Vec<Stored>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT position, received_at, message_id, user_id, anonymous_id, happened_at, message
             FROM event WHERE tenant = ?1 AND position > ?2 ORDER BY position LIMIT ?3",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = statement.query_map(params![tenant.0, after.0, limit], |row| {
            Ok(Stored {
                position: Position(row.get(0)?),
                received: Millis(row.get(1)?),
                entry: Entry {
                    message_id: row.get(2)?,
                    user_id: row.get(3)?,
                    anonymous_id: row.get(4)?,
                    happened: Millis(row.get(5)?),
                    message: row.get(6)?,
                },
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn losses(
        &mut self,
        tenant: TenantId,
        after: Option<&StreamId>,
        limit: usize,
    ) -> Result<Vec<StreamLosses>, StoreError> {
        streams::losses(&self.connection, tenant, after, limit)
    }

    fn request_erasures(&mut self, requests: &[ErasureRequest]) -> Result<(), StoreError> {
        let done = self.commit_erasures(requests);
        self.failing = done.is_err();
        done
    }

    fn erasures(
        &mut self,
        tenant: TenantId,
        after: ErasureId,
        limit: usize,
    ) -> Result<Vec<Erasure>, StoreError> {
        erasures::list(&self.connection, tenant, after, limit)
    }

    fn check(&mut self) -> Result<u64, StoreError> {
        if self.failing {
            self.try_writing()?;
            self.failing = false;
        }
        let events: i64 = self
            .connection
            .prepare_cached("SELECT coalesce(sum(events), 0) FROM tenant")?
            .query_row([], |row| row.get(0))?;
        Ok(events.unsigned_abs())
    }

    fn close(self: Box<Self>) -> Result<(), StoreError> {
        // With the last connection SQLite moves the WAL into the database and removes it.
        self.connection.close().map_err(|(_, error)| error.into())
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        StoreError::Backend(Box::new(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_reach_the_disk_and_readers_do_not_wait() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("ripen.db")).unwrap();
        let journal: String =
            store.connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
        let synchronous: i64 =
            store.connection.pragma_query_value(None, "synchronous", |row| row.get(0)).unwrap();
        assert_eq!((journal.as_str(), synchronous), ("wal", 2));
    }

    #[test]
    fn an_export_does_not_make_a_database() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("absent.db");
        assert!(SqliteStore::open_existing(&path).is_err());
        assert!(!path.exists());
    }
}
