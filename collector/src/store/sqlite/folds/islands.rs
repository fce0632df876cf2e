//! Islands in SQLite.

use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use crate::clock::Millis;
use crate::store::sqlite::rows_at_most;
use crate::store::{IslandId, IslandRow, PlaybookId, StoreError, TenantId};

const COLUMNS: &str =
    "SELECT id, playbook, nodes, events, passed_at, due_at, gone_at, keep, unreported FROM fold_island";

pub(super) fn one(connection: &Connection, id: IslandId) -> Result<Option<IslandRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} WHERE id = ?1"))?;
    Ok(statement.query_row([id.0], read).optional()?)
}

pub(super) fn all(
    connection: &Connection,
    tenant: TenantId,
    after: IslandId,
    limit: usize,
) -> Result<Vec<IslandRow>, StoreError> {
    // The rowid is the order: of many tenants others are read over.
    let found = "+tenant = ?1 AND id > ?2 ORDER BY id LIMIT ?3";
    list(connection, found, params![tenant.0, after.0, rows_at_most(limit)])
}

pub(super) fn due(
    connection: &Connection,
    tenant: TenantId,
    now: Millis,
    limit: usize,
) -> Result<Vec<IslandRow>, StoreError> {
    let found = "tenant = ?1 AND due_at <= ?2 ORDER BY due_at LIMIT ?3";
    list(connection, found, params![tenant.0, now.0, rows_at_most(limit)])
}

pub(super) fn to_keep(
    connection: &Connection,
    tenant: TenantId,
    limit: usize,
) -> Result<Vec<IslandRow>, StoreError> {
    list(connection, "tenant = ?1 AND keep LIMIT ?2", params![tenant.0, rows_at_most(limit)])
}

pub(super) fn outdated(
    connection: &Connection,
    tenant: TenantId,
    playbook: PlaybookId,
    limit: usize,
) -> Result<Vec<IslandRow>, StoreError> {
    // Two ranges of the index.
    let below = "tenant = ?1 AND playbook < ?2 LIMIT ?3";
    let above = "tenant = ?1 AND playbook > ?2 LIMIT ?3";
    let values = params![tenant.0, playbook.0, rows_at_most(limit)];
    let found = list(connection, below, values)?;
    if found.is_empty() { list(connection, above, values) } else { Ok(found) }
}

fn list(connection: &Connection, found: &str, values: impl Params) -> Result<Vec<IslandRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} WHERE {found}"))?;
    let rows = statement.query_map(values, read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<IslandRow> {
    let at = |column| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.map(Millis));
    Ok(IslandRow {
        id: IslandId(row.get(0)?),
        playbook: PlaybookId(row.get(1)?),
        nodes: row.get(2)?,
        events: row.get(3)?,
        passed: at(4)?,
        due: at(5)?,
        gone: at(6)?,
        keep: row.get(7)?,
        unreported: row.get(8)?,
    })
}
