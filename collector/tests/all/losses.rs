//! Batches say what their streams gave up, and the collector knows what is missing.

use std::sync::Arc;

use ripen_collector::health::Day;
use ripen_collector::store::Store;
use ripen_collector::stream::StreamLosses;
use serde_json::{Value, json};

use crate::support::{Doors, FaultyStore, FixedClock, NOW, batch_of, sequenced};

fn batch(events: &[Value], streams: Value) -> String {
    json!({"writeKey": "key", "batch": events, "streams": streams}).to_string()
}

fn losses(store: &mut dyn Store) -> Vec<StreamLosses> {
    let tenant = store.directory().tenant("key").unwrap();
    store.streams().losses(tenant, None, 100).unwrap()
}

/// Taken, arrived, dropped, untaken, missing.
fn numbers(losses: &StreamLosses) -> [u64; 5] {
    let report = &losses.report;
    [losses.taken(), losses.arrived, report.dropped.sum(), report.untaken.sum(), losses.missing()]
}

#[tokio::test]
async fn what_is_missing_is_known_when_the_answer_comes() {
    let doors = Doors::open();
    let events: Vec<Value> = [0, 1, 4].map(|n| sequenced("s", n)).to_vec();
    let streams = json!([
        {"stream": "s", "taken": 7, "dropped": {"queue_full": 1}, "untaken": {"bad_name": 2, "too_large": 1}},
        {"stream": "silent", "taken": 3, "dropped": {}, "untaken": {}},
    ]);
    assert_eq!(doors.post(batch(&events, streams)).await.counts(), (3, 0, 0));
    let found = losses(&mut doors.store());
    assert_eq!(found.iter().map(|losses| losses.stream.as_str()).collect::<Vec<_>>(), ["s", "silent"]);
    assert_eq!(numbers(&found[0]), [7, 3, 1, 3, 3]);
    assert_eq!(numbers(&found[1]), [3, 0, 0, 0, 3]);
    assert!(found.iter().all(|losses| losses.heard == NOW));
}

#[tokio::test]
async fn c05_counters_and_events_that_come_again_or_late_change_nothing() {
    let doors = Doors::open();
    let early = batch(
        &[sequenced("s", 0)],
        json!([{"stream": "s", "taken": 1, "dropped": {"refused": 1}, "untaken": {"bad_name": 1}}]),
    );
    let late = batch(
        &[sequenced("s", 2)],
        json!([{"stream": "s", "taken": 4, "dropped": {"refused": 1, "queue_full": 1}, "untaken": {}}]),
    );
    for body in [&late, &early, &late, &early] {
        doors.post(body.clone()).await.counts();
        let [taken, ..] = numbers(&losses(&mut doors.store())[0]);
        assert_eq!(taken, 4);
    }
    assert_eq!(numbers(&losses(&mut doors.store())[0]), [4, 2, 2, 1, 0]);
}

#[tokio::test]
async fn c06_an_event_that_two_tabs_told_under_one_id_is_missing_in_neither() {
    let doors = Doors::open();
    let told = |stream: &str| {
        let mut event = sequenced(stream, 0);
        event["messageId"] = json!("the same");
        event
    };
    let body = batch(&[told("one"), told("two"), sequenced("two", 1)], json!(null));
    assert_eq!(doors.post(body).await.counts(), (2, 1, 0));
    let found = losses(&mut doors.store());
    assert_eq!(found.iter().map(numbers).collect::<Vec<_>>(), [[1, 1, 0, 0, 0], [2, 2, 0, 0, 0]]);
}

#[tokio::test]
async fn c07_an_event_that_is_rejected_has_not_arrived() {
    let doors = Doors::open();
    let mut bad = sequenced("s", 1);
    bad["timestamp"] = json!("tomorrow");
    let body = |dropped: Value| {
        batch(&[sequenced("s", 0), bad.clone()], json!([{"stream": "s", "taken": 2, "dropped": dropped}]))
    };
    assert_eq!(doors.post(body(json!({}))).await.counts().2, 1);
    assert_eq!(numbers(&losses(&mut doors.store())[0]), [2, 1, 0, 0, 1]);
    // The page has read the answer.
    assert_eq!(doors.post(body(json!({"rejected": 1}))).await.counts().2, 1);
    assert_eq!(numbers(&losses(&mut doors.store())[0]), [2, 1, 1, 0, 0]);
}

#[tokio::test]
async fn counters_come_without_events_too() {
    let doors = Doors::open();
    let body = batch(&[], json!([{"stream": "s", "taken": 0, "untaken": {"consent_denied": 9}}]));
    assert_eq!(doors.post(body).await.counts(), (0, 0, 0));
    assert_eq!(numbers(&losses(&mut doors.store())[0]), [0, 0, 0, 9, 0]);
}

#[tokio::test]
async fn streams_that_cannot_be_read_never_cost_an_event() {
    let doors = Doors::open();
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    let streams = [
        "7",
        "{}",
        "[7]",
        "[{}]",
        "\"\\ud800\"",
        "[\"\\ud800\"]",
        "[{\"stream\":\"s\",\"taken\":1e999}]",
        "[{\"stream\":\"\\u001b[2J\",\"taken\":1}]",
        &deep,
    ];
    for (id, streams) in streams.into_iter().enumerate() {
        let body = batch_of([id.to_string()]);
        let body = format!("{},\"streams\":{streams}}}", &body[..body.len() - 1]);
        assert_eq!(doors.post(body).await.counts(), (1, 0, 0), "{streams:.40}");
    }
    assert_eq!(losses(&mut doors.store()), []);
}

#[tokio::test]
async fn what_was_not_stored_was_not_heard() {
    let mut store = FaultyStore::default();
    let doors = Doors::before(store.clone(), 4, Arc::new(FixedClock));
    let body = batch(&[sequenced("s", 0)], json!([{"stream": "s", "taken": 2}]));
    store.fail(true);
    assert_eq!(doors.post(body.clone()).await.refusal(), (503, "not_stored".to_owned()));
    assert_eq!(losses(&mut store), []);
    store.fail(false);
    assert_eq!(doors.post(body).await.counts(), (1, 0, 0));
    assert_eq!(numbers(&losses(&mut store)[0]), [2, 1, 0, 0, 1]);
}

#[tokio::test]
async fn a_counter_that_no_page_load_comes_to_is_not_believed_and_that_is_counted() {
    let doors = Doors::open();
    let forged = 9_007_199_254_740_991_u64;
    let mut far = sequenced("s", 3);
    far["context"]["sequence"] = json!(forged);
    let streams = json!([
        {"stream": "s", "taken": 3, "dropped": {"queue_full": forged}, "untaken": {}},
        {"stream": "made-up", "taken": forged, "dropped": {}, "untaken": {}},
    ]);
    let body = batch(&[sequenced("s", 0), sequenced("s", 1), far], streams);
    assert_eq!(doors.post(body).await.counts(), (3, 0, 0), "what is said of losses costs no event");
    let found = losses(&mut doors.store());
    assert_eq!(found.iter().map(numbers).collect::<Vec<_>>(), [[3, 2, 0, 0, 1]]);
    let mut store = doors.store();
    let tenant = store.directory().tenant("key").unwrap();
    let pages = store.health().pages(tenant, Day(0)).unwrap();
    assert_eq!(pages.iter().map(|row| row.counts.missing).collect::<Vec<_>>(), [1]);
    let requests = store.health().requests(tenant, Day(0)).unwrap();
    assert_eq!(requests.iter().map(|row| row.counts.unbelieved).collect::<Vec<_>>(), [2]);
}
