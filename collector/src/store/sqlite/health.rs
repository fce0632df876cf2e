//! Delivery health in SQLite: a row for each day and source, its counters as JSON.

use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Transaction, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::SqliteStore;
use crate::health::{Day, Pages, Requests, Source, Tally, Transport};
use crate::limits::SOURCES_A_DAY;
use crate::store::health::{DeliveryHealth, PagesOfDay, RequestsOfDay};
use crate::store::{Position, StoreError, TenantId};

/// Adds what a transaction counted.
pub(super) fn add(transaction: &Transaction<'_>, tally: &Tally) -> Result<(), StoreError> {
    for ((tenant, day, source, transport), more) in &tally.requests {
        let grow = |row: &mut Requests| row.add(more);
        add_to(transaction, &REQUESTS, *tenant, *day, source, transport.name(), grow)?;
    }
    for ((tenant, day, source), more) in &tally.pages {
        add_to(transaction, &PAGES, *tenant, *day, source, "", |row: &mut Pages| row.add(more))?;
    }
    Ok(())
}

/// One statement for both tables: the parameters are tenant, day, source, transport, counts.
struct Table {
    read: &'static str,
    count: &'static str,
    write: &'static str,
}

const REQUESTS: Table = Table {
    read: "SELECT counts FROM delivery_request WHERE tenant = ?1 AND day = ?2 AND source = ?3 AND transport = ?4",
    count: "SELECT count(*) FROM delivery_request WHERE tenant = ?1 AND day = ?2 AND transport = ?3",
    write: "INSERT OR REPLACE INTO delivery_request (tenant, day, source, transport, counts)
            VALUES (?1, ?2, ?3, ?4, ?5)",
};

const PAGES: Table = Table {
    read: "SELECT counts FROM delivery_page WHERE tenant = ?1 AND day = ?2 AND source = ?3 AND ?4 = ''",
    count: "SELECT count(*) FROM delivery_page WHERE tenant = ?1 AND day = ?2 AND ?3 = ''",
    write: "INSERT OR REPLACE INTO delivery_page (tenant, day, source, counts) SELECT ?1, ?2, ?3, ?5 WHERE ?4 = ''",
};

fn add_to<T: Default + Serialize + DeserializeOwned>(
    transaction: &Transaction<'_>,
    table: &Table,
    tenant: TenantId,
    day: Day,
    source: &Source,
    transport: &str,
    grow: impl FnOnce(&mut T),
) -> Result<(), StoreError> {
    let mut read = transaction.prepare_cached(table.read)?;
    let mut find = |source: &str| -> Result<Option<T>, StoreError> {
        let row = read.query_row(params![tenant.0, day.0, source, transport], |row| counts_at(row, 0));
        Ok(row.optional()?)
    };
    let mut key = source.key();
    let mut row = find(&key)?;
    if row.is_none() {
        let told_apart: i64 = transaction
            .prepare_cached(table.count)?
            .query_row(params![tenant.0, day.0, transport], |row| row.get(0))?;
        if told_apart >= SOURCES_A_DAY.cast_signed() as i64 {
            key = Source::other().key();
            row = find(&key)?;
        }
    }
    let mut row = row.unwrap_or_default();
    grow(&mut row);
    let counts = serde_json::to_string(&row).map_err(|error| StoreError::Backend(Box::new(error)))?;
    transaction.prepare_cached(table.write)?.execute(params![tenant.0, day.0, key, transport, counts])?;
    Ok(())
}

impl DeliveryHealth for SqliteStore {
    fn requests(&mut self, tenant: TenantId, since: Day) -> Result<Vec<RequestsOfDay>, StoreError> {
        let mut read = self.connection.prepare_cached(
            "SELECT day, source, transport, counts FROM delivery_request
             WHERE tenant = ?1 AND day >= ?2 ORDER BY day, source, transport",
        )?;
        let rows = read.query_map(params![tenant.0, since.0], |row| {
            let (source, transport): (String, String) = (row.get(1)?, row.get(2)?);
            Ok(RequestsOfDay {
                day: Day(row.get(0)?),
                source: Source::of_key(&source),
                transport: Transport::named(&transport),
                counts: counts_at(row, 3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn pages(&mut self, tenant: TenantId, since: Day) -> Result<Vec<PagesOfDay>, StoreError> {
        let mut read = self.connection.prepare_cached(
            "SELECT day, source, counts FROM delivery_page WHERE tenant = ?1 AND day >= ?2 ORDER BY day, source",
        )?;
        let rows = read.query_map(params![tenant.0, since.0], |row| {
            let source: String = row.get(1)?;
            Ok(PagesOfDay {
                day: Day(row.get(0)?),
                source: Source::of_key(&source),
                counts: counts_at(row, 2)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn events(&mut self, tenant: TenantId) -> Result<u64, StoreError> {
        let events: Option<i64> = self
            .connection
            .prepare_cached("SELECT events FROM tenant WHERE id = ?1")?
            .query_row([tenant.0], |row| row.get(0))
            .optional()?;
        Ok(events.map_or(0, i64::unsigned_abs))
    }

    fn last_position(&mut self, tenant: TenantId) -> Result<Position, StoreError> {
        let last = self
            .connection
            .prepare_cached("SELECT last_position FROM tenant WHERE id = ?1")?
            .query_row([tenant.0], |row| row.get(0))
            .optional()?;
        Ok(last.map_or(Position::START, Position))
    }

    fn forget_days_before(&mut self, day: Day) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM delivery_request WHERE day < ?1", [day.0])?;
            transaction.execute("DELETE FROM delivery_page WHERE day < ?1", [day.0])?;
            Ok(())
        })
    }
}

fn counts_at<T: DeserializeOwned>(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error)))
}
