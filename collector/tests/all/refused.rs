//! Requests that are refused as a whole, each at the very edge of what is taken.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::http::Method;
use http_body::{Body as HttpBody, Frame};
use http_body_util::{BodyExt, Full};
use ripen_collector::limits;
use serde_json::json;

use crate::support::{Doors, batch_of, track};

#[tokio::test]
async fn what_is_no_batch_is_400_and_says_why() {
    let doors = Doors::open();
    let deep = format!(r#"{{"batch":{}"#, "[".repeat(400_000));
    let table: [(&[u8], &str); 9] = [
        (b"", "not_json"),
        (b"hello", "not_json"),
        (b"{\"batch\":[", "not_json"),
        (b"\x1f\x8b\x08\x00", "bad_gzip"),
        (b"{\"batch\":[\"\xff\xfe\"],\"writeKey\":\"key\"}", "not_json"),
        (deep.as_bytes(), "not_json"),
        (b"[]", "not_an_object"),
        (b"{\"writeKey\":\"key\"}", "no_batch"),
        (b"{\"writeKey\":\"key\",\"batch\":{}}", "no_batch"),
    ];
    for (body, code) in table {
        let text = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
        assert_eq!(doors.post(body.to_vec()).await.refusal(), (400, code.to_owned()), "{text}");
    }
}

#[tokio::test]
async fn an_unknown_key_is_401_and_stores_nothing() {
    let doors = Doors::open();
    for key in [json!("stranger"), json!(""), json!(5), json!(null)] {
        let body = json!({"batch": [track("m")], "writeKey": key}).to_string();
        assert_eq!(doors.post(body).await.refusal(), (401, "unknown_write_key".to_owned()), "{key}");
    }
    assert_eq!(doors.log(), []);
}

fn padded(bytes: usize) -> String {
    let batch = batch_of(["m"]);
    let padding = " ".repeat(bytes - batch.len());
    format!("{batch}{padding}")
}

#[tokio::test]
async fn a_body_is_measured_at_the_edge() {
    let doors = Doors::open();
    let unannounced = |text: String| Body::new(Full::new(Bytes::from(text)).map_frame(|frame| frame));
    assert_eq!(doors.post(padded(512_000)).await.counts(), (1, 0, 0));
    assert_eq!(doors.post(unannounced(padded(512_000))).await.counts(), (0, 1, 0));
    for body in [Body::from(padded(512_001)), unannounced(padded(512_001))] {
        let answer = doors.post(body).await;
        assert_eq!(answer.refusal(), (413, "body_too_large".to_owned()));
        assert!(answer.json()["message"].as_str().unwrap().contains("512000"));
    }
}

#[tokio::test]
async fn the_events_of_a_batch_are_counted_at_the_edge() {
    let doors = Doors::open();
    let small = |count: usize| {
        let events: Vec<_> = (0..count)
            .map(|id| json!({"type": "track", "messageId": id.to_string(), "userId": "u"}))
            .collect();
        json!({"batch": events, "writeKey": "key"}).to_string()
    };
    let answer = doors.post(small(2501)).await;
    assert_eq!(answer.refusal(), (413, "too_many_events".to_owned()));
    let message = answer.json()["message"].as_str().unwrap().to_owned();
    assert!(message.contains("2501") && message.contains("2500"), "{message}");
    assert_eq!(doors.post(small(2500)).await.counts(), (2500, 0, 0));
}

#[tokio::test]
async fn a_shared_context_cannot_blow_a_batch_up() {
    let events: Vec<_> = (0..100).map(|id| track(&id.to_string())).collect();
    let context = json!({"a": "x".repeat(10_000)});
    let body = json!({"batch": events, "writeKey": "key", "context": context}).to_string();
    assert_eq!(Doors::open().post(body).await.refusal(), (413, "context_too_large".to_owned()));
}

/// A body that gives so much at a time, and never ends.
struct Endless(Option<&'static [u8]>);

impl HttpBody for Endless {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match self.0 {
            Some(piece) => Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(piece))))),
            None => Poll::Pending,
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_come_is_408_when_the_deadline_is_over() {
    let before = tokio::time::Instant::now();
    let answer = Doors::open().post(Body::new(Endless(None))).await;
    assert_eq!(answer.refusal(), (408, "body_late".to_owned()));
    assert_eq!(before.elapsed(), limits::BODY_DEADLINE);
}

#[tokio::test]
async fn a_body_without_end_is_413_and_not_kept() {
    let answer = Doors::open().post(Body::new(Endless(Some(&[b' '; 4096])))).await;
    assert_eq!(answer.refusal(), (413, "body_too_large".to_owned()));
}

#[tokio::test]
async fn what_is_not_there_is_said_in_json() {
    let doors = Doors::open();
    for path in ["/v1/nothing", "/nothing", "/"] {
        assert_eq!(doors.get(path).await.refusal(), (404, "not_found".to_owned()), "{path}");
    }
    assert_eq!(doors.get("/v1/batch").await.refusal(), (405, "wrong_method".to_owned()));
    assert_eq!(doors.method(Method::POST, "/v1/health").await.refusal(), (405, "wrong_method".to_owned()));
}
