//! A copy of the database, taken while it is written to, and put back where there is none.
//!
//! `VACUUM INTO` reads one state of the database, however long it takes and whatever is written meanwhile; SQLite's
//! backup interface would begin anew with each commit. The copy has no free pages: nothing that was erased is in it.

use std::fmt;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use crate::store::{StoreError, verify};

/// What a copy has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Events of all tenants.
    pub events: u64,
    /// The size of the file.
    pub bytes: u64,
}

/// Why there is no copy.
#[derive(Debug)]
pub enum CopyError {
    /// There is a file already, and it is left alone.
    Exists(PathBuf),
    /// The database cannot be read, or is damaged.
    Store(PathBuf, StoreError),
    /// The copy cannot be written.
    File(PathBuf, io::Error),
}

/// Copies a database to where no file is yet, checks the copy, and leaves it there under its name only if it is whole.
///
/// # Errors
/// See [`CopyError`]. Nothing is left then.
pub fn copy(from: &Path, to: &Path) -> Result<Copied, CopyError> {
    for taken in [to.to_owned(), beside(to, "-wal"), beside(to, "-shm")] {
        if taken.exists() {
            return Err(CopyError::Exists(taken));
        }
    }
    let partial = beside(to, ".partial");
    let done = write(from, &partial).and_then(|copied| {
        let in_file = |error| CopyError::File(to.to_owned(), error);
        // Unlike a renaming it does not replace a file that somebody has made meanwhile.
        fs::hard_link(&partial, to).map_err(in_file)?;
        File::open(to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")))
            .and_then(|folder| folder.sync_all())
            .map_err(in_file)?;
        Ok(copied)
    });
    // Of an earlier attempt that was killed, too.
    let _ = fs::remove_file(&partial);
    done
}

fn write(from: &Path, partial: &Path) -> Result<Copied, CopyError> {
    let of_source = |error| CopyError::Store(from.to_owned(), error);
    let of_copy = |error| CopyError::Store(partial.to_owned(), error);
    let in_file = |error| CopyError::File(partial.to_owned(), error);
    match fs::remove_file(partial) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(in_file(error)),
        _ => {}
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = |path: &Path| Connection::open_with_flags(path, flags).map_err(StoreError::from);
    let source = open(from).map_err(of_source)?;
    verify::is_ours(&source).map_err(of_source)?;
    source
        .execute("VACUUM INTO ?1", [partial.to_string_lossy()])
        .map_err(|error| of_source(StoreError::from(error)))?;
    let copy = open(partial).map_err(of_copy)?;
    verify::is_whole(&copy).map_err(of_copy)?;
    let events = verify::events(&copy).map_err(of_copy)?;
    drop(copy);
    let file = File::open(partial).map_err(in_file)?;
    file.sync_all().map_err(in_file)?;
    Ok(Copied { events, bytes: file.metadata().map_err(in_file)?.len() })
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

impl fmt::Display for CopyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CopyError::Exists(path) => {
                write!(f, "{}: it is there already, and nothing is overwritten", path.display())
            }
            CopyError::Store(path, error) => write!(f, "{}: {error}", path.display()),
            CopyError::File(path, error) => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for CopyError {}
