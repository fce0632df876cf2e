//! A store that fails, a writer that is gone, a defect: never an acknowledgement.

use std::sync::Arc;
use std::task::Poll;

use ripen_collector::clock::{Clock, Millis};
use ripen_collector::store::{Batch, Entry, ErasureRequest, Person, Store};
use ripen_collector::writer::{NotStored, Writer};
use serde_json::json;

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
async fn a_writer_that_is_gone_acknowledges_nothing_and_says_so() {
    let store = FaultyStore::default();
    let doors = Doors::before(store.clone(), 16, Arc::new(FixedClock));
    store.break_down();
    for _ in 0..2 {
        assert_eq!(doors.post(batch_of(["m"])).await.refusal(), (503, "not_stored".to_owned()));
    }
    assert_eq!(doors.get("/v1/health").await.refusal(), (503, "not_stored".to_owned()));
}

#[tokio::test]
async fn a_place_that_was_taken_before_the_writer_was_gone_is_not_waited_in_for_ever() {
    let mut store = FaultyStore::default();
    let tenant = store.directory().tenant("key").unwrap();
    let batch = || {
        let entry = Entry {
            message_id: "m".to_owned(),
            user_id: None,
            anonymous_id: Some("a".to_owned()),
            happened: NOW,
            message: "{}".to_owned(),
        };
        Batch { entries: vec![entry], ..Batch::new(tenant, NOW) }
    };
    store.break_down();
    let (writer, thread) = Writer::start(Box::new(store), 8).unwrap();
    let (first, second) = (writer.place().unwrap(), writer.place().unwrap());
    let (third, fourth) = (writer.place().unwrap(), writer.place().unwrap());
    assert_eq!(first.append(batch()).await, Err(NotStored));
    assert!(thread.join().is_err(), "it is gone");
    let whom = Person { anonymous_id: None, user_id: Some("u".to_owned()) };
    let request = ErasureRequest { tenant, received: NOW, whom, verified: false };
    assert_eq!(poll_once(&mut Box::pin(second.append(batch()))).await, Poll::Ready(Err(NotStored)));
    assert_eq!(
        poll_once(&mut Box::pin(
            third.run("request_erasure", 1, move |store| store.erasures().request_erasures(&[request]))
        ))
        .await,
        Poll::Ready(Err(NotStored))
    );
    assert_eq!(
        poll_once(&mut Box::pin(fourth.run("health", 1, |store| store.check()))).await,
        Poll::Ready(Err(NotStored))
    );
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
async fn health_counts_what_is_stored() {
    let doors = Doors::open();
    doors.post(batch_of(["m1", "m2", "m1"])).await;
    let answer = doors.get("/v1/health").await;
    let expected = json!({"status": "ok", "events": 2, "tenants": 2, "version": env!("CARGO_PKG_VERSION")});
    assert_eq!((answer.status.as_u16(), answer.json()), (200, expected));
}
