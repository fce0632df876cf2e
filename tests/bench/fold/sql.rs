//! What SQL in SQLite takes for the same curve.

use std::path::Path;

use ripen_collector::clock::Millis;
use rusqlite::Connection;

use crate::log::DAY;

const WEEK: i64 = 7 * DAY;

/// Over the log. By `+tenant` it reads it from end to end, as the fold does: by the index over tenant and `messageId`, which
/// SQLite chooses by itself, it takes many times as long.
pub(crate) fn over_the_log(path: &Path, now: Millis) -> Vec<(i64, u64)> {
    curve(path, "SELECT user_id AS who, happened_at AS at FROM event WHERE +tenant = 1", now)
}

/// Over what the fold has written down of who was there when: the very rows that our curve is drawn from.
pub(crate) fn over_the_history(path: &Path, now: Millis) -> Vec<(i64, u64)> {
    curve(path, "SELECT node AS who, happened_at AS at FROM fold_history", now)
}

fn curve(path: &Path, visits: &str, now: Millis) -> Vec<(i64, u64)> {
    let connection = Connection::open(path).unwrap();
    let sql = format!(
        "WITH weeks AS MATERIALIZED (SELECT DISTINCT who, at / {WEEK} AS week FROM ({visits}) WHERE at <= {}),
         first AS MATERIALIZED (SELECT who, min(week) AS week FROM weeks GROUP BY who)
         SELECT weeks.week - first.week AS k, count(*) FROM weeks JOIN first USING (who) GROUP BY k ORDER BY k",
        now.0
    );
    let mut statement = connection.prepare(&sql).unwrap();
    let rows =
        statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))).unwrap();
    rows.map(Result::unwrap).collect()
}

/// The least that anybody does who reads the log: SQLite walks over it and looks at each message.
pub(crate) fn walk(path: &Path) -> u64 {
    let connection = Connection::open(path).unwrap();
    let mut statement = connection.prepare("SELECT message FROM event ORDER BY position").unwrap();
    let mut rows = statement.query([]).unwrap();
    let mut events = 0;
    while let Some(row) = rows.next().unwrap() {
        events += u64::from(!row.get_ref(0).unwrap().as_str().unwrap().is_empty());
    }
    events
}
