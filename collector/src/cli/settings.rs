//! All that may be set by flag or environment, and the file that may say the rest.

use std::path::PathBuf;

use clap::Args;
use tracing_subscriber::filter::LevelFilter;

use crate::config::{Config, File, Given, LogFormat};

/// Flags come before the environment, that before the file.
#[derive(Args, Debug)]
pub(super) struct Settings {
    /// A file in TOML that says what no flag and no variable says
    #[arg(long, env = "RIPEN_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Address and port to listen at; port 0 takes any that is free [default: 127.0.0.1:8787]
    #[arg(long, env = "RIPEN_LISTEN", value_name = "HOST:PORT")]
    listen: Option<String>,
    /// Address and port of `GET /metrics` for Prometheus; nothing listens unless it is given
    #[arg(long, env = "RIPEN_METRICS_LISTEN", value_name = "HOST:PORT")]
    metrics_listen: Option<String>,
    /// The SQLite file; made where there is none [default: ripen.db]
    #[arg(long, env = "RIPEN_DATABASE", value_name = "FILE")]
    database: Option<PathBuf>,
    /// A write key and its playbook; may be given several times, or as a list with commas
    #[arg(
        long = "playbook",
        env = "RIPEN_PLAYBOOK",
        value_name = "KEY=FILE",
        value_delimiter = ',',
        value_parser = key_and_file
    )]
    playbooks: Vec<(String, PathBuf)>,
    /// A folder of files to serve at /
    #[arg(long, env = "RIPEN_WWW", value_name = "FOLDER")]
    www: Option<PathBuf>,
    /// How much to log on standard error: off, error, warn, info, debug [default: info]
    #[arg(long, env = "RIPEN_LOG", value_name = "LEVEL")]
    log: Option<LevelFilter>,
    /// How to write log lines [default: text]
    #[arg(long, env = "RIPEN_LOG_FORMAT", value_name = "FORMAT")]
    log_format: Option<LogFormat>,
    /// After how many days raw events are erased [default: never]
    #[arg(long, env = "RIPEN_RETENTION_DAYS", value_name = "DAYS")]
    retention_days: Option<u32>,
    /// Properties and traits that are never kept, by name or path; a list with commas
    #[arg(long, env = "RIPEN_DENY", value_name = "NAME", value_delimiter = ',')]
    deny: Option<Vec<String>>,
}

impl Settings {
    /// What holds.
    pub(super) fn read(self) -> Result<Config, Vec<String>> {
        let file = self.config.map_or_else(|| Ok(File::default()), |path| File::read(&path))?;
        let given = Given {
            listen: self.listen,
            metrics_listen: self.metrics_listen,
            database: self.database,
            www: self.www,
            log: self.log,
            log_format: self.log_format,
            retention_days: self.retention_days,
            deny: self.deny,
            playbooks: self.playbooks,
        };
        Config::of(given, file)
    }
}

fn key_and_file(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((key, file)) if !key.is_empty() && !file.is_empty() => Ok((key.to_owned(), PathBuf::from(file))),
        _ => Err("write it as KEY=FILE, for example demo=playbook.json".to_owned()),
    }
}
