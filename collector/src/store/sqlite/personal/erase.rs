//! What goes with a person, in the transaction of their erasure.

use rusqlite::{OptionalExtension, Transaction, params};

use super::tombstones::bury;
use crate::privacy::{Receipt, Subject};
use crate::store::{Position, StoreError, TenantId};

/// Events. Says how many there were.
pub(super) fn events(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    positions: &[Position],
) -> Result<u64, StoreError> {
    let mut remove = transaction
        .prepare_cached("DELETE FROM event WHERE tenant = ?1 AND position = ?2 RETURNING message_id")?;
    let mut erased = 0_u64;
    for position in positions {
        let id: Option<String> =
            remove.query_row(params![tenant.0, position.0], |row| row.get(0)).optional()?;
        if let Some(id) = id {
            bury(transaction, tenant, &id)?;
            erased += 1;
        }
    }
    transaction
        .prepare_cached("UPDATE tenant SET events = events - ?2 WHERE id = ?1")?
        .execute(params![tenant.0, erased.cast_signed()])?;
    Ok(erased)
}

/// What is kept under an id beside the log and the fold. Says how many leads.
pub(super) fn beside(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    subject: &Subject,
) -> Result<u64, StoreError> {
    let mut leads = 0;
    let mut lead = transaction.prepare_cached("DELETE FROM lead WHERE tenant = ?1 AND person = ?2")?;
    let mut signed =
        transaction.prepare_cached("DELETE FROM signed_user WHERE tenant = ?1 AND user_id = ?2")?;
    for id in subject.ids() {
        leads += lead.execute(params![tenant.0, id])? as u64;
    }
    // Of nobody whom they have joined: that one is still signed.
    if let Some(user) = &subject.user_id {
        signed.execute(params![tenant.0, user])?;
    }
    Ok(leads)
}

/// Requests, done or not, that name the person.
pub(super) fn requests_of(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    subject: &Subject,
) -> Result<Vec<i64>, StoreError> {
    let mut read = transaction.prepare_cached(
        "SELECT id, user_id, anonymous_id FROM erasure
         WHERE tenant = ?1 AND (user_id IS NOT NULL OR anonymous_id IS NOT NULL)",
    )?;
    let rows = read.query_map([tenant.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut found = Vec::new();
    for row in rows {
        let (id, user, anonymous): (i64, Option<String>, Option<String>) = row?;
        if subject.has(user.as_deref(), anonymous.as_deref()) {
            found.push(id);
        }
    }
    Ok(found)
}

/// The receipt.
pub(super) fn keep(transaction: &Transaction<'_>, receipt: &Receipt) -> Result<(), StoreError> {
    let json = |error: serde_json::Error| StoreError::Backend(Box::new(error));
    transaction.execute(
        "INSERT INTO receipt (id, tenant, erased_at, erased_by, ids, erased) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            receipt.id.0,
            receipt.tenant.0,
            receipt.at.0,
            receipt.by,
            serde_json::to_string(&receipt.ids).map_err(json)?,
            serde_json::to_string(&receipt.erased).map_err(json)?,
        ],
    )?;
    Ok(())
}
