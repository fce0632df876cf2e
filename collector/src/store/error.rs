//! Why a store cannot be used.

use std::error::Error;
use std::fmt;

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
