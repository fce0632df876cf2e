//! Bodies that are gzipped, with or without a word about it.

use std::io::Write;

use axum::body::Body;
use axum::http::Request;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use crate::support::{Answer, Doors, batch_of};

fn gzip(text: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_ref()).unwrap();
    encoder.finish().unwrap()
}

async fn post(doors: &Doors, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
    let request = Request::post("/v1/batch");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    doors.ask(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn c02_gzip_is_known_by_how_it_begins_whatever_the_headers_say() {
    let doors = Doors::open();
    let headers: [&[(&str, &str)]; 6] = [
        &[],
        &[("content-type", "text/plain;charset=UTF-8")],
        &[("content-type", "application/json"), ("content-encoding", "gzip")],
        &[("content-type", "application/x-www-form-urlencoded")],
        &[("content-type", "application/octet-stream"), ("content-encoding", "identity")],
        &[("content-type", "image/png")],
    ];
    for (id, headers) in headers.into_iter().enumerate() {
        let answer = post(&doors, headers, gzip(batch_of([id.to_string()]))).await;
        assert_eq!(answer.counts(), (1, 0, 0), "{headers:?}");
        assert_eq!(answer.json()["gzip"], json!(true), "so a client learns that it may");
    }
    // Announced, but inflated by a proxy on the way.
    let answer = post(&doors, &[("content-encoding", "gzip")], batch_of(["plain"]).into_bytes()).await;
    assert_eq!(answer.counts(), (1, 0, 0));
    assert_eq!(doors.log().len(), 7);
}

#[tokio::test]
async fn gzip_that_is_cut_or_spoilt_is_400_and_stores_nothing() {
    let doors = Doors::open();
    let whole = gzip(batch_of(["m"]));
    let mut wrong_sum = whole.clone();
    let sum = wrong_sum.len() - 8;
    wrong_sum[sum] ^= 1;
    let followed = [whole.clone(), b"more".to_vec()].concat();
    for body in [whole[..whole.len() / 2].to_vec(), whole[..2].to_vec(), wrong_sum, followed] {
        let answer = doors.post(body).await;
        assert_eq!(answer.refusal(), (400, "bad_gzip".to_owned()));
        assert!(answer.json()["message"].as_str().unwrap().contains("gzip"));
    }
    assert_eq!(doors.post(gzip("no JSON")).await.refusal(), (400, "not_json".to_owned()));
    assert_eq!(doors.log(), []);
    assert_eq!(doors.post(whole).await.counts(), (1, 0, 0));
}

#[tokio::test]
async fn what_a_body_inflates_to_is_measured_at_the_edge() {
    let doors = Doors::open();
    let batch = batch_of(["m"]);
    let padded = |bytes: usize| gzip(format!("{batch}{}", " ".repeat(bytes - batch.len())));
    assert_eq!(doors.post(padded(512_000)).await.counts(), (1, 0, 0));
    // And a bomb.
    for body in [padded(512_001), padded(16 << 20)] {
        assert!(body.len() < 300_000, "its bytes themselves would be taken: {}", body.len());
        let answer = doors.post(body).await;
        assert_eq!(answer.refusal(), (413, "body_too_large".to_owned()));
        let message = answer.json()["message"].as_str().unwrap().to_owned();
        assert!(message.contains("inflates") && message.contains("512000"), "{message}");
    }
}

#[tokio::test]
async fn a_body_of_several_members_is_one_text() {
    let doors = Doors::open();
    let batch = batch_of(["m"]);
    let (begin, end) = batch.split_at(batch.len() / 2);
    let members = [gzip(""), gzip(begin), gzip(""), gzip(end), gzip("")].concat();
    assert_eq!(doors.post(members).await.counts(), (1, 0, 0));
    // Two batches are not one.
    let twice = [gzip(&batch), gzip(&batch)].concat();
    assert_eq!(doors.post(twice).await.refusal(), (400, "not_json".to_owned()));
}
