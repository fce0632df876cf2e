//! `/v1/playbooks`: revisions, publishing, rolling back.

use axum::body::Body;
use axum::http::{Method, Request};
use ripen::playbook::{check, compile};
use ripen_collector::access::Kind;
use serde_json::{Value, json};

use crate::support::{Answer, Doors, PLAYBOOK};

const NEXT: &str = r#"{"signals": {"next": {"count": "x"}}}"#;

async fn publish(doors: &Doors, token: &str, number: i64, if_match: &str) -> Answer {
    let request = Request::post(format!("/v1/playbooks/{number}/publish"))
        .header("authorization", format!("Bearer {token}"))
        .header("if-match", if_match);
    doors.ask(request.body(Body::empty()).unwrap()).await
}

async fn served(doors: &Doors) -> String {
    doors.get("/v1/playbook/key").await.header("etag").trim_matches('"').to_owned()
}

#[tokio::test]
async fn what_is_wrong_is_told_at_the_door_as_on_the_command_line_and_nothing_is_kept() {
    let doors = Doors::open();
    let admin = doors.token("key", Kind::Admin);
    let text = "{\n  \"signals\": {\n    \"a\": { \"coutn\": \"x\" },\n    \"b\": { \"count\": 5 }\n  }\n}\n";
    for answer in [doors.published(&admin, text, "1").await, doors.dry_run(&admin, text).await] {
        assert_eq!(answer.status, 422);
        let body = answer.json();
        assert_eq!(body["code"], json!("playbook_has_mistakes"));
        let told: Vec<String> = body["problems"]
            .as_array()
            .unwrap()
            .iter()
            .map(|problem| {
                assert_eq!(problem["severity"], json!("error"));
                format!("{}:{}: {}", problem["line"], problem["column"], problem["message"].as_str().unwrap())
            })
            .collect();
        let wanted: Vec<String> = check(text)
            .iter()
            .map(|problem| format!("{}:{}: {}", problem.line, problem.column, problem.message))
            .collect();
        assert!(told.len() >= 2 && told == wanted, "{told:?}");
        let hints =
            body["problems"].as_array().unwrap().iter().filter_map(|problem| problem["hint"].as_str());
        assert!(hints.collect::<Vec<_>>().concat().contains("`count`"));
    }
    // For people, as the command line prints it behind the file's name.
    let request = Request::post("/v1/playbooks?dry_run").header("accept", "text/plain");
    let request = request.header("authorization", format!("Bearer {admin}")).body(Body::from(text)).unwrap();
    let answer = doors.ask(request).await;
    let lines: String = check(text).iter().map(|problem| format!("{problem}\n")).collect();
    assert_eq!((answer.status.as_u16(), &answer.body[..]), (422, lines.as_bytes()));
    let list = doors.asked(Method::GET, "/v1/playbooks", &admin, Value::Null).await.json();
    assert_eq!(list["revisions"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_dry_run_keeps_nothing_and_tells_what_would_be() {
    let doors = Doors::open();
    let admin = doors.token("key", Kind::Admin);
    let answer = doors.dry_run(&admin, NEXT).await;
    let compiled = compile(NEXT).unwrap();
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.json(),
        json!({
            "success": true, "hash": compiled.revision, "pagesBytes": compiled.bytes.len(),
            "published": false, "unchanged": false, "problems": [],
        })
    );
    assert_eq!(served(&doors).await, compile(PLAYBOOK).unwrap().revision);
}

#[tokio::test]
async fn a_published_revision_is_served_at_once_and_an_older_one_can_be_again() {
    let doors = Doors::open();
    let admin = doors.token("key", Kind::Admin);
    let answer = doors.published(&admin, NEXT, "1").await;
    assert_eq!(answer.status, 201);
    let body = answer.json();
    assert_eq!((&body["number"], &body["before"], &body["published"]), (&json!(2), &json!(1), &json!(true)));
    assert_eq!(served(&doors).await, compile(NEXT).unwrap().revision);
    let back = publish(&doors, &admin, 1, "\"2\"").await;
    assert_eq!(
        (back.status.as_u16(), back.json()),
        (200, json!({"success": true, "published": 1, "before": 2}))
    );
    assert_eq!(served(&doors).await, compile(PLAYBOOK).unwrap().revision);
    let list = doors.asked(Method::GET, "/v1/playbooks", &admin, Value::Null).await;
    assert_eq!(list.header("etag"), "\"1\"");
    let list = list.json();
    assert_eq!((&list["published"], &list["revisions"][0]["number"]), (&json!(1), &json!(2)));
    let order: Vec<_> = list["publications"]
        .as_array()
        .unwrap()
        .iter()
        .map(|each| each["number"].as_i64().unwrap())
        .collect();
    assert_eq!(order, [1, 2, 1]);
    let audit = doors.asked(Method::GET, "/v1/audit", &admin, Value::Null).await.json();
    let acts: Vec<_> = audit["acts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|act| {
            format!(
                "{} {} {}",
                act["by"].as_str().unwrap(),
                act["action"].as_str().unwrap(),
                act["to"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        acts,
        [
            "start playbook.added revision 1",
            "start playbook.published revision 1",
            "cli token.created token 1",
            "token 1 playbook.added revision 2",
            "token 1 playbook.published revision 2",
            "token 1 playbook.rolled_back revision 1",
        ]
    );
}

#[tokio::test]
async fn two_managers_do_not_overwrite_each_other() {
    let doors = Doors::open();
    let (one, other) = (doors.token("key", Kind::Admin), doors.token("key", Kind::Admin));
    assert_eq!(doors.published(&one, NEXT, "1").await.status, 201);
    let late = doors.published(&other, r#"{"signals": {"late": {"count": "y"}}}"#, "1").await;
    assert_eq!(late.refusal(), (412, "overtaken".to_owned()));
    assert!(late.json()["message"].as_str().unwrap().contains("revision 2"));
    assert_eq!(publish(&doors, &other, 1, "\"1\"").await.refusal(), (412, "overtaken".to_owned()));
    // Nothing of it was kept, so that the numbers have no holes that nobody can explain.
    let list = doors.asked(Method::GET, "/v1/playbooks", &one, Value::Null).await.json();
    assert_eq!(list["revisions"].as_array().unwrap().len(), 2);
    assert_eq!(served(&doors).await, compile(NEXT).unwrap().revision);
    for wrong in ["", "x", "\"-\""] {
        assert_eq!(publish(&doors, &one, 1, wrong).await.refusal().0, 400, "{wrong}");
    }
    assert_eq!(publish(&doors, &one, 1, "*").await.status, 200);
    assert_eq!(publish(&doors, &one, 9, "*").await.refusal(), (404, "no_such_revision".to_owned()));
}

#[tokio::test]
async fn what_means_the_same_is_no_new_revision() {
    let doors = Doors::open();
    let admin = doors.token("key", Kind::Admin);
    let spaced = PLAYBOOK.replace('{', "{ \n ");
    let answer = doors.published(&admin, &spaced, "1").await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["unchanged"], &answer.json()["number"]),
        (200, &json!(true), &json!(1))
    );
    // Nor without publishing: neither of what is published, nor of the newest.
    let kept = async |text: String| doors.kept(&admin, &text).await;
    let said = |answer: &Answer| {
        let body = answer.json();
        (answer.status.as_u16(), ["number", "unchanged", "published"].map(|name| body[name].clone()))
    };
    assert_eq!(said(&kept(spaced.clone()).await), (200, [json!(1), json!(true), json!(true)]));
    assert_eq!(said(&kept(NEXT.to_owned()).await), (201, [json!(2), json!(false), json!(false)]));
    assert_eq!(said(&kept(NEXT.replace('{', "{ ")).await), (200, [json!(2), json!(true), json!(false)]));
    // What is kept is published as it is; an older one is gone back to by its number, or is new again.
    let answer = doors.published(&admin, NEXT, "1").await;
    assert_eq!(said(&answer), (200, [json!(2), json!(false), json!(true)]));
    assert_eq!(answer.json()["before"], json!(1));
    assert_eq!(said(&kept(spaced).await), (201, [json!(3), json!(false), json!(false)]));
}

#[tokio::test]
async fn the_text_of_a_revision_is_what_was_written_and_is_not_anothers() {
    let doors = Doors::open();
    let (admin, read, other) =
        (doors.token("key", Kind::Admin), doors.token("key", Kind::Read), doors.token("other", Kind::Admin));
    let text = "// for autumn\n{\"signals\": {\"next\": {\"count\": \"x\"}}}";
    let written = if check(text).is_empty() { text } else { NEXT };
    doors.published(&admin, written, "1").await;
    let shown = doors.asked(Method::GET, "/v1/playbooks/2", &read, Value::Null).await.json();
    assert_eq!((&shown["source"], &shown["by"]), (&json!(written), &json!("token 1")));
    assert_eq!(doors.asked(Method::GET, "/v1/playbooks/2", &other, Value::Null).await.refusal().0, 404);
    assert_eq!(doors.asked(Method::POST, "/v1/playbooks?publish", &read, json!({})).await.refusal().0, 403);
    assert_eq!(doors.asked(Method::POST, "/v1/playbooks?dryrun", &admin, json!({})).await.refusal().0, 400);
    assert_eq!(
        doors.asked(Method::POST, "/v1/playbooks?dry_run=maybe", &admin, json!({})).await.refusal().0,
        400
    );
}
