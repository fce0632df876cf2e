//! `secret`: what a host signs with, made, listed and retired.

use std::io::Write;

use ripen::replay::format_timestamp;
use serde::Serialize;

use super::{Form, PrintError, tenant_of, write_json};
use crate::clock::Millis;
use crate::identity::{Purpose, Secret};
use crate::store::Store;

/// A line of `--json`.
#[derive(Serialize)]
struct Line<'a> {
    id: i64,
    purpose: &'static str,
    secret: &'a str,
    created: String,
    retired: Option<String>,
}

/// Makes a secret, and writes its text alone.
///
/// # Errors
/// See [`PrintError`]; and the system gives no random bytes.
pub fn create_secret(
    store: &mut dyn Store,
    write_key: Option<&str>,
    purpose: Purpose,
    now: Millis,
    out: &mut impl Write,
) -> Result<(), PrintError> {
    let tenant = tenant_of(store, write_key)?.ok_or(PrintError::NoTenant)?;
    let value = Secret::invent(purpose).map_err(std::io::Error::other)?;
    let secret = store.identities().create_secret(tenant, purpose, &value, now)?;
    writeln!(out, "{}", secret.reveal())?;
    Ok(out.flush()?)
}

/// Writes a tenant's secrets, the oldest first. `reveal`: their texts, not only how they begin.
///
/// # Errors
/// See [`PrintError`].
pub fn secrets(
    store: &mut dyn Store,
    write_key: Option<&str>,
    reveal: bool,
    form: Form,
    out: &mut impl Write,
) -> Result<(), PrintError> {
    let Some(tenant) = tenant_of(store, write_key)? else { return Ok(()) };
    if form == Form::Table {
        writeln!(out, "{:>4}  {:<10}  {:<24}  {:<24}  secret", "id", "purpose", "created", "retired")?;
    }
    for secret in store.identities().secrets(tenant)? {
        let hint = secret.hint();
        let line = Line {
            id: secret.id,
            purpose: secret.purpose.name(),
            secret: if reveal { secret.reveal() } else { &hint },
            created: format_timestamp(secret.created),
            retired: secret.retired.map(format_timestamp),
        };
        if form == Form::Json {
            write_json(&line, out)?;
        } else {
            let Line { id, purpose, secret, created, retired } = line;
            let retired = retired.as_deref().unwrap_or("-");
            writeln!(out, "{id:>4}  {purpose:<10}  {created:<24}  {retired:<24}  {secret}")?;
        }
    }
    Ok(out.flush()?)
}

/// From now on what a secret signs is not believed.
///
/// # Errors
/// See [`PrintError`]; and there is no valid one of this number.
pub fn retire_secret(
    store: &mut dyn Store,
    write_key: Option<&str>,
    id: i64,
    now: Millis,
) -> Result<(), PrintError> {
    let tenant = tenant_of(store, write_key)?.ok_or(PrintError::NoTenant)?;
    if store.identities().retire_secret(tenant, id, now)? { Ok(()) } else { Err(PrintError::NoSecret(id)) }
}
