//! `npm run bench:fold`: generated events into SQLite, folded from the log, and a retention curve over them; and what SQL
//! takes for the same curve. `FOLD_EVENTS` says how many (10,000,000), `FOLD_CROWD` how many people of one account follow
//! each other in the last measurement (20,000). Processor time, since others may have the machine too.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, clippy::print_stdout)]

use std::path::Path;

use cpu_time::ProcessTime;
use ripen_collector::clock::Millis;
use ripen_collector::fold::{Folder, Playbooks, Return, Task, retention, standing};
use ripen_collector::store::{Batch, Entry, SqliteStore, Store, TenantId};

const START: i64 = 1_767_225_600_000;
const DAY: i64 = 24 * 3_600_000;
const WEEK: i64 = 7 * DAY;
const DAYS: i64 = 182;

const PLAYBOOK: &str = r#"{
    "signals": {
        "tasks": {"count": "task_created"}, "tasks_28d": {"count": "task_created", "within": "28d"},
        "days": {"days": "*", "within": "14d"}, "kinds": {"distinct": "kind", "of": "task_created", "within": "28d"},
        "loops": {"sequence": ["task_created", "task_done"], "span": "3d"},
        "people": {"people": "*", "within": "28d", "scope": "account"}
    },
    "segments": {"busy": {"when": {"signals.days": {"$gte": 4}}}, "team": {"when": {"signals.people": {"$gte": 3}}, "scope": "account"}},
    "ladders": {"journey": {"rungs": [{"id": "new"}, {"id": "set_up", "when": {"signals.tasks": {"$gte": 1}}},
        {"id": "activated", "when": {"signals.loops": {"$gte": 1}}}, {"id": "habitual", "when": {"segments": {"$in": ["busy"]}}}]}},
    "moments": {"ripe": {"when": {"stages.journey": "habitual", "signals.tasks_28d": {"$gte": 10}}, "motion": "sales"}}
}"#;

fn mix(mut word: u64) -> u64 {
    word = (word ^ word >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    word = (word ^ word >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    word ^ word >> 33
}

/// The number-th of so many, in order of time. Each of a fiftieth as many people comes ever more seldom; some share an
/// account of ten; if `crowd` says so, all of them one.
fn entry(number: u64, of: u64, crowd: bool) -> Entry {
    let random = mix(number);
    let people = (of / 50).max(1);
    // Who began long ago comes less.
    let reach = people * (number + 1) / of + 1;
    let who = reach.saturating_sub(1 + mix(random) % (1 + random % reach)).min(people - 1);
    let at = START + (number as i128 * i128::from(DAYS * DAY) / i128::from(of)) as i64;
    let name = ["task_created", "task_created", "task_done", "$other"][(random % 4) as usize];
    let account = match crowd {
        true => r#","groupId":"all""#.to_owned(),
        false if who.is_multiple_of(3) => format!(r#","groupId":"g{}""#, who / 30),
        false => String::new(),
    };
    let time = ripen::replay::format_timestamp(Millis(at));
    let message = format!(
        r#"{{"type":"track","event":"{name}","messageId":"{random:016x}{number}","userId":"user-{who}","timestamp":"{time}","properties":{{"kind":"k{}","files":{}}},"context":{{"timezoneOffset":60,"sessionId":"s{}"{account}}}}}"#,
        random % 7,
        random % 100,
        number / 20,
    );
    Entry {
        message_id: format!("{random:016x}{number}"),
        user_id: Some(format!("user-{who}")),
        anonymous_id: None,
        happened: Millis(at),
        message,
    }
}

fn filled(path: &Path, events: u64, crowd: bool) -> (SqliteStore, TenantId) {
    let mut store = SqliteStore::open(path).unwrap();
    let tenant = store.directory().tenant("key").unwrap();
    let compiled = ripen::playbook::compile(PLAYBOOK).unwrap();
    store.folds().fold_by(tenant, compiled.playbook.revision, &compiled.bytes).unwrap();
    let mut next = 0;
    while next < events {
        let end = (next + 50_000).min(events);
        let entries = (next..end).map(|number| entry(number, events, crowd)).collect();
        store.log().append(&[Batch { entries, ..Batch::new(tenant, Millis(START)) }]).unwrap();
        next = end;
    }
    (store, tenant)
}

fn step(folder: &mut Folder, store: &mut SqliteStore, tenant: TenantId, task: Task, now: Millis) -> usize {
    let Some(step) = folder.step(store, tenant, task, now).unwrap() else { return 0 };
    assert!(store.folds().commit(tenant, step.turn, &step.folded).unwrap());
    let events = step.events;
    folder.committed(step);
    events
}

fn by_sql(path: &Path, now: Millis) -> Vec<(i64, u64)> {
    let connection = rusqlite::Connection::open(path).unwrap();
    let sql = format!(
        "WITH weeks AS (SELECT DISTINCT user_id, happened_at / {WEEK} AS week FROM event WHERE tenant = 1 AND happened_at <= {}),
         first AS (SELECT user_id, min(week) AS week FROM weeks GROUP BY user_id)
         SELECT weeks.week - first.week AS k, count(*) FROM weeks JOIN first USING (user_id) GROUP BY k ORDER BY k",
        now.0
    );
    let mut statement = connection.prepare(&sql).unwrap();
    let rows =
        statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))).unwrap();
    rows.map(Result::unwrap).collect()
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

fn main() {
    let events = number("FOLD_EVENTS", 10_000_000);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bench.db");
    let now = Millis(START + (DAYS + 1) * DAY);
    let begin = ProcessTime::now();
    let (mut store, tenant) = filled(&path, events, false);
    let report = |what: &str, begin: ProcessTime| {
        let seconds = begin.elapsed().as_secs_f64();
        println!("{what}: {seconds:.1} s, {:.0} events a second", events as f64 / seconds);
    };
    report("appended", begin);

    let begin = ProcessTime::now();
    let mut folding = Folder::default();
    while step(&mut folding, &mut store, tenant, Task::Events(50_000), now) > 0 {}
    report("folded from the log", begin);

    let begin = ProcessTime::now();
    let curve = retention(&mut store, tenant, 7, now).unwrap();
    report("retention curve of what is folded", begin);

    let begin = ProcessTime::now();
    let sql = by_sql(&path, now);
    report("the same curve by SQL over the log", begin);
    let active: Vec<(i64, u64)> = (0..).zip(&curve).map(|(k, Return { active, .. })| (k, *active)).collect();
    assert_eq!(active.into_iter().filter(|(_, active)| *active > 0).collect::<Vec<_>>(), sql);
    drop(store);
    drop(folder);

    crowd(now);
}

/// One island of many people: what a page costs at the end, in order and late.
fn crowd(now: Millis) {
    let people = number("FOLD_CROWD", 20_000);
    let events = people * 50;
    let folder = tempfile::tempdir().unwrap();
    let (mut store, tenant) = filled(&folder.path().join("bench.db"), events, true);
    let mut folding = Folder::default();
    let begin = ProcessTime::now();
    while step(&mut folding, &mut store, tenant, Task::Events(50_000), now) > 0 {}
    println!(
        "one account of {people} people, {events} events: folded in {:.1} s",
        begin.elapsed().as_secs_f64()
    );
    let mut further = |what: &str, back: i64, salt: u64| {
        let entries = (0..100).map(|number| {
            let id = format!("further-{salt}-{number}");
            let at = START + DAYS * DAY - back + number as i64;
            let time = ripen::replay::format_timestamp(Millis(at));
            let message = format!(
                r#"{{"type":"track","event":"task_done","messageId":"{id}","userId":"user-{number}","timestamp":"{time}","context":{{"groupId":"all"}}}}"#
            );
            let user = Some(format!("user-{number}"));
            Entry { message_id: id, user_id: user, anonymous_id: None, happened: Millis(at), message }
        });
        let batch = Batch { entries: entries.collect(), ..Batch::new(tenant, Millis(START)) };
        store.log().append(&[batch]).unwrap();
        let begin = ProcessTime::now();
        step(&mut folding, &mut store, tenant, Task::Events(50_000), now);
        println!("  a page of 100 events {what}: {:.2} s", begin.elapsed().as_secs_f64());
    };
    further("in order", 0, 1);
    further("in order", -1_000, 2);
    further("a second late", 0, 3);
    further("a second late, again", 0, 4);
    further("a day late", DAY, 5);
    let begin = ProcessTime::now();
    let known =
        standing::snapshot(&mut store, &Playbooks::default(), tenant, "user-1", now).unwrap().unwrap();
    println!(
        "  a snapshot of one of them ({} bytes): {:.2} s",
        known.snapshot.len(),
        begin.elapsed().as_secs_f64()
    );
    let state: i64 = rusqlite::Connection::open(folder.path().join("bench.db"))
        .unwrap()
        .query_row("SELECT max(length(state)) FROM fold_state", [], |row| row.get(0))
        .unwrap();
    println!("  its state: {:.1} MB", state as f64 / 1e6);
}
