//! What is folded: events that are made up, in the order of time, and their log.

use std::path::Path;

use ripen_collector::clock::Millis;
use ripen_collector::store::{Batch, Entry, SqliteStore, Store, TenantId};

pub(crate) const START: i64 = 1_767_225_600_000;
pub(crate) const DAY: i64 = 24 * 3_600_000;
pub(crate) const DAYS: i64 = 182;

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

pub(crate) fn filled(path: &Path, events: u64, crowd: bool) -> (SqliteStore, TenantId) {
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
