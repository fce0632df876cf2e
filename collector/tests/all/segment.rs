//! Segment's HTTP API as its clients use it: every path, every way to bring the key, one message or many.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::{Value, json};

use crate::support::{Answer, Doors, FaultyStore, FixedClock, batch_of, track};

const SINGLE: [(&str, &str); 6] =
    [("track", "t"), ("identify", "i"), ("group", "g"), ("page", "p"), ("screen", "s"), ("alias", "a")];

async fn post(doors: &Doors, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
    let request =
        headers.iter().fold(Request::post(path), |request, (name, value)| request.header(*name, *value));
    doors.ask(request.body(Body::from(body.to_string())).unwrap()).await
}

/// A message without a type, as hand-written clients send them to the door of that type.
fn untyped(id: &str) -> Value {
    let mut message = track(id);
    message.as_object_mut().unwrap().remove("type");
    message["writeKey"] = json!("key");
    message
}

#[tokio::test]
async fn every_door_of_a_type_takes_one_message_and_says_what_it_is() {
    let doors = Doors::open();
    for (kind, short) in SINGLE {
        for path in [format!("/v1/{kind}"), format!("/{kind}"), format!("/v1/{short}"), format!("/{short}")] {
            let answer = post(&doors, &path, &[("content-type", "text/plain")], &untyped(&path)).await;
            assert_eq!(answer.counts(), (1, 0, 0), "{path}");
            let stored = doors.log().pop().unwrap().entry;
            let message: Value = serde_json::from_str(&stored.message).unwrap();
            assert_eq!((&message["type"], stored.message_id.as_str()), (&json!(kind), path.as_str()));
            assert_eq!(message.get("writeKey"), None, "{path}");
        }
    }
    assert_eq!(doors.log().len(), 24);
    // What it says itself goes first.
    let mut own = untyped("own");
    own["type"] = json!("identify");
    assert_eq!(post(&doors, "/v1/t", &[], &own).await.counts(), (1, 0, 0));
    assert!(doors.log().pop().unwrap().entry.message.contains(r#""type":"identify""#));
    assert_eq!(post(&doors, "/v1/t", &[], &own).await.counts(), (0, 1, 0), "once, for ever");
}

#[tokio::test]
async fn every_door_of_batches_takes_one() {
    let doors = Doors::open();
    for path in ["/v1/batch", "/batch", "/v1/b", "/b", "/v1/import", "/import", "/beacon/v1/batch"] {
        assert_eq!(doors.post_to(path, batch_of([path])).await.counts(), (1, 0, 0), "{path}");
    }
}

#[tokio::test]
async fn the_key_may_come_by_body_basic_header_or_query() {
    let doors = Doors::open();
    let by = |id: &str| json!({"batch": [track(id)]});
    // "other:"
    let basic = ("authorization", "Basic b3RoZXI6");
    assert_eq!(post(&doors, "/v1/batch", &[basic], &by("basic")).await.counts(), (1, 0, 0));
    assert_eq!(
        post(&doors, "/v1/batch", &[("x-write-key", "other")], &by("header")).await.counts(),
        (1, 0, 0)
    );
    assert_eq!(post(&doors, "/v1/batch?writeKey=other", &[], &by("query")).await.counts(), (1, 0, 0));
    assert_eq!(post(&doors, "/v1/t?writeKey=other", &[], &track("one by query")).await.counts(), (1, 0, 0));
    let mut in_body = by("body");
    in_body["writeKey"] = json!("key");
    assert_eq!(post(&doors, "/v1/batch?writeKey=stranger", &[basic], &in_body).await.counts(), (1, 0, 0));
    assert_eq!((doors.log_of("other").len(), doors.log().len()), (4, 1));
    for (path, headers) in
        [("/v1/t", vec![]), ("/v1/t?writeKey=stranger", vec![]), ("/t", vec![("x-write-key", "no")])]
    {
        let answer = post(&doors, path, &headers, &track("m")).await;
        assert_eq!(answer.refusal(), (401, "unknown_write_key".to_owned()), "{path}");
    }
}

#[tokio::test]
async fn a_message_alone_that_is_refused_is_the_requests_refusal() {
    let doors = Doors::open();
    let with = |field: &str, value: Value| {
        let mut message = untyped("m");
        message[field] = value;
        message
    };
    let table = [
        (with("anonymousId", json!("")), 400, "no_person"),
        (with("timestamp", json!("yesterday")), 400, "bad_timestamp"),
        (with("messageId", json!(7)), 400, "no_message_id"),
        (with("properties", json!("x".repeat(33_000))), 413, "event_too_large"),
        (json!([untyped("m")]), 400, "not_an_object"),
        (json!("text"), 400, "not_an_object"),
    ];
    for (message, status, code) in table {
        assert_eq!(post(&doors, "/v1/track", &[], &message).await.refusal(), (status, code.to_owned()));
    }
    assert_eq!(doors.post_to("/v1/track", "{").await.refusal(), (400, "not_json".to_owned()));
    assert_eq!(doors.log(), []);
}

#[tokio::test]
async fn what_came_without_an_id_is_stored_once_if_it_says_when_it_happened() {
    let doors = Doors::open();
    let mut timed = untyped("m");
    timed.as_object_mut().unwrap().remove("messageId");
    let mut sent_again = timed.clone();
    sent_again["sentAt"] = json!("2024-01-01T10:00:05.000Z");
    assert_eq!(post(&doors, "/v1/track", &[], &timed).await.counts(), (1, 0, 0));
    assert_eq!(post(&doors, "/v1/track", &[], &sent_again).await.counts(), (0, 1, 0));
    let mut timed = timed;
    timed["type"] = json!("page");
    let batch = json!({"writeKey": "key", "batch": [timed, timed]});
    assert_eq!(doors.post(batch.to_string()).await.counts(), (1, 1, 0));

    let mut timeless = timed;
    timeless.as_object_mut().unwrap().remove("timestamp");
    for _ in 0..2 {
        assert_eq!(post(&doors, "/v1/track", &[], &timeless).await.counts(), (1, 0, 0));
    }
    let batch = json!({"writeKey": "key", "batch": [timeless, timeless]});
    assert_eq!(doors.post(batch.to_string()).await.counts(), (2, 0, 0));
}

#[tokio::test]
async fn c02_a_preflight_is_answered_at_every_door_whatever_headers_a_client_has() {
    let doors = Doors::open();
    for path in ["/v1/t", "/t", "/v1/batch", "/b", "/beacon/v1/batch"] {
        let preflight = Request::options(path)
            .header("origin", "https://app.example.com")
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "authorization,x-retry-count,anonymousid");
        let answer = doors.ask(preflight.body(Body::empty()).unwrap()).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("access-control-allow-origin")),
            (200, "*"),
            "{path}"
        );
        assert_eq!(answer.header("access-control-allow-credentials"), "", "{path}");
        let headers = answer.header("access-control-allow-headers");
        assert!(headers.contains("x-retry-count") && headers.contains("authorization"), "{path}: {headers}");
        let answer = post(&doors, path, &[("origin", "https://app.example.com")], &json!({})).await;
        assert_eq!(
            (answer.status.as_u16() / 100, answer.header("access-control-allow-origin")),
            (4, "*"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn without_a_site_a_door_has_no_other_method() {
    let doors = Doors::before(FaultyStore::default(), 4, Arc::new(FixedClock));
    for path in ["/t", "/track", "/batch", "/v1/t", "/v1/track"] {
        assert_eq!(doors.get(path).await.refusal(), (405, "wrong_method".to_owned()), "{path}");
        assert_eq!(
            doors.method(Method::PUT, path).await.refusal(),
            (405, "wrong_method".to_owned()),
            "{path}"
        );
    }
    assert_eq!(doors.method(Method::POST, "/tracks").await.refusal(), (404, "not_found".to_owned()));
}
