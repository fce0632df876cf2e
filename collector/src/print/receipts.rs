//! `receipts`: which erasures were done.

use std::io::Write;

use ripen::replay::format_timestamp;
use serde_json::json;

use super::{PrintError, tenant_of};
use crate::privacy::Receipt;
use crate::store::Store;

/// Writes a tenant's receipts, a JSON object each, in order; all, or those of one id.
///
/// # Errors
/// See [`PrintError`].
pub fn receipts(
    store: &mut dyn Store,
    write_key: Option<&str>,
    of: Option<&str>,
    out: &mut impl Write,
) -> Result<(), PrintError> {
    let Some(tenant) = tenant_of(store, write_key)? else { return Ok(()) };
    let salt = store.personal().salt()?;
    let wanted = of.map(|id| salt.of_id(tenant, id));
    for receipt in store.personal().receipts(tenant)? {
        if wanted.as_ref().is_none_or(|wanted| receipt.ids.contains(wanted)) {
            write(&receipt, out)?;
        }
    }
    Ok(out.flush()?)
}

/// A line.
///
/// # Errors
/// The output cannot be written.
pub fn write(receipt: &Receipt, out: &mut impl Write) -> Result<(), PrintError> {
    let Receipt { id, at, by, ids, erased, .. } = receipt;
    let erased_at = format_timestamp(*at);
    let line = json!({"receipt": id.0, "erasedAt": erased_at, "by": by, "ids": ids, "erased": erased});
    Ok(writeln!(out, "{line}")?)
}
