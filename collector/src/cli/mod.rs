//! The command line: words into options, results into exit codes.

mod audit;
mod backup;
mod config;
mod erasures;
mod fold;
mod kept;
mod keys;
mod leads;
mod logs;
mod persons;
mod playbooks;
mod print;
mod secret;
mod serve;
mod settings;
mod span;
mod tokens;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use audit::Audit;
use backup::{Backup, Restore};
use config::ConfigCommand;
use erasures::Erasures;
use fold::{Rebuild, Views};
use keys::{Keys, Tenants};
use leads::Leads;
use persons::{Erase, Export, Receipts};
use playbooks::{Nudges, Playbooks};
use print::{Disagreements, Health, Losses};
use secret::Secret;
use serve::Serve;
use tokens::Tokens;

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
    /// Print whom to talk to, with the reasons why
    Leads(Leads),
    /// List who asked to be forgotten, or dismiss what somebody made up
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
    /// Make, list, rotate and revoke tokens
    Token(Tokens),
    /// Make, list and revoke write keys
    Key(Keys),
    /// Make and list tenants: products whose events are kept apart
    Tenant(Tenants),
    /// Publish playbooks, list them, roll back
    Playbook(Playbooks),
    /// Switch a nudge off, or on again
    Nudge(Nudges),
    /// Say who did what: with tokens, keys, playbooks, the data of people
    Audit(Audit),
    /// Say how often pages and collector saw a person differently, by the day and the cause
    Disagreements(Disagreements),
    /// Make, list and retire what your servers sign users' ids and tokens with
    Secret(Secret),
    /// Print how everybody stands, as `npx ripen replay` does, from what is folded
    Views(Views),
    /// Fold the log anew from its first event (never needed, and never wrong)
    Rebuild(Rebuild),
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
            Command::Leads(leads) => leads.run(),
            Command::Erasures(erasures) => erasures.run(),
            Command::Backup(backup) => backup.run(),
            Command::Restore(restore) => restore.run(),
            Command::Config(command) => command.run(),
            Command::Token(tokens) => tokens.run(),
            Command::Key(keys) => keys.run(),
            Command::Tenant(tenants) => tenants.run(),
            Command::Playbook(playbooks) => playbooks.run(),
            Command::Nudge(nudges) => nudges.run(),
            Command::Audit(audit) => audit.run(),
            Command::Disagreements(disagreements) => disagreements.run(),
            Command::Secret(secret) => secret.run(),
            Command::Views(views) => views.run(),
            Command::Rebuild(rebuild) => rebuild.run(),
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
