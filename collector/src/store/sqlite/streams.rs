//! Streams in SQLite: their counters, and which sequences arrived.

mod arrivals;

use std::collections::BTreeMap;

use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde_json::{Map, Value};

use super::{SqliteStore, rows_at_most};
use crate::clock::Millis;
use crate::health::{Day, Pages, Source, Tally};
use crate::limits::PAGE;
use crate::store::{Arrived, StoreError, StreamLedger, TenantId};
use crate::stream::{Counts, Heard, Sequenced, StreamId, StreamLosses, StreamReport};

/// Keeps what was heard of streams, and counts what is new of those whose source is known.
pub(super) fn hear(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    received: Millis,
    by: Option<&Source>,
    streams: &BTreeMap<&StreamId, Heard>,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    for (stream, heard) in streams {
        let known = find(transaction, tenant, stream)?;
        let (id, began) = match &known {
            Some(known) => (known.id, known.began.clone()),
            None => begin(transaction, tenant, received, by, stream)?,
        };
        let before = known.map(|known| known.losses);
        let mut after = before.clone().unwrap_or_else(|| StreamLosses::new((*stream).clone(), received));
        for run in heard.runs() {
            after.arrived += arrivals::add(transaction, id, &run, after.highest)?;
            after.highest = after.highest.max(Some(*run.end()));
        }
        after.report.merge(&heard.report);
        after.heard = after.heard.max(received);
        keep(transaction, id, &after)?;
        if let Some((day, source)) = &began {
            tally.count_stream(tenant, *day, source, &Pages::between(before.as_ref(), &after));
        }
    }
    Ok(())
}

/// A stream's row.
struct Known {
    id: i64,
    losses: StreamLosses,
    /// Where it is counted.
    began: Option<(Day, Source)>,
}

fn find(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    stream: &StreamId,
) -> Result<Option<Known>, StoreError> {
    let mut read = transaction.prepare_cached(
        "SELECT taken, dropped, untaken, name, heard_at, arrived, highest, id, began, source
         FROM stream WHERE tenant = ?1 AND name = ?2",
    )?;
    let known = read.query_row(params![tenant.0, stream.as_str()], |row| {
        let (began, source): (Option<i64>, Option<String>) = (row.get(8)?, row.get(9)?);
        let began = began.zip(source).map(|(began, source)| (Day(began), Source::of_key(&source)));
        Ok(Known { id: row.get(7)?, losses: losses_at(row)?, began })
    });
    Ok(known.optional()?)
}

/// A new stream's row, of which all is still to be written.
fn begin(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    received: Millis,
    by: Option<&Source>,
    stream: &StreamId,
) -> Result<(i64, Option<(Day, Source)>), StoreError> {
    let began = by.map(|source| (Day::of(received), source.clone()));
    let (day, source) = began.as_ref().map(|(day, source)| (day.0, source.key())).unzip();
    transaction
        .prepare_cached(
            "INSERT INTO stream (tenant, name, heard_at, taken, dropped, untaken, began, source)
             VALUES (?1, ?2, ?3, 0, '{}', '{}', ?4, ?5)",
        )?
        .execute(params![tenant.0, stream.as_str(), received.0, day, source])?;
    Ok((transaction.last_insert_rowid(), began))
}

fn keep(transaction: &Transaction<'_>, id: i64, known: &StreamLosses) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "UPDATE stream SET heard_at = ?2, taken = ?3, dropped = ?4, untaken = ?5, arrived = ?6, highest = ?7
             WHERE id = ?1",
        )?
        .execute(params![
            id,
            known.heard.0,
            known.report.taken.cast_signed(),
            json(&known.report.dropped)?,
            json(&known.report.untaken)?,
            known.arrived.cast_signed(),
            known.highest.map(u64::cast_signed),
        ])?;
    Ok(())
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
            let heard = Heard::gather(sequenced, []);
            hear(transaction, *tenant, *received, None, &heard, &mut Tally::default())?;
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
            "SELECT taken, dropped, untaken, name, heard_at, arrived, highest
             FROM stream WHERE tenant = ?1 AND name > ?2 ORDER BY name LIMIT ?3",
        )?;
        // No id is empty.
        let after = after.map_or("", StreamId::as_str);
        let rows = statement.query_map(params![tenant.0, after, rows_at_most(limit)], losses_at)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn stream(
        &mut self,
        tenant: TenantId,
        stream: &StreamId,
        limit: usize,
    ) -> Result<Option<Arrived>, StoreError> {
        let known = self
            .connection
            .prepare_cached(
                "SELECT taken, dropped, untaken, name, heard_at, arrived, highest, id
                 FROM stream WHERE tenant = ?1 AND name = ?2",
            )?
            .query_row(params![tenant.0, stream.as_str()], |row| Ok((losses_at(row)?, row.get::<_, i64>(7)?)))
            .optional()?;
        let Some((losses, id)) = known else { return Ok(None) };
        let mut statement = self
            .connection
            .prepare_cached("SELECT first, last FROM arrival WHERE stream = ?1 ORDER BY first LIMIT ?2")?;
        let rows = statement.query_map(params![id, rows_at_most(limit)], |row| {
            let (first, last): (i64, i64) = (row.get(0)?, row.get(1)?);
            Ok(first.unsigned_abs()..=last.unsigned_abs())
        })?;
        Ok(Some((losses, rows.collect::<Result<_, _>>()?)))
    }
}

/// Seven columns: taken, dropped, untaken, name, heard_at, arrived, highest.
fn losses_at(row: &Row<'_>) -> rusqlite::Result<StreamLosses> {
    let name: String = row.get(3)?;
    let arrived: i64 = row.get(5)?;
    Ok(StreamLosses {
        stream: StreamId::new(&name).ok_or_else(|| unreadable(3, "an id of a stream"))?,
        report: report_at(row, 0)?,
        arrived: arrived.unsigned_abs(),
        highest: row.get::<_, Option<i64>>(6)?.map(i64::unsigned_abs),
        heard: Millis(row.get(4)?),
    })
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
    let text = row.get_ref(column)?.as_str()?;
    // Nearly all have lost nothing.
    if text == "{}" {
        return Ok(Counts::default());
    }
    let value = serde_json::from_str(text).map_err(|_| unreadable(column, "JSON"))?;
    Ok(Counts::read(&value).0)
}

fn unreadable(column: usize, what: &str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, format!("it is not {what}").into())
}

fn json(counts: &Counts) -> Result<String, StoreError> {
    serde_json::to_string(counts).map_err(|error| StoreError::Backend(Box::new(error)))
}
