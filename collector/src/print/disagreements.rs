//! `disagreements`: how often pages and collector saw a person differently, and why.

use std::io::Write;

use ripen::engine::Millis;
use ripen::replay::format_timestamp;
use serde::Serialize;

use super::{Form, PrintError, tenant_of, write_json};
use crate::store::{Disagreement, Store};

const DAY_MS: i64 = 24 * 3_600_000;

/// A line of `--json`.
#[derive(Serialize)]
struct Line {
    day: String,
    cause: &'static str,
    times: u64,
}

/// Writes a tenant's comparisons, by the day and what they came to.
///
/// # Errors
/// See [`PrintError`].
pub fn disagreements(
    store: &mut dyn Store,
    write_key: Option<&str>,
    form: Form,
    out: &mut impl Write,
) -> Result<(), PrintError> {
    let Some(tenant) = tenant_of(store, write_key)? else { return Ok(()) };
    if form == Form::Table {
        writeln!(out, "{:<10}  {:<15}  {:>9}", "day", "cause", "times")?;
    }
    for Disagreement { day, cause, times } in store.disagreements().disagreements(tenant, i64::MIN)? {
        let day = format_timestamp(Millis(day.saturating_mul(DAY_MS))).chars().take(10).collect();
        let line = Line { day, cause: cause.name(), times };
        if form == Form::Json {
            write_json(&line, out)?;
        } else {
            writeln!(out, "{:<10}  {:<15}  {:>9}", line.day, line.cause, line.times)?;
        }
    }
    Ok(out.flush()?)
}
