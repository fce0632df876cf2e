//! `serve`, in words.

use std::io;
use std::path::PathBuf;

use clap::Args;
use tracing_subscriber::filter::LevelFilter;

use crate::serve::{Options, serve};
use crate::tenants::publish;

#[derive(Args, Debug)]
pub(super) struct Serve {
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

impl Serve {
    pub(super) fn run(self) -> Result<(), Vec<String>> {
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

fn key_and_file(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((key, file)) if !key.is_empty() && !file.is_empty() => Ok((key.to_owned(), PathBuf::from(file))),
        _ => Err("write it as KEY=FILE, for example demo=playbook.json".to_owned()),
    }
}
