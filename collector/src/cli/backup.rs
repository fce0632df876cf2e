//! `backup` and `restore`, in words.

use std::path::PathBuf;

use clap::Args;

use super::kept::Database;
use crate::access::{Actor, By};
use crate::backup::copy;
use crate::clock::{Clock, SystemClock};
use crate::privacy::erase_again;
use crate::store::{SqliteStore, Store, StoreError};

#[derive(Args, Debug)]
pub(super) struct Backup {
    #[command(flatten)]
    database: Database,
    /// The file to write; there must be none
    #[arg(value_name = "TO")]
    to: PathBuf,
}

#[derive(Args, Debug)]
pub(super) struct Restore {
    #[command(flatten)]
    database: Database,
    /// The backup
    #[arg(value_name = "FROM")]
    from: PathBuf,
    /// The database before, if it can be read: who was erased from it is erased from what is restored, too
    #[arg(long, value_name = "OLD")]
    erased_in: Option<PathBuf>,
}

impl Backup {
    /// While the collector runs.
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        let copied = copy(&self.database.path()?, &self.to).map_err(|error| vec![error.to_string()])?;
        println!("{}: {} events, {} bytes, checked", self.to.display(), copied.events, copied.bytes);
        Ok(())
    }
}

impl Restore {
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        let database = self.database.path()?;
        let copied = copy(&self.from, &database).map_err(|error| vec![error.to_string()])?;
        println!("{}: {} events, checked", database.display(), copied.events);
        if let Some(old) = self.erased_in {
            let by = By { who: Actor::Cli, at: SystemClock.now() };
            let failed = |path: &PathBuf| {
                let path = path.display().to_string();
                move |error: StoreError| vec![format!("{path}: {error}")]
            };
            let mut before = SqliteStore::open_existing(&old).map_err(failed(&old))?;
            let mut store = SqliteStore::open_existing(&database).map_err(failed(&database))?;
            let receipts = erase_again(&mut store, &mut before, by).map_err(failed(&database))?;
            store.personal().scrub().map_err(failed(&database))?;
            println!("{} erased again", receipts.len());
        }
        Ok(())
    }
}
