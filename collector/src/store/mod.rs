//! Where events are kept: an ordered log for each tenant, as a port.
//!
//! [`SqliteStore`] is the one that ships. Whatever else implements [`Store`] has to pass `tests/all/store_contract.rs`.

mod schema;
mod sqlite;

use std::error::Error;
use std::fmt;

use crate::clock::Millis;
pub use sqlite::SqliteStore;

/// Whose events they are. A `messageId` counts once within a tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TenantId(pub i64);

/// A place in the log: later received, larger. Never given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position(pub i64);

impl Position {
    /// Before the first event.
    pub const START: Position = Position(0);
}

/// One event that exists (`semantics.md` §1), as the log takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Counts once within the tenant. Any text that is not empty.
    pub message_id: String,
    /// The person, if known by name.
    pub user_id: Option<String>,
    /// The person's anonymous id.
    pub anonymous_id: Option<String>,
    /// When it happened, as its `timestamp` says.
    pub happened: Millis,
    /// The message, as one line of JSON.
    pub message: String,
}

/// What one request brings.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Whose.
    pub tenant: TenantId,
    /// When the request came.
    pub received: Millis,
    /// In the order of the request.
    pub entries: Vec<Entry>,
}

/// What became of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Appended {
    /// Events that are new in the log.
    pub accepted: u64,
    /// Events whose `messageId` was there before, in an earlier batch or in this one.
    pub duplicates: u64,
}

/// An event of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Where.
    pub position: Position,
    /// When its request came.
    pub received: Millis,
    /// As it was appended.
    pub entry: Entry,
}

/// A durable log of events.
pub trait Store: Send {
    /// The tenant that a write key belongs to; a new one for a new key.
    ///
    /// # Errors
    /// The store cannot be read or written.
    fn tenant(&mut self, write_key: &str) -> Result<TenantId, StoreError>;

    /// Every write key with its tenant, by key.
    ///
    /// # Errors
    /// The store cannot be read.
    fn tenants(&mut self) -> Result<Vec<(String, TenantId)>, StoreError>;

    /// Appends all batches in one transaction, in order, and answers for each. When it returns, the events survive
    /// a power cut. An event whose `messageId` the tenant has is left out: the first one received wins.
    ///
    /// # Errors
    /// One of the tenants is not known, or the store cannot be written. Nothing of any batch is kept, and the store can
    /// be used again.
    fn append(&mut self, batches: &[Batch]) -> Result<Vec<Appended>, StoreError>;

    /// A tenant's events after a position, in order of receipt, at most `limit`.
    ///
    /// # Errors
    /// The store cannot be read.
    fn read(&mut self, tenant: TenantId, after: Position, limit: usize) -> Result<Vec<Stored>, StoreError>;

    /// How many events there are, of all tenants. Cheap; but where the last `append` failed it tries again whether
    /// the store can be written, so that a full disk is noticed to have room again without an event.
    ///
    /// # Errors
    /// The store cannot be read, or cannot be written since the last `append` failed.
    fn check(&mut self) -> Result<u64, StoreError>;

    /// Leaves everything in its final place.
    ///
    /// # Errors
    /// That did not work. Nothing is lost by it.
    fn close(self: Box<Self>) -> Result<(), StoreError>;
}

/// Why a store cannot be used.
#[derive(Debug)]
pub enum StoreError {
    /// Written by a newer collector.
    FromTheFuture {
        /// The schema's version in the file.
        found: i64,
        /// The newest one that this program knows.
        known: i64,
    },
    /// A database of some other program.
    Foreign,
    /// What is underneath failed.
    Backend(Box<dyn Error + Send + Sync>),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::FromTheFuture { found, known } => write!(
                f,
                "the database has schema version {found}, and this collector knows versions up to {known}: \
                 start the newer collector that wrote it, or restore a backup from before"
            ),
            StoreError::Foreign => {
                f.write_str("this is an SQLite database, but not one of Ripen's: name another file")
            }
            StoreError::Backend(error) => error.fmt(f),
        }
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            StoreError::Backend(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}
