//! One island of many people: what a page costs at the end, in order and late.

use ripen_collector::clock::Millis;
use ripen_collector::fold::{Folder, Playbooks, Task, rebuild, standing};
use ripen_collector::limits::FOLD_EVENTS;
use ripen_collector::store::{Batch, Entry, Store, TenantId};
use serde_json::{Value, json};

use crate::log::{DAY, DAYS, START, filled};
use crate::{At, number, seconds, step};

/// What each takes, in seconds.
pub(crate) fn measure(now: Millis) -> Value {
    let people = number("FOLD_CROWD", 20_000);
    let events = people * 50;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bench.db");
    let (mut store, tenant) = filled(&path, events, true);
    let (folded, _) = seconds(|| rebuild(&mut store, tenant, &At(now), |_| {}).unwrap());
    // It remembers nobody yet, and then all.
    let mut folding = Folder::default();
    store.log().append(&[page(tenant, 99, 0)]).unwrap();
    step(&mut folding, &mut store, tenant, Task::Events(FOLD_EVENTS), now);
    let pages = [
        ("in order", 0),
        ("in order, again", -1_000),
        ("a second late", 0),
        ("a second late, again", 0),
        ("a day late", DAY),
    ];
    let pages: Vec<Value> = pages
        .into_iter()
        .enumerate()
        .map(|(salt, (what, back))| {
            store.log().append(&[page(tenant, salt, back)]).unwrap();
            let (took, _) =
                seconds(|| step(&mut folding, &mut store, tenant, Task::Events(FOLD_EVENTS), now));
            json!([format!("a page of 100 events {what}"), took])
        })
        .collect();
    let (asked, known) =
        seconds(|| standing::snapshot(&mut store, &Playbooks::default(), tenant, "user-1", now).unwrap());
    let state: i64 = rusqlite::Connection::open(&path)
        .unwrap()
        .query_row("SELECT max(length(state)) FROM fold_state", [], |row| row.get(0))
        .unwrap();
    json!({
        "people": people, "events": events, "folded": folded, "pages": pages,
        "snapshot": asked, "snapshot_bytes": known.unwrap().snapshot.len(), "state_bytes": state,
    })
}

/// An event of each of a hundred of them, so long before the end.
fn page(tenant: TenantId, salt: usize, back: i64) -> Batch {
    let entries = (0..100).map(|number| {
        let id = format!("further-{salt}-{number}");
        let at = START + DAYS * DAY - back + number;
        let time = ripen::replay::format_timestamp(Millis(at));
        let message = format!(
            r#"{{"type":"track","event":"task_done","messageId":"{id}","userId":"user-{number}","timestamp":"{time}","context":{{"groupId":"all"}}}}"#
        );
        let user = Some(format!("user-{number}"));
        Entry { message_id: id, user_id: user, anonymous_id: None, happened: Millis(at), message }
    });
    Batch { entries: entries.collect(), ..Batch::new(tenant, Millis(START)) }
}
