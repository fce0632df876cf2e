//! Who is to be talked to, by HTTP.

use axum::http::Method;
use ripen_collector::access::Kind;
use serde_json::{Value, json};

use crate::support::{Doors, Process, new_folder, track};

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

/// As a page tells of a moment (`js/src/conclusions.ts`).
fn fired(id: &str, moment: &str, mode: Value) -> Value {
    let mut event = track(id);
    event["event"] = json!("$moment_fired");
    event["userId"] = json!("ada");
    event["properties"] = json!({
        "moment": moment, "at": "2024-01-01T10:00:00.000Z", "mode": mode, "stages": {"journey": "habitual"},
        "segments": [], "scores": {"fit": 7}, "bands": {"fit": "high"}, "moments": {}, "momentum": "new",
    });
    event
}

const MOMENTS: &str = r#"{"moments": {
    "ripe": {"when": {"user.ready": true}, "motion": "sales", "qualifies": "pql"},
    "warm": {"when": {"user.warm": true}, "motion": "self_serve"}
}}"#;

#[tokio::test]
async fn a_moment_is_a_lead_at_once_only_where_events_stay_in_the_browser_and_as_the_playbook_has_it() {
    let doors = Doors::open();
    let signals = json!("signals");
    send(&doors, json!([fired("early", "ripe", signals.clone())])).await;
    let admin = doors.token("key", Kind::Admin);
    assert_eq!(doors.published(&admin, MOMENTS, "1").await.status.as_u16(), 201);
    let mut forged = fired("forged", "warm", signals.clone());
    forged["properties"]["qualifies"] = json!("pql");
    forged["properties"]["motion"] = json!("sales");
    let batch = json!([
        fired("a", "ripe", Value::Null),
        fired("b", "ripe", signals.clone()),
        fired("c", "warm", signals.clone()),
        fired("d", "made_up", signals.clone()),
        forged,
    ]);
    send(&doors, batch).await;
    let found = leads(&doors, "?kind=moment").await;
    assert_eq!(
        found.len(),
        1,
        "the fold's to find, of no published playbook, or it qualifies nobody: {found:?}"
    );
    let lead = &found[0];
    assert_eq!(
        (&lead["moment"], &lead["motion"], &lead["qualifies"], &lead["state"], &lead["person"]),
        (&json!("ripe"), &json!("sales"), &json!("pql"), &json!("new"), &json!("ada"))
    );
    assert_eq!((&lead["rank"], &lead["reasons"]["bands"]["fit"]), (&json!(7.0), &json!("high")));
    assert_eq!(leads(&doors, "?qualifies=pql").await, found);
    assert_eq!(leads(&doors, "?qualifies=pqa").await, [Value::Null; 0]);
}

#[tokio::test]
async fn what_is_denied_is_kept_where_somebody_wrote_it_to_be_answered() {
    let doors = Doors::denying(&["email", "phone"]);
    let mut event = form("f", json!({}));
    event["properties"]["fields"] = json!({"email": "ada@acme.example", "phone": "1"});
    event["properties"]["email"] = json!("not-asked-for@acme.example");
    send(&doors, json!([event])).await;
    let found = leads(&doors, "").await;
    assert_eq!(found[0]["fields"], json!({"email": "ada@acme.example", "phone": "1"}));
    let kept = doors.log()[0].entry.message.clone();
    assert!(kept.contains("ada@acme.example") && !kept.contains("not-asked-for"), "{kept}");
}

#[tokio::test]
async fn a_lead_has_a_rank_whatever_somebody_made_up() {
    let doors = Doors::open();
    let with = |id: &str, scores: Value| form(id, json!({"properties": {"reasons": {"scores": scores}}}));
    let events = [
        with("a", json!({"x": 1e308, "y": 1e308})),
        with("b", json!({"x": -1e308, "y": -1e308})),
        with("c", json!({"x": "1", "y": [2]})),
        with("d", json!(7)),
    ];
    send(&doors, json!(events)).await;
    let ranks: Vec<Value> = leads(&doors, "").await.into_iter().map(|mut lead| lead["rank"].take()).collect();
    assert_eq!(ranks, [json!(f64::MAX), json!(f64::MIN), json!(0.0), json!(0.0)]);
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
        "id,kind,moment,qualifies,motion,person,account,at,signed,state,rank,scores,stages,fields,nudge,bands,segments,signals,reasons,named,found,since"
    );
    assert_eq!(
        lines[1],
        "1,form,,,,\"'+1,\"\"2\"\"\",acme,2024-01-01T10:00:00.000Z,false,open,62.5,fit=60; usage=2.5,journey=habitual,\"name=Ada; message='=HYPERLINK(\"\"x\"\")\",talk,,,\"{\"\"n\"\":3}\",\"{\"\"stages\"\":{\"\"journey\"\":\"\"habitual\"\"},\"\"scores\"\":{\"\"fit\"\":60,\"\"usage\"\":2.5},\"\"signals\"\":{\"\"n\"\":3}}\",,2023-11-14T22:13:20.000Z,2023-11-14T22:13:20.000Z"
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

#[test]
fn at_the_machine_leads_are_found_by_kind_and_by_what_they_qualify_as() {
    let folder = new_folder();
    std::fs::write(folder.path().join("playbook.json"), MOMENTS).unwrap();
    let process = Process::start(folder.path());
    let body =
        json!({"writeKey": "key", "batch": [form("f", json!({})), fired("m", "ripe", json!("signals"))]});
    assert_eq!(process.post(&body.to_string()).unwrap().0, 200);
    let run = |arguments: &[&str]| {
        let output = Process::command(folder.path()).arg("leads").args(arguments).output().unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    };
    let kinds = |arguments: &[&str]| -> Vec<String> {
        let (fine, text) = run(arguments);
        assert!(fine, "{arguments:?}");
        let kind =
            |line: &str| serde_json::from_str::<Value>(line).unwrap()["kind"].as_str().unwrap().to_owned();
        text.lines().map(kind).collect()
    };
    assert_eq!(kinds(&[]), ["form", "moment"]);
    assert_eq!(kinds(&["--kind", "form"]), ["form"]);
    assert_eq!(kinds(&["--qualifies", "pql"]), ["moment"]);
    assert_eq!(kinds(&["--kind", "form", "--qualifies", "pql"]), [""; 0]);
    for wrong in [["--kind", "x"], ["--qualifies", "x"]] {
        assert!(!run(&wrong).0, "{wrong:?}");
    }
}
