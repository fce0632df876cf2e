//! Who may fold a database from the start: only while nobody else folds it, since whoever meets a log that is not folded
//! yet reports what comes of it.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

/// The right to fold a database, as long as it is held. The system takes it back from whoever is killed.
#[derive(Debug)]
pub struct Alone {
    _file: File,
}

impl Alone {
    /// Takes it; none if somebody else has it. It is a file beside the database.
    ///
    /// # Errors
    /// The file cannot be made.
    pub fn with(database: &Path) -> io::Result<Option<Alone>> {
        let mut name = database.as_os_str().to_owned();
        name.push("-fold");
        let file = File::options().create(true).truncate(false).write(true).open(name)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Alone { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_has_it() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("ripen.db");
        let held = Alone::with(&database).unwrap();
        assert!(held.is_some());
        assert!(Alone::with(&database).unwrap().is_none());
        drop(held);
        assert!(Alone::with(&database).unwrap().is_some());
    }
}
