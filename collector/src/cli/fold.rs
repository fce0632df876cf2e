//! `rebuild` and `views`: what is folded of the log.

use std::io::{self, IsTerminal, Write};

use clap::Args;
use ripen::engine::{Millis, parse_timestamp};

use super::kept::Kept;
use crate::clock::{Clock, SystemClock};
use crate::fold::Alone;
use crate::print::{PrintError, tenants_of, views};

#[derive(Args, Debug)]
pub(super) struct Views {
    #[command(flatten)]
    kept: Kept,
    /// As of this time, not later than now (RFC 3339); by default now
    #[arg(long, value_name = "TIME", value_parser = instant)]
    at: Option<Millis>,
}

#[derive(Args, Debug)]
pub(super) struct Rebuild {
    #[command(flatten)]
    kept: Kept,
    /// Of all tenants
    #[arg(long, conflicts_with = "write_key")]
    all: bool,
}

impl Views {
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        let now = SystemClock.now();
        if self.at.is_some_and(|at| at > now) {
            return Err(vec![
                "--at: what has not happened yet is not folded: name a time up to now".to_owned(),
            ]);
        }
        let at = self.at.unwrap_or(now);
        self.kept.print(|store, key, out| views(store, key, at, out))
    }
}

impl Rebuild {
    pub(super) fn run(self) -> Result<(), Vec<String>> {
        let all = self.all;
        let path = self.kept.path()?;
        if !path.exists() {
            return Err(vec![format!("{}: there is no such file", path.display())]);
        }
        let alone = Alone::with(&path).map_err(|error| vec![format!("{}: {error}", path.display())])?;
        let Some(_alone) = alone else {
            return Err(vec!["the collector is running, and folds what it finds: stop it first".to_owned()]);
        };
        self.kept.print(|store, key, out| {
            for tenant in tenants_of(store, key, all)? {
                let total = store.folds().progress(tenant)?.events;
                let mut bar = Bar::new(total);
                let seen = crate::fold::rebuild(store, tenant, &SystemClock, |seen| bar.show(seen.folded))?;
                bar.end();
                writeln!(out, "{} events folded", seen.events)?;
            }
            Ok::<(), PrintError>(())
        })
    }
}

fn instant(text: &str) -> Result<Millis, String> {
    parse_timestamp(text).ok_or_else(|| "write it as 2026-01-31T09:00:00Z".to_owned())
}

/// How far it is, on standard error: a bar that grows where people look, a line for each tenth where a file does.
struct Bar {
    total: u64,
    shown: Option<u64>,
    moves: bool,
}

impl Bar {
    const WIDTH: u64 = 40;

    fn new(total: u64) -> Bar {
        Bar { total, shown: None, moves: io::stderr().is_terminal() }
    }

    fn show(&mut self, done: usize) {
        let steps = if self.moves { 1_000 } else { 10 };
        let step = (done as u64).saturating_mul(steps).checked_div(self.total).unwrap_or(steps).min(steps);
        if self.shown.replace(step) == Some(step) {
            return;
        }
        // Who cannot be told is not told.
        let _ = if self.moves {
            let full = usize::try_from(step * Self::WIDTH / steps).unwrap_or_default();
            let bar = format!("{}{}", "#".repeat(full), "-".repeat(Self::WIDTH as usize - full));
            write!(io::stderr(), "\r[{bar}] {done} of {} events", self.total)
        } else {
            writeln!(io::stderr(), "{done} of {} events", self.total)
        };
    }

    fn end(&self) {
        if self.moves {
            let _ = writeln!(io::stderr());
        }
    }
}
