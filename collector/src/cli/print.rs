//! `losses` and `erasures`, in words.

use clap::Args;

use super::kept::Kept;
use crate::print::{Form, disagreements, erasures, losses};

#[derive(Args, Debug)]
pub(super) struct Losses {
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
pub(super) struct Erasures {
    #[command(flatten)]
    kept: Kept,
    /// A JSON object a line
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
pub(super) struct Disagreements {
    #[command(flatten)]
    kept: Kept,
    /// A JSON object a line
    #[arg(long)]
    json: bool,
}

impl Disagreements {
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        let Disagreements { kept, json } = self;
        kept.print(|store, key, out| disagreements(store, key, form(json), out))
    }
}

impl Losses {
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        let Losses { kept, missing, json } = self;
        kept.print(|store, key, out| losses(store, key, missing, form(json), out))
    }
}

impl Erasures {
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        let Erasures { kept, json } = self;
        kept.print(|store, key, out| erasures(store, key, form(json), out))
    }
}

fn form(json: bool) -> Form {
    if json { Form::Json } else { Form::Table }
}
