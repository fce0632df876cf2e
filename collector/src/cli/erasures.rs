//! `erasures`, in words: who asked to be forgotten, and whom nobody asked for.

use std::io::Write;
use std::ops::RangeInclusive;

use clap::Args;

use super::kept::Kept;
use crate::access::{Actor, By};
use crate::clock::{Clock, SystemClock};
use crate::print::{self, Form};
use crate::store::{ErasureId, Store};

#[derive(Args, Debug)]
pub(super) struct Erasures {
    #[command(flatten)]
    kept: Kept,
    /// A JSON object a line
    #[arg(long)]
    json: bool,
    /// Dismiss a request, or all of some (7-90), that somebody made up; not those that are verified
    #[arg(long, value_name = "N", value_parser = numbers, conflicts_with = "json")]
    dismiss: Option<RangeInclusive<i64>>,
}

impl Erasures {
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        let Erasures { kept, json, dismiss } = self;
        let Some(dismissed) = dismiss else {
            let form = if json { Form::Json } else { Form::Table };
            return kept.print(|store, key, out| print::erasures(store, key, form, out));
        };
        let (mut store, tenant) = kept.tenant()?;
        let requests = ErasureId(*dismissed.start())..=ErasureId(*dismissed.end());
        let by = By { who: Actor::Cli, at: SystemClock.now() };
        let count =
            store.erasures().dismiss_erasures(tenant, requests, by).map_err(|error| kept.failed(&error))?;
        // Who reads has seen enough.
        let _ = writeln!(std::io::stdout(), "{count} dismissed");
        Ok(())
    }
}

fn numbers(text: &str) -> Result<RangeInclusive<i64>, &'static str> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    match (first.parse(), last.parse()) {
        (Ok(first), Ok(last)) if first <= last => Ok(first..=last),
        _ => Err("write it as a number of the list, or as two with a dash between them, for example 7-90"),
    }
}
