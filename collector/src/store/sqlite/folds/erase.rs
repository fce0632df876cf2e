//! Somebody is erased: what was folded with them is forgotten, and folded anew without them.

use std::collections::BTreeSet;

use rusqlite::{Transaction, params};

use super::{marks, waiting};
use crate::store::{StoreError, TenantId};

/// Forgets the islands that these persons belong to, and what was reported of them. The events of others that were in
/// the same islands wait to be folded again. Says how many states there were. What is erased is no longer in the log by
/// now.
pub(in crate::store::sqlite) fn forget(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    ids: &[&str],
) -> Result<u64, StoreError> {
    let mut states = 0;
    for id in ids {
        states += forget_islands_of(transaction, tenant, id)?;
        transaction
            .prepare_cached("DELETE FROM fold_report WHERE tenant = ?1 AND account = 0 AND subject = ?2")?
            .execute(params![tenant.0, id])?;
    }
    // Theirs is forgotten with them.
    for id in ids {
        transaction
            .prepare_cached("DELETE FROM fold_mark WHERE tenant = ?1 AND kind = 0 AND name = ?2")?
            .execute(params![tenant.0, id])?;
    }
    begin_again(transaction, tenant)?;
    Ok(states)
}

/// Forgets the islands of persons who stay, and of whom events go: theirs are folded again without these. What was reported
/// of them stays, too.
pub(in crate::store::sqlite) fn fold_again(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    ids: &BTreeSet<String>,
) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    for id in ids {
        forget_islands_of(transaction, tenant, id)?;
    }
    begin_again(transaction, tenant)
}

/// Nothing waits that is gone, and whoever folds at this moment begins anew.
fn begin_again(transaction: &Transaction<'_>, tenant: TenantId) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "DELETE FROM fold_waiting
             WHERE tenant = ?1 AND NOT EXISTS (SELECT 1 FROM event WHERE event.position = fold_waiting.position)",
        )?
        .execute([tenant.0])?;
    marks::begin(transaction, tenant)
}

fn forget_islands_of(transaction: &Transaction<'_>, tenant: TenantId, id: &str) -> Result<u64, StoreError> {
    let mut find = transaction
        .prepare_cached("SELECT island FROM fold_node WHERE tenant = ?1 AND kind = 0 AND name = ?2")?;
    let islands = find.query_map(params![tenant.0, id], |row| row.get::<_, i64>(0))?;
    let mut states = 0;
    for island in islands.collect::<Result<Vec<_>, _>>()? {
        states += forget_island(transaction, tenant, island)?;
    }
    Ok(states)
}

fn forget_island(transaction: &Transaction<'_>, tenant: TenantId, island: i64) -> Result<u64, StoreError> {
    let unreported: bool = transaction
        .prepare_cached("SELECT unreported FROM fold_island WHERE id = ?1")?
        .query_row([island], |row| row.get(0))?;
    if unreported {
        // It was surveyed only: what comes of the others is still to be told.
        waiting::begin(transaction, tenant, island)?;
    } else {
        marks::mark(transaction, tenant, Some(island))?;
        transaction
            .prepare_cached(
                "INSERT OR IGNORE INTO fold_waiting (tenant, happened_at, position, again)
                 SELECT DISTINCT ?1, happened_at, position, 1 FROM fold_history
                 WHERE node IN (SELECT id FROM fold_node WHERE island = ?2)
                    AND EXISTS (SELECT 1 FROM event WHERE event.position = fold_history.position)",
            )?
            .execute(params![tenant.0, island])?;
    }
    let states = transaction.prepare_cached("DELETE FROM fold_state WHERE island = ?1")?.execute([island])?;
    for sql in [
        "DELETE FROM fold_history WHERE node IN (SELECT id FROM fold_node WHERE island = ?1)",
        "DELETE FROM fold_node WHERE island = ?1",
        // Its number may be given again: who folds remembers nothing over another's turn, which the caller begins.
        "DELETE FROM fold_island WHERE id = ?1",
    ] {
        transaction.prepare_cached(sql)?.execute([island])?;
    }
    Ok(states as u64)
}
