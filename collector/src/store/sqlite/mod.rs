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

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::limits;

use super::{
    Audit, DeliveryHealth, Directory, Disagreements, Erasures, EventLog, Folds, Identities, Leads,
    PersonalData, Playbooks, Retention, Store, StoreError, StreamLedger, Tokens, schema,
};

/// How long another process (a backup, an export) may hold the file before a transaction fails.
const BUSY: Duration = Duration::from_secs(5);

/// A store in an SQLite file: WAL, so that others read while it writes; `synchronous=FULL`, so that a commit is on the
/// disk when it returns.
#[derive(Debug)]
pub struct SqliteStore {
    connection: Connection,
    path: PathBuf,
    /// A transaction failed, and no trial has succeeded since: small ones may find room where events find none.
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

    /// What every handle needs, with so much memory for pages.
    fn settle(connection: &Connection, cache_kib: i64) -> Result<(), StoreError> {
        connection.busy_timeout(BUSY)?;
        connection.set_prepared_statement_cache_capacity(limits::STATEMENTS);
        // A plan does not hang on the values that are bound. Else some statements are parsed anew for each of them, in case
        // there is a better plan for it.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        // Negative: kibibytes, not pages.
        Ok(connection.pragma_update(None, "cache_size", -cache_kib)?)
    }

    fn prepare(mut connection: Connection, path: &Path) -> Result<SqliteStore, StoreError> {
        Self::settle(&connection, limits::CACHE_KIB)?;
        schema::migrate(&mut connection)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        // What is erased is overwritten.
        connection.pragma_update(None, "secure_delete", true)?;
        // macOS only: there fsync alone does not reach the disk.
        connection.pragma_update(None, "fullfsync", true)?;
        connection.pragma_update(None, "checkpoint_fullfsync", true)?;
        connection.pragma_update(None, "wal_autocheckpoint", limits::WAL_PAGES)?;
        Ok(SqliteStore { connection, path: path.to_owned(), failing: false })
    }

    /// Does all of a work in one transaction, or nothing.
    fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let done = self.try_write(work);
        self.failing |= done.is_err();
        done
    }

    /// Where a defect has ended whoever was in one.
    fn leave_transaction(&self) -> Result<(), StoreError> {
        if self.connection.is_autocommit() {
            Ok(())
        } else {
            Ok(self.connection.execute_batch("ROLLBACK")?)
        }
    }

    fn try_write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.leave_transaction()?;
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
        self.leave_transaction()?;
        self.connection.execute_batch("BEGIN")?;
        let instant = Instant(self);
        let done = work(instant.0);
        instant.0.connection.execute_batch("COMMIT")?;
        done
    }

    fn reader(&self) -> Result<Box<dyn Store>, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        Self::settle(&connection, limits::SQLITE_CACHE_KIB)?;
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

/// A transaction that reads. It ends also where a work has a defect: who reads by this handle next would see that instant
/// for ever.
struct Instant<'a>(&'a mut SqliteStore);

impl Drop for Instant<'_> {
    fn drop(&mut self) {
        // There is nobody to tell; whoever begins the next one tries again.
        let _ = self.0.leave_transaction();
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
    fn of_a_transaction_that_meets_a_defect_nothing_is_kept_and_the_next_one_works() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = SqliteStore::open(&folder.path().join("ripen.db")).unwrap();
        let other = SqliteStore::open(&folder.path().join("ripen.db")).unwrap();
        let met = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            store.write(|transaction| -> Result<(), StoreError> {
                transaction.execute("INSERT INTO tenant DEFAULT VALUES", [])?;
                panic!("as a test wants it")
            })
        }));
        assert!(met.is_err());
        let add = |transaction: &Transaction<'_>| {
            transaction.execute("INSERT INTO tenant DEFAULT VALUES", [])?;
            Ok(transaction.last_insert_rowid())
        };
        assert_eq!(store.write(add).unwrap(), 1);
        // Left open by whoever began it otherwise.
        store.connection.execute_batch("BEGIN IMMEDIATE; INSERT INTO tenant DEFAULT VALUES").unwrap();
        assert_eq!(store.write(add).unwrap(), 2);
        let count = "SELECT count(*) FROM tenant";
        assert_eq!(other.connection.query_row(count, [], |row| row.get::<_, i64>(0)).unwrap(), 2);
    }

    #[test]
    fn an_export_does_not_make_a_database() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("absent.db");
        assert!(SqliteStore::open_existing(&path).is_err());
        assert!(!path.exists());
    }
}
