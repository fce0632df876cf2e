//! `audit`: who did what.

use std::io::Write;

use ripen::replay::format_timestamp;
use serde::Serialize;

use super::{Form, PrintError, each, tenant_of, write_json};
use crate::access::{ActId, Acted};
use crate::limits::PAGE;
use crate::store::Store;

/// A line of `--json`.
#[derive(Serialize)]
struct Line<'a> {
    id: i64,
    at: String,
    by: &'a str,
    action: &'a str,
    to: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    detail: &'a str,
}

/// Writes what was done for a tenant, the oldest first.
///
/// # Errors
/// See [`PrintError`].
pub fn audit(
    store: &mut dyn Store,
    write_key: Option<&str>,
    form: Form,
    out: &mut impl Write,
) -> Result<(), PrintError> {
    let Some(tenant) = tenant_of(store, write_key)? else { return Ok(()) };
    let read = |after: &ActId| store.audit().acts(tenant, *after, PAGE);
    each(
        ActId::START,
        |act| act.id,
        read,
        |act| match form {
            Form::Table => write_row(act, out),
            Form::Json => write_line(act, out),
        },
    )?;
    Ok(out.flush()?)
}

fn write_line(act: &Acted, out: &mut impl Write) -> Result<(), PrintError> {
    let Acted { id, at, by, action, to, detail } = act;
    let line = Line { id: id.0, at: format_timestamp(*at), by, action, to, detail };
    write_json(&line, out)
}

fn write_row(act: &Acted, out: &mut impl Write) -> Result<(), PrintError> {
    let Acted { at, by, action, to, detail, .. } = act;
    let at = format_timestamp(*at);
    Ok(writeln!(out, "{}", format!("{at}  {by:<10}  {action:<20}  {to:<16}  {detail}").trim_end())?)
}
