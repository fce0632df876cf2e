//! What goes with a person, in the transaction of their erasure.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Transaction, params};

use super::tombstones::bury;
use crate::privacy::{Receipt, Subject};
use crate::store::sqlite::folds;
use crate::store::{Position, StoreError, TenantId};

/// Events. Says how many there were. Of one that names the person and was refused somebody else's fold is without it from
/// then on.
pub(super) fn events(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    positions: &[Position],
) -> Result<u64, StoreError> {
    let mut remove = transaction.prepare_cached(
        "DELETE FROM event WHERE tenant = ?1 AND position = ?2
         RETURNING message_id, CASE WHEN trust & 7 = 3 THEN anonymous_id END",
    )?;
    let (mut erased, mut others) = (0_u64, BTreeSet::new());
    for position in positions {
        let gone = remove.query_row(params![tenant.0, position.0], |row| Ok((row.get(0)?, row.get(1)?)));
        let gone: Option<(String, Option<String>)> = gone.optional()?;
        if let Some((id, folded_as)) = gone {
            bury(transaction, tenant, &id)?;
            others.extend(folded_as);
            erased += 1;
        }
    }
    folds::erase::fold_again(transaction, tenant, &others)?;
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
    let mut lead =
        transaction.prepare_cached("DELETE FROM lead WHERE tenant = ?1 AND (person = ?2 OR named = ?2)")?;
    let mut join =
        transaction.prepare_cached("DELETE FROM joined_at_word WHERE tenant = ?1 AND anonymous_id = ?2")?;
    for id in subject.ids() {
        leads += lead.execute(params![tenant.0, id])? as u64;
        // What somebody has joined to another user, too, is still theirs at somebody's word only.
        if subject.user_id.is_none() {
            join.execute(params![tenant.0, id])?;
        }
    }
    // Of nobody whom they have joined: that one is still signed.
    for table in ["signed_user", "member", "joined_at_word"].iter().filter(|_| subject.user_id.is_some()) {
        transaction
            .prepare_cached(&format!("DELETE FROM {table} WHERE tenant = ?1 AND user_id = ?2"))?
            .execute(params![tenant.0, subject.user_id])?;
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
