//! Erasing by age, in SQLite. Positions are in the order of receipt, so that the oldest come first. By a clock that was
//! ahead once some may say that they were received later than what follows them: they go with that.

use rusqlite::{OptionalExtension, Transaction, params};

use super::personal::bury;
use super::{SqliteStore, rows_at_most};
use crate::clock::Millis;
use crate::store::retention::Retention;
use crate::store::{StoreError, TenantId};

impl Retention for SqliteStore {
    fn erase_received_before(
        &mut self,
        tenant: TenantId,
        horizon: Millis,
        limit: usize,
    ) -> Result<u64, StoreError> {
        self.write(|transaction| {
            let cursor: i64 = transaction
                .prepare_cached("SELECT cursor FROM retention WHERE tenant = ?1")?
                .query_row([tenant.0], |row| row.get(0))
                .optional()?
                .unwrap_or(0);
            // What is not folded yet would be lost, not kept: it goes at a later time.
            let folded: Option<i64> = transaction
                .prepare_cached("SELECT position FROM fold WHERE tenant = ?1 AND playbook IS NOT NULL")?
                .query_row([tenant.0], |row| row.get(0))
                .optional()?;
            let found = oldest(transaction, tenant, (cursor, folded.unwrap_or(i64::MAX)), horizon, limit)?;
            let mut remove = transaction.prepare_cached("DELETE FROM event WHERE position = ?1")?;
            for (position, buried) in &found.gone {
                remove.execute([position])?;
                if let Some(message_id) = buried {
                    bury(transaction, tenant, message_id)?;
                }
            }
            let erased = found.gone.len() as u64;
            transaction
                .prepare_cached("UPDATE tenant SET events = events - ?2 WHERE id = ?1")?
                .execute(params![tenant.0, erased.cast_signed()])?;
            if found.is_lacking {
                // Who is folding at this moment may not have read what is waited for. (Of what has gone the table itself
                // tells them, as of any event.)
                transaction
                    .prepare_cached("UPDATE fold SET turn = turn + 1 WHERE tenant = ?1")?
                    .execute([tenant.0])?;
            }
            if let Some(position) = found.seen {
                transaction
                    .prepare_cached(
                        "INSERT INTO retention (tenant, horizon, erased, cursor) VALUES (?1, ?2, ?3, ?4)
                         ON CONFLICT (tenant) DO UPDATE
                         SET horizon = max(horizon, ?2), erased = erased + ?3, cursor = ?4",
                    )?
                    .execute(params![tenant.0, found.before, erased.cast_signed(), position])?;
            }
            Ok(erased)
        })
    }

    fn horizon(&mut self, tenant: TenantId) -> Result<Option<(Millis, u64)>, StoreError> {
        let row = self
            .connection
            .prepare_cached("SELECT horizon, erased FROM retention WHERE tenant = ?1 AND erased > 0")?
            .query_row([tenant.0], |row| Ok((Millis(row.get(0)?), row.get::<_, i64>(1)?.unsigned_abs())));
        Ok(row.optional()?)
    }

    fn passed(&mut self) -> Result<Option<Millis>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT until FROM passed")?;
        Ok(statement.query_row([], |row| Ok(Millis(row.get(0)?))).optional()?)
    }

    fn note_passed(&mut self, until: Millis) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO passed (id, until) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET until = ?1",
                )?
                .execute([until.0])?;
            Ok(())
        })
    }
}

/// What may go.
#[derive(Default)]
struct Found {
    /// Positions; of those that the door would take again, the message's id.
    gone: Vec<(i64, Option<String>)>,
    /// Before which instant the others happened: the horizon itself may lie in the future, by a clock that was ahead, and
    /// the door would refuse all that comes.
    before: i64,
    /// The last one that was looked at, so that the next step begins after it.
    seen: Option<i64>,
    /// Some are in no state that is kept: they are waited for, and so are all that come after them.
    is_lacking: bool,
}

/// The oldest events between two positions.
fn oldest(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    (after, last): (i64, i64),
    horizon: Millis,
    limit: usize,
) -> Result<Found, StoreError> {
    let mut read = transaction.prepare_cached(
        "SELECT position, received_at, happened_at, message_id, user_id, anonymous_id FROM event
         WHERE +tenant = ?1 AND position > ?2 AND position <= ?3 ORDER BY position LIMIT ?4",
    )?;
    let mut waits = transaction.prepare_cached(
        "SELECT 1 FROM fold_waiting WHERE tenant = ?1 AND happened_at = ?2 AND position = ?3",
    )?;
    // An island goes on from its newest state: before the events after that can go, there has to be another.
    let mut wait_for_state = transaction.prepare_cached(
        "UPDATE fold_island SET keep = 1 WHERE id IN (
            SELECT n.island FROM fold_node AS n JOIN fold_history AS h ON h.node = n.id
            WHERE n.tenant = ?1 AND n.kind = 0 AND n.name IN (?4, ?5)
                AND h.happened_at = ?2 AND h.position = ?3)
         AND NOT EXISTS (SELECT 1 FROM fold_state AS s
            WHERE s.island = fold_island.id AND (s.last_at, s.last_id) >= (?2, ?6))",
    )?;
    let (mut found, mut old) = (Found::default(), after);
    let mut rows = read.query(params![tenant.0, after, last, rows_at_most(limit)])?;
    while let Some(row) = rows.next()? {
        let (position, received, happened): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if received >= horizon.0 && position > old {
            old = old_after(transaction, position, last, horizon)?.unwrap_or(old);
            if position > old {
                break;
            }
        }
        let (user, anonymous): (Option<String>, Option<String>) = (row.get(4)?, row.get(5)?);
        let id: String = row.get(3)?;
        // Its time has not come, or it is being folded again: it goes later, when the fold has taken it.
        let is_waiting = waits.exists(params![tenant.0, happened, position])?;
        // Others are looked through all the same, so that all states are waited for at once.
        found.is_lacking |= !is_waiting
            && wait_for_state.execute(params![tenant.0, happened, position, user, anonymous, id])? > 0;
        if found.is_lacking {
            continue;
        }
        found.seen = Some(position);
        if !is_waiting {
            // By a clock that was ahead: the door would take it again.
            let buried = happened >= horizon.0;
            if !buried {
                found.before = found.before.max(happened.saturating_add(1));
            }
            found.gone.push((position, Some(id).filter(|_| buried)));
        }
    }
    Ok(found)
}

/// A place behind this one whose event, of whichever tenant, was received before the horizon: so was all that is before
/// it, then, whatever a clock said. Looks further and further ahead, a few times for any length of the log; what it steps
/// over it finds later, when there is more behind it.
fn old_after(
    transaction: &Transaction<'_>,
    position: i64,
    last: i64,
    horizon: Millis,
) -> Result<Option<i64>, StoreError> {
    let mut read = transaction.prepare_cached(
        "SELECT position, received_at FROM event WHERE position >= ?1 AND position <= ?2 ORDER BY position LIMIT 1",
    )?;
    let (mut found, mut ahead) = (None, 1_i64);
    loop {
        let from = position.saturating_add(ahead);
        let next = read.query_row(params![from, last], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)));
        let Some((next, received)) = next.optional()? else { return Ok(found) };
        if received < horizon.0 {
            found = Some(next);
        }
        ahead = (next - position).saturating_mul(2);
    }
}
