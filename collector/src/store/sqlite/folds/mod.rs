//! The fold's part of the SQLite file.

mod commit;
pub(super) mod erase;
mod islands;
mod marks;
mod reports;
mod waiting;

use std::collections::HashSet;

use rusqlite::{OptionalExtension, Row, params};

use super::{SqliteStore, rows_at_most};
use crate::clock::Millis;
use crate::store::{
    Checkpoint, Folded, Folds, Footprint, IslandId, IslandRow, Join, Logged, Node, NodeId, NodeName,
    PlaybookId, Position, Progress, Report, ReportId, StateId, StoreError, TenantId, Visit,
};
use crate::stream::StreamId;
use ripen::fold::Key;

/// What the log says of an event.
const EVENT: &str = "e.position, e.happened_at, e.message, e.trust";

/// The next events; `+tenant` as in the log's own page.
pub(super) const LOGGED: &str = "SELECT e.position, e.happened_at, e.message, e.trust FROM event AS e
    WHERE +e.tenant = ?1 AND e.position > ?2 ORDER BY e.position LIMIT ?3";

impl Folds for SqliteStore {
    fn fold_by(
        &mut self,
        tenant: TenantId,
        revision: u64,
        compiled: &[u8],
    ) -> Result<PlaybookId, StoreError> {
        self.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO fold_playbook (tenant, revision, compiled) VALUES (?1, ?2, ?3)
                     ON CONFLICT (tenant, revision) DO NOTHING",
                )?
                .execute(params![tenant.0, revision.cast_signed(), compiled])?;
            let id: i64 = transaction
                .prepare_cached("SELECT id FROM fold_playbook WHERE tenant = ?1 AND revision = ?2")?
                .query_row(params![tenant.0, revision.cast_signed()], |row| row.get(0))?;
            transaction
                .prepare_cached(
                    "INSERT INTO fold (tenant, playbook) VALUES (?1, ?2)
                     ON CONFLICT (tenant) DO UPDATE SET playbook = ?2, turn = turn + 1
                     WHERE playbook IS NOT ?2",
                )?
                .execute(params![tenant.0, id])?;
            Ok(PlaybookId(id))
        })
    }

    fn playbook(&mut self, id: PlaybookId) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT compiled FROM fold_playbook WHERE id = ?1")?;
        Ok(statement.query_row([id.0], |row| row.get(0)).optional()?)
    }

    fn progress(&mut self, tenant: TenantId) -> Result<Progress, StoreError> {
        let mut statement =
            self.connection.prepare_cached(
            "SELECT f.position, f.turn, f.playbook, t.events, f.again_to FROM fold AS f JOIN tenant AS t ON t.id = f.tenant
             WHERE f.tenant = ?1",
        )?;
        let read = |row: &Row<'_>| {
            let playbook: Option<i64> = row.get(2)?;
            Ok(Progress {
                position: Position(row.get(0)?),
                turn: row.get(1)?,
                playbook: playbook.map(PlaybookId),
                events: row.get::<_, i64>(3)?.unsigned_abs(),
                again: row.get::<_, Option<i64>>(4)?.map(Position),
            })
        };
        let known = statement.query_row([tenant.0], read).optional()?;
        let none = Progress { position: Position::START, turn: 0, playbook: None, events: 0, again: None };
        Ok(known.unwrap_or(none))
    }

    fn largest(&mut self) -> Result<(NodeId, IslandId, StateId), StoreError> {
        let largest = |row: &Row<'_>| Ok((NodeId(row.get(0)?), IslandId(row.get(1)?), StateId(row.get(2)?)));
        Ok(self
            .connection
            .prepare_cached(
                "SELECT (SELECT ifnull(max(id), 0) FROM fold_node), (SELECT ifnull(max(id), 0) FROM fold_island),
                    (SELECT ifnull(max(id), 0) FROM fold_state)",
            )?
            .query_row([], largest)?)
    }

    fn node(&mut self, tenant: TenantId, name: &NodeName) -> Result<Option<Node>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, island FROM fold_node WHERE tenant = ?1 AND kind = ?2 AND name = ?3",
        )?;
        let read = |row: &Row<'_>| Ok(Node { id: NodeId(row.get(0)?), island: IslandId(row.get(1)?) });
        Ok(statement.query_row(params![tenant.0, name.account, name.name], read).optional()?)
    }

    fn island(&mut self, id: IslandId) -> Result<Option<IslandRow>, StoreError> {
        islands::one(&self.connection, id)
    }

    fn islands(
        &mut self,
        tenant: TenantId,
        after: IslandId,
        limit: usize,
    ) -> Result<Vec<IslandRow>, StoreError> {
        islands::all(&self.connection, tenant, after, limit)
    }

    fn due(&mut self, tenant: TenantId, now: Millis, limit: usize) -> Result<Vec<IslandRow>, StoreError> {
        islands::due(&self.connection, tenant, now, limit)
    }

    fn to_keep(&mut self, tenant: TenantId, limit: usize) -> Result<Vec<IslandRow>, StoreError> {
        islands::to_keep(&self.connection, tenant, limit)
    }

    fn next_due(&mut self, tenant: TenantId) -> Result<Option<Millis>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT min(at) FROM (
                SELECT min(due_at) AS at FROM fold_island WHERE tenant = ?1 AND due_at IS NOT NULL
                UNION ALL SELECT min(happened_at) FROM fold_waiting WHERE tenant = ?1)",
        )?;
        let at: Option<i64> = statement.query_row([tenant.0], |row| row.get(0))?;
        Ok(at.map(Millis))
    }

    fn outdated(
        &mut self,
        tenant: TenantId,
        playbook: PlaybookId,
        limit: usize,
    ) -> Result<Vec<IslandRow>, StoreError> {
        islands::outdated(&self.connection, tenant, playbook, limit)
    }

    fn joins(&mut self, island: IslandId) -> Result<Vec<Join>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT name, first_at, first_id, first_user FROM fold_node INDEXED BY fold_node_joined
             WHERE island = ?1 AND first_at IS NOT NULL",
        )?;
        let rows = statement.query_map([island.0], |row| {
            Ok(Join { anonymous: row.get(0)?, key: (Millis(row.get(1)?), row.get(2)?), user: row.get(3)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn checkpoints(&mut self, island: IslandId) -> Result<Vec<Checkpoint>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, events, last_at, last_id, turned_at FROM fold_state WHERE island = ?1
             ORDER BY events DESC, id DESC",
        )?;
        let rows = statement.query_map([island.0], |row| {
            Ok(Checkpoint {
                id: StateId(row.get(0)?),
                events: row.get(1)?,
                last: (Millis(row.get(2)?), row.get(3)?),
                turned: Millis(row.get(4)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn state(&mut self, id: StateId) -> Result<Vec<u8>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT state FROM fold_state WHERE id = ?1")?;
        Ok(statement.query_row([id.0], |row| row.get(0))?)
    }

    fn earliest(&mut self, node: NodeId) -> Result<Option<Millis>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT min(happened_at) FROM fold_history WHERE node = ?1")?;
        let at: Option<i64> = statement.query_row([node.0], |row| row.get(0))?;
        Ok(at.map(Millis))
    }

    fn history(
        &mut self,
        island: IslandId,
        since: Millis,
        until: Option<Millis>,
        limit: usize,
    ) -> Result<Vec<Footprint>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT h.happened_at, e.message_id, h.position FROM fold_node AS n
             CROSS JOIN fold_history AS h ON h.node = n.id AND h.happened_at >= ?2 AND h.happened_at < ?3
             CROSS JOIN event AS e ON e.position = h.position
             WHERE n.island = ?1 LIMIT ?4",
        )?;
        let until = until.map_or(i64::MAX, |until| until.0);
        let values = params![island.0, since.0, until, rows_at_most(limit)];
        let rows = statement.query_map(values, |row| {
            Ok(Footprint { key: (Millis(row.get(0)?), row.get(1)?), position: Position(row.get(2)?) })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn events_of(
        &mut self,
        island: IslandId,
        since: Millis,
        until: Option<Millis>,
        limit: usize,
    ) -> Result<usize, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT count(*) FROM (SELECT 1 FROM fold_node AS n
             CROSS JOIN fold_history AS h ON h.node = n.id AND h.happened_at >= ?2 AND h.happened_at < ?3
             WHERE n.island = ?1 LIMIT ?4)",
        )?;
        let until = until.map_or(i64::MAX, |until| until.0);
        let values = params![island.0, since.0, until, rows_at_most(limit)];
        let count: i64 = statement.query_row(values, |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or_default())
    }

    fn past(
        &mut self,
        island: IslandId,
        since: Millis,
        until: Option<Millis>,
        limit: usize,
        bytes: usize,
    ) -> Result<Option<Vec<(Key, Logged)>>, StoreError> {
        let sql = format!(
            "SELECT {EVENT}, e.message_id FROM fold_node AS n
             CROSS JOIN fold_history AS h ON h.node = n.id AND h.happened_at >= ?2 AND h.happened_at < ?3
             CROSS JOIN event AS e ON e.position = h.position
             WHERE n.island = ?1 LIMIT ?4"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let until = until.map_or(i64::MAX, |until| until.0);
        let mut rows =
            statement.query(params![island.0, since.0, until, rows_at_most(limit.saturating_add(1))])?;
        let (mut found, mut room) = (Vec::new(), bytes);
        while let Some(row) = rows.next()? {
            let logged = logged(row)?;
            let left = room.checked_sub(logged.message.len()).filter(|_| found.len() < limit);
            let Some(left) = left else { return Ok(None) };
            room = left;
            found.push(((logged.happened, row.get(4)?), logged));
        }
        Ok(Some(found))
    }

    fn latest(&mut self, tenant: TenantId, name: &NodeName) -> Result<Option<Key>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT h.happened_at, e.message_id FROM fold_node AS n
             CROSS JOIN fold_history AS h ON h.node = n.id
             CROSS JOIN event AS e ON e.position = h.position
             WHERE n.tenant = ?1 AND n.kind = ?2 AND n.name = ?3
               AND h.happened_at = (SELECT max(happened_at) FROM fold_history WHERE node = n.id)
             ORDER BY e.message_id DESC LIMIT 1",
        )?;
        let read = |row: &Row<'_>| Ok((Millis(row.get(0)?), row.get(1)?));
        Ok(statement.query_row(params![tenant.0, name.account, name.name], read).optional()?)
    }

    fn visits(&mut self, tenant: TenantId, tell: &mut dyn FnMut(Visit<'_>)) -> Result<(), StoreError> {
        // A user is one of several ids where an anonymous one was joined to it.
        let mut users = self.connection.prepare_cached(
            "SELECT DISTINCT first_user FROM fold_node WHERE tenant = ?1 AND first_user IS NOT NULL",
        )?;
        let users: HashSet<String> =
            users.query_map([tenant.0], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut nodes = self
            .connection
            .prepare_cached("SELECT id, name, first_user FROM fold_node WHERE tenant = ?1 AND kind = 0")?;
        let mut history = self
            .connection
            .prepare_cached("SELECT happened_at FROM fold_history WHERE node = ?1 ORDER BY happened_at")?;
        let mut rows = nodes.query([tenant.0])?;
        while let Some(row) = rows.next()? {
            let (id, name): (i64, String) = (row.get(0)?, row.get(1)?);
            let joined: Option<String> = row.get(2)?;
            let is_joined = joined.is_some() || users.contains(&name);
            let user = joined.as_deref().unwrap_or(&name);
            let mut times = history.query([id])?;
            while let Some(time) = times.next()? {
                tell(Visit { node: NodeId(id), at: Millis(time.get(0)?), is_joined, user });
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<Position, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT ifnull(max(position), 0) FROM event")?;
        Ok(Position(statement.query_row([], |row| row.get(0))?))
    }

    fn event(&mut self, position: Position) -> Result<Option<Logged>, StoreError> {
        let sql = format!("SELECT {EVENT} FROM event AS e WHERE e.position = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row([position.0], logged).optional()?)
    }

    fn logged(&mut self, tenant: TenantId, after: Position, limit: usize) -> Result<Vec<Logged>, StoreError> {
        let mut statement = self.connection.prepare_cached(LOGGED)?;
        let rows = statement.query_map(params![tenant.0, after.0, rows_at_most(limit)], logged)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn waiting(&mut self, tenant: TenantId, now: Millis, limit: usize) -> Result<Vec<Logged>, StoreError> {
        waiting::ripe(&self.connection, tenant, now, limit)
    }

    fn any_waiting(&mut self, tenant: TenantId) -> Result<bool, StoreError> {
        waiting::any(&self.connection, tenant)
    }

    fn waiting_of(
        &mut self,
        tenant: TenantId,
        stream: &StreamId,
        limit: usize,
    ) -> Result<Vec<(Millis, u64)>, StoreError> {
        waiting::of_stream(&self.connection, tenant, stream, limit)
    }

    fn waiting_again(&mut self, tenant: TenantId, limit: usize) -> Result<Vec<Logged>, StoreError> {
        waiting::again(&self.connection, tenant, limit)
    }

    fn waits(&mut self, tenant: TenantId, happened: Millis, position: Position) -> Result<bool, StoreError> {
        waiting::has(&self.connection, tenant, happened, position)
    }

    fn mark(&mut self, tenant: TenantId, node: &NodeName) -> Result<Option<Millis>, StoreError> {
        marks::of(&self.connection, tenant, node)
    }

    fn is_marked(&mut self, island: IslandId) -> Result<bool, StoreError> {
        marks::has_any(&self.connection, island)
    }

    fn fired(
        &mut self,
        tenant: TenantId,
        subject: &NodeName,
        moment: &str,
    ) -> Result<Vec<Millis>, StoreError> {
        reports::fired(&self.connection, tenant, subject, moment)
    }

    fn reports(
        &mut self,
        tenant: TenantId,
        after: ReportId,
        limit: usize,
    ) -> Result<Vec<(ReportId, Report)>, StoreError> {
        reports::list(&self.connection, tenant, after, limit)
    }

    fn reports_of(
        &mut self,
        tenant: TenantId,
        subject: &NodeName,
        after: ReportId,
        limit: usize,
    ) -> Result<Vec<(ReportId, Report)>, StoreError> {
        reports::of(&self.connection, tenant, subject, after, limit)
    }

    fn commit(&mut self, tenant: TenantId, turn: i64, folded: &Folded) -> Result<bool, StoreError> {
        self.write(|transaction| commit::commit(transaction, tenant, turn, folded))
    }

    fn is_torn(&mut self, tenant: TenantId) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM fold_island WHERE tenant = ?1 AND gone_at IS NOT NULL)",
        )?;
        Ok(statement.query_row([tenant.0], |row| row.get(0))?)
    }

    fn any_reported(&mut self, tenant: TenantId) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM fold_island WHERE tenant = ?1 AND NOT unreported)",
        )?;
        Ok(statement.query_row([tenant.0], |row| row.get(0))?)
    }

    fn unfold(&mut self, tenant: TenantId) -> Result<(), StoreError> {
        self.write(|transaction| commit::unfold(transaction, tenant))
    }
}

fn logged(row: &Row<'_>) -> rusqlite::Result<Logged> {
    Ok(Logged {
        position: Position(row.get(0)?),
        happened: Millis(row.get(1)?),
        message: row.get(2)?,
        trust: row.get(3)?,
    })
}
