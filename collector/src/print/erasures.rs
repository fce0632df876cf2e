//! `erasures`: who asked to be forgotten.

use std::io::Write;

use ripen::replay::format_timestamp;
use serde::Serialize;

use super::{Form, PrintError, each, tenant_of, write_json};
use crate::limits::PAGE;
use crate::store::{Erasure, ErasureId, Store};

/// A line of `--json`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    id: i64,
    received: String,
    state: &'static str,
    verified: bool,
    anonymous_id: Option<&'a str>,
    user_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<&'a str>,
}

/// Writes a tenant's requests to be forgotten, the oldest first.
///
/// # Errors
/// See [`PrintError`].
pub fn erasures(
    store: &mut dyn Store,
    write_key: Option<&str>,
    form: Form,
    out: &mut impl Write,
) -> Result<(), PrintError> {
    let Some(tenant) = tenant_of(store, write_key)? else { return Ok(()) };
    if form == Form::Table {
        row(out, "id", "received", "state", "anonymousId", "userId")?;
    }
    let read = |after: &ErasureId| store.erasures().erasures(tenant, *after, PAGE);
    each(
        ErasureId::START,
        |erasure| erasure.id,
        read,
        |erasure| match form {
            Form::Table => write_row(erasure, out),
            Form::Json => write_line(erasure, out),
        },
    )?;
    Ok(out.flush()?)
}

fn write_line(erasure: &Erasure, out: &mut impl Write) -> Result<(), PrintError> {
    let line = Line {
        id: erasure.id.0,
        received: format_timestamp(erasure.received),
        state: erasure.state.name(),
        verified: erasure.verified,
        anonymous_id: erasure.whom.anonymous_id.as_deref(),
        user_id: erasure.whom.user_id.as_deref(),
        receipt: erasure.receipt.as_deref(),
    };
    write_json(&line, out)
}

fn write_row(erasure: &Erasure, out: &mut impl Write) -> Result<(), PrintError> {
    let id = |id: &Option<String>| id.as_deref().map_or_else(|| "-".to_owned(), visible);
    let (anonymous, user) = (id(&erasure.whom.anonymous_id), id(&erasure.whom.user_id));
    let received = format_timestamp(erasure.received);
    row(out, &erasure.id.0.to_string(), &received, erasure.state.name(), &anonymous, &user)
}

fn row(
    out: &mut impl Write,
    id: &str,
    received: &str,
    state: &str,
    anonymous: &str,
    user: &str,
) -> Result<(), PrintError> {
    Ok(writeln!(out, "{id:>6}  {received:<24}  {state:<9}  {anonymous:<24}  {user}")?)
}

/// Anybody may send an id: nothing in it is to be obeyed by a terminal.
fn visible(id: &str) -> String {
    id.chars()
        .flat_map(|sign| if sign.is_control() { sign.escape_unicode().collect() } else { vec![sign] })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_does_not_command_a_terminal() {
        assert_eq!(visible("Zoë 1\u{1b}[2J\n\u{9b}"), "Zoë 1\\u{1b}[2J\\u{a}\\u{9b}");
    }
}
