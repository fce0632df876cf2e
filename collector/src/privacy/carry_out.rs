//! An erasure in a running collector.

use super::{Erasing, Receipt, Subject};
use crate::access::By;
use crate::limits::ERASED_AT_ONCE;
use crate::readers::Readers;
use crate::store::TenantId;
use crate::writer::{NotStored, Writer};

/// Erases a person in short steps, so that nobody who sends events waits for the whole of it.
///
/// # Errors
/// The store failed, or too many wait to write. What was done stays done, and the whole can be done again.
pub async fn carry_out(
    readers: &Readers,
    writer: &Writer,
    tenant: TenantId,
    subject: Subject,
    by: By,
) -> Result<Receipt, NotStored> {
    let erasing = readers.read("erasure", move |store| super::plan(store, tenant, subject)).await?;
    carry_out_planned(writer, tenant, erasing, by).await
}

/// The same, of what is planned.
///
/// # Errors
/// As [`carry_out`].
pub async fn carry_out_planned(
    writer: &Writer,
    tenant: TenantId,
    mut erasing: Erasing,
    by: By,
) -> Result<Receipt, NotStored> {
    let place = || writer.place().map_err(|_| NotStored);
    loop {
        let step = place()?.run("erasure", ERASED_AT_ONCE, move |store| {
            let done = super::step(store, &mut erasing)?;
            Ok((done, erasing))
        });
        let (done, rest) = step.await?;
        erasing = rest;
        if done {
            break;
        }
    }
    let finish = place()?.run("erasure", ERASED_AT_ONCE, move |store| {
        let receipt = super::finish(store, erasing, by)?;
        Ok((receipt, store.personal().scrub()?))
    });
    let (receipt, scrubbed) = finish.await?;
    let events = receipt.erased.events;
    tracing::info!(tenant = tenant.0, receipt = %receipt.id, events, scrubbed, "a person was erased");
    Ok(receipt)
}
