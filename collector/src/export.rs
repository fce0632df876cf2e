//! `export`: the log as NDJSON, in order of receipt, as `npx ripen replay` reads it.

use std::fmt;
use std::io::{self, Write};

use crate::limits::EXPORT_PAGE;
use crate::store::{Position, Store, StoreError, TenantId};

/// Why there is no export, or only a part of one.
#[derive(Debug)]
pub enum ExportError {
    /// The store cannot be read.
    Store(StoreError),
    /// The output cannot be written.
    Output(io::Error),
    /// No events were ever sent under this key.
    UnknownWriteKey(String),
    /// Whose events? A person of one product is nobody in another, so they are never mixed.
    SeveralTenants(Vec<String>),
}

/// Writes a tenant's events, a line each. The key may be left out where there is only one tenant.
///
/// # Errors
/// See [`ExportError`].
pub fn export(
    store: &mut dyn Store,
    write_key: Option<&str>,
    out: &mut impl Write,
) -> Result<u64, ExportError> {
    let Some(tenant) = choose(store.tenants()?, write_key)? else { return Ok(0) };
    let (mut after, mut lines) = (Position::START, 0);
    loop {
        let page = store.read(tenant, after, EXPORT_PAGE)?;
        let Some(last) = page.last() else { break };
        after = last.position;
        for event in &page {
            writeln!(out, "{}", event.entry.message)?;
            lines += 1;
        }
    }
    out.flush()?;
    Ok(lines)
}

fn choose(
    tenants: Vec<(String, TenantId)>,
    write_key: Option<&str>,
) -> Result<Option<TenantId>, ExportError> {
    if let Some(wanted) = write_key {
        let found = tenants.into_iter().find(|(key, _)| key == wanted);
        return found.map(|(_, id)| Some(id)).ok_or_else(|| ExportError::UnknownWriteKey(wanted.to_owned()));
    }
    let first = tenants.first().map(|(_, id)| *id);
    if tenants.iter().any(|(_, id)| Some(*id) != first) {
        return Err(ExportError::SeveralTenants(tenants.into_iter().map(|(key, _)| key).collect()));
    }
    Ok(first)
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExportError::Store(error) => error.fmt(f),
            ExportError::Output(error) => error.fmt(f),
            ExportError::UnknownWriteKey(key) => write!(f, "the database does not know the write key {key}"),
            ExportError::SeveralTenants(keys) => {
                write!(f, "the database has several tenants: add --write-key with one of {}", keys.join(", "))
            }
        }
    }
}

impl std::error::Error for ExportError {}

impl From<StoreError> for ExportError {
    fn from(error: StoreError) -> ExportError {
        ExportError::Store(error)
    }
}

impl From<io::Error> for ExportError {
    fn from(error: io::Error) -> ExportError {
        ExportError::Output(error)
    }
}
