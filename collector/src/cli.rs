//! The command line: words into options, results into exit codes.

use std::io::{self, BufWriter, ErrorKind, StdoutLock};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use tracing_subscriber::filter::LevelFilter;

use crate::print::{Form, PrintError, erasures, export, losses};
use crate::serve::{Options, serve};
use crate::store::{SqliteStore, Store};
use crate::tenants::publish;

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
    /// Print the events as NDJSON, in order of receipt, for `npx ripen replay`
    Export(Kept),
    /// Say what is missing: of each page load, how many events it took, how many arrived, and how many it gave up
    Losses(Losses),
    /// List who asked to be forgotten
    Erasures(Erasures),
}

#[derive(Args, Debug)]
struct Serve {
    /// Address and port to listen at; port 0 takes any that is free
    #[arg(long, env = "RIPEN_LISTEN", value_name = "HOST:PORT", default_value = "127.0.0.1:8787")]
    listen: String,
    /// The SQLite file; made where there is none
    #[arg(long, env = "RIPEN_DATABASE", value_name = "FILE", default_value = "ripen.db")]
    database: PathBuf,
    /// A write key and its playbook; may be given several times, or as a list with commas
    #[arg(
        long = "playbook",
        env = "RIPEN_PLAYBOOK",
        value_name = "KEY=FILE",
        value_delimiter = ',',
        required = true,
        value_parser = key_and_file
    )]
    playbooks: Vec<(String, PathBuf)>,
    /// A folder of files to serve at /
    #[arg(long, env = "RIPEN_WWW", value_name = "FOLDER")]
    www: Option<PathBuf>,
    /// How much to log on standard error: off, error, warn, info, debug
    #[arg(long, env = "RIPEN_LOG", value_name = "LEVEL", default_value = "info")]
    log: LevelFilter,
}

/// Whose, and where.
#[derive(Args, Debug)]
struct Kept {
    /// The SQLite file; the collector may be running
    #[arg(long, env = "RIPEN_DATABASE", value_name = "FILE", default_value = "ripen.db")]
    database: PathBuf,
    /// Whose; may be left out where there is only one tenant
    #[arg(long, env = "RIPEN_WRITE_KEY", value_name = "KEY")]
    write_key: Option<String>,
}

#[derive(Args, Debug)]
struct Losses {
    #[command(flatten)]
    kept: Kept,
    /// Only page loads of which something is missing
    #[arg(long)]
    missing: bool,
    /// A JSON object a line
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
struct Erasures {
    #[command(flatten)]
    kept: Kept,
    /// A JSON object a line
    #[arg(long)]
    json: bool,
}

impl Cli {
    /// Does what the command line says. Answers go to standard output, all else to standard error.
    pub fn run(self) -> ExitCode {
        let done = match self.command {
            Command::Serve(arguments) => arguments.run(),
            Command::Export(kept) => kept.print(|store, key, out| export(store, key, out)),
            Command::Losses(Losses { kept, missing, json }) => {
                kept.print(|store, key, out| losses(store, key, missing, form(json), out))
            }
            Command::Erasures(Erasures { kept, json }) => {
                kept.print(|store, key, out| erasures(store, key, form(json), out))
            }
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

impl Serve {
    fn run(self) -> Result<(), Vec<String>> {
        tracing_subscriber::fmt().with_max_level(self.log).with_writer(io::stderr).with_ansi(false).init();
        let (mut playbooks, mut mistakes) = (Vec::new(), Vec::new());
        for (key, path) in self.playbooks {
            if playbooks.iter().any(|(known, _)| *known == key) {
                mistakes.push(format!("--playbook: the write key {key} is given twice"));
            }
            match publish(&path, |warning| eprintln!("ripen-collector: {warning}")) {
                Ok(playbook) => playbooks.push((key, playbook)),
                Err(found) => mistakes.extend(found),
            }
        }
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let options = Options { listen: self.listen, database: self.database, playbooks, www: self.www };
        serve(options, |url| println!("ripen-collector listens at {url}"))
            .map_err(|error| vec![error.to_string()])
    }
}

impl Kept {
    fn print(
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

fn form(json: bool) -> Form {
    if json { Form::Json } else { Form::Table }
}

fn key_and_file(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((key, file)) if !key.is_empty() && !file.is_empty() => Ok((key.to_owned(), PathBuf::from(file))),
        _ => Err("write it as KEY=FILE, for example demo=playbook.json".to_owned()),
    }
}
