//! `losses`: what is missing, stream by stream.

use std::io::Write;

use ripen::replay::format_timestamp;
use serde::Serialize;

use super::{Form, PrintError, each, tenant_of, write_json};
use crate::limits::PAGE;
use crate::store::Store;
use crate::stream::{Counts, StreamId, StreamLosses};

/// A line of `--json`.
#[derive(Serialize)]
struct Line<'a> {
    stream: &'a str,
    taken: u64,
    arrived: u64,
    dropped: &'a Counts,
    untaken: &'a Counts,
    missing: u64,
    heard: String,
}

#[derive(Default)]
struct Totals {
    streams: u64,
    taken: u64,
    arrived: u64,
    dropped: u64,
    untaken: u64,
    missing: u64,
}

/// Writes a tenant's streams in the order of their ids: all, or those of which something is missing. A table ends with
/// the totals of what it shows.
///
/// # Errors
/// See [`PrintError`].
pub fn losses(
    store: &mut dyn Store,
    write_key: Option<&str>,
    only_missing: bool,
    form: Form,
    out: &mut impl Write,
) -> Result<(), PrintError> {
    let Some(tenant) = tenant_of(store, write_key)? else { return Ok(()) };
    let mut totals = Totals::default();
    if form == Form::Table {
        row(out, "stream", ["taken", "arrived", "missing"], "heard", "dropped", "untaken")?;
    }
    let read = |after: &Option<StreamId>| store.streams().losses(tenant, after.as_ref(), PAGE);
    each(
        None,
        |losses| Some(losses.stream.clone()),
        read,
        |losses| {
            if only_missing && losses.missing() == 0 {
                return Ok(());
            }
            totals.add(losses);
            match form {
                Form::Table => write_row(losses, out),
                Form::Json => write_line(losses, out),
            }
        },
    )?;
    if form == Form::Table {
        totals.write(out)?;
    }
    Ok(out.flush()?)
}

fn write_line(losses: &StreamLosses, out: &mut impl Write) -> Result<(), PrintError> {
    let line = Line {
        stream: losses.stream.as_str(),
        taken: losses.taken(),
        arrived: losses.arrived,
        dropped: &losses.report.dropped,
        untaken: &losses.report.untaken,
        missing: losses.missing(),
        heard: format_timestamp(losses.heard),
    };
    write_json(&line, out)
}

fn write_row(losses: &StreamLosses, out: &mut impl Write) -> Result<(), PrintError> {
    let numbers = [losses.taken(), losses.arrived, losses.missing()];
    let (dropped, untaken) = (losses.report.dropped.to_string(), losses.report.untaken.to_string());
    let heard = format_timestamp(losses.heard);
    row(out, losses.stream.as_str(), numbers, &heard, &dropped, &untaken)
}

fn row<T: std::fmt::Display>(
    out: &mut impl Write,
    stream: &str,
    [taken, arrived, missing]: [T; 3],
    heard: &str,
    dropped: &str,
    untaken: &str,
) -> Result<(), PrintError> {
    Ok(writeln!(
        out,
        "{stream:<24} {taken:>8} {arrived:>8} {missing:>8}  {heard:<24}  {dropped:<24}  {untaken}"
    )?)
}

impl Totals {
    fn add(&mut self, losses: &StreamLosses) {
        let add = |sum: &mut u64, more: u64| *sum = sum.saturating_add(more);
        add(&mut self.streams, 1);
        add(&mut self.taken, losses.taken());
        add(&mut self.arrived, losses.arrived);
        add(&mut self.dropped, losses.report.dropped.sum());
        add(&mut self.untaken, losses.report.untaken.sum());
        add(&mut self.missing, losses.missing());
    }

    fn write(&self, out: &mut impl Write) -> Result<(), PrintError> {
        let streams = format!("{} streams", self.streams);
        let numbers = [self.taken, self.arrived, self.missing];
        row(out, &streams, numbers, "", &self.dropped.to_string(), &self.untaken.to_string())
    }
}
