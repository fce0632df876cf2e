//! Who is to be talked to, by HTTP.

use axum::http::Method;
use ripen_collector::access::Kind;
use serde_json::{Value, json};

use crate::support::{Doors, track};

/// As the form of a nudge sends it.
fn form(message_id: &str, more: Value) -> Value {
    let mut event = track(message_id);
    event["event"] = json!("$lead_submitted");
    event["userId"] = json!("ada");
    event["context"] = json!({"groupId": "acme"});
    event["properties"] = json!({
        "nudge": "talk", "fields": {"name": "Ada", "message": "=HYPERLINK(\"x\")"},
        "reasons": {"stages": {"journey": "habitual"}, "scores": {"fit": 60, "usage": 2.5}, "signals": {"n": 3}},
    });
    for (name, value) in more.as_object().unwrap() {
        event[name] = value.clone();
    }
    event
}

async fn send(doors: &Doors, events: Value) {
    let answer = doors.post(json!({"writeKey": "key", "batch": events}).to_string()).await;
    assert_eq!(answer.status, 200);
}

async fn leads(doors: &Doors, query: &str) -> Vec<Value> {
    let read = doors.token("key", Kind::Read);
    let answer = doors.asked(Method::GET, &format!("/v1/leads{query}"), &read, Value::Null).await;
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    answer.json()["leads"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_submitted_form_is_a_lead_once_with_its_reasons_and_open() {
    let doors = Doors::open();
    send(&doors, json!([form("f", json!({})), track("t"), form("f", json!({"userId": "forged"}))])).await;
    send(&doors, json!([form("f", json!({}))])).await;
    let found = leads(&doors, "").await;
    assert_eq!(found.len(), 1);
    let lead = &found[0];
    assert_eq!(
        (&lead["kind"], &lead["person"], &lead["account"], &lead["nudge"], &lead["state"], &lead["signed"]),
        (&json!("form"), &json!("ada"), &json!("acme"), &json!("talk"), &json!("open"), &json!(false))
    );
    assert_eq!((&lead["rank"], &lead["fields"]["name"]), (&json!(62.5), &json!("Ada")));
    assert_eq!(lead["reasons"]["stages"]["journey"], json!("habitual"));
    assert_eq!(lead["at"], json!("2024-01-01T10:00:00.000Z"));
    let read = doors.token("other", Kind::Read);
    let others = doors.asked(Method::GET, "/v1/leads", &read, Value::Null).await;
    assert_eq!(others.json()["leads"], json!([]));
}

#[tokio::test]
async fn a_moment_is_a_lead_at_once_only_where_events_stay_in_the_browser() {
    let doors = Doors::open();
    let fired = |id: &str, more: Value| {
        let mut event = track(id);
        event["event"] = json!("$moment_fired");
        event["properties"] =
            json!({"moment": "ripe", "stages": {"journey": "habitual"}, "scores": {"fit": 7}});
        for (name, value) in more.as_object().unwrap() {
            event["properties"][name] = value.clone();
        }
        event
    };
    send(&doors, json!([fired("a", json!({})), fired("b", json!({"mode": "signals"}))])).await;
    let found = leads(&doors, "?kind=moment").await;
    assert_eq!(found.len(), 1, "the other one is the fold's to find");
    assert_eq!(
        (&found[0]["moment"], &found[0]["state"], &found[0]["reasons"]["scores"]["fit"]),
        (&json!("ripe"), &json!("new"), &json!(7))
    );
}

#[tokio::test]
async fn the_feed_is_a_spreadsheet_too_in_which_no_cell_is_a_formula() {
    let doors = Doors::open();
    send(&doors, json!([form("f", json!({"userId": "+1,\"2\""}))])).await;
    let read = doors.token("key", Kind::Read);
    let answer = doors.asked(Method::GET, "/v1/leads?format=csv", &read, Value::Null).await;
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    let text = String::from_utf8(answer.body.to_vec()).unwrap();
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(
        lines[0],
        "id,kind,moment,qualifies,motion,person,account,at,signed,state,rank,scores,stages,fields,nudge"
    );
    assert_eq!(
        lines[1],
        "1,form,,,,\"'+1,\"\"2\"\"\",acme,2024-01-01T10:00:00.000Z,false,open,62.5,fit=60; usage=2.5,journey=habitual,\"name=Ada; message==HYPERLINK(\"\"x\"\")\",talk"
    );
}

#[tokio::test]
async fn how_far_a_lead_has_come_is_said_and_what_is_asked_wrongly_is_named() {
    let doors = Doors::open();
    send(&doors, json!([form("f", json!({}))])).await;
    let admin = doors.token("key", Kind::Admin);
    let won = doors.asked(Method::POST, "/v1/leads/1", &admin, json!({"state": "won"})).await;
    assert_eq!((won.status.as_u16(), &won.json()["state"]), (200, &json!("won")));
    assert_eq!(leads(&doors, "?state=open").await, [Value::Null; 0]);
    assert_eq!(leads(&doors, "?state=won&best=1&since=2023-01-01T00:00:00Z").await.len(), 1);
    let missing = doors.asked(Method::POST, "/v1/leads/2", &admin, json!({"state": "won"})).await;
    assert_eq!(missing.refusal(), (404, "no_such_lead".to_owned()));
    for body in [json!({"state": "happy"}), json!({}), json!({"state": "won", "more": 1})] {
        let refused = doors.asked(Method::POST, "/v1/leads/1", &admin, body).await;
        assert_eq!(refused.refusal(), (400, "bad_request".to_owned()));
    }
    for query in
        ["?state=happy", "?kind=x", "?qualifies=x", "?since=yesterday", "?best=-1", "?x=1", "?format=xml"]
    {
        let refused = doors.asked(Method::GET, &format!("/v1/leads{query}"), &admin, Value::Null).await;
        assert_eq!(refused.refusal(), (400, "bad_request".to_owned()), "{query}");
    }
}
