//! Where ids of persons are kept beside the log: one list for all who look there.

use rusqlite::{Connection, params};

use crate::store::{StoreError, TenantId};

/// A column.
pub(super) struct Place {
    /// Only users are named there; else anonymous ids, too.
    pub(super) is_of_users: bool,
    table: &'static str,
    column: &'static str,
    /// Which rows name persons.
    only: &'static str,
}

/// All of them, users' first. Not the requests to be forgotten, and the hashes of who was: those are kept of their own.
pub(super) const PLACES: [Place; 9] = [
    of_users("signed_user", "user_id", "TRUE"),
    of_users("member", "user_id", "TRUE"),
    of_users("joined_at_word", "user_id", "TRUE"),
    of_users("fold_node", "first_user", "kind = 0"),
    of_users("lead", "named", "TRUE"),
    of_anybody("fold_node", "name", "kind = 0"),
    of_anybody("joined_at_word", "anonymous_id", "TRUE"),
    of_anybody("fold_report", "subject", "account = 0"),
    of_anybody("lead", "person", "TRUE"),
];

/// Users in the log, whoever has named them.
pub(super) const LOG: Place = of_users("event", "user_id", "TRUE");

const fn of_users(table: &'static str, column: &'static str, only: &'static str) -> Place {
    Place { is_of_users: true, table, column, only }
}

const fn of_anybody(table: &'static str, column: &'static str, only: &'static str) -> Place {
    Place { is_of_users: false, table, column, only }
}

impl Place {
    /// Reads all ids of a tenant there, as long as more are wanted.
    pub(super) fn each(
        &self,
        connection: &Connection,
        tenant: TenantId,
        mut wants_more: impl FnMut(&str) -> bool,
    ) -> Result<(), StoreError> {
        let Place { table, column, only, .. } = self;
        let sql =
            format!("SELECT {column} FROM {table} WHERE tenant = ?1 AND {column} IS NOT NULL AND {only}");
        let mut read = connection.prepare_cached(&sql)?;
        let mut rows = read.query([tenant.0])?;
        while let Some(row) = rows.next()? {
            if !wants_more(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?) {
                break;
            }
        }
        Ok(())
    }

    /// Whether an id is there.
    pub(super) fn has(
        &self,
        connection: &Connection,
        tenant: TenantId,
        id: &str,
    ) -> Result<bool, StoreError> {
        let Place { table, column, only, .. } = self;
        let sql = format!("SELECT 1 FROM {table} WHERE tenant = ?1 AND {column} = ?2 AND {only}");
        Ok(connection.prepare_cached(&sql)?.exists(params![tenant.0, id])?)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::store::SqliteStore;

    /// Columns whose names say that ids of persons may be in them, and why they are not on the list.
    const OTHERS: [(&str, &str); 5] = [
        ("event", "user_id"),
        ("event", "anonymous_id"),
        ("erasure", "user_id"),
        ("erasure", "anonymous_id"),
        // The number of a token, a lead or a receipt.
        ("act", "subject"),
    ];

    #[test]
    fn no_table_has_ids_of_persons_that_is_not_on_the_list() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("ripen.db")).unwrap();
        let mut read = store
            .connection
            .prepare(
                "SELECT m.name, c.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c
                 WHERE m.type = 'table' AND (m.name = 'fold_node' AND c.name = 'name' OR c.name IN
                    ('user_id', 'anonymous_id', 'person', 'named', 'subject', 'first_user'))",
            )
            .unwrap();
        let rows = read.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let found: BTreeSet<(String, String)> = rows.collect::<Result<_, _>>().unwrap();
        let listed = PLACES.iter().map(|place| (place.table, place.column)).chain(OTHERS);
        let listed = listed.map(|(table, column)| (table.to_owned(), column.to_owned())).collect();
        assert_eq!(found, listed);
    }

    #[test]
    fn each_place_can_be_asked() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("ripen.db")).unwrap();
        for place in &PLACES {
            place.each(&store.connection, TenantId(1), |_| true).unwrap();
            assert!(!place.has(&store.connection, TenantId(1), "u").unwrap());
        }
    }
}
