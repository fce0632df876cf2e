//! What reads or changes a database beside the server: which one, and whose part of it.

use std::io::{self, BufWriter, ErrorKind, StdoutLock};
use std::path::PathBuf;

use clap::Args;

use crate::config::{Config, File, Given};
use crate::print::PrintError;
use crate::store::{SqliteStore, Store};

/// Whose, and where.
#[derive(Args, Debug)]
pub(super) struct Kept {
    /// A file in TOML that says what no flag and no variable says
    #[arg(long, env = "RIPEN_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// The SQLite file; the collector may be running [default: ripen.db]
    #[arg(long, env = "RIPEN_DATABASE", value_name = "FILE")]
    database: Option<PathBuf>,
    /// Whose; may be left out where there is only one tenant
    #[arg(long, env = "RIPEN_WRITE_KEY", value_name = "KEY")]
    write_key: Option<String>,
}

impl Kept {
    /// Which file.
    pub(super) fn database(&self) -> Result<PathBuf, Vec<String>> {
        let file = self.config.as_ref().map_or_else(|| Ok(File::default()), |path| File::read(path))?;
        let given = Given { database: self.database.clone(), ..Given::default() };
        Ok(Config::of(given, file)?.database.value)
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
        let database = self.database()?;
        let in_database = |error: &dyn std::fmt::Display| vec![format!("{}: {error}", database.display())];
        let mut store = SqliteStore::open_existing(&database).map_err(|error| in_database(&error))?;
        let mut out = BufWriter::new(io::stdout().lock());
        match print(&mut store, self.write_key.as_deref(), &mut out) {
            Ok(()) => Ok(()),
            // Who reads has seen enough (`| head`).
            Err(PrintError::Output(error)) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(in_database(&error)),
        }
    }
}
