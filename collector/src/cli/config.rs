//! `config`: what the configuration says, without starting anything.

use clap::{Args, Subcommand};

use super::serve::written;
use super::settings::Settings;

#[derive(Args, Debug)]
pub(super) struct ConfigCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Say whether `serve` would take it: settings, deny-lists, playbooks
    Check(Settings),
    /// Print what holds, and who said so
    Print(Settings),
}

impl ConfigCommand {
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        match self.action {
            Action::Check(settings) => {
                let config = settings.read()?;
                written(&config)?;
                println!("the configuration is right");
            }
            Action::Print(settings) => print!("{}", settings.read()?),
        }
        Ok(())
    }
}
