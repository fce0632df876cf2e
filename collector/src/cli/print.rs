//! `losses`, `health` and `disagreements`, in words.

use clap::Args;

use super::kept::Kept;
use crate::clock::{Clock, SystemClock};
use crate::health::Day;
use crate::limits::HEALTH_DAYS_SHOWN;
use crate::print::{Form, disagreements, health, losses};

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
pub(super) struct Health {
    #[command(flatten)]
    kept: Kept,
    /// From this day on, UTC [default: 30 days ago]
    #[arg(long, value_name = "DATE", value_parser = day)]
    since: Option<Day>,
    /// As one JSON object
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

impl Health {
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        let Health { kept, since, json } = self;
        let since = since.unwrap_or_else(|| Day(Day::of(SystemClock.now()).0 - HEALTH_DAYS_SHOWN));
        kept.print(|store, key, out| health(store, key, since, form(json), out))
    }
}

fn day(text: &str) -> Result<Day, &'static str> {
    Day::read(text).ok_or("write it as a date, for example 2024-01-31")
}

fn form(json: bool) -> Form {
    if json { Form::Json } else { Form::Table }
}
