//! Streams in SQLite: their counters, and which sequences arrived.

mod arrivals;

use std::collections::BTreeMap;

use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde_json::{Map, Value};

use super::{SqliteStore, rows_at_most};
use crate::clock::Millis;
use crate::limits::PAGE;
use crate::store::{StoreError, StreamLedger, TenantId};
use crate::stream::{Counts, Heard, Sequenced, StreamId, StreamLosses, StreamReport};

/// Keeps what was heard of streams.
pub(super) fn hear(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    received: Millis,
    streams: &BTreeMap<&StreamId, Heard>,
) -> Result<(), StoreError> {
    for (stream, heard) in streams {
        let id = merge(transaction, tenant, received, stream, &heard.report)?;
        for run in heard.runs() {
            arrivals::add(transaction, id, &run)?;
        }
    }
    Ok(())
}

/// The stream's row, with what its report adds to it.
fn merge(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    received: Millis,
    stream: &StreamId,
    report: &StreamReport,
) -> Result<i64, StoreError> {
    let known = transaction
        .prepare_cached("SELECT taken, dropped, untaken, id FROM stream WHERE tenant = ?1 AND name = ?2")?
        .query_row(params![tenant.0, stream.as_str()], |row| Ok((report_at(row, 0)?, row.get(3)?)))
        .optional()?;
    let Some((mut merged, id)) = known else {
        transaction
            .prepare_cached(
                "INSERT INTO stream (tenant, name, heard_at, taken, dropped, untaken)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                tenant.0,
                stream.as_str(),
                received.0,
                report.taken.cast_signed(),
                json(&report.dropped)?,
                json(&report.untaken)?,
            ])?;
        return Ok(transaction.last_insert_rowid());
    };
    merged.merge(report);
    transaction
        .prepare_cached(
            "UPDATE stream SET heard_at = max(heard_at, ?2), taken = ?3, dropped = ?4, untaken = ?5 WHERE id = ?1",
        )?
        .execute(params![
            id,
            received.0,
            merged.taken.cast_signed(),
            json(&merged.dropped)?,
            json(&merged.untaken)?,
        ])?;
    Ok(id)
}

/// An event of version 1.
struct Row1 {
    position: i64,
    tenant: TenantId,
    received: Millis,
    sequenced: Option<Sequenced>,
}

/// Version 2: what version 1 has in its messages.
pub(in crate::store) fn hear_all(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    let mut read = transaction.prepare(
        "SELECT position, tenant, received_at, message FROM event WHERE position > ?1 ORDER BY position LIMIT ?2",
    )?;
    let mut after = 0;
    loop {
        // A page at a time: a log may be larger than memory.
        let rows = read.query_map(params![after, PAGE.cast_signed()], |row| {
            let message: String = row.get(3)?;
            let message: Map<String, Value> = serde_json::from_str(&message).unwrap_or_default();
            let (tenant, received) = (TenantId(row.get(1)?), Millis(row.get(2)?));
            Ok(Row1 { position: row.get(0)?, tenant, received, sequenced: Sequenced::of(&message) })
        })?;
        let page = rows.collect::<Result<Vec<_>, _>>()?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.position;
        // As they came: what was received together.
        for batch in page.chunk_by(|a, b| (a.tenant, a.received) == (b.tenant, b.received)) {
            let Some(Row1 { tenant, received, .. }) = batch.first() else { continue };
            let sequenced = batch.iter().filter_map(|row| row.sequenced.as_ref());
            hear(transaction, *tenant, *received, &Heard::gather(sequenced, []))?;
        }
    }
}

impl StreamLedger for SqliteStore {
    fn losses(
        &mut self,
        tenant: TenantId,
        after: Option<&StreamId>,
        limit: usize,
    ) -> Result<Vec<StreamLosses>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT taken, dropped, untaken, name, heard_at,
            (SELECT coalesce(sum(last - first + 1), 0) FROM arrival WHERE arrival.stream = stream.id),
            (SELECT max(last) FROM arrival WHERE arrival.stream = stream.id)
         FROM stream WHERE tenant = ?1 AND name > ?2 ORDER BY name LIMIT ?3",
        )?;
        // No id is empty.
        let after = after.map_or("", StreamId::as_str);
        let rows = statement.query_map(params![tenant.0, after, rows_at_most(limit)], |row| {
            let name: String = row.get(3)?;
            let arrived: i64 = row.get(5)?;
            Ok(StreamLosses {
                stream: StreamId::new(&name).ok_or_else(|| unreadable(3, "an id of a stream"))?,
                report: report_at(row, 0)?,
                arrived: arrived.unsigned_abs(),
                highest: row.get::<_, Option<i64>>(6)?.map(i64::unsigned_abs),
                heard: Millis(row.get(4)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Three columns: taken, dropped, untaken.
fn report_at(row: &Row<'_>, first: usize) -> rusqlite::Result<StreamReport> {
    let taken: i64 = row.get(first)?;
    Ok(StreamReport {
        taken: taken.unsigned_abs(),
        dropped: counts_at(row, first + 1)?,
        untaken: counts_at(row, first + 2)?,
    })
}

fn counts_at(row: &Row<'_>, column: usize) -> rusqlite::Result<Counts> {
    let text: String = row.get(column)?;
    let value = serde_json::from_str(&text).map_err(|_| unreadable(column, "JSON"))?;
    Ok(Counts::read(&value).0)
}

fn unreadable(column: usize, what: &str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, format!("it is not {what}").into())
}

fn json(counts: &Counts) -> Result<String, StoreError> {
    serde_json::to_string(counts).map_err(|error| StoreError::Backend(Box::new(error)))
}
