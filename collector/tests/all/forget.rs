//! `POST /v1/forget`: kept for the administrator.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use ripen_collector::clock::Millis;
use ripen_collector::identity::Purpose;
use ripen_collector::limits::ERASURES_OPEN;
use ripen_collector::store::{ErasureId, ErasureRequest, ErasureState, Person, Store};
use serde_json::{Value, json};

use crate::support::{Answer, Doors, FaultyStore, FixedClock, NOW, batch_of, poll_once, signed_by};

async fn ask(doors: &Doors, body: Value) -> Answer {
    doors.post_to("/v1/forget", body.to_string()).await
}

type Ids = (Option<String>, Option<String>);

/// Who asked, of `key`: anonymous id and user's id.
fn asked(store: &mut dyn Store) -> Vec<Ids> {
    let tenant = store.directory().tenant("key").unwrap();
    let erasures = store.erasures().erasures(tenant, ErasureId::START, 100).unwrap();
    assert!(erasures.iter().all(|erasure| (erasure.received, erasure.state) == (NOW, ErasureState::Open)));
    erasures.into_iter().map(|erasure| (erasure.whom.anonymous_id, erasure.whom.user_id)).collect()
}

fn ids(anonymous: Option<&str>, user: Option<&str>) -> Ids {
    (anonymous.map(str::to_owned), user.map(str::to_owned))
}

#[tokio::test]
async fn c43_who_asks_to_be_forgotten_is_kept_when_the_answer_comes() {
    let doors = Doors::open();
    let both =
        json!({"writeKey": "key", "anonymousId": "a", "userId": "u", "sentAt": "2024-01-01T10:00:01.000Z"});
    let answer = ask(&doors, both.clone()).await;
    assert_eq!((answer.status.as_u16(), answer.json()), (202, json!({"success": true})));
    assert_eq!(asked(&mut doors.store()), [ids(Some("a"), Some("u"))]);

    // As a JSON client does, and by Basic ("key:").
    let request = Request::post("/v1/forget").header("content-type", "application/json");
    let request = request.header("authorization", "Basic a2V5Og==");
    let body = Body::from(json!({"anonymousId": null, "userId": "u"}).to_string());
    assert_eq!(doors.ask(request.body(body).unwrap()).await.status, 202);
    assert_eq!(ask(&doors, json!({"writeKey": "key", "anonymousId": "a"})).await.status, 202);
    // Again, since the first answer was lost.
    assert_eq!(ask(&doors, both).await.status, 202);
    let expected = [ids(Some("a"), Some("u")), ids(None, Some("u")), ids(Some("a"), None)];
    assert_eq!(asked(&mut doors.store()), expected);
    assert_eq!(
        doors
            .store()
            .erasures()
            .erasures(doors.store().directory().tenant("other").unwrap(), ErasureId::START, 9)
            .unwrap(),
        []
    );
}

#[tokio::test]
async fn c43_a_request_that_names_nobody_is_refused() {
    let doors = Doors::open();
    let nobody = |ids: Value| {
        let mut body = json!({"writeKey": "key"});
        body.as_object_mut().unwrap().extend(ids.as_object().unwrap().clone());
        body.to_string()
    };
    let table = [
        (nobody(json!({})), 400, "no_person"),
        (nobody(json!({"anonymousId": "", "userId": 7})), 400, "no_person"),
        (nobody(json!({"anonymousId": null, "userId": ["u"]})), 400, "no_person"),
        (r#"{"anonymousId":"a"}"#.to_owned(), 401, "unknown_write_key"),
        (r#"{"anonymousId":"a","writeKey":"stranger"}"#.to_owned(), 401, "unknown_write_key"),
        ("[]".to_owned(), 400, "not_an_object"),
        ("{".to_owned(), 400, "not_json"),
        (String::new(), 400, "not_json"),
        (nobody(json!({"userId": "u".repeat(32 * 1024)})), 413, "body_too_large"),
    ];
    for (body, status, code) in table {
        let answer = doors.post_to("/v1/forget", body.clone()).await;
        assert_eq!(answer.refusal(), (status, code.to_owned()), "{}", &body[..body.len().min(60)]);
    }
    assert_eq!(asked(&mut doors.store()), []);
    assert_eq!(doors.get("/v1/forget").await.refusal(), (405, "wrong_method".to_owned()));
}

#[tokio::test]
async fn c11_c43_where_the_writer_is_full_it_is_asked_to_come_back() {
    let mut store = FaultyStore::default();
    let doors = Doors::before(store.clone(), 1, Arc::new(FixedClock));
    store.hold();
    let mut first = Box::pin(doors.post(batch_of(["first"])));
    assert!(poll_once(&mut first).await.is_pending());
    store.wait_until_held();
    let somebody = || json!({"writeKey": "key", "userId": "u"});
    let mut second = Box::pin(ask(&doors, somebody()));
    assert!(poll_once(&mut second).await.is_pending(), "no answer before the commit");
    let refused = ask(&doors, somebody()).await;
    assert_eq!((refused.refusal(), refused.header("retry-after")), ((503, "overloaded".to_owned()), "2"));
    assert_eq!(asked(&mut store), []);
    store.release();
    assert_eq!((first.await.status.as_u16(), second.await.status.as_u16()), (200, 202));
    assert_eq!(asked(&mut store), [ids(None, Some("u"))]);
}

#[tokio::test]
async fn c11_c43_who_asks_to_be_forgotten_leaves_room_to_other_tenants_and_to_events() {
    let store = FaultyStore::default();
    // An eighth of the places are for this.
    let doors = Doors::before(store.clone(), 16, Arc::new(FixedClock));
    store.hold();
    let mut first = Box::pin(doors.post(batch_of(["first"])));
    assert!(poll_once(&mut first).await.is_pending());
    store.wait_until_held();
    let of = |key: &str, user: &str| json!({"writeKey": key, "userId": user});
    let mut mine = Box::pin(ask(&doors, of("key", "u")));
    assert!(poll_once(&mut mine).await.is_pending());
    let refused = ask(&doors, of("key", "v")).await;
    assert_eq!(refused.refusal(), (429, "too_many_requests".to_owned()));
    assert_eq!((refused.header("retry-after"), refused.header("access-control-allow-origin")), ("2", "*"));
    let mut theirs = Box::pin(ask(&doors, of("other", "u")));
    assert!(poll_once(&mut theirs).await.is_pending(), "there is a place for them");
    let mut event = Box::pin(doors.post(batch_of(["second"])));
    assert!(poll_once(&mut event).await.is_pending(), "and for events");
    store.release();
    assert_eq!((first.await.counts(), event.await.counts()), ((1, 0, 0), (1, 0, 0)));
    assert_eq!((mine.await.status.as_u16(), theirs.await.status.as_u16()), (202, 202));
    assert_eq!(ask(&doors, of("key", "v")).await.status, 202, "it is told to come back, and may");
}

#[tokio::test]
async fn c43_who_makes_ids_up_fills_no_disk_and_keeps_nobody_out_who_is_vouched_for() {
    let doors = Doors::open();
    let mut store = doors.store();
    let tenant = store.directory().tenant("key").unwrap();
    store.identities().create_secret(tenant, Purpose::Signatures, "s", Millis(1)).unwrap();
    let whom = |number: usize| Person { anonymous_id: Some(format!("made up {number}")), user_id: None };
    let made_up = |number| ErasureRequest { tenant, received: NOW, whom: whom(number), verified: false };
    let made_up: Vec<_> = (0..ERASURES_OPEN).map(made_up).collect();
    assert!(store.erasures().request_erasures(&made_up).unwrap().iter().all(|kept| *kept));

    let refused = ask(&doors, json!({"writeKey": "key", "anonymousId": "one more"})).await;
    assert_eq!(refused.refusal(), (429, "too_many_erasures".to_owned()));
    assert_eq!(refused.header("retry-after"), "3600");
    assert_eq!(ask(&doors, json!({"writeKey": "key", "anonymousId": "made up 7"})).await.status, 202);
    assert_eq!(ask(&doors, json!({"writeKey": "other", "anonymousId": "one more"})).await.status, 202);
    // One who is vouched for is one request, whatever else they name.
    for anonymous in ["x", "y"] {
        let signed = json!({"writeKey": "key", "userId": "u", "anonymousId": anonymous, "signature": signed_by("s", "u")});
        assert_eq!(ask(&doors, signed).await.status, 202);
    }
    let erasures = store.erasures().erasures(tenant, ErasureId::START, usize::MAX).unwrap();
    let verified: Vec<_> = erasures.iter().filter(|erasure| erasure.verified).collect();
    assert_eq!((erasures.len(), verified.len()), (ERASURES_OPEN + 1, 1));
}
