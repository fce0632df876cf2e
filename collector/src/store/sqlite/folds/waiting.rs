//! Events that wait: for their time, for those whom they name, who are folded again, or to be folded again themselves.

use rusqlite::{Connection, Params, Transaction, params};

use super::{EVENT, logged};
use crate::clock::Millis;
use crate::store::sqlite::rows_at_most;
use crate::store::{Logged, Position, StoreError, TenantId, Waiting};
use crate::stream::StreamId;

/// Those whose time has come.
pub(super) fn ripe(
    connection: &Connection,
    tenant: TenantId,
    now: Millis,
    limit: usize,
) -> Result<Vec<Logged>, StoreError> {
    let ripe = "w.tenant = ?1 AND w.happened_at <= ?3 AND NOT w.again AND NOT w.held";
    list(connection, "fold_waiting_new", ripe, params![tenant.0, rows_at_most(limit), now.0])
}

/// Whether there are any that have not been folded before.
pub(super) fn any(connection: &Connection, tenant: TenantId) -> Result<bool, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT 1 FROM fold_waiting WHERE tenant = ?1 AND NOT again LIMIT 1")?;
    Ok(statement.exists([tenant.0])?)
}

/// Those of a page load, the earliest first: when each happens, and its sequence.
pub(super) fn of_stream(
    connection: &Connection,
    tenant: TenantId,
    stream: &StreamId,
    limit: usize,
) -> Result<Vec<(Millis, u64)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT happened_at, sequence FROM fold_waiting INDEXED BY fold_waiting_stream
         WHERE tenant = ?1 AND stream = ?2 AND stream IS NOT NULL ORDER BY happened_at, sequence LIMIT ?3",
    )?;
    let values = params![tenant.0, stream.as_str(), rows_at_most(limit)];
    let rows = statement
        .query_map(values, |row| Ok((Millis(row.get(0)?), row.get::<_, i64>(1)?.cast_unsigned())))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Those that had been folded before.
pub(super) fn again(
    connection: &Connection,
    tenant: TenantId,
    limit: usize,
) -> Result<Vec<Logged>, StoreError> {
    let again = "w.tenant = ?1 AND w.again";
    list(connection, "fold_waiting_again", again, params![tenant.0, rows_at_most(limit)])
}

/// At most `?2` of those that wait, the earliest first, by the index that has just these.
fn list(
    connection: &Connection,
    index: &str,
    found: &str,
    values: impl Params,
) -> Result<Vec<Logged>, StoreError> {
    let sql = format!(
        "SELECT {EVENT} FROM fold_waiting AS w INDEXED BY {index}
         CROSS JOIN event AS e ON e.position = w.position
         WHERE {found} ORDER BY w.happened_at, w.position LIMIT ?2"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(values, logged)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether one does.
pub(super) fn has(
    connection: &Connection,
    tenant: TenantId,
    happened: Millis,
    position: Position,
) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM fold_waiting WHERE tenant = ?1 AND happened_at = ?2 AND position = ?3",
    )?;
    Ok(statement.exists(params![tenant.0, happened.0, position.0])?)
}

/// From now on it waits. One that waits for its time already may have to wait for others from now on.
pub(super) fn wait(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    waiting: &Waiting,
) -> Result<(), StoreError> {
    let Waiting { happened, position, sequenced, held } = waiting;
    let stream = sequenced.as_ref().map(|at| at.stream.as_str());
    // What a page can count to fits.
    let sequence = sequenced.as_ref().map(|at| at.sequence.cast_signed());
    transaction
        .prepare_cached(
            "INSERT INTO fold_waiting (tenant, happened_at, position, stream, sequence, held)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (tenant, happened_at, position) DO UPDATE SET held = max(held, excluded.held)",
        )?
        .execute(params![tenant.0, happened.0, position.0, stream, sequence, held])?;
    Ok(())
}

/// What the log has of an island, none of which has been folded, waits for the next step.
pub(super) fn begin(transaction: &Transaction<'_>, tenant: TenantId, island: i64) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT {EVENT} FROM fold_node AS n CROSS JOIN fold_history AS h ON h.node = n.id
         CROSS JOIN event AS e ON e.position = h.position WHERE n.island = ?1"
    );
    let mut events = transaction.prepare_cached(&sql)?;
    let mut rows = events.query([island])?;
    // One at a time: it may be a large account's.
    while let Some(row) = rows.next()? {
        wait(transaction, tenant, &Waiting::of(&logged(row)?))?;
    }
    Ok(())
}

/// Nobody is folded again any more: who waited for that goes on.
pub(super) fn release(transaction: &Transaction<'_>, tenant: TenantId) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "UPDATE fold_waiting INDEXED BY fold_waiting_held SET held = 0 WHERE tenant = ?1 AND held",
        )?
        .execute([tenant.0])?;
    Ok(())
}
