//! `serve`, in words.

use std::path::Path;

use clap::Args;

use super::logs;
use super::settings::Settings;
use crate::config::Config;
use crate::serve::{Options, serve};
use crate::tenants::Written;

#[derive(Args, Debug)]
pub(super) struct Serve {
    #[command(flatten)]
    settings: Settings,
}

impl Serve {
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        let config = self.settings.read()?;
        logs::write(config.log.value, config.log_format.value);
        let tenants = written(&config)?;
        serve(Options { config, tenants }, |url| println!("ripen-collector listens at {url}"))
            .map_err(|error| vec![error.to_string()])
    }
}

/// The tenants of a configuration with their playbooks, checked. Warnings go to standard error.
pub(super) fn written(config: &Config) -> Result<Vec<(String, Option<Written>)>, Vec<String>> {
    let (mut tenants, mut mistakes) = (Vec::new(), Vec::new());
    for (key, tenant) in &config.tenants {
        let read = |path| Written::read(path, |warning| eprintln!("ripen-collector: {warning}"));
        match tenant.playbook.as_deref().map(read).transpose() {
            Ok(written) => tenants.push((key.clone(), written)),
            Err(found) => mistakes.extend(found),
        }
    }
    // Tenants may be in the database, but not in one that is not there yet.
    if config.tenants.is_empty() && !config.database.value.exists() {
        mistakes.push(
            "nobody may send: give --playbook KEY=FILE, or a [tenant.KEY] in the --config file, or make a tenant by \
             ripen-collector tenant create KEY"
                .to_owned(),
        );
    }
    mistakes.extend(no_place(&config.database.value));
    if mistakes.is_empty() { Ok(tenants) } else { Err(mistakes) }
}

/// Why no database can be there.
fn no_place(database: &Path) -> Option<String> {
    let shown = database.display();
    if database.is_dir() {
        return Some(format!("database: expected a file, found the folder `{shown}`"));
    }
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty())?;
    match (folder.is_dir(), folder.exists()) {
        (true, _) => None,
        (_, true) => Some(format!("database: `{shown}` is in no folder: `{}` is a file", folder.display())),
        _ => Some(format!(
            "database: expected a file in a folder that is there, found `{shown}`: there is no folder `{}`",
            folder.display()
        )),
    }
}
