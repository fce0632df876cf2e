//! What pages of released versions ask, which each collector after them answers. `tests/browser/wire.test.mjs` writes it
//! down, and sees that pages of today ask what is written down of them.

use std::path::Path;

use serde_json::Value;

use crate::support::Doors;

/// The version that first asked so, and what it asked.
const RELEASED: [(&str, &str); 1] = [("0.1.0", include_str!("released/0.1.0.json"))];

#[tokio::test]
async fn c05_what_pages_of_each_version_ask_is_answered_and_their_events_are_stored_whole_and_once() {
    for (version, text) in RELEASED {
        let requests: Vec<Value> = serde_json::from_str(text).unwrap();
        assert!(requests.len() > 2, "{version}");
        let doors = Doors::open();
        for request in &requests {
            let body = request["body"].to_string();
            let path = request["path"].as_str().unwrap();
            let answer = doors.post_to(path, body.clone()).await;
            match path {
                "/v1/batch" => {
                    let (mut sent, library) =
                        (request["body"]["batch"].clone(), &request["body"]["context"]["library"]);
                    let sent = sent.as_array_mut().unwrap();
                    // What a batch says of all its events stands in each of them, and no proof in any.
                    for event in sent.iter_mut() {
                        let context = event["context"].as_object_mut().unwrap();
                        context.retain(|name, _| name != "signature" && name != "groupSignature");
                        context.insert("library".to_owned(), library.clone());
                    }
                    let count = sent.len() as u64;
                    assert_eq!(answer.counts(), (count, 0, 0), "{version}: {}", answer.json());
                    assert_eq!(doors.post_to(path, body).await.counts(), (0, count, 0), "{version}");
                    let stored: Vec<Value> = doors
                        .log()
                        .iter()
                        .map(|event| serde_json::from_str(&event.entry.message).unwrap())
                        .collect();
                    assert_eq!(&stored, sent, "{version}");
                }
                "/v1/forget" => assert_eq!(answer.status, 202, "{version}"),
                // There is no secret that it could be signed by.
                "/v1/snapshot" => assert_eq!(answer.refusal(), (404, "no_secret".to_owned()), "{version}"),
                other => panic!("{version} asks {other}"),
            }
        }
    }
}

#[test]
fn each_version_that_is_written_down_is_tried() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/all/released");
    let mut written: Vec<String> =
        folder.read_dir().unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    written.sort();
    let mut tried: Vec<String> = RELEASED.iter().map(|(version, _)| format!("{version}.json")).collect();
    tried.sort();
    assert_eq!(written, tried);
}
