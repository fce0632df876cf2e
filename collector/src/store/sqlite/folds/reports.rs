//! Reports in SQLite.

use rusqlite::{Connection, Params, Row, Transaction, params};

use crate::clock::Millis;
use crate::store::sqlite::rows_at_most;
use crate::store::{NodeName, PlaybookId, Report, ReportId, Reported, StoreError, TenantId};

pub(super) fn keep(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    reports: &[Report],
) -> Result<(), StoreError> {
    // What is there word for word is no news: a clock that was ahead has had reported what comes to pass only now.
    let mut insert = transaction.prepare_cached(
        "INSERT INTO fold_report
            (tenant, playbook, reported_at, happened_at, account, subject, kind, name, before, after, standing)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11
         WHERE NOT EXISTS (SELECT 1 FROM fold_report
            WHERE tenant = ?1 AND account = ?5 AND subject = ?6 AND kind = ?7 AND name = ?8 AND happened_at = ?4
                AND before IS ?9 AND after IS ?10)",
    )?;
    for report in reports {
        let (kind, name, before, after, standing) = match &report.what {
            Reported::Stage { ladder, before, after } => {
                ("stage", ladder, before.as_deref(), after.as_deref(), None)
            }
            Reported::Moment { moment, standing } => ("moment", moment, None, None, Some(standing)),
        };
        insert.execute(params![
            tenant.0,
            report.playbook.0,
            report.reported.0,
            report.happened.0,
            report.account,
            report.subject,
            kind,
            name,
            before,
            after,
            standing,
        ])?;
    }
    Ok(())
}

pub(super) fn fired(
    connection: &Connection,
    tenant: TenantId,
    subject: &NodeName,
    moment: &str,
) -> Result<Vec<Millis>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT happened_at FROM fold_report
         WHERE tenant = ?1 AND account = ?2 AND subject = ?3 AND kind = 'moment' AND name = ?4
         ORDER BY happened_at",
    )?;
    let values = params![tenant.0, subject.account, subject.name, moment];
    let rows = statement.query_map(values, |row| Ok(Millis(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn list(
    connection: &Connection,
    tenant: TenantId,
    after: ReportId,
    limit: usize,
) -> Result<Vec<(ReportId, Report)>, StoreError> {
    let found = "tenant = ?1 AND id > ?2 ORDER BY id LIMIT ?3";
    read_all(connection, found, params![tenant.0, after.0, rows_at_most(limit)])
}

pub(super) fn of(
    connection: &Connection,
    tenant: TenantId,
    subject: &NodeName,
    after: ReportId,
    limit: usize,
) -> Result<Vec<(ReportId, Report)>, StoreError> {
    // By the index of the subject: there are far more of others.
    let found = "tenant = ?1 AND account = ?2 AND subject = ?3 AND +id > ?4 ORDER BY +id LIMIT ?5";
    let values = params![tenant.0, subject.account, subject.name, after.0, rows_at_most(limit)];
    read_all(connection, found, values)
}

fn read_all(
    connection: &Connection,
    found: &str,
    values: impl Params,
) -> Result<Vec<(ReportId, Report)>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT id, playbook, reported_at, happened_at, account, subject, kind, name, before, after, standing
         FROM fold_report WHERE {found}"
    ))?;
    let rows = statement.query_map(values, read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<(ReportId, Report)> {
    let kind: String = row.get(6)?;
    let what = if kind == "stage" {
        Reported::Stage { ladder: row.get(7)?, before: row.get(8)?, after: row.get(9)? }
    } else {
        let standing: Option<Vec<u8>> = row.get(10)?;
        Reported::Moment { moment: row.get(7)?, standing: standing.unwrap_or_default() }
    };
    let report = Report {
        playbook: PlaybookId(row.get(1)?),
        reported: Millis(row.get(2)?),
        happened: Millis(row.get(3)?),
        account: row.get(4)?,
        subject: row.get(5)?,
        what,
    };
    Ok((ReportId(row.get(0)?), report))
}
