//! `serve`, in words.

use clap::Args;

use super::logs;
use super::settings::Settings;
use crate::config::Config;
use crate::serve::{Options, serve};
use crate::tenants::{Published, publish};

#[derive(Args, Debug)]
pub(super) struct Serve {
    #[command(flatten)]
    settings: Settings,
}

impl Serve {
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        let config = self.settings.read()?;
        logs::write(config.log.value, config.log_format.value);
        let playbooks = published(&config)?;
        serve(Options { config, playbooks }, |url| println!("ripen-collector listens at {url}"))
            .map_err(|error| vec![error.to_string()])
    }
}

/// The playbooks of a configuration, compiled. Warnings go to standard error.
pub(super) fn published(config: &Config) -> Result<Vec<(String, Published)>, Vec<String>> {
    let (mut playbooks, mut mistakes) = (Vec::new(), Vec::new());
    for (key, tenant) in &config.tenants {
        let Some(path) = &tenant.playbook else { continue };
        match publish(path, |warning| eprintln!("ripen-collector: {warning}")) {
            Ok(playbook) => playbooks.push((key.clone(), playbook)),
            Err(found) => mistakes.extend(found),
        }
    }
    if config.tenants.is_empty() {
        mistakes.push(
            "nobody may send: give --playbook KEY=FILE, or a [tenant.KEY] in the --config file".to_owned(),
        );
    }
    if mistakes.is_empty() { Ok(playbooks) } else { Err(mistakes) }
}
