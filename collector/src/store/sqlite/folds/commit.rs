//! One step of the fold, in one transaction with its progress: so each event is folded once, whenever it is killed.

use rusqlite::{Transaction, params};

use super::super::leads;
use super::reports;
use crate::clock::Millis;
use crate::store::{Folded, FoldedIsland, StoreError, TenantId};

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
    let mut wait = transaction.prepare_cached(
        "INSERT OR IGNORE INTO fold_waiting (tenant, happened_at, position) VALUES (?1, ?2, ?3)",
    )?;
    for (at, position) in &folded.waiting {
        wait.execute(params![tenant.0, at.0, position.0])?;
    }
    let mut go = transaction.prepare_cached(
        "DELETE FROM fold_waiting WHERE tenant = ?1 AND happened_at = ?2 AND position = ?3",
    )?;
    for (at, position) in &folded.waited {
        go.execute(params![tenant.0, at.0, position.0])?;
    }
    for island in &folded.islands {
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
    for (id, at, position) in &folded.history {
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
    transaction
        .prepare_cached(
            "INSERT INTO fold_island (id, tenant, playbook, nodes, events, passed_at, due_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (id) DO UPDATE SET playbook = ?3, nodes = ?4, events = ?5, passed_at = ?6, due_at = ?7",
        )?
        .execute(params![
            row.id.0,
            tenant.0,
            row.playbook.0,
            row.nodes,
            row.events,
            at(row.passed),
            at(row.due)
        ])?;
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
        "INSERT INTO fold_state (island, events, last_at, last_id, turned_at, state)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for state in &island.states {
        let (last_at, last_id) = &state.last;
        insert.execute(params![row.id.0, state.events, last_at.0, last_id, state.turned.0, state.state])?;
    }
    Ok(())
}

pub(super) fn unfold(transaction: &Transaction<'_>, tenant: TenantId) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM fold_state WHERE island IN (SELECT id FROM fold_island WHERE tenant = ?1)",
        "DELETE FROM fold_history WHERE node IN (SELECT id FROM fold_node WHERE tenant = ?1)",
        "DELETE FROM fold_node WHERE tenant = ?1",
        "DELETE FROM fold_island WHERE tenant = ?1",
        "DELETE FROM fold_waiting WHERE tenant = ?1",
        "UPDATE fold SET position = 0, turn = turn + 1 WHERE tenant = ?1",
    ] {
        transaction.execute(sql, [tenant.0])?;
    }
    Ok(())
}
