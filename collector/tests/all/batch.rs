//! `POST /v1/batch`, as it goes well.

use axum::body::Body;
use axum::http::Request;
use ripen_collector::clock::Millis;
use serde_json::{Value, json};

use crate::support::{Doors, NOW, batch_of, track};

#[tokio::test]
async fn an_event_is_in_the_log_when_the_answer_comes() {
    let doors = Doors::open();
    let answer = doors.post(batch_of(["m1", "m2"])).await;
    assert_eq!(answer.status, 200);
    let expected = json!({"success": true, "accepted": 2, "duplicates": 0, "rejected": [], "gzip": true});
    assert_eq!(answer.json(), expected);
    let log = doors.log();
    assert_eq!(log.len(), 2);
    let entry = &log[0].entry;
    assert_eq!((log[0].received, entry.happened), (NOW, Millis(1_704_103_200_000)));
    assert_eq!((entry.message_id.as_str(), entry.anonymous_id.as_deref()), ("m1", Some("a")));
    assert_eq!(serde_json::from_str::<Value>(&entry.message).unwrap(), track("m1"));
}

#[tokio::test]
async fn c05_sent_twice_is_stored_once_and_both_are_acknowledged() {
    let doors = Doors::open();
    assert_eq!(doors.post(batch_of(["m1", "m2", "m1"])).await.counts(), (2, 1, 0));
    assert_eq!(doors.post(batch_of(["m2", "m3"])).await.counts(), (1, 1, 0));
    let ids: Vec<_> = doors.log().into_iter().map(|event| event.entry.message_id).collect();
    assert_eq!(ids, ["m1", "m2", "m3"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn c06_copies_in_concurrent_requests_are_accepted_once_in_all() {
    let doors = Doors::open();
    let requests: Vec<_> = (0..40)
        .map(|n| {
            let doors = doors.clone();
            // Neighbours overlap by half.
            let ids: Vec<String> = (n * 5..n * 5 + 10).map(|id| format!("m{id}")).collect();
            tokio::spawn(async move { doors.post(batch_of(ids)).await.counts() })
        })
        .collect();
    let mut total = (0, 0);
    for request in requests {
        let (accepted, duplicates, _) = request.await.unwrap();
        assert_eq!(accepted + duplicates, 10);
        total = (total.0 + accepted, total.1 + duplicates);
    }
    assert_eq!(total, (205, 195));
    assert_eq!(doors.log().len(), 205);
}

#[tokio::test]
async fn the_key_may_come_by_basic_and_the_body_goes_first() {
    let doors = Doors::open();
    let event = |id: &str| json!({"batch": [track(id)]});
    let basic = |body: Value| {
        // "other:"
        let request = Request::post("/v1/batch").header("authorization", "Basic b3RoZXI6");
        request.header("content-type", "application/json").body(Body::from(body.to_string())).unwrap()
    };
    assert_eq!(doors.ask(basic(event("by-basic"))).await.counts(), (1, 0, 0));
    let mut both = event("by-body");
    both["writeKey"] = json!("key");
    assert_eq!(doors.ask(basic(both)).await.counts(), (1, 0, 0));
    assert_eq!(doors.log_of("other")[0].entry.message_id, "by-basic");
    assert_eq!(doors.log_of("key")[0].entry.message_id, "by-body");
}

#[tokio::test]
async fn one_id_under_two_keys_is_two_events() {
    let doors = Doors::open();
    assert_eq!(doors.post(batch_of(["m"])).await.counts(), (1, 0, 0));
    assert_eq!(doors.post(batch_of(["m"]).replace("\"key\"", "\"other\"")).await.counts(), (1, 0, 0));
}

#[tokio::test]
async fn a_time_that_is_missing_is_written_into_the_event() {
    let doors = Doors::open();
    let mut event = track("m");
    event["timestamp"] = Value::Null;
    event["originalTimestamp"] = json!("2001-01-01T00:00:00.000Z");
    let body = json!({"batch": [event], "writeKey": "key", "sentAt": "2001-01-01T00:00:03.000Z"});
    assert_eq!(doors.post(body.to_string()).await.counts(), (1, 0, 0));
    let stored = doors.log().remove(0).entry;
    assert_eq!(stored.happened, Millis(NOW.0 - 3000));
    let message: Value = serde_json::from_str(&stored.message).unwrap();
    assert_eq!(message["timestamp"], json!("2023-11-14T22:13:17.000Z"));
    assert_eq!(message["originalTimestamp"], json!("2001-01-01T00:00:00.000Z"));
}

#[tokio::test]
async fn an_empty_batch_is_no_mistake() {
    assert_eq!(Doors::open().post(batch_of::<&str>([])).await.counts(), (0, 0, 0));
}
