//! Playbooks, in SQLite. That a revision is never changed, a trigger sees to.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::audit::note;
use super::{SqliteStore, rows_at_most};
use crate::access::By;
use crate::clock::Millis;
use crate::store::{
    Draft, Expected, InForce, NewRevision, Playbooks, Publication, Publishing, Revision, RevisionNumber,
    StoreError, TenantId,
};

impl Playbooks for SqliteStore {
    fn add_revision(&mut self, revision: &NewRevision, by: By) -> Result<RevisionNumber, StoreError> {
        self.write(|transaction| {
            let NewRevision { tenant, hash, source, pages_hash, pages, note: said } = revision;
            let number: i64 = transaction.query_row(
                "INSERT INTO revision (tenant, number, hash, source, pages_hash, pages, note, created_at, created_by)
                 SELECT ?1, ifnull(max(number), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM revision WHERE tenant = ?1
                 RETURNING number",
                params![tenant.0, hash, source, pages_hash, pages, said, by.at.0, by.who.to_string()],
                |row| row.get(0),
            )?;
            note(transaction, &by.act(*tenant, "playbook.added", revision_name(number)).saying(said))?;
            Ok(RevisionNumber(number))
        })
    }

    fn publish(
        &mut self,
        tenant: TenantId,
        number: RevisionNumber,
        expected: Expected,
        by: By,
    ) -> Result<Publishing, StoreError> {
        self.write(|transaction| {
            if !exists(transaction, tenant, number)? {
                return Ok(Publishing::Unknown);
            }
            let before = published(transaction, tenant)?;
            if matches!(expected, Expected::Revision(thought) if thought != before) {
                return Ok(Publishing::Overtaken(before));
            }
            if before == Some(number) {
                return Ok(Publishing::Now(before));
            }
            transaction.execute(
                "INSERT INTO publication (tenant, number, published_at, published_by) VALUES (?1, ?2, ?3, ?4)",
                params![tenant.0, number.0, by.at.0, by.who.to_string()],
            )?;
            let is_older = before.is_some_and(|before| number < before);
            let action = if is_older { "playbook.rolled_back" } else { "playbook.published" };
            let detail = before.map(|before| format!("in place of {}", revision_name(before.0)));
            let act = by.act(tenant, action, revision_name(number.0));
            note(transaction, &act.saying(detail.unwrap_or_default()))?;
            Ok(Publishing::Now(before))
        })
    }

    fn revisions(
        &mut self,
        tenant: TenantId,
        before: Option<RevisionNumber>,
        limit: usize,
    ) -> Result<Vec<Revision>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT number, hash, pages_hash, note, created_at, created_by
             FROM revision WHERE tenant = ?1 AND number < ?2 ORDER BY number DESC LIMIT ?3",
        )?;
        let before = before.map_or(i64::MAX, |number| number.0);
        let rows = statement.query_map(params![tenant.0, before, rows_at_most(limit)], revision)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn revision(
        &mut self,
        tenant: TenantId,
        number: RevisionNumber,
    ) -> Result<Option<(Revision, String)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT number, hash, pages_hash, note, created_at, created_by, source
             FROM revision WHERE tenant = ?1 AND number = ?2",
        )?;
        let found = statement.query_row(params![tenant.0, number.0], |row| Ok((revision(row)?, row.get(6)?)));
        Ok(found.optional()?)
    }

    fn pages(&mut self, tenant: TenantId, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT pages FROM revision WHERE tenant = ?1 AND pages_hash = ?2 LIMIT 1")?;
        Ok(statement.query_row(params![tenant.0, hash], |row| row.get(0)).optional()?)
    }

    fn publications(&mut self, tenant: TenantId, limit: usize) -> Result<Vec<Publication>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT number, published_at, published_by
             FROM publication WHERE tenant = ?1 ORDER BY id DESC LIMIT ?2",
        )?;
        let rows = statement.query_map(params![tenant.0, rows_at_most(limit)], |row| {
            Ok(Publication { number: RevisionNumber(row.get(0)?), at: Millis(row.get(1)?), by: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn in_force(&mut self, tenant: TenantId) -> Result<InForce, StoreError> {
        let published = published(&self.connection, tenant)?;
        let draft = self
            .connection
            .prepare_cached("SELECT number, pass, since FROM draft WHERE tenant = ?1")?
            .query_row([tenant.0], |row| {
                Ok(Draft {
                    number: RevisionNumber(row.get(0)?),
                    pass: row.get(1)?,
                    since: Millis(row.get(2)?),
                })
            })
            .optional()?;
        let mut statement = self
            .connection
            .prepare_cached("SELECT nudge FROM killed_nudge WHERE tenant = ?1 ORDER BY nudge")?;
        let killed = statement.query_map([tenant.0], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(InForce { published, draft, killed })
    }

    fn begin_draft(
        &mut self,
        tenant: TenantId,
        number: RevisionNumber,
        pass: &str,
        by: By,
    ) -> Result<bool, StoreError> {
        self.write(|transaction| {
            if !exists(transaction, tenant, number)? {
                return Ok(false);
            }
            transaction.execute(
                "INSERT INTO draft (tenant, number, pass, since) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (tenant) DO UPDATE SET number = ?2, pass = ?3, since = ?4",
                params![tenant.0, number.0, pass, by.at.0],
            )?;
            note(transaction, &by.act(tenant, "playbook.drafted", revision_name(number.0)))?;
            Ok(true)
        })
    }

    fn end_draft(&mut self, tenant: TenantId, by: By) -> Result<bool, StoreError> {
        self.write(|transaction| {
            let number: Option<i64> = transaction
                .query_row("DELETE FROM draft WHERE tenant = ?1 RETURNING number", [tenant.0], |row| {
                    row.get(0)
                })
                .optional()?;
            if let Some(number) = number {
                note(transaction, &by.act(tenant, "playbook.draft_ended", revision_name(number)))?;
            }
            Ok(number.is_some())
        })
    }

    fn switch_nudge(
        &mut self,
        tenant: TenantId,
        nudge: &str,
        is_on: bool,
        by: By,
    ) -> Result<bool, StoreError> {
        self.write(|transaction| {
            let changed = match is_on {
                true => transaction.execute(
                    "DELETE FROM killed_nudge WHERE tenant = ?1 AND nudge = ?2",
                    params![tenant.0, nudge],
                )?,
                false => transaction.execute(
                    "INSERT INTO killed_nudge (tenant, nudge, since) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
                    params![tenant.0, nudge, by.at.0],
                )?,
            };
            if changed > 0 {
                let action = if is_on { "nudge.revived" } else { "nudge.killed" };
                note(transaction, &by.act(tenant, action, nudge))?;
            }
            Ok(changed > 0)
        })
    }
}

fn revision_name(number: i64) -> String {
    format!("revision {number}")
}

fn exists(connection: &Connection, tenant: TenantId, number: RevisionNumber) -> Result<bool, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT 1 FROM revision WHERE tenant = ?1 AND number = ?2")?;
    Ok(statement.exists(params![tenant.0, number.0])?)
}

fn published(connection: &Connection, tenant: TenantId) -> Result<Option<RevisionNumber>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT number FROM publication WHERE tenant = ?1 ORDER BY id DESC LIMIT 1")?;
    Ok(statement.query_row([tenant.0], |row| Ok(RevisionNumber(row.get(0)?))).optional()?)
}

fn revision(row: &Row<'_>) -> Result<Revision, rusqlite::Error> {
    Ok(Revision {
        number: RevisionNumber(row.get(0)?),
        hash: row.get(1)?,
        pages_hash: row.get(2)?,
        note: row.get(3)?,
        created: Millis(row.get(4)?),
        by: row.get(5)?,
    })
}
