//! What had been folded, and is folded again: how far that was, and up to when what came of it has been reported.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::clock::Millis;
use crate::store::{IslandId, NodeName, StoreError, TenantId};

pub(super) fn of(
    connection: &Connection,
    tenant: TenantId,
    node: &NodeName,
) -> Result<Option<Millis>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT reported_to FROM fold_mark WHERE tenant = ?1 AND kind = ?2 AND name = ?3")?;
    let to = statement.query_row(params![tenant.0, node.account, node.name], |row| Ok(Millis(row.get(0)?)));
    Ok(to.optional()?)
}

/// Whether any id of an island has one. Mostly the first one says it.
pub(super) fn has_any(connection: &Connection, island: IslandId) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM fold_node AS n CROSS JOIN fold_mark AS m
            ON m.tenant = n.tenant AND m.kind = n.kind AND m.name = n.name
         WHERE n.island = ?1 LIMIT 1",
    )?;
    Ok(statement.exists([island.0])?)
}

/// From now on all that is folded of a tenant counts as folded before, up to its last position. Whoever is folding at this
/// moment begins anew.
pub(super) fn begin(transaction: &Transaction<'_>, tenant: TenantId) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "UPDATE fold SET turn = turn + 1, again_to = max(ifnull(again_to, 0), position) WHERE tenant = ?1",
        )?
        .execute([tenant.0])?;
    Ok(())
}

/// Marks the persons and accounts of an island, before it is forgotten; of all of a tenant's where none is named.
pub(super) fn mark(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    island: Option<i64>,
) -> Result<(), StoreError> {
    // Time has passed up to an island's last event, or further.
    transaction
        .prepare_cached(
            "INSERT INTO fold_mark (tenant, kind, name, reported_to)
             WITH reported AS (
                SELECT i.id, max(ifnull(i.passed_at, l.last), l.last) AS until
                FROM fold_island AS i JOIN (
                    SELECT n.island, max((SELECT max(happened_at) FROM fold_history WHERE node = n.id)) AS last
                    FROM fold_node AS n WHERE n.tenant = ?1 AND (?2 IS NULL OR n.island = ?2) GROUP BY n.island
                ) AS l ON l.island = i.id
             )
             SELECT n.tenant, n.kind, n.name, r.until
             FROM reported AS r CROSS JOIN fold_node AS n ON n.island = r.id WHERE r.until IS NOT NULL
             ON CONFLICT (tenant, kind, name) DO UPDATE SET reported_to = max(reported_to, excluded.reported_to)",
        )?
        .execute(params![tenant.0, island])?;
    Ok(())
}

/// Marks those of whom an event waits for who is marked.
pub(super) fn hold(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    held: &[(NodeName, Millis)],
) -> Result<(), StoreError> {
    let mut mark = transaction.prepare_cached(
        "INSERT INTO fold_mark (tenant, kind, name, reported_to) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (tenant, kind, name) DO NOTHING",
    )?;
    for (node, reported) in held {
        mark.execute(params![tenant.0, node.account, node.name, reported.0])?;
    }
    Ok(())
}

/// All that had been folded is folded again.
pub(super) fn end(transaction: &Transaction<'_>, tenant: TenantId) -> Result<(), StoreError> {
    for sql in
        ["DELETE FROM fold_mark WHERE tenant = ?1", "UPDATE fold SET again_to = NULL WHERE tenant = ?1"]
    {
        transaction.prepare_cached(sql)?.execute([tenant.0])?;
    }
    Ok(())
}
