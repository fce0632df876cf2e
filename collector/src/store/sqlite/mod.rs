//! All ports in one SQLite file.

mod audit;
mod directory;
mod disagreements;
mod erasures;
mod folds;
mod health;
mod identities;
mod leads;
mod log;
mod personal;
mod playbooks;
mod retention;
pub(super) mod streams;
mod tokens;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::limits;

use super::{
    Audit, DeliveryHealth, Directory, Disagreements, Erasures, EventLog, Folds, Identities, Leads,
    PersonalData, Playbooks, Retention, Store, StoreError, StreamLedger, Tokens, schema,
};

/// How long another process (a backup, an export) may hold the file before a transaction fails.
const BUSY: Duration = Duration::from_secs(5);

/// More than there are: of 16, which is the default, a step of the fold would prepare most anew each time.
const STATEMENTS: usize = 200;

/// A store in an SQLite file: WAL, so that others read while it writes; `synchronous=FULL`, so that a commit is on the
/// disk when it returns.
#[derive(Debug)]
pub struct SqliteStore {
    connection: Connection,
    path: PathBuf,
    /// The last transaction failed.
    failing: bool,
}

impl SqliteStore {
    /// Opens a database, and makes one where there is none.
    ///
    /// # Errors
    /// The file cannot be opened, is not Ripen's, or is of a newer version.
    pub fn open(path: &Path) -> Result<SqliteStore, StoreError> {
        Self::prepare(Connection::open(path)?, path)
    }

    /// Opens a database that is there.
    ///
    /// # Errors
    /// As [`SqliteStore::open`], and where there is no such file.
    pub fn open_existing(path: &Path) -> Result<SqliteStore, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Self::prepare(Connection::open_with_flags(path, flags)?, path)
    }

    /// What every handle needs.
    fn settle(connection: &Connection) -> Result<(), StoreError> {
        connection.busy_timeout(BUSY)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(connection.pragma_update(None, "cache_size", -limits::SQLITE_CACHE_KIB)?)
    }

    fn prepare(mut connection: Connection, path: &Path) -> Result<SqliteStore, StoreError> {
        Self::settle(&connection)?;
        schema::migrate(&mut connection)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        // What is erased is overwritten.
        connection.pragma_update(None, "secure_delete", true)?;
        // macOS only: there fsync alone does not reach the disk.
        connection.pragma_update(None, "fullfsync", true)?;
        connection.pragma_update(None, "checkpoint_fullfsync", true)?;
        // Negative: kibibytes, not pages.
        connection.pragma_update(None, "cache_size", -limits::CACHE_KIB)?;
        connection.pragma_update(None, "wal_autocheckpoint", limits::WAL_PAGES)?;
        connection.set_prepared_statement_cache_capacity(limits::STATEMENTS);
        Ok(SqliteStore { connection, path: path.to_owned(), failing: false })
    }

    /// Does all of a work in one transaction, or nothing.
    fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let done = self.try_write(work);
        self.failing = done.is_err();
        done
    }

    fn try_write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }
}

impl Store for SqliteStore {
    fn directory(&mut self) -> &mut dyn Directory {
        self
    }

    fn log(&mut self) -> &mut dyn EventLog {
        self
    }

    fn streams(&mut self) -> &mut dyn StreamLedger {
        self
    }

    fn health(&mut self) -> &mut dyn DeliveryHealth {
        self
    }

    fn personal(&mut self) -> &mut dyn PersonalData {
        self
    }

    fn retention(&mut self) -> &mut dyn Retention {
        self
    }

    fn erasures(&mut self) -> &mut dyn Erasures {
        self
    }

    fn leads(&mut self) -> &mut dyn Leads {
        self
    }

    fn tokens(&mut self) -> &mut dyn Tokens {
        self
    }

    fn audit(&mut self) -> &mut dyn Audit {
        self
    }

    fn folds(&mut self) -> &mut dyn Folds {
        self
    }

    fn playbooks(&mut self) -> &mut dyn Playbooks {
        self
    }

    fn identities(&mut self) -> &mut dyn Identities {
        self
    }

    fn disagreements(&mut self) -> &mut dyn Disagreements {
        self
    }

    fn consistently(
        &mut self,
        work: &mut dyn FnMut(&mut dyn Store) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        if !self.connection.is_autocommit() {
            // A defect has ended whoever read last.
            self.connection.execute_batch("ROLLBACK")?;
        }
        self.connection.execute_batch("BEGIN")?;
        let done = work(self);
        self.connection.execute_batch("COMMIT")?;
        done
    }

    fn reader(&self) -> Result<Box<dyn Store>, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        Self::settle(&connection)?;
        Ok(Box::new(SqliteStore { connection, path: self.path.clone(), failing: false }))
    }

    fn check(&mut self) -> Result<u64, StoreError> {
        if self.failing {
            self.write(|transaction| {
                transaction
                    .prepare_cached("INSERT OR REPLACE INTO trial (id, filler) VALUES (1, randomblob(?1))")?
                    .execute([limits::TRIAL_BYTES])?;
                Ok(())
            })?;
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

/// A limit as SQLite takes it.
fn rows_at_most(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
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
    fn a_page_of_the_log_is_read_from_its_place_on_however_long_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("ripen.db")).unwrap();
        for sql in [log::READ_AFTER, folds::LOGGED] {
            let mut plan = store.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let steps = plan.query_map([1, 1, 1], |row| row.get::<_, String>(3)).unwrap();
            let steps: Vec<String> = steps.map(Result::unwrap).collect();
            assert_eq!(steps.len(), 1, "nothing is sorted: {steps:?}");
            assert!(steps[0].contains("INTEGER PRIMARY KEY (rowid>?)"), "{steps:?}");
        }
    }

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
