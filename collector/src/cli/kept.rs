//! What reads or changes a database beside the server: which one, and whose part of it.

use std::io::{self, BufWriter, ErrorKind, StdoutLock};
use std::path::PathBuf;

use clap::Args;

use crate::print::PrintError;
use crate::store::{SqliteStore, Store};

/// Whose, and where.
#[derive(Args, Debug)]
pub(super) struct Kept {
    /// The SQLite file; the collector may be running
    #[arg(long, env = "RIPEN_DATABASE", value_name = "FILE", default_value = "ripen.db")]
    database: PathBuf,
    /// Whose; may be left out where there is only one tenant
    #[arg(long, env = "RIPEN_WRITE_KEY", value_name = "KEY")]
    write_key: Option<String>,
}

impl Kept {
    /// Prints to standard output.
    pub(super) fn print(
        self,
        print: impl FnOnce(
            &mut dyn Store,
            Option<&str>,
            &mut BufWriter<StdoutLock<'static>>,
        ) -> Result<(), PrintError>,
    ) -> Result<(), Vec<String>> {
        let in_database =
            |error: &dyn std::fmt::Display| vec![format!("{}: {error}", self.database.display())];
        let mut store = SqliteStore::open_existing(&self.database).map_err(|error| in_database(&error))?;
        let mut out = BufWriter::new(io::stdout().lock());
        match print(&mut store, self.write_key.as_deref(), &mut out) {
            Ok(()) => Ok(()),
            // Who reads has seen enough (`| head`).
            Err(PrintError::Output(error)) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(in_database(&error)),
        }
    }
}
