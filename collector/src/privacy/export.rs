//! All that is kept of a person, as NDJSON: who they are, what is folded of them, leads and what was reported, then their
//! events as they came.

use std::io::{self, Write};

use serde_json::json;

use super::Subject;
use crate::clock::Millis;
use crate::fold::{Playbooks, person};
use crate::limits::PAGE;
use crate::store::{NodeName, Position, ReportId, Store, StoreError, TenantId};

/// Writes it, a page at a time; what is folded, as of now.
///
/// # Errors
/// The store cannot be read, or the output not be written.
pub fn export(
    store: &mut dyn Store,
    tenant: TenantId,
    subject: &Subject,
    now: Millis,
    out: &mut impl Write,
) -> Result<(), StoreError> {
    let wrong = |error: io::Error| StoreError::Backend(Box::new(error));
    let line = json!({
        "kind": "person",
        "userId": subject.user_id,
        "anonymousIds": subject.anonymous_ids,
    });
    writeln!(out, "{line}").map_err(wrong)?;
    let (playbooks, mut states) = (Playbooks::default(), Vec::new());
    store.consistently(&mut |store| {
        states = person::states(store, &playbooks, tenant, subject, now)?;
        Ok(())
    })?;
    for line in states.drain(..).chain(store.personal().beside(tenant, subject)?) {
        writeln!(out, "{line}").map_err(wrong)?;
    }
    for id in subject.ids() {
        let (subject, mut after) = (NodeName { account: false, name: id.to_owned() }, ReportId::START);
        loop {
            let page = store.folds().reports_of(tenant, &subject, after, PAGE)?;
            let Some((last, _)) = page.last() else { break };
            after = *last;
            for (_, report) in &page {
                let line = person::report(store, &playbooks, report)?;
                writeln!(out, "{line}").map_err(wrong)?;
            }
        }
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
