//! `health`: delivery by day and source, for people.

use std::io::Write;

use super::{Form, PrintError, tenant_of, write_json};
use crate::health::{Day, Report};
use crate::store::Store;

const REQUESTS: [&str; 8] =
    ["day", "by", "way", "requests", "accepted", "duplicates", "rejected", "lateness"];
const PAGES: [&str; 8] = ["day", "by", "page loads", "taken", "arrived", "missing", "dropped", "untaken"];

/// Writes a tenant's delivery health from a day on: what came, and what became of page loads.
///
/// # Errors
/// See [`PrintError`].
pub fn health(
    store: &mut dyn Store,
    write_key: Option<&str>,
    since: Day,
    form: Form,
    out: &mut impl Write,
) -> Result<(), PrintError> {
    let Some(tenant) = tenant_of(store, write_key)? else { return Ok(()) };
    let report = Report::read(store, tenant, since)?;
    if form == Form::Json {
        write_json(&report, out)?;
        return Ok(out.flush()?);
    }
    table(REQUESTS, report.requests.iter().map(|line| line.cells()).collect(), out)?;
    writeln!(out)?;
    table(PAGES, report.pages.iter().map(|line| line.cells()).collect(), out)?;
    Ok(out.flush()?)
}

/// Columns as wide as what stands in them.
fn table(head: [&str; 8], rows: Vec<[String; 8]>, out: &mut impl Write) -> Result<(), PrintError> {
    let mut all = vec![head.map(str::to_owned)];
    all.extend(rows);
    let mut widths = [0; 8];
    for row in &all {
        widths.iter_mut().zip(row).for_each(|(width, cell)| *width = cell.chars().count().max(*width));
    }
    for row in &all {
        let cells: Vec<String> =
            row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        writeln!(out, "{}", cells.join("  ").trim_end())?;
    }
    Ok(())
}
