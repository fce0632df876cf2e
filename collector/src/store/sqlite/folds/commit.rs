//! One step of the fold, in one transaction with its progress: so each event is folded once, whenever it is killed.

use rusqlite::{Transaction, params};

use super::super::leads;
use super::{marks, reports, waiting};
use crate::clock::Millis;
use crate::store::{Folded, FoldedIsland, NodeId, Position, StoreError, TenantId};

pub(super) fn commit(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    turn: i64,
    folded: &Folded,
) -> Result<bool, StoreError> {
    let position = folded.position.map(|position| position.0);
    let taken = transaction
        .prepare_cached(
            "UPDATE fold SET position = ifnull(?3, position), turn = turn + 1 WHERE tenant = ?1 AND turn = ?2",
        )?
        .execute(params![tenant.0, turn, position])?;
    if taken == 0 {
        return Ok(false);
    }
    folded.waiting.iter().try_for_each(|waits| waiting::wait(transaction, tenant, waits))?;
    let mut go = transaction.prepare_cached(
        "DELETE FROM fold_waiting WHERE tenant = ?1 AND happened_at = ?2 AND position = ?3",
    )?;
    for (at, position) in &folded.waited {
        go.execute(params![tenant.0, at.0, position.0])?;
    }
    if let Some(first) = folded.waited.iter().map(|(_, position)| position.0).min() {
        // Retention may have gone past it.
        transaction
            .prepare_cached("UPDATE retention SET cursor = min(cursor, ?2 - 1) WHERE tenant = ?1")?
            .execute(params![tenant.0, first])?;
    }
    marks::hold(transaction, tenant, &folded.held)?;
    if folded.over {
        marks::end(transaction, tenant)?;
        waiting::release(transaction, tenant)?;
    }
    // In the order of what is written to, so that a page of it is touched once.
    let mut islands: Vec<&FoldedIsland> = folded.islands.iter().collect();
    islands.sort_unstable_by_key(|island| island.row.id);
    for island in islands {
        keep(transaction, tenant, island)?;
    }
    let mut node = transaction.prepare_cached(
        "INSERT INTO fold_node (id, tenant, kind, name, island) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (id, name, island) in &folded.nodes {
        node.execute(params![id.0, tenant.0, name.account, name.name, island.0])?;
    }
    let mut join = transaction
        .prepare_cached("UPDATE fold_node SET first_at = ?2, first_id = ?3, first_user = ?4 WHERE id = ?1")?;
    for (id, (at, message), user) in &folded.joins {
        join.execute(params![id.0, at.0, message, user])?;
    }
    let mut footprint = transaction
        .prepare_cached("INSERT INTO fold_history (node, happened_at, position) VALUES (?1, ?2, ?3)")?;
    let mut history: Vec<&(NodeId, Millis, Position)> = folded.history.iter().collect();
    history.sort_unstable();
    for (id, at, position) in history {
        footprint.execute(params![id.0, at.0, position.0])?;
    }
    reports::keep(transaction, tenant, &folded.reports)?;
    if let Some(found) = folded.reports.first().map(|report| report.reported) {
        leads::keep(transaction, tenant, found, &folded.leads)?;
    }
    Ok(true)
}

fn keep(transaction: &Transaction<'_>, tenant: TenantId, island: &FoldedIsland) -> Result<(), StoreError> {
    let row = &island.row;
    let at = |at: Option<Millis>| at.map(|at| at.0);
    let values =
        params![row.id.0, tenant.0, row.playbook.0, row.nodes, row.events, at(row.passed), at(row.due)];
    // An index is written where a column of it is set, though it be to what it was.
    let updated = transaction
        .prepare_cached(
            "UPDATE fold_island SET nodes = ?4, events = ?5, passed_at = ?6, due_at = ?7
             WHERE id = ?1 AND tenant = ?2 AND playbook = ?3",
        )?
        .execute(values)?;
    if updated == 0 {
        transaction
            .prepare_cached(
                "INSERT INTO fold_island (id, tenant, playbook, nodes, events, passed_at, due_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (id) DO UPDATE SET playbook = ?3, nodes = ?4, events = ?5, passed_at = ?6, due_at = ?7",
            )?
            .execute(values)?;
    }
    if row.keep || row.unreported || island.later {
        transaction
            .prepare_cached("UPDATE fold_island SET keep = ?2, unreported = ?3 WHERE id = ?1")?
            .execute(params![row.id.0, island.later, island.later && row.unreported])?;
    }
    for other in &island.merged {
        for sql in [
            "UPDATE fold_island SET gone_at = (SELECT max(gone_at) FROM fold_island WHERE id IN (?1, ?2)) WHERE id = ?2",
            "UPDATE fold_node SET island = ?2 WHERE island = ?1",
            "DELETE FROM fold_state WHERE island = ?1 AND ?2 IS NOT NULL",
            "DELETE FROM fold_island WHERE id = ?1 AND ?2 IS NOT NULL",
        ] {
            transaction.prepare_cached(sql)?.execute(params![other.0, row.id.0])?;
        }
    }
    let mut drop = transaction.prepare_cached("DELETE FROM fold_state WHERE id = ?1")?;
    for state in &island.dropped {
        drop.execute([state.0])?;
    }
    let mut insert = transaction.prepare_cached(
        "INSERT INTO fold_state (island, events, last_at, last_id, turned_at, state, id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET events = ?2, last_at = ?3, last_id = ?4, turned_at = ?5, state = ?6",
    )?;
    for state in &island.states {
        let (last_at, last_id) = &state.last;
        insert.execute(params![
            row.id.0,
            state.events,
            last_at.0,
            last_id,
            state.turned.0,
            state.state,
            state.id.0
        ])?;
    }
    Ok(())
}

pub(super) fn unfold(transaction: &Transaction<'_>, tenant: TenantId) -> Result<(), StoreError> {
    marks::mark(transaction, tenant, None)?;
    marks::begin(transaction, tenant)?;
    for sql in [
        "DELETE FROM fold_state WHERE island IN (SELECT id FROM fold_island WHERE tenant = ?1)",
        "DELETE FROM fold_history WHERE node IN (SELECT id FROM fold_node WHERE tenant = ?1)",
        "DELETE FROM fold_node WHERE tenant = ?1",
        "DELETE FROM fold_island WHERE tenant = ?1",
        // They are found in the log again.
        "DELETE FROM fold_waiting WHERE tenant = ?1 AND again",
        "UPDATE fold SET position = 0 WHERE tenant = ?1",
    ] {
        transaction.execute(sql, [tenant.0])?;
    }
    Ok(())
}
