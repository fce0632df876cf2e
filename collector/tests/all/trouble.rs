//! A store that fails, a writer that is gone, a defect: never an acknowledgement.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Method, Request};
use ripen_collector::access::Kind;
use ripen_collector::clock::{Clock, Millis};
use ripen_collector::limits::DEFECTS_IN_A_ROW;
use ripen_collector::metrics::{self, Asked, Metrics};
use ripen_collector::readers::Readers;
use ripen_collector::store::{ErasureRequest, Person, Store, StoreError};
use ripen_collector::writer::{NotStored, Writer};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::support::{Doors, FaultyStore, FixedClock, NOW, batch_of, poll_once};

#[tokio::test]
async fn a_transaction_that_fails_is_503_for_all_of_it_and_the_next_one_works() {
    let store = FaultyStore::default();
    let doors = Doors::before(store.clone(), 16, Arc::new(FixedClock));
    store.hold();
    let mut first = Box::pin(doors.post(batch_of(["first"])));
    assert!(poll_once(&mut first).await.is_pending());
    store.wait_until_held();
    let mut others: Vec<_> = (0..5).map(|id| Box::pin(doors.post(batch_of([id.to_string()])))).collect();
    for other in &mut others {
        assert!(poll_once(other).await.is_pending());
    }
    store.fail(true);
    store.release();
    for request in [first].into_iter().chain(others) {
        let answer = request.await;
        assert_eq!(answer.refusal(), (503, "not_stored".to_owned()));
        assert_eq!(answer.header("retry-after"), "2");
    }
    assert_eq!(doors.get("/v1/health").await.refusal(), (503, "not_stored".to_owned()));

    store.fail(false);
    assert_eq!(doors.get("/v1/health").await.status, 200);
    assert_eq!(doors.post(batch_of(["first", "0", "1", "2", "3", "4"])).await.counts(), (6, 0, 0));
}

#[tokio::test]
async fn a_defect_in_writing_acknowledges_nothing_and_the_next_batch_is_stored() {
    let store = FaultyStore::default();
    let doors = Doors::before(store.clone(), 16, Arc::new(FixedClock));
    store.break_down();
    let answer = doors.post(batch_of(["m"])).await;
    assert_eq!((answer.refusal(), answer.header("retry-after")), ((503, "not_stored".to_owned()), "2"));
    assert_eq!(doors.get("/v1/health").await.status, 200, "one is no reason to take it out of service");
    store.mend();
    assert_eq!(doors.post(batch_of(["m", "n"])).await.counts(), (2, 0, 0));
}

#[tokio::test]
async fn a_batch_that_meets_a_defect_does_not_cost_others_theirs() {
    let store = FaultyStore::default();
    let doors = Doors::before(store.clone(), 16, Arc::new(FixedClock));
    store.break_with("bad");
    store.hold();
    let mut first = Box::pin(doors.post(batch_of(["first"])));
    assert!(poll_once(&mut first).await.is_pending());
    store.wait_until_held();
    let mut others: Vec<_> =
        ["one", "bad", "two"].into_iter().map(|id| Box::pin(doors.post(batch_of([id])))).collect();
    for other in &mut others {
        assert!(poll_once(other).await.is_pending());
    }
    store.release();
    assert_eq!(first.await.counts(), (1, 0, 0));
    let mut statuses = Vec::new();
    for other in others {
        statuses.push(other.await.status.as_u16());
    }
    assert_eq!(statuses, [200, 503, 200]);
    assert_eq!(store.message_ids(), ["first", "one", "two"]);
}

#[tokio::test]
async fn defects_one_after_the_other_are_said_by_health_until_something_is_stored() {
    let store = FaultyStore::default();
    let doors = Doors::before(store.clone(), 16, Arc::new(FixedClock));
    store.break_down();
    for _ in 0..DEFECTS_IN_A_ROW {
        assert_eq!(doors.get("/v1/health").await.status, 200);
        assert_eq!(doors.post(batch_of(["m"])).await.refusal(), (503, "not_stored".to_owned()));
    }
    assert_eq!(doors.get("/v1/health").await.refusal(), (503, "not_stored".to_owned()));
    store.mend();
    assert_eq!(doors.get("/v1/health").await.status, 503, "nothing has shown yet that it works");
    assert_eq!(doors.post(batch_of(["m"])).await.counts(), (1, 0, 0));
    assert_eq!(doors.get("/v1/health").await.status, 200);
}

#[tokio::test]
async fn whatever_else_meets_a_defect_is_not_waited_for_and_all_are_counted() {
    let mut store = FaultyStore::default();
    let tenant = store.directory().tenant("key").unwrap();
    let readers = Readers::open(&store, 1).unwrap();
    let (writer, thread) = Writer::start(Box::new(store), 8).unwrap();
    let work = |_: &mut dyn Store| -> Result<(), StoreError> { panic!("as a test wants it") };
    assert_eq!(writer.place().unwrap().run("work", 1, work).await, Err(NotStored));
    assert_eq!(readers.read("work", work).await, Err(NotStored));
    // It is counted once the thread has left it, and so before the next one.
    assert_eq!(writer.place().unwrap().run("check", 1, |store| store.check()).await, Ok(0));
    let asked = Asked {
        metrics: Metrics::default(),
        readers: readers.clone(),
        writer: writer.clone(),
        clock: Arc::new(FixedClock),
    };
    let request = Request::get("/metrics").body(Body::empty()).unwrap();
    let told = metrics::router(asked).oneshot(request).await.unwrap().into_body();
    let told = String::from_utf8(to_bytes(told, usize::MAX).await.unwrap().to_vec()).unwrap();
    for thread in ["writer", "reader"] {
        let line = format!("ripen_defects_total{{thread=\"{thread}\"}} 1");
        assert!(told.lines().any(|found| found == line), "{line} in\n{told}");
    }
    let whom = Person { anonymous_id: None, user_id: Some("u".to_owned()) };
    let request = ErasureRequest { tenant, received: NOW, whom, verified: false };
    let asked = move |store: &mut dyn Store| store.erasures().request_erasures(&[request]);
    assert_eq!(writer.place().unwrap().run("request", 1, asked).await, Ok(vec![true]));
    assert_eq!(readers.read("check", |store| store.check()).await, Ok(0));
    drop(writer);
    thread.join().unwrap();
}

struct BrokenClock;

impl Clock for BrokenClock {
    fn now(&self) -> Millis {
        panic!("as a test wants it");
    }
}

#[tokio::test]
async fn a_defect_is_500_and_acknowledges_nothing() {
    let store = FaultyStore::default();
    let doors = Doors::before(store.clone(), 16, Arc::new(BrokenClock));
    assert_eq!(doors.post(batch_of(["m"])).await.refusal(), (500, "internal_error".to_owned()));
    assert_eq!(store.message_ids(), [""; 0]);
    assert_eq!(doors.get("/v1/health").await.status, 200, "and the others work");
}

#[tokio::test]
async fn health_counts_what_is_stored_for_who_has_a_token() {
    let doors = Doors::open();
    doors.post(batch_of(["m1", "m2", "m1"])).await;
    let answer = doors.get("/v1/health").await;
    let well = json!({"status": "ok", "version": env!("CARGO_PKG_VERSION")});
    assert_eq!(
        (answer.status.as_u16(), answer.json()),
        (200, well),
        "how much there is is nobody's business"
    );
    for (key, events) in [("key", 2), ("other", 0)] {
        let read = doors.token(key, Kind::Read);
        let answer = doors.asked(Method::GET, "/v1/health", &read, Value::Null).await;
        let expected = json!({"status": "ok", "version": env!("CARGO_PKG_VERSION"), "events": events});
        assert_eq!((answer.status.as_u16(), answer.json()), (200, expected), "but its own: {key}");
    }
    let unknown = doors.asked(Method::GET, "/v1/health", "rpn_read_x", Value::Null).await;
    assert_eq!(unknown.refusal(), (401, "unknown_token".to_owned()));
}
