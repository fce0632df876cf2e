//! Somebody is erased: what was folded with them is forgotten, and folded anew without them.

use rusqlite::{Transaction, params};

use crate::store::{StoreError, TenantId};

/// Forgets the islands that these persons belong to, and what was reported of them. The events of others that were in
/// the same islands wait to be folded again, as any whose time has come. Says how many states there were. What is erased
/// is no longer in the log by now.
pub(in crate::store::sqlite) fn forget(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    ids: &[&str],
) -> Result<u64, StoreError> {
    let mut states = 0;
    for id in ids {
        let mut find = transaction
            .prepare_cached("SELECT island FROM fold_node WHERE tenant = ?1 AND kind = 0 AND name = ?2")?;
        let islands = find.query_map(params![tenant.0, id], |row| row.get::<_, i64>(0))?;
        for island in islands.collect::<Result<Vec<_>, _>>()? {
            states += forget_island(transaction, tenant, island)?;
        }
        transaction
            .prepare_cached("DELETE FROM fold_report WHERE tenant = ?1 AND account = 0 AND subject = ?2")?
            .execute(params![tenant.0, id])?;
    }
    for sql in [
        "DELETE FROM fold_waiting
         WHERE tenant = ?1 AND NOT EXISTS (SELECT 1 FROM event WHERE event.position = fold_waiting.position)",
        // Who is folding at this moment begins anew.
        "UPDATE fold SET turn = turn + 1 WHERE tenant = ?1",
    ] {
        transaction.prepare_cached(sql)?.execute([tenant.0])?;
    }
    Ok(states)
}

fn forget_island(transaction: &Transaction<'_>, tenant: TenantId, island: i64) -> Result<u64, StoreError> {
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO fold_waiting (tenant, happened_at, position)
             SELECT DISTINCT ?1, happened_at, position FROM fold_history
             WHERE node IN (SELECT id FROM fold_node WHERE island = ?2)
                AND EXISTS (SELECT 1 FROM event WHERE event.position = fold_history.position)",
        )?
        .execute(params![tenant.0, island])?;
    let states = transaction.prepare_cached("DELETE FROM fold_state WHERE island = ?1")?.execute([island])?;
    for sql in [
        "DELETE FROM fold_history WHERE node IN (SELECT id FROM fold_node WHERE island = ?1)",
        "DELETE FROM fold_node WHERE island = ?1",
        // Its number is not given again: who folds may remember something under it.
        "DELETE FROM fold_island WHERE id = ?1 AND id < (SELECT max(id) FROM fold_island)",
        "UPDATE fold_island SET nodes = 0, events = 0, due_at = NULL, gone_at = NULL WHERE id = ?1",
    ] {
        transaction.prepare_cached(sql)?.execute([island])?;
    }
    Ok(states as u64)
}
