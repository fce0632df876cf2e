//! `leads`, in words.

use clap::Args;

use super::kept::Kept;
use crate::leads::{KINDS, LeadState, QUALIFICATIONS, Selection};
use crate::print::{Feed, leads};

/// Whom to talk to, at the machine.
#[derive(Args, Debug)]
pub(super) struct Leads {
    #[command(flatten)]
    kept: Kept,
    /// Only those of this state: new, open, won, lost, dismissed
    #[arg(long, value_parser = state)]
    state: Option<LeadState>,
    /// Only forms, or only moments
    #[arg(long, value_parser = KINDS)]
    kind: Option<String>,
    /// Only moments that qualify as this
    #[arg(long, value_parser = QUALIFICATIONS)]
    qualifies: Option<String>,
    /// Of each month only the best so many
    #[arg(long, value_name = "N")]
    best: Option<u32>,
    /// For a spreadsheet, instead of a JSON object a line
    #[arg(long)]
    csv: bool,
}

impl Leads {
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        let Leads { kept, state, kind, qualifies, best, csv } = self;
        let selection = Selection { state, kind, qualifies, best, ..Selection::default() };
        let feed = if csv { Feed::Csv } else { Feed::Json };
        kept.print(|store, key, out| leads(store, key, selection, feed, out))
    }
}

fn state(name: &str) -> Result<LeadState, String> {
    let known = LeadState::ALL.map(LeadState::name).join(", ");
    LeadState::named(name).ok_or_else(|| format!("it is one of {known}"))
}
