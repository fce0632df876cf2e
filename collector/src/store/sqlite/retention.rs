//! Erasing by age, in SQLite. Positions are in the order of receipt, so that the oldest come first.

use rusqlite::{OptionalExtension, params};

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
            let mut read = transaction.prepare_cached(
                "SELECT position, received_at, happened_at, message_id FROM event
                 WHERE +tenant = ?1 AND position > ?2 AND position <= ?3 ORDER BY position LIMIT ?4",
            )?;
            let mut remove = transaction.prepare_cached("DELETE FROM event WHERE position = ?1")?;
            let last = folded.unwrap_or(i64::MAX);
            let mut rows = read.query(params![tenant.0, cursor, last, rows_at_most(limit)])?;
            let mut gone = Vec::new();
            while let Some(row) = rows.next()? {
                let (position, received): (i64, i64) = (row.get(0)?, row.get(1)?);
                if received >= horizon.0 {
                    break;
                }
                let happened: i64 = row.get(2)?;
                // By a clock that was ahead: the door would take it again.
                let buried: Option<String> = if happened >= horizon.0 { Some(row.get(3)?) } else { None };
                gone.push((position, buried));
            }
            drop(rows);
            for (position, buried) in &gone {
                remove.execute([position])?;
                if let Some(message_id) = buried {
                    bury(transaction, tenant, message_id)?;
                }
            }
            let erased = gone.len() as u64;
            if let Some((position, _)) = gone.last() {
                transaction
                    .prepare_cached("UPDATE tenant SET events = events - ?2 WHERE id = ?1")?
                    .execute(params![tenant.0, erased.cast_signed()])?;
                transaction
                    .prepare_cached(
                        "INSERT INTO retention (tenant, horizon, erased, cursor) VALUES (?1, ?2, ?3, ?4)
                         ON CONFLICT (tenant) DO UPDATE
                         SET horizon = max(horizon, ?2), erased = erased + ?3, cursor = ?4",
                    )?
                    .execute(params![tenant.0, horizon.0, erased.cast_signed(), position])?;
                // Who is folding at this moment may have read less than there was.
                transaction
                    .prepare_cached("UPDATE fold SET turn = turn + 1 WHERE tenant = ?1")?
                    .execute([tenant.0])?;
            }
            Ok(erased)
        })
    }

    fn horizon(&mut self, tenant: TenantId) -> Result<Option<(Millis, u64)>, StoreError> {
        let row = self
            .connection
            .prepare_cached("SELECT horizon, erased FROM retention WHERE tenant = ?1")?
            .query_row([tenant.0], |row| Ok((Millis(row.get(0)?), row.get::<_, i64>(1)?.unsigned_abs())));
        Ok(row.optional()?)
    }
}
