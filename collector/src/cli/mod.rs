//! The command line: words into options, results into exit codes.

mod backup;
mod config;
mod kept;
mod logs;
mod persons;
mod print;
mod serve;
mod settings;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use backup::{Backup, Restore};
use config::ConfigCommand;
use persons::{Erase, Export, Receipts};
use print::{Erasures, Health, Losses};
use serve::Serve;

/// The collector of Ripen: takes batches of events, keeps them, serves playbooks.
#[derive(Debug, Parser)]
#[command(name = "ripen-collector", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Take events and serve playbooks until stopped (SIGINT, SIGTERM)
    Serve(Serve),
    /// Print the events as NDJSON, in order of receipt, for `npx ripen replay`; or all that is kept of one person
    Export(Export),
    /// Say what is missing: of each page load, how many events it took, how many arrived, and how many it gave up
    Losses(Losses),
    /// Say what came, by which library, browser and way, how late, and what became of page loads
    Health(Health),
    /// List who asked to be forgotten
    Erasures(Erasures),
    /// Erase a person, for good, and print the receipt
    Erase(Erase),
    /// Print the receipts of erasures
    Receipts(Receipts),
    /// Copy the database while the collector runs, and check the copy
    Backup(Backup),
    /// Put a backup where there is no database
    Restore(Restore),
    /// Check or print the configuration
    Config(ConfigCommand),
}

impl Cli {
    /// Does what the command line says. Answers go to standard output, all else to standard error.
    pub fn run(self) -> ExitCode {
        let done = match self.command {
            Command::Serve(arguments) => arguments.run(),
            Command::Export(export) => export.run(),
            Command::Health(health) => health.run(),
            Command::Erase(erase) => erase.run(),
            Command::Receipts(receipts) => receipts.run(),
            Command::Losses(losses) => losses.run(),
            Command::Erasures(erasures) => erasures.run(),
            Command::Backup(backup) => backup.run(),
            Command::Restore(restore) => restore.run(),
            Command::Config(command) => command.run(),
        };
        match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(mistakes) => {
                for mistake in mistakes {
                    eprintln!("ripen-collector: {mistake}");
                }
                ExitCode::FAILURE
            }
        }
    }
}
