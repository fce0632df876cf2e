//! Requests as others' clients make them, written down from what they sent in `npm run test:matrix`, which runs the
//! clients themselves.

use std::io::Write;

use axum::body::Body;
use axum::http::Request;
use flate2::Compression;
use flate2::write::GzEncoder;
use ripen::replay::Recording;
use serde_json::{Value, json};

use crate::support::{Answer, Doors};

fn requests() -> Vec<Value> {
    let requests: Vec<Value> = serde_json::from_str(include_str!("foreign/requests.json")).unwrap();
    assert!(requests.len() > 10);
    requests
}

async fn make(doors: &Doors, request: &Value) -> Answer {
    let mut body = request["body"].to_string().into_bytes();
    if request["gzip"] == true {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&body).unwrap();
        body = encoder.finish().unwrap();
    }
    let headers = request["headers"].as_object().unwrap();
    let head = Request::post(request["path"].as_str().unwrap());
    let head = headers.iter().fold(head, |head, (name, value)| head.header(name, value.as_str().unwrap()));
    doors.ask(head.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn what_others_clients_send_is_stored_whole_and_exists_for_a_replay() {
    for request in requests() {
        let (doors, client) = (Doors::open(), &request["client"]);
        let events = request["events"].as_u64().unwrap();
        let answer = make(&doors, &request).await;
        assert_eq!(answer.counts(), (events, 0, 0), "{client}: {}", answer.json());
        let mut recording = Recording::default();
        for event in doors.log() {
            let message: Value = serde_json::from_str(&event.entry.message).unwrap();
            assert_eq!(message.get("writeKey"), None, "{client}");
            if message["type"] == "identify" {
                assert_eq!(message["traits"], json!({"plan": "free"}), "{client}");
            }
            recording.push(event.entry.message.as_bytes());
            recording.push(b"\n");
        }
        assert_eq!(recording.finish().len() as u64, events, "{client}: each exists");
    }
}

#[tokio::test]
async fn c05_sent_again_it_is_a_duplicate_wherever_it_says_what_it_is() {
    for request in requests() {
        let doors = Doors::open();
        let events = request["events"].as_u64().unwrap();
        make(&doors, &request).await;
        let known = request["body"].to_string().contains("messageId");
        let expected = if known { (0, events, 0) } else { (events, 0, 0) };
        assert_eq!(make(&doors, &request).await.counts(), expected, "{}", request["client"]);
    }
}
