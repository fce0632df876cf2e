//! Tokens and write keys, by HTTP.

use axum::http::Method;
use ripen_collector::access::Kind;
use serde_json::{Value, json};

use crate::support::{Doors, batch_of, track};

/// Everything that needs a token, with what it needs.
const GUARDED: [(Method, &str, Kind); 21] = [
    (Method::GET, "/v1/audit", Kind::Admin),
    (Method::GET, "/v1/keys", Kind::Admin),
    (Method::POST, "/v1/keys", Kind::Admin),
    (Method::DELETE, "/v1/keys/nothing", Kind::Admin),
    (Method::GET, "/v1/leads", Kind::Read),
    (Method::POST, "/v1/leads/99", Kind::Admin),
    (Method::GET, "/v1/draft", Kind::Admin),
    (Method::DELETE, "/v1/draft", Kind::Admin),
    (Method::POST, "/v1/nudges/none/kill", Kind::Admin),
    (Method::POST, "/v1/nudges/none/revive", Kind::Admin),
    (Method::GET, "/v1/playbooks", Kind::Read),
    (Method::POST, "/v1/playbooks", Kind::Admin),
    (Method::POST, "/v1/playbooks?dry_run", Kind::Admin),
    (Method::GET, "/v1/playbooks/1", Kind::Read),
    (Method::GET, "/v1/playbooks/1/compiled", Kind::Read),
    (Method::POST, "/v1/playbooks/1/draft", Kind::Admin),
    (Method::POST, "/v1/playbooks/9/publish", Kind::Admin),
    (Method::GET, "/v1/tokens", Kind::Admin),
    (Method::POST, "/v1/tokens", Kind::Admin),
    (Method::DELETE, "/v1/tokens/99", Kind::Admin),
    (Method::POST, "/v1/tokens/99/rotate", Kind::Admin),
];

#[tokio::test]
async fn no_door_that_needs_a_token_opens_without_the_right_one_nor_to_a_page() {
    let doors = Doors::open();
    let anothers = doors.token("other", Kind::Admin);
    for (method, path, needs) in GUARDED {
        let none = doors.method(method.clone(), path).await;
        assert_eq!(none.refusal(), (401, "no_token".to_owned()), "{method} {path}");
        assert_eq!(none.header("www-authenticate"), "Bearer");
        // Not even that there is something may a page of another origin see.
        assert_eq!(none.header("access-control-allow-origin"), "", "{method} {path}");
        assert_ne!(doors.method(Method::OPTIONS, path).await.status, 200, "{path}");
        let forged = format!("rpn_{}_{}", needs.name(), "A".repeat(43));
        let unknown = doors.asked(method.clone(), path, &forged, Value::Null).await;
        assert_eq!(unknown.refusal(), (401, "unknown_token".to_owned()), "{method} {path}");
        let key = doors.asked(method.clone(), path, "key", Value::Null).await;
        assert_eq!(key.refusal(), (401, "unknown_token".to_owned()), "{method} {path} by a write key");
        for kind in Kind::ALL.into_iter().filter(|kind| *kind != needs && *kind != Kind::Admin) {
            let token = doors.token("key", kind);
            let answer = doors.asked(method.clone(), path, &token, Value::Null).await;
            assert_eq!(
                answer.refusal(),
                (403, "wrong_kind_of_token".to_owned()),
                "{method} {path} by {kind:?}"
            );
        }
        let answer = doors.asked(method.clone(), path, &anothers, Value::Null).await;
        assert!(![401, 403].contains(&answer.status.as_u16()), "{method} {path}: {}", answer.status);
    }
}

#[tokio::test]
async fn a_token_that_is_made_works_until_it_is_revoked_and_is_shown_once() {
    let doors = Doors::open();
    let admin = doors.token("key", Kind::Admin);
    let wanted = json!({"kind": "admin", "name": "  deploys "});
    let made = doors.asked(Method::POST, "/v1/tokens", &admin, wanted).await;
    assert_eq!(made.status, 201);
    let (id, token) = (made.json()["id"].clone(), made.json()["token"].as_str().unwrap().to_owned());
    let list = doors.asked(Method::GET, "/v1/tokens", &token, Value::Null).await;
    let tokens = list.json()["tokens"].clone();
    assert_eq!(tokens.as_array().unwrap().len(), 2);
    assert_eq!(
        (&tokens[1]["name"], &tokens[1]["id"], &tokens[1]["valid"]),
        (&json!("deploys"), &id, &json!(true))
    );
    // It may have such a sign in itself.
    let secret = token.strip_prefix("rpn_admin_").unwrap().to_owned();
    for answer in [list, doors.asked(Method::GET, "/v1/audit", &admin, Value::Null).await] {
        assert!(!String::from_utf8_lossy(&answer.body).contains(&secret));
    }
    // Basic, as Segment's server clients send keys.
    let basic = doors.basic(Method::GET, "/v1/tokens", &token).await;
    assert_eq!(basic.status, 200);
    let path = format!("/v1/tokens/{id}");
    assert_eq!(doors.asked(Method::DELETE, &path, &admin, Value::Null).await.status, 200);
    let after = doors.asked(Method::GET, "/v1/tokens", &token, Value::Null).await;
    assert_eq!(after.refusal(), (401, "unknown_token".to_owned()));
    assert!(doors.database_bytes().windows(secret.len()).all(|bytes| bytes != secret.as_bytes()));
}

#[tokio::test]
async fn a_token_says_what_it_is_and_is_nothing_else() {
    let doors = Doors::open();
    let read = doors.token("key", Kind::Read);
    let lie = read.replace("rpn_read_", "rpn_admin_");
    let answer = doors.asked(Method::GET, "/v1/tokens", &lie, Value::Null).await;
    assert_eq!(answer.refusal(), (401, "unknown_token".to_owned()));
}

#[tokio::test]
async fn a_token_that_is_rotated_is_valid_for_as_long_as_was_said() {
    let doors = Doors::open();
    let admin = doors.token("key", Kind::Admin);
    let old = doors.token("key", Kind::Admin);
    let rotate = async |path: &str, seconds: Value| {
        doors.asked(Method::POST, path, &admin, json!({"overlapSeconds": seconds})).await
    };
    let works =
        async |token: &str| doors.asked(Method::GET, "/v1/tokens", token, Value::Null).await.status == 200;
    let made = rotate("/v1/tokens/2/rotate", json!(60)).await;
    assert_eq!((made.status.as_u16(), &made.json()["kind"]), (201, &json!("admin")));
    assert_eq!(made.json()["oldEnds"], json!("2023-11-14T22:14:20.000Z"));
    let new = made.json()["token"].as_str().unwrap().to_owned();
    assert!(works(&old).await && works(&new).await);
    doors.pass(59_999);
    assert!(works(&old).await);
    doors.pass(1);
    assert!(!works(&old).await && works(&new).await);
    assert_eq!(rotate("/v1/tokens/2/rotate", json!(60)).await.refusal(), (404, "no_such_token".to_owned()));
    assert_eq!(
        rotate("/v1/tokens/3/rotate", json!(1e9 as u64)).await.refusal(),
        (400, "bad_request".to_owned())
    );
    assert_eq!(rotate("/v1/tokens/x/rotate", json!(1)).await.refusal(), (404, "no_such_token".to_owned()));
}

#[tokio::test]
async fn nobody_sees_or_ends_the_tokens_of_another_tenant() {
    let doors = Doors::open();
    let (mine, theirs) = (doors.token("key", Kind::Admin), doors.token("other", Kind::Admin));
    let list = doors.asked(Method::GET, "/v1/tokens", &theirs, Value::Null).await.json();
    assert_eq!(list["tokens"].as_array().unwrap().len(), 1);
    let ended = doors.asked(Method::DELETE, "/v1/tokens/1", &theirs, Value::Null).await;
    assert_eq!(ended.refusal(), (404, "no_such_token".to_owned()));
    let ended = doors.asked(Method::DELETE, "/v1/keys/key", &theirs, Value::Null).await;
    assert_eq!(ended.refusal(), (404, "no_such_key".to_owned()));
    assert_eq!(doors.asked(Method::GET, "/v1/tokens", &mine, Value::Null).await.status, 200);
    assert_eq!(doors.post(batch_of(["m"])).await.status, 200);
}

#[tokio::test]
async fn what_is_misspelt_is_not_taken_for_nothing() {
    let doors = Doors::open();
    let admin = doors.token("key", Kind::Admin);
    let tables = [
        ("/v1/tokens", json!({"kind": "write"})),
        ("/v1/tokens", json!({})),
        ("/v1/tokens", json!({"kind": "read", "nmae": "x"})),
        ("/v1/tokens", json!({"kind": "read", "name": "x".repeat(300)})),
        ("/v1/keys", json!({"key": "a b"})),
        ("/v1/keys", json!({"key": admin})),
        ("/v1/keys", json!([])),
    ];
    for (path, body) in tables {
        let answer = doors.asked(Method::POST, path, &admin, body.clone()).await;
        assert_eq!(answer.refusal(), (400, "bad_request".to_owned()), "{path} {body}");
    }
}

#[tokio::test]
async fn a_write_key_is_replaced_without_losing_an_event() {
    let doors = Doors::open();
    let admin = doors.token("key", Kind::Admin);
    let made = doors.asked(Method::POST, "/v1/keys", &admin, json!({})).await;
    let new = made.json()["key"].as_str().unwrap().to_owned();
    let sent = async |key: &str, id: &str| {
        doors.post(json!({"writeKey": key, "batch": [track(id)]}).to_string()).await.status.as_u16()
    };
    assert_eq!((sent("key", "a").await, sent(&new, "b").await), (200, 200));
    let end = json!({"overlapSeconds": 10});
    assert_eq!(doors.asked(Method::DELETE, "/v1/keys/key", &admin, end).await.status, 200);
    assert_eq!(sent("key", "c").await, 200);
    doors.pass(10_000);
    assert_eq!((sent("key", "d").await, sent(&new, "e").await), (401, 200));
    assert_eq!(doors.get("/v1/playbook/key").await.status, 404);
    assert_eq!(doors.get(&format!("/v1/playbook/{new}")).await.status, 200);
    // One log: a tenant is not its key.
    assert_eq!(doors.log().len(), 4);
    let taken = doors.asked(Method::POST, "/v1/keys", &admin, json!({"key": "other"})).await;
    assert_eq!(taken.refusal(), (409, "key_taken".to_owned()));
}

#[tokio::test]
async fn a_server_sends_by_its_token_and_nobody_by_another() {
    let doors = Doors::open();
    let sent = async |token: &str| {
        doors.basic_post(token, json!({"batch": [track(&format!("m{}", token.len()))]})).await
    };
    assert_eq!(sent(&doors.token("key", Kind::Server)).await.status, 200);
    assert_eq!(
        sent(&doors.token("key", Kind::Read)).await.refusal(),
        (403, "wrong_kind_of_token".to_owned())
    );
    let forged = format!("rpn_server_{}", "A".repeat(43));
    assert_eq!(sent(&forged).await.refusal(), (401, "unknown_token".to_owned()));
    assert_eq!(doors.log().len(), 1);
}

#[tokio::test]
async fn who_did_what_is_told_a_page_at_a_time() {
    let doors = Doors::open();
    let admin = doors.token("key", Kind::Admin);
    for _ in 0..3 {
        doors.asked(Method::POST, "/v1/tokens", &admin, json!({"kind": "read"})).await;
    }
    let audit = doors.asked(Method::GET, "/v1/audit", &admin, Value::Null).await.json();
    let acts = audit["acts"].as_array().unwrap();
    let told: Vec<_> =
        acts.iter().map(|act| (act["by"].as_str().unwrap(), act["to"].as_str().unwrap())).collect();
    // The start had published something.
    assert_eq!(told[..2], [("start", "revision 1"), ("start", "revision 1")]);
    assert_eq!(
        told[2..],
        [("cli", "token 1"), ("token 1", "token 2"), ("token 1", "token 3"), ("token 1", "token 4")]
    );
    assert_eq!(acts[3]["at"], json!("2023-11-14T22:13:20.000Z"));
    let after = acts[4]["id"].as_i64().unwrap();
    let rest =
        doors.asked(Method::GET, &format!("/v1/audit?after={after}"), &admin, Value::Null).await.json();
    assert_eq!(rest["acts"].as_array().unwrap()[..], acts[5..]);
    let wrong = doors.asked(Method::GET, "/v1/audit?after=x", &admin, Value::Null).await;
    assert_eq!(wrong.refusal(), (400, "bad_request".to_owned()));
}
