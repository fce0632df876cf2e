//! `secret`, in words.

use clap::{Args, Subcommand, ValueEnum};

use super::kept::Kept;
use crate::clock::{Clock, SystemClock};
use crate::identity::Purpose;
use crate::print::{Form, create_secret, retire_secret, secrets};

#[derive(Args, Debug)]
pub(super) struct Secret {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make a secret and print it: it is valid at once, beside those that are
    Create {
        #[command(flatten)]
        kept: Kept,
        /// What it is to sign
        #[arg(long = "for", value_enum, default_value_t = Use::Signatures)]
        purpose: Use,
    },
    /// List the secrets, and when they were made and retired
    List {
        #[command(flatten)]
        kept: Kept,
        /// Print the secrets themselves, not only how they begin
        #[arg(long)]
        reveal: bool,
        /// A JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// From now on nothing is believed that this one signs
    Retire {
        #[command(flatten)]
        kept: Kept,
        /// As `list` says it
        id: i64,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Use {
    /// Users' ids, for `identify(id, traits, { signature })`
    Signatures,
    /// Short-lived JSON Web Tokens, for `init({ token })`
    Tokens,
}

impl Secret {
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        let now = SystemClock.now();
        match self.action {
            Action::Create { kept, purpose } => {
                let purpose = match purpose {
                    Use::Signatures => Purpose::Signatures,
                    Use::Tokens => Purpose::Tokens,
                };
                kept.print(|store, key, out| create_secret(store, key, purpose, now, out))
            }
            Action::List { kept, reveal, json } => {
                let form = if json { Form::Json } else { Form::Table };
                kept.print(|store, key, out| secrets(store, key, reveal, form, out))
            }
            Action::Retire { kept, id } => kept.print(|store, key, _| retire_secret(store, key, id, now)),
        }
    }
}
