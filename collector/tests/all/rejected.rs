//! A bad event in a batch: named, and its neighbours stored.

use serde_json::{Value, json};

use crate::support::{Doors, track};

#[tokio::test]
async fn c07_bad_events_are_named_and_their_neighbours_stored() {
    let doors = Doors::open();
    let mut large = track("large");
    large["properties"] = json!({"text": "x".repeat(32 * 1024)});
    let mut nobody = track("nobody");
    nobody["anonymousId"] = json!("");
    let mut late = track("late");
    late["timestamp"] = json!("tomorrow");
    let events = [track("m1"), large, json!("text"), json!({"messageId": 7}), nobody, late, track("m2")];
    let answer = doors.post(json!({"batch": events, "writeKey": "key"}).to_string()).await;

    assert_eq!(answer.counts(), (2, 0, 5));
    let body = answer.json();
    let named: Vec<_> = body["rejected"].as_array().unwrap().iter().map(name).collect();
    assert_eq!(
        named,
        [
            (1, Some("large"), "event_too_large"),
            (2, None, "not_an_object"),
            (3, None, "no_message_id"),
            (4, Some("nobody"), "no_person"),
            (5, Some("late"), "bad_timestamp"),
        ]
    );
    let ids: Vec<_> = doors.log().into_iter().map(|event| event.entry.message_id).collect();
    assert_eq!(ids, ["m1", "m2"]);
}

fn name(rejected: &Value) -> (u64, Option<&str>, &str) {
    assert!(rejected["message"].as_str().is_some_and(|text| text.len() > 10), "{rejected}");
    (rejected["index"].as_u64().unwrap(), rejected["messageId"].as_str(), rejected["code"].as_str().unwrap())
}

#[tokio::test]
async fn half_a_surrogate_pair_a_number_beyond_a_double_and_an_abyss_spoil_only_themselves() {
    let doors = Doors::open();
    let with = |id: &str, properties: &str| {
        format!(r#"{{"type":"track","messageId":"{id}","userId":"u","properties":{properties}}}"#)
    };
    let abyss = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    let events =
        [with("a", r#""\ud800""#), with("b", "1e999"), with("c", &abyss), with("d", r#""\ud83d\ude00""#)];
    let answer = doors.post(format!(r#"{{"writeKey":"key","batch":[{}]}}"#, events.join(","))).await;
    assert_eq!(answer.counts(), (1, 0, 3));
    assert_eq!(doors.log()[0].entry.message_id, "d");
}

#[tokio::test]
async fn a_bad_event_is_no_reason_to_store_it_later() {
    let doors = Doors::open();
    let body = json!({"batch": [{"messageId": "m", "userId": "u"}], "writeKey": "key"}).to_string();
    assert_eq!(doors.post(body).await.counts(), (0, 0, 1));
    assert_eq!(doors.log(), []);
    // The id is still free.
    assert_eq!(doors.post(crate::support::batch_of(["m"])).await.counts(), (1, 0, 0));
}
