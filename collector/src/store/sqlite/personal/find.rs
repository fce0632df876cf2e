//! Whose an event is. There is no index by person, which every event would pay for: the log is read through. What the log
//! no longer has, by age, is asked of the fold and of what is kept beside it.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Row, params};
use serde_json::Value;

use super::alias;
use super::places::{LOG, PLACES};
use crate::privacy::Subject;
use crate::store::sqlite::SqliteStore;
use crate::store::{Position, StoreError, TenantId};

impl SqliteStore {
    /// The users that an anonymous id was joined to; the id itself, if it is one of a user.
    pub(super) fn users_of(&self, tenant: TenantId, id: &str) -> Result<BTreeSet<String>, StoreError> {
        let itself = self.users_among(tenant, &BTreeSet::from([id.to_owned()]))?;
        if !itself.is_empty() {
            return Ok(itself);
        }
        let mut read = self.connection.prepare_cached(
            "SELECT user_id, anonymous_id, message FROM event
             WHERE tenant = ?1 AND user_id IS NOT NULL AND trust & 7 < 3",
        )?;
        let mut users = BTreeSet::new();
        let mut rows = read.query([tenant.0])?;
        while let Some(row) = rows.next()? {
            if text_or_null(row, 1)? == Some(id) || alias::joined_by(text(row, 2)?).as_deref() == Some(id) {
                users.insert(row.get(0)?);
            }
        }
        let mut folded = self.connection.prepare_cached(
            "SELECT first_user FROM fold_node
             WHERE tenant = ?1 AND kind = 0 AND name = ?2 AND first_user IS NOT NULL",
        )?;
        for user in folded.query_map(params![tenant.0, id], |row| row.get(0))? {
            users.insert(user?);
        }
        Ok(users)
    }

    /// Those of some ids that are of users.
    fn users_among(&self, tenant: TenantId, ids: &BTreeSet<String>) -> Result<BTreeSet<String>, StoreError> {
        let mut users = BTreeSet::new();
        let mut wants_more = |id: &str| {
            users.extend(ids.get(id).cloned());
            users.len() < ids.len()
        };
        // The log, which is long, comes last.
        for place in PLACES.iter().filter(|place| place.is_of_users).chain([&LOG]) {
            place.each(&self.connection, tenant, &mut wants_more)?;
        }
        Ok(users)
    }

    /// Whether anything but events is kept of a person.
    pub(super) fn is_kept_beside(&self, tenant: TenantId, subject: &Subject) -> Result<bool, StoreError> {
        for place in &PLACES {
            for id in subject.ids() {
                if place.has(&self.connection, tenant, id)? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// The anonymous ids that were joined to a user: by events that carry both, and by an alias. Not what is
    /// another user's id: they are somebody else, whoever says what.
    pub(super) fn joined_to(&self, tenant: TenantId, user: &str) -> Result<BTreeSet<String>, StoreError> {
        let mut read = self.connection.prepare_cached(
            "SELECT anonymous_id, message FROM event WHERE tenant = ?1 AND user_id = ?2 AND trust & 7 < 3",
        )?;
        let mut ids = BTreeSet::new();
        let mut rows = read.query(params![tenant.0, user])?;
        while let Some(row) = rows.next()? {
            let own: Option<String> = row.get(0)?;
            ids.extend([own, alias::joined_by(text(row, 1)?)].into_iter().flatten());
        }
        let mut folded = self.connection.prepare_cached(
            "SELECT name FROM fold_node WHERE tenant = ?1 AND kind = 0 AND first_user = ?2",
        )?;
        for name in folded.query_map(params![tenant.0, user], |row| row.get(0))? {
            ids.insert(name?);
        }
        ids.remove(user);
        for other in self.users_among(tenant, &ids)? {
            ids.remove(&other);
        }
        Ok(ids)
    }
}

fn text_or_null<'a>(row: &'a Row<'_>, column: usize) -> Result<Option<&'a str>, StoreError> {
    Ok(row.get_ref(column)?.as_str_or_null().map_err(rusqlite::Error::from)?)
}

fn text<'a>(row: &'a Row<'_>, column: usize) -> Result<&'a str, StoreError> {
    Ok(row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?)
}

/// Where a person's events are after a position, and the last position of all.
pub(super) fn positions(
    connection: &Connection,
    tenant: TenantId,
    subject: &Subject,
    after: Position,
) -> Result<(Vec<Position>, Position), StoreError> {
    let mut read = connection.prepare_cached(
        "SELECT position, trust & 7 < 3, user_id, anonymous_id, message
         FROM event WHERE +tenant = ?1 AND position > ?2 ORDER BY position",
    )?;
    let (mut found, mut seen) = (Vec::new(), after);
    let mut rows = read.query(params![tenant.0, after.0])?;
    while let Some(row) = rows.next()? {
        seen = Position(row.get(0)?);
        let is_believed: bool = row.get(1)?;
        let (named, anonymous) = (text_or_null(row, 2)?, text_or_null(row, 3)?);
        // One that was refused is of its anonymous id, and names somebody all the same.
        let names = !is_believed && named.is_some() && named == subject.user_id.as_deref();
        if names || subject.has(named.filter(|_| is_believed), anonymous) {
            found.push(seen);
            continue;
        }
        // Nor does anybody else keep that they were this person before, believed or not: it is of no use without them.
        let message = text(row, 4)?;
        let before = if is_believed { alias::joined_by(message) } else { alias::named_by(message) };
        if before.is_some_and(|id| subject.has(None, Some(&id))) {
            found.push(seen);
        }
    }
    Ok((found, seen))
}

/// Leads that are theirs, or name them, each once; an object each.
pub(super) fn leads(
    connection: &Connection,
    tenant: TenantId,
    subject: &Subject,
) -> Result<Vec<Value>, StoreError> {
    let mut read = connection.prepare_cached(
        "SELECT id, json_object('kind', 'lead', 'lead', kind, 'qualifies', qualifies, 'account', account,
            'happened', happened_at, 'state', state, 'details', json(details))
         FROM lead WHERE tenant = ?1 AND (person = ?2 OR named = ?2)",
    )?;
    let mut leads = BTreeMap::new();
    for id in subject.ids() {
        let rows = read.query_map(params![tenant.0, id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for row in rows {
            let (id, line): (i64, String) = row?;
            let line = serde_json::from_str(&line).map_err(|error| StoreError::Backend(Box::new(error)))?;
            leads.insert(id, line);
        }
    }
    Ok(leads.into_values().collect())
}

/// The users, and the anonymous ids, that are known; where only the fold, a report or a lead has an id, it counts as an
/// anonymous one.
pub(super) fn known_ids(
    connection: &Connection,
    tenant: TenantId,
) -> Result<(BTreeSet<String>, BTreeSet<String>), StoreError> {
    let mut read = connection.prepare_cached("SELECT user_id, anonymous_id FROM event WHERE tenant = ?1")?;
    let (mut users, mut anonymous) = (BTreeSet::new(), BTreeSet::new());
    let mut rows = read.query([tenant.0])?;
    while let Some(row) = rows.next()? {
        let (user, browser): (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
        users.extend(user);
        anonymous.extend(browser);
    }
    for place in &PLACES {
        place.each(connection, tenant, |id| {
            if place.is_of_users {
                users.insert(id.to_owned());
            } else if !users.contains(id) {
                anonymous.insert(id.to_owned());
            }
            true
        })?;
    }
    Ok((users, anonymous))
}
