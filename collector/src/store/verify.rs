//! Whether a database is one of ours, and whole.

use rusqlite::Connection;

use super::StoreError;
use super::schema;

/// It is Ripen's, and of a version that this program knows.
pub(crate) fn is_ours(connection: &Connection) -> Result<(), StoreError> {
    let owner: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match () {
        () if owner != schema::APPLICATION_ID => Err(StoreError::Foreign),
        () if found > schema::NEWEST => Err(StoreError::FromTheFuture { found, known: schema::NEWEST }),
        () => Ok(()),
    }
}

/// All pages, rows and indexes fit together.
pub(crate) fn is_whole(connection: &Connection) -> Result<(), StoreError> {
    let found: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if found == "ok" { Ok(()) } else { Err(StoreError::Backend(format!("it is damaged: {found}").into())) }
}

/// How many events are in it, counted one by one.
pub(crate) fn events(connection: &Connection) -> Result<u64, StoreError> {
    let (counted, kept): (i64, i64) = connection.query_row(
        "SELECT (SELECT count(*) FROM event), (SELECT coalesce(sum(events), 0) FROM tenant)",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    if counted != kept {
        let why = format!("it is damaged: {counted} events where {kept} were counted");
        return Err(StoreError::Backend(why.into()));
    }
    Ok(counted.unsigned_abs())
}
