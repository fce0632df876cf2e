//! `audit`, in words.

use clap::Args;

use super::kept::Kept;
use crate::print::{Form, audit};

/// Who did what.
#[derive(Args, Debug)]
pub(super) struct Audit {
    #[command(flatten)]
    kept: Kept,
    /// A JSON object a line
    #[arg(long)]
    json: bool,
}

impl Audit {
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        let Audit { kept, json } = self;
        let form = if json { Form::Json } else { Form::Table };
        kept.print(|store, key, out| audit(store, key, form, out))
    }
}
