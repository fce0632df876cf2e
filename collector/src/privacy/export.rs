//! All that is kept of a person, as NDJSON: who they are, leads and reports, then their events as they came.

use std::io::{self, Write};

use serde_json::json;

use super::Subject;
use crate::limits::PAGE;
use crate::store::{Position, Store, StoreError, TenantId};

/// Writes it, a page at a time.
///
/// # Errors
/// The store cannot be read, or the output not be written.
pub fn export(
    store: &mut dyn Store,
    tenant: TenantId,
    subject: &Subject,
    out: &mut impl Write,
) -> Result<(), StoreError> {
    let wrong = |error: io::Error| StoreError::Backend(Box::new(error));
    let line = json!({
        "kind": "person",
        "userId": subject.user_id,
        "anonymousIds": subject.anonymous_ids,
    });
    writeln!(out, "{line}").map_err(wrong)?;
    for line in store.personal().beside(tenant, subject)? {
        writeln!(out, "{line}").map_err(wrong)?;
    }
    let (positions, _) = store.personal().positions(tenant, subject, Position::START)?;
    for page in positions.chunks(PAGE) {
        for event in store.personal().events_at(tenant, page)? {
            // What is kept is one line of JSON.
            writeln!(
                out,
                r#"{{"kind":"event","received":{},"message":{}}}"#,
                event.received.0, event.entry.message
            )
            .map_err(wrong)?;
        }
    }
    Ok(())
}
