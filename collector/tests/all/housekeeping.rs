//! Retention, as the collector does it while it runs.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::Method;
use ripen_collector::access::Kind;
use ripen_collector::clock::{Clock, Millis};
use ripen_collector::health::Day;
use ripen_collector::housekeeping::{Horizons, round};
use ripen_collector::identity::Purpose;
use ripen_collector::limits::{ERASED_AT_ONCE, HEALTH_DAYS};
use ripen_collector::readers::Readers;
use ripen_collector::store::{Batch, Entry, ErasureId, ErasureRequest, Person, Position, SqliteStore, Store};
use ripen_collector::writer::Writer;
use serde_json::{Value, json};

use crate::support::{Doors, FixedClock, NOW, signed_by, token_by, track};

struct At(i64);

impl Clock for At {
    fn now(&self) -> Millis {
        Millis(self.0)
    }
}

/// After this a test fails instead of waiting for ever.
const PATIENCE: Duration = Duration::from_secs(60);

const DAY: i64 = 24 * 3600 * 1000;

#[tokio::test]
async fn raw_events_go_by_age_each_tenants_by_its_own_and_their_bytes_with_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ripen.db");
    let mut store = SqliteStore::open(&path).unwrap();
    let (short, long) =
        (store.directory().tenant("short").unwrap(), store.directory().tenant("long").unwrap());
    let batch = |tenant, day: i64, count: usize| {
        let entry = |n: usize| Entry {
            message_id: format!("{day}-{n}"),
            user_id: Some("u".to_owned()),
            anonymous_id: None,
            happened: Millis(day * DAY),
            message: format!("received on day {day}, number {n}"),
        };
        let entries = (0..count).map(entry).collect();
        Batch { entries, ..Batch::new(tenant, Millis(day * DAY + 1)) }
    };
    let many = ERASED_AT_ONCE + 7;
    store.log().append(&[batch(short, 1, many), batch(long, 1, 3), batch(short, 8, 2)]).unwrap();
    let readers = Readers::open(&store, 1).unwrap();
    let mut look = store.reader().unwrap();
    let (writer, thread) = Writer::start(Box::new(store), 8).unwrap();
    let mut horizons = Horizons::new(Some(30));
    horizons.set(short, Some(5));

    let clock = Arc::new(At(10 * DAY));
    let dirty = round(&writer, &readers, clock.as_ref(), &horizons, false).await.unwrap();
    let left = |look: &mut dyn Store, tenant| look.log().read(tenant, Position::START, 9999).unwrap().len();
    assert_eq!((left(look.as_mut(), short), left(look.as_mut(), long)), (2, 3));
    assert_eq!(look.check().unwrap(), 5);
    assert!(!dirty, "the bytes are out of the journal");
    let days = |look: &mut dyn Store| look.health().requests(short, Day(0)).unwrap().len();
    assert_eq!(days(look.as_mut()), 2, "what was counted stays");

    let later = At((HEALTH_DAYS + 5) * DAY);
    round(&writer, &readers, &later, &horizons, false).await.unwrap();
    assert_eq!((left(look.as_mut(), short), left(look.as_mut(), long)), (0, 0));
    assert_eq!(days(look.as_mut()), 1, "until it is old, too");
    drop((writer, readers, look));
    thread.join().unwrap();
    let bytes = std::fs::read(&path).unwrap();
    assert!(!bytes.windows(15).any(|window| window == b"received on day"));
}

#[tokio::test]
async fn what_is_too_old_when_it_comes_is_refused_by_name_and_counted() {
    let mut horizons = Horizons::new(None);
    // The first tenant of a store.
    horizons.set(ripen_collector::store::TenantId(1), Some(30));
    let doors = Doors::keeping(horizons);
    let mut old = track("old");
    old["timestamp"] = json!("2023-10-01T00:00:00.000Z");
    assert!(Millis(NOW.0 - 30 * DAY) > Millis(1_696_118_400_000));
    let answer = doors.post(json!({"writeKey": "key", "batch": [old, track("new")]}).to_string()).await;
    assert_eq!(answer.counts(), (1, 0, 1));
    assert_eq!(answer.json()["rejected"][0]["code"], json!("too_old"));
    let read = doors.token("key", Kind::Read);
    let health = doors.asked(Method::GET, "/v1/health/delivery", &read, Value::Null).await.json();
    assert_eq!(health["requests"][0]["rejected"], json!({"too_old": 1}));
    // Who keeps all takes all.
    let other = json!({"writeKey": "other", "batch": [old]}).to_string();
    assert_eq!(doors.post(other).await.counts(), (1, 0, 0));
}

#[tokio::test]
async fn c43_who_is_vouched_for_is_forgotten_without_anybody_looking_and_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ripen.db");
    let store = SqliteStore::open(&path).unwrap();
    let doors = Doors::before(store, 64, Arc::new(FixedClock));
    let mut store = SqliteStore::open_existing(&path).unwrap();
    let tenant = store.directory().tenant("key").unwrap();
    store.identities().create_secret(tenant, Purpose::Signatures, "s", NOW).unwrap();
    store.identities().create_secret(tenant, Purpose::Tokens, "t", NOW).unwrap();
    let of = |user: &str| {
        let mut event = track(&format!("of-{user}"));
        event["userId"] = json!(user);
        event["anonymousId"] = json!(format!("browser-of-{user}"));
        event
    };
    let people = ["ada", "bob", "cyd", "dan", "eve"];
    let batch: Vec<Value> = people.into_iter().map(of).collect();
    assert_eq!(doors.post(json!({"writeKey": "key", "batch": batch}).to_string()).await.counts(), (5, 0, 0));
    let expires = NOW.0 / 1000 + 60;
    let requests = [
        // Their own, and somebody else's browser: that stays.
        json!({"userId": "ada", "anonymousId": "browser-of-bob", "signature": signed_by("s", "ada")}),
        json!({"userId": "bob"}),
        json!({"userId": "cyd", "token": token_by("t", "cyd", expires)}),
        json!({"userId": "dan", "signature": signed_by("s", "ada"), "token": token_by("t", "cyd", expires)}),
        json!({"anonymousId": "browser-of-eve", "signature": signed_by("s", "browser-of-eve")}),
    ];
    for mut request in requests {
        request["writeKey"] = json!("key");
        assert_eq!(doors.post_to("/v1/forget", request.to_string()).await.status.as_u16(), 202);
    }
    let begun = Instant::now();
    while store.personal().receipts(tenant).unwrap().len() < 2 {
        assert!(begun.elapsed() < PATIENCE, "who is vouched for is erased at once");
        tokio::task::yield_now().await;
    }
    // One of before a crash: kept, and nobody has begun with it.
    let whom = Person { user_id: Some("dan".to_owned()), anonymous_id: None };
    let request = ErasureRequest { tenant, received: NOW, whom, verified: true };
    store.erasures().request_erasures(&[request]).unwrap();
    let readers = Readers::open(&store, 1).unwrap();
    let (writer, thread) = Writer::start(Box::new(store), 8).unwrap();
    for _ in 0..2 {
        round(&writer, &readers, &FixedClock, &Horizons::default(), false).await.unwrap();
    }
    drop((writer, readers));
    thread.join().unwrap();
    let mut store = SqliteStore::open_existing(&path).unwrap();
    let log = store.log().read(tenant, Position::START, 99).unwrap();
    let left: Vec<_> = log.iter().filter_map(|event| event.entry.user_id.as_deref()).collect();
    assert_eq!(left, ["bob", "eve"]);
    let receipts = store.personal().receipts(tenant).unwrap();
    assert!(receipts.len() == 3 && receipts.iter().all(|receipt| receipt.by == "person"), "{receipts:?}");
    let requests = store.erasures().erasures(tenant, ErasureId::START, 9).unwrap();
    let states: Vec<_> = requests.iter().map(|request| (request.verified, request.state.name())).collect();
    // The second of dan is the first one, vouched for now.
    let (done, open) = ((true, "done"), (false, "open"));
    let expected = [done, open, done, done, open];
    assert_eq!(states, expected);
}
