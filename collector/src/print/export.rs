//! `export`: the log as NDJSON, in order of receipt, as `npx ripen replay` reads it.

use std::io::Write;

use super::{PrintError, tenant_of};
use crate::limits::PAGE;
use crate::store::{Position, Store};

/// Writes a tenant's events, a line each. The key may be left out where there is only one tenant.
///
/// # Errors
/// See [`PrintError`].
pub fn export(
    store: &mut dyn Store,
    write_key: Option<&str>,
    out: &mut impl Write,
) -> Result<(), PrintError> {
    let Some(tenant) = tenant_of(store, write_key)? else { return Ok(()) };
    let mut after = Position::START;
    loop {
        let page = store.log().read(tenant, after, PAGE)?;
        let Some(last) = page.last() else { break };
        after = last.position;
        for event in &page {
            writeln!(out, "{}", event.entry.message)?;
        }
    }
    Ok(out.flush()?)
}
