//! One tenant that sends more than can be stored does not shut the others out.

use std::sync::Arc;

use crate::support::{Doors, FaultyStore, FixedClock, batch_of, poll_once};

#[tokio::test]
async fn c11_who_takes_more_than_a_share_is_429_and_the_others_are_still_served() {
    let store = FaultyStore::default();
    let doors = Doors::before(store.clone(), 8, Arc::new(FixedClock));
    let other = |id: String| doors.post(batch_of([id]).replace("\"key\"", "\"other\""));
    store.hold();
    let mut waiting = Vec::new();
    for id in 0..4 {
        let mut request = Box::pin(doors.post(batch_of([id.to_string()])));
        assert!(poll_once(&mut request).await.is_pending(), "{id}");
        waiting.push(request);
        if id == 0 {
            store.wait_until_held();
        }
    }
    let refused = doors.post(batch_of(["too much"])).await;
    assert_eq!(refused.refusal(), (429, "too_many_requests".to_owned()));
    assert_eq!(refused.header("retry-after"), "2");
    assert_eq!(refused.header("access-control-allow-origin"), "*");
    assert!(refused.header("access-control-expose-headers").contains("retry-after"));

    let mut of_the_other = Box::pin(other("theirs".to_owned()));
    assert!(poll_once(&mut of_the_other).await.is_pending(), "there is a place for them");
    store.release();
    for request in waiting {
        assert_eq!(request.await.counts(), (1, 0, 0));
    }
    assert_eq!(of_the_other.await.counts(), (1, 0, 0));
    assert_eq!(
        doors.post(batch_of(["too much"])).await.counts(),
        (1, 0, 0),
        "it is told to come back, and may"
    );
}

#[tokio::test]
async fn a_tenant_that_is_alone_has_the_whole_queue() {
    let store = FaultyStore::default();
    let doors = Doors::of(&["key"], store.clone(), 8, Arc::new(FixedClock));
    store.hold();
    let mut waiting = Vec::new();
    for id in 0..9 {
        let mut request = Box::pin(doors.post(batch_of([id.to_string()])));
        assert!(poll_once(&mut request).await.is_pending(), "{id}");
        waiting.push(request);
        if id == 0 {
            store.wait_until_held();
        }
    }
    assert_eq!(doors.post(batch_of(["tenth"])).await.refusal(), (503, "overloaded".to_owned()));
    store.release();
    for request in waiting {
        assert_eq!(request.await.counts(), (1, 0, 0));
    }
}

#[tokio::test]
async fn who_asks_whether_all_is_well_takes_no_places_from_events() {
    let store = FaultyStore::default();
    let doors = Doors::of(&["key"], store.clone(), 8, Arc::new(FixedClock));
    store.hold();
    let mut first = Box::pin(doors.post(batch_of(["first"])));
    assert!(poll_once(&mut first).await.is_pending());
    store.wait_until_held();
    let asking: Vec<_> = (0..50)
        .map(|_| {
            let doors = doors.clone();
            tokio::spawn(async move { doors.get("/v1/health").await.status.as_u16() })
        })
        .collect();
    // There is one thread: whoever is woken has been as far as it gets.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    let mut event = Box::pin(doors.post(batch_of(["second"])));
    assert!(poll_once(&mut event).await.is_pending(), "there is a place for it");
    store.release();
    assert_eq!((first.await.counts(), event.await.counts()), ((1, 0, 0), (1, 0, 0)));
    for one in asking {
        assert_eq!(one.await.unwrap(), 200);
    }
}
