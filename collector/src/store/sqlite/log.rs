//! The log in SQLite.

use std::collections::BTreeMap;
use std::collections::btree_map;

use rusqlite::{CachedStatement, OptionalExtension, Row, Transaction, params};

use super::identities::{Doorkeeper, signing_secrets};
use super::personal::Tombstones;
use super::{SqliteStore, health, leads, rows_at_most, streams};
use crate::clock::Millis;
use crate::health::Tally;
use crate::identity::{Secret, Trust, Verdict};
use crate::store::{Appended, Batch, Entry, EventLog, Position, StoreError, Stored, TenantId};
use crate::stream::Heard;

/// `+tenant` keeps SQLite from its index over tenant and `messageId`: by that it would read all of the tenant's events for
/// each page, and sort them.
pub(super) const READ_AFTER: &str =
    "SELECT position, received_at, message_id, user_id, anonymous_id, happened_at, message, trust
     FROM event WHERE +tenant = ?1 AND position > ?2 ORDER BY position LIMIT ?3";

/// One event, as [`stored_at`] reads it.
pub(super) const READ_AT: &str =
    "SELECT position, received_at, message_id, user_id, anonymous_id, happened_at, message, trust
     FROM event WHERE tenant = ?1 AND position = ?2";

pub(super) fn stored_at(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        position: Position(row.get(0)?),
        received: Millis(row.get(1)?),
        verdict: Verdict::numbered(row.get(7)?).unwrap_or_default(),
        entry: Entry {
            message_id: row.get(2)?,
            user_id: row.get(3)?,
            anonymous_id: row.get(4)?,
            happened: Millis(row.get(5)?),
            message: row.get(6)?,
        },
    })
}

impl EventLog for SqliteStore {
    fn append(&mut self, batches: &[Batch]) -> Result<Vec<Appended>, StoreError> {
        self.write(|transaction| {
            let (mut answers, mut tally) = (Vec::with_capacity(batches.len()), Tally::default());
            let mut insert = transaction.prepare_cached(
                "INSERT INTO event
                    (tenant, message_id, received_at, happened_at, user_id, anonymous_id, message, trust)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT (tenant, message_id) DO NOTHING",
            )?;
            // What is asked and told once for a tenant, however many of its batches there are.
            let mut tenants = BTreeMap::new();
            for tenant in batches.iter().map(|batch| batch.tenant) {
                if let btree_map::Entry::Vacant(vacant) = tenants.entry(tenant) {
                    vacant.insert((Gate::of(transaction, tenant)?, Grown::default()));
                }
            }
            for batch in batches {
                let Some((gate, grown)) = tenants.get_mut(&batch.tenant) else { continue };
                let (answer, last) = insert_all(transaction, &mut insert, batch, &mut tally, gate)?;
                grown.events += answer.accepted;
                grown.last = grown.last.max(last);
                let heard = Heard::gather(&batch.sequenced, &batch.reports);
                let by = Some(&batch.seen.source);
                streams::hear(transaction, batch.tenant, batch.received, by, &heard, &mut tally)?;
                leads::keep_told(transaction, batch.tenant, batch.received, &batch.leads)?;
                answers.push(answer);
            }
            for (tenant, (_, grown)) in &tenants {
                grown.keep(transaction, *tenant)?;
            }
            health::add(transaction, &tally)?;
            Ok(answers)
        })
    }

    fn read(&mut self, tenant: TenantId, after: Position, limit: usize) -> Result<Vec<Stored>, StoreError> {
        let mut statement = self.connection.prepare_cached(READ_AFTER)?;
        let rows = statement.query_map(params![tenant.0, after.0, rows_at_most(limit)], stored_at)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn last_received(&mut self) -> Result<Option<Millis>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT received_at FROM event ORDER BY position DESC LIMIT 1")?;
        Ok(statement.query_row([], |row| Ok(Millis(row.get(0)?))).optional()?)
    }
}

/// By what a tenant's events are let in.
struct Gate {
    secrets: Vec<Secret>,
    tombstones: Tombstones,
}

impl Gate {
    fn of(transaction: &Transaction<'_>, tenant: TenantId) -> Result<Gate, StoreError> {
        let secrets = signing_secrets(transaction, tenant)?;
        Ok(Gate { secrets, tombstones: Tombstones::of(transaction, tenant)? })
    }
}

/// By what a tenant's log has grown.
#[derive(Default)]
struct Grown {
    events: u64,
    last: i64,
}

impl Grown {
    fn keep(&self, transaction: &Transaction<'_>, tenant: TenantId) -> Result<(), StoreError> {
        transaction
            .prepare_cached(
                "UPDATE tenant SET events = events + ?2, last_position = max(last_position, ?3) WHERE id = ?1",
            )?
            .execute(params![tenant.0, self.events.cast_signed(), self.last])?;
        Ok(())
    }
}

/// What became of its events, and where the last new one is.
fn insert_all(
    transaction: &Transaction<'_>,
    insert: &mut CachedStatement<'_>,
    batch: &Batch,
    tally: &mut Tally,
    Gate { secrets, tombstones }: &Gate,
) -> Result<(Appended, i64), StoreError> {
    let (mut answer, mut last) = (Appended::default(), 0);
    let mut events = Vec::with_capacity(batch.entries.len());
    let mut disbelieved = Vec::new();
    let mut doorkeeper = Doorkeeper::new(transaction, batch.tenant, &batch.credentials, secrets);
    for (index, entry) in batch.entries.iter().enumerate() {
        if tombstones.have(transaction, batch.tenant, &entry.message_id)? {
            answer.duplicates += 1;
            events.push((entry.happened, false));
            continue;
        }
        let verdict = doorkeeper.judge(index, entry)?;
        let inserted = insert.execute(params![
            batch.tenant.0,
            entry.message_id,
            batch.received.0,
            entry.happened.0,
            entry.user_id,
            entry.anonymous_id,
            entry.message,
            verdict.number(),
        ])?;
        events.push((entry.happened, inserted > 0));
        if inserted == 0 {
            answer.duplicates += 1;
        } else {
            answer.accepted += 1;
            last = transaction.last_insert_rowid();
            doorkeeper.remember(index, entry, verdict, batch.received)?;
            disbelieved.extend(refusal(verdict));
        }
    }
    tally.count(batch.tenant, batch.received, &batch.seen, events, &disbelieved);
    Ok((answer, last))
}

/// Whom an event names that it may not: what is not folded as it came is counted.
fn refusal(Verdict { trust, outsider }: Verdict) -> Option<&'static str> {
    match trust {
        Trust::Refused => Some("user"),
        Trust::Stranger => Some("other_id"),
        _ => outsider.then_some("account"),
    }
}
