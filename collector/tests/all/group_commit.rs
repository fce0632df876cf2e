//! What has gathered is one transaction, up to a size, behind a queue of bounded length.

use std::sync::Arc;

use ripen_collector::limits::QUEUED_REQUESTS;

use crate::support::{Doors, FaultyStore, FixedClock, batch_of, poll_once};

fn doors(store: &FaultyStore, places: usize) -> Doors {
    Doors::before(store.clone(), places, Arc::new(FixedClock))
}

#[tokio::test]
async fn what_waits_is_committed_together_and_answered_after_it() {
    let store = FaultyStore::default();
    let doors = doors(&store, QUEUED_REQUESTS);
    store.hold();
    let mut first = Box::pin(doors.post(batch_of(["first"])));
    assert!(poll_once(&mut first).await.is_pending());
    store.wait_until_held();
    let mut others: Vec<_> = (0..50).map(|id| Box::pin(doors.post(batch_of([format!("m{id}")])))).collect();
    for other in &mut others {
        assert!(poll_once(other).await.is_pending(), "no answer before the commit");
    }
    assert_eq!(store.message_ids(), [""; 0]);
    store.release();
    assert_eq!(first.await.counts(), (1, 0, 0));
    for other in others {
        assert_eq!(other.await.counts(), (1, 0, 0));
    }
    assert_eq!(store.commits(), [1, 50]);
    assert_eq!(store.message_ids().len(), 51);
}

#[tokio::test]
async fn a_transaction_does_not_grow_without_end() {
    let store = FaultyStore::default();
    let doors = doors(&store, QUEUED_REQUESTS);
    store.hold();
    let mut first = Box::pin(doors.post(batch_of(["first"])));
    assert!(poll_once(&mut first).await.is_pending());
    store.wait_until_held();
    let many = |n: usize| batch_of((0..2000).map(|id| format!("{n}-{id}")));
    let mut others: Vec<_> = (0..5).map(|n| Box::pin(doors.post(many(n)))).collect();
    for other in &mut others {
        assert!(poll_once(other).await.is_pending());
    }
    store.release();
    for other in others {
        assert_eq!(other.await.counts(), (2000, 0, 0));
    }
    assert_eq!(store.commits(), [1, 6000, 4000]);
}

#[tokio::test]
async fn c11_a_full_queue_asks_to_come_back_later() {
    let store = FaultyStore::default();
    let doors = Doors::of(&["key"], store.clone(), 2, Arc::new(FixedClock));
    store.hold();
    let mut first = Box::pin(doors.post(batch_of(["first"])));
    assert!(poll_once(&mut first).await.is_pending());
    store.wait_until_held();
    let mut second = Box::pin(doors.post(batch_of(["second"])));
    let mut third = Box::pin(doors.post(batch_of(["third"])));
    assert!(poll_once(&mut second).await.is_pending() && poll_once(&mut third).await.is_pending());

    let refused = doors.post(batch_of(["fourth"])).await;
    assert_eq!(refused.refusal(), (503, "overloaded".to_owned()));
    assert_eq!(refused.header("retry-after"), "2");
    assert_eq!(doors.get("/v1/health").await.refusal(), (503, "overloaded".to_owned()));

    store.release();
    for waiting in [first, second, third] {
        assert_eq!(waiting.await.counts(), (1, 0, 0));
    }
    assert_eq!(store.message_ids(), ["first", "second", "third"]);
    assert_eq!(doors.post(batch_of(["fourth"])).await.counts(), (1, 0, 0));
}

#[tokio::test]
async fn a_request_that_is_refused_gives_its_place_back() {
    let store = FaultyStore::default();
    let doors = doors(&store, 1);
    for _ in 0..3 {
        assert_eq!(doors.post("nonsense").await.refusal().0, 400);
    }
    assert_eq!(doors.post(batch_of(["m"])).await.counts(), (1, 0, 0));
}

#[tokio::test]
async fn who_hangs_up_loses_nothing_and_holds_nobody_up() {
    let store = FaultyStore::default();
    let doors = doors(&store, QUEUED_REQUESTS);
    store.hold();
    let mut gone = Box::pin(doors.post(batch_of(["gone"])));
    assert!(poll_once(&mut gone).await.is_pending());
    drop(gone);
    store.release();
    assert_eq!(doors.post(batch_of(["gone", "next"])).await.counts(), (1, 1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_one_of_many_requests_is_answered_and_stored() {
    let doors = Doors::open();
    let requests: Vec<_> = (0..300)
        .map(|n| {
            let doors = doors.clone();
            tokio::spawn(
                async move { doors.post(batch_of((0..5).map(|id| format!("{n}-{id}")))).await.counts() },
            )
        })
        .collect();
    for request in requests {
        assert_eq!(request.await.unwrap(), (5, 0, 0));
    }
    assert_eq!(doors.log().len(), 1500);
}
