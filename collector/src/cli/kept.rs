//! What reads or changes a database beside the server: which one, and whose part of it.

use std::fmt::Display;
use std::io::{self, BufWriter, ErrorKind, StdoutLock};
use std::path::PathBuf;

use clap::Args;

use crate::config::{Config, File, Given};
use crate::print::{PrintError, tenant_of};
use crate::store::{SqliteStore, Store, TenantId};

/// Where.
#[derive(Args, Debug)]
pub(super) struct Database {
    /// A file in TOML that says what no flag and no variable says
    #[arg(long, env = "RIPEN_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// The SQLite file; the collector may be running [default: ripen.db]
    #[arg(long, env = "RIPEN_DATABASE", value_name = "FILE")]
    database: Option<PathBuf>,
}

/// Whose, and where.
#[derive(Args, Debug)]
pub(super) struct Kept {
    #[command(flatten)]
    database: Database,
    /// Whose; may be left out where there is only one tenant
    #[arg(long, env = "RIPEN_WRITE_KEY", value_name = "KEY")]
    pub(super) write_key: Option<String>,
}

impl Database {
    /// Which file.
    pub(super) fn path(&self) -> Result<PathBuf, Vec<String>> {
        let file = self.config.as_ref().map_or_else(|| Ok(File::default()), |path| File::read(path))?;
        let given = Given { database: self.database.clone(), ..Given::default() };
        Ok(Config::of(given, file)?.database.value)
    }

    /// One that is there.
    pub(super) fn open(&self) -> Result<SqliteStore, Vec<String>> {
        SqliteStore::open_existing(&self.path()?).map_err(|error| self.failed(&error))
    }

    /// One that is there, or a new one.
    pub(super) fn open_or_make(&self) -> Result<SqliteStore, Vec<String>> {
        SqliteStore::open(&self.path()?).map_err(|error| self.failed(&error))
    }

    /// What went wrong, and in which file.
    pub(super) fn failed(&self, error: &dyn Display) -> Vec<String> {
        let path = self.path().unwrap_or_default();
        vec![format!("{}: {error}", path.display())]
    }
}

impl Kept {
    /// The store, and whose part of it.
    pub(super) fn tenant(&self) -> Result<(SqliteStore, TenantId), Vec<String>> {
        let mut store = self.database.open()?;
        let tenant = tenant_of(&mut store, self.write_key.as_deref()).map_err(|error| self.failed(&error))?;
        let none = || vec!["there is no tenant yet (see ripen-collector tenant create --help)".to_owned()];
        Ok((store, tenant.ok_or_else(none)?))
    }

    /// Which file.
    pub(super) fn path(&self) -> Result<PathBuf, Vec<String>> {
        self.database.path()
    }

    /// What went wrong, and in which file.
    pub(super) fn failed(&self, error: &dyn Display) -> Vec<String> {
        self.database.failed(error)
    }

    /// Prints to standard output.
    pub(super) fn print(
        self,
        print: impl FnOnce(
            &mut dyn Store,
            Option<&str>,
            &mut BufWriter<StdoutLock<'static>>,
        ) -> Result<(), PrintError>,
    ) -> Result<(), Vec<String>> {
        let mut store = self.database.open()?;
        let mut out = BufWriter::new(io::stdout().lock());
        match print(&mut store, self.write_key.as_deref(), &mut out) {
            Ok(()) => Ok(()),
            // Who reads has seen enough (`| head`).
            Err(PrintError::Output(error)) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(self.failed(&error)),
        }
    }
}
