//! `backup` and `restore`, in words.

use std::path::PathBuf;

use clap::Args;

use super::kept::Database;
use crate::backup::copy;

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
        Ok(())
    }
}
