//! What pages are given of playbooks: `GET /v1/playbook/…`, `GET /v1/killed/…`.

use axum::body::Body;
use axum::http::{Method, Request};
use ripen::engine::Playbook;
use ripen::playbook::compile;
use ripen_collector::access::{Actor, By, Kind};
use ripen_collector::clock::Millis;
use ripen_collector::store::{Expected, NewRevision, Store as _};
use serde_json::{Value, json};

use crate::support::{Doors, OTHER, PLAYBOOK};

#[tokio::test]
async fn a_playbook_is_served_by_write_key() {
    let doors = Doors::open();
    let answer = doors.get("/v1/playbook/key").await;
    let compiled = compile(PLAYBOOK).unwrap();
    assert_eq!((answer.status.as_u16(), &answer.body[..]), (200, &compiled.bytes[..]));
    assert_eq!(answer.header("content-type"), "application/octet-stream");
    assert_eq!(answer.header("etag"), format!("\"{}\"", compiled.revision));
    assert_eq!(answer.header("cache-control"), "public, max-age=30, stale-while-revalidate=86400");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(&doors.get("/v1/playbook/other").await.body[..], &compile(OTHER).unwrap().bytes[..]);
}

#[tokio::test]
async fn a_revision_that_the_page_has_is_not_sent_again() {
    let doors = Doors::open();
    let with = async |tags: &str| {
        let request = Request::get("/v1/playbook/key").header("if-none-match", tags);
        doors.ask(request.body(Body::empty()).unwrap()).await
    };
    let revision = compile(PLAYBOOK).unwrap().revision;
    let tag = format!("\"{revision}\"");
    for tags in [tag.clone(), format!("W/{tag}"), format!("\"old\", {tag}"), "*".to_owned()] {
        let answer = with(&tags).await;
        assert_eq!((answer.status.as_u16(), answer.body.len()), (304, 0), "{tags}");
        assert_eq!(answer.header("etag"), tag);
        assert_eq!(answer.header("access-control-allow-origin"), "*");
    }
    for tags in ["\"old\"", &revision, ""] {
        assert_eq!(with(tags).await.status, 200, "{tags}");
    }
}

#[tokio::test]
async fn a_key_without_a_playbook_is_404() {
    let doors = Doors::open();
    for path in
        ["/v1/playbook/stranger", "/v1/playbook/stranger/0", "/v1/killed/stranger", "/v1/playbook/key/0"]
    {
        let answer = doors.get(path).await;
        assert_eq!(answer.refusal(), (404, "no_playbook".to_owned()), "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
    }
}

#[tokio::test]
async fn a_revision_is_there_by_its_hash_for_ever_and_for_its_own_tenant_only() {
    let doors = Doors::open();
    let admin = doors.token("key", Kind::Admin);
    let old = compile(PLAYBOOK).unwrap();
    let published = doors.published(&admin, r#"{"signals": {"more": {"count": "x"}}}"#, "1").await;
    assert_eq!(published.status, 201);
    assert_ne!(&doors.get("/v1/playbook/key").await.body[..], &old.bytes[..]);
    let answer = doors.get(&format!("/v1/playbook/key/{}", old.revision)).await;
    assert_eq!((answer.status.as_u16(), &answer.body[..]), (200, &old.bytes[..]));
    assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(doors.get(&format!("/v1/playbook/other/{}", old.revision)).await.status, 404);
}

#[tokio::test]
async fn pages_are_not_told_what_only_a_collector_needs() {
    let doors = Doors::open();
    let admin = doors.token("key", Kind::Admin);
    let text = r#"{"signals": {"quotes": {"count": "quote_requested", "scope": "account"}, "mine": {"count": "x"}},
        "moments": {"call": {"scope": "account", "when": {"signals.quotes": {"$gte": 1}}, "motion": "sales", "qualifies": "pqa"}}}"#;
    let answer = doors.published(&admin, text, "1").await.json();
    let pages = doors.get("/v1/playbook/key").await.body;
    assert_eq!(answer["pagesBytes"], json!(pages.len()));
    assert!(!pages.windows(5).any(|part| part == b"quote"));
    assert!(Playbook::from_bytes(&pages).unwrap().account.moments.is_empty());
    let whole = doors.asked(Method::GET, "/v1/playbooks/2/compiled", &admin, Value::Null).await.body;
    assert_eq!(Playbook::from_bytes(&whole).unwrap().account.moments.len(), 1);
}

#[tokio::test]
async fn c41_a_playbook_in_which_a_newer_version_finds_a_mistake_is_served_as_it_was_compiled() {
    let doors = Doors::open();
    let admin = doors.token("key", Kind::Admin);
    let playbook = json!({"nudges": {"hello": {
        "purpose": "help", "on": "load", "placement": {"kind": "banner"}, "content": {"en": {"title": "Hello"}}
    }}});
    let compiled = compile(&playbook.to_string()).unwrap();
    // As an older version has kept it: what it did not know is a mistake by now.
    let mut mistaken = playbook.clone();
    mistaken["nudges"]["hello"]["colour"] = json!("red");
    assert!(compile(&mistaken.to_string()).is_err());
    let mut store = doors.store();
    let tenant = store.directory().tenant("key").unwrap();
    let by = By { who: Actor::Cli, at: Millis(1_000) };
    let pages_hash = compiled.revision.clone();
    let revision = NewRevision {
        tenant,
        hash: compiled.revision.clone(),
        source: mistaken.to_string(),
        pages_hash: pages_hash.clone(),
        pages: compiled.bytes.clone(),
        note: String::new(),
    };
    let number = store.playbooks().add_revision(&revision, by).unwrap();
    store.playbooks().publish(tenant, number, Expected::Any, by).unwrap();
    doors.notice();
    let answer = doors.get("/v1/playbook/key").await;
    assert_eq!((answer.status.as_u16(), &answer.body[..]), (200, &compiled.bytes[..]));
    assert_eq!(answer.header("etag"), format!("\"{pages_hash}\""));
    // It can be switched off, of all times now.
    let path = "/v1/nudges/hello/kill";
    assert_eq!(doors.asked(Method::POST, path, &admin, Value::Null).await.status, 200);
    assert_eq!(doors.get("/v1/killed/key").await.json(), json!(["hello"]));
    // What this engine cannot read is not served.
    let unread = NewRevision { pages: b"older".to_vec(), pages_hash: "older".into(), ..revision };
    let number = store.playbooks().add_revision(&unread, by).unwrap();
    store.playbooks().publish(tenant, number, Expected::Any, by).unwrap();
    doors.notice();
    assert_eq!(doors.get("/v1/playbook/key").await.refusal(), (404, "no_playbook".to_owned()));
}

#[tokio::test]
async fn a_test_audience_gets_the_draft_by_its_link_and_nobody_else_does() {
    let doors = Doors::open();
    let admin = doors.token("key", Kind::Admin);
    let text = r#"{"signals": {"tried": {"count": "x"}}}"#;
    let kept = doors.kept(&admin, text).await;
    assert_eq!((kept.status.as_u16(), &kept.json()["published"]), (201, &json!(false)));
    let begun = doors.asked(Method::POST, "/v1/playbooks/2/draft", &admin, Value::Null).await.json();
    let link = begun["link"].as_str().unwrap().to_owned();
    let pass = link.strip_prefix("?ripen_draft=").unwrap().to_owned();
    let (draft, published) = (compile(text).unwrap().bytes, compile(PLAYBOOK).unwrap().bytes);
    let with = async |pass: &str| doors.get(&format!("/v1/playbook/key?draft={pass}")).await;
    let answer = with(&pass).await;
    assert_eq!((&answer.body[..], answer.header("cache-control")), (&draft[..], "private, no-cache"));
    let over = (404, "no_draft".to_owned());
    for other in ["", "x", &pass[1..]] {
        assert_eq!(with(other).await.refusal(), over, "{other}");
    }
    assert_eq!(&doors.get("/v1/playbook/key").await.body[..], &published[..]);
    // Another draft has another link, and none has none.
    let again = doors.asked(Method::POST, "/v1/playbooks/2/draft", &admin, Value::Null).await.json();
    assert_ne!(again["link"], json!(link));
    assert_eq!(with(&pass).await.refusal(), over);
    let told = doors.asked(Method::GET, "/v1/draft", &admin, Value::Null).await.json();
    assert_eq!((&told["number"], &told["link"]), (&json!(2), &again["link"]));
    assert_eq!(doors.asked(Method::DELETE, "/v1/draft", &admin, Value::Null).await.status, 200);
    assert_eq!(doors.asked(Method::DELETE, "/v1/draft", &admin, Value::Null).await.refusal().1, "no_draft");
    let last = told["link"].as_str().unwrap().split('=').nth(1).unwrap();
    assert_eq!(with(last).await.refusal(), over);
}

#[tokio::test]
async fn a_nudge_is_off_and_on_again_and_a_misspelt_one_is_neither() {
    let doors = Doors::open();
    let admin = doors.token("key", Kind::Admin);
    let text = r#"{"nudges": {"invite_someone": {"purpose": "help", "on": "load", "placement": {"kind": "banner"}, "content": {"en": {"title": "t"}}}}}"#;
    assert_eq!(doors.published(&admin, text, "1").await.status, 201);
    let killed = async || {
        let answer = doors.get("/v1/killed/key").await;
        assert_eq!(answer.header("cache-control"), "public, max-age=15");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        answer.json()
    };
    assert_eq!(killed().await, json!([]));
    let misspelt = doors.asked(Method::POST, "/v1/nudges/invite_somone/kill", &admin, Value::Null).await;
    assert_eq!(misspelt.refusal(), (404, "no_such_nudge".to_owned()));
    assert!(misspelt.json()["message"].as_str().unwrap().contains("`invite_someone`"));
    for unchanged in [false, true] {
        let answer = doors.asked(Method::POST, "/v1/nudges/invite_someone/kill", &admin, Value::Null).await;
        assert_eq!(answer.json(), json!({"success": true, "unchanged": unchanged}));
    }
    assert_eq!(killed().await, json!(["invite_someone"]));
    assert_eq!(doors.get("/v1/killed/other").await.json(), json!([]));
    // Also once it is in no playbook any more.
    assert_eq!(doors.asked(Method::POST, "/v1/playbooks/1/publish", &admin, Value::Null).await.status, 428);
    assert_eq!(doors.published(&admin, PLAYBOOK, "2").await.status, 201);
    assert_eq!(
        doors.asked(Method::POST, "/v1/nudges/invite_someone/revive", &admin, Value::Null).await.status,
        200
    );
    assert_eq!(killed().await, json!([]));
    // Pages that are open have it still.
    let late = doors.asked(Method::POST, "/v1/nudges/invite_someone/kill", &admin, Value::Null).await;
    assert_eq!(late.json(), json!({"success": true, "unchanged": false}));
    assert_eq!(killed().await, json!(["invite_someone"]));
}
