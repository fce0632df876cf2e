//! `views`: how everybody stands, as the lines of `npx ripen replay`.

use std::io::Write;

use super::{PrintError, tenant_of};
use crate::clock::Millis;
use crate::fold;
use crate::store::Store;

/// Writes a line for each person and account as of an instant. The key may be left out where there is only one tenant.
///
/// # Errors
/// See [`PrintError`].
pub fn views(
    store: &mut dyn Store,
    write_key: Option<&str>,
    at: Millis,
    out: &mut impl Write,
) -> Result<(), PrintError> {
    let Some(tenant) = tenant_of(store, write_key)? else { return Ok(()) };
    let mut lines = Vec::new();
    // The collector may be running.
    store.consistently(&mut |store| {
        lines = fold::views(store, tenant, at)?;
        Ok(())
    })?;
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}
