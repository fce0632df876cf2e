//! Retention, as the collector does it while it runs.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::Method;
use ripen::replay::format_timestamp;
use ripen_collector::access::Kind;
use ripen_collector::clock::{Clock, Millis};
use ripen_collector::fold::{Folder, Task};
use ripen_collector::health::Day;
use ripen_collector::housekeeping::{Horizons, Round, begins, round};
use ripen_collector::identity::Purpose;
use ripen_collector::limits::{ERASED_AT_ONCE, HEALTH_DAYS};
use ripen_collector::readers::Readers;
use ripen_collector::store::{
    Batch, Entry, ErasureId, ErasureRequest, Person, Position, SqliteStore, Store, TenantId,
};
use ripen_collector::writer::Writer;
use serde_json::{Value, json};

use crate::support::{Doors, FixedClock, NOW, Process, new_folder, signed_by, token_by, track};

struct At(i64);

impl Clock for At {
    fn now(&self) -> Millis {
        Millis(self.0)
    }
}

/// A round at an instant by which things are as old as by the clock.
async fn once(
    writer: &Writer,
    readers: &Readers,
    clock: &dyn Clock,
    horizons: &Horizons,
    dirty: bool,
) -> Round {
    round(writer, readers, clock, clock.now(), horizons, dirty).await
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
    let done = once(&writer, &readers, clock.as_ref(), &horizons, false).await;
    let left = |look: &mut dyn Store, tenant| look.log().read(tenant, Position::START, 9999).unwrap().len();
    assert_eq!((left(look.as_mut(), short), left(look.as_mut(), long)), (2, 3));
    assert_eq!(look.check().unwrap(), 5);
    assert_eq!(done, Round::default(), "the bytes are out of the journal");
    let days = |look: &mut dyn Store| look.health().requests(short, Day(0)).unwrap().len();
    assert_eq!(days(look.as_mut()), 2, "what was counted stays");

    let later = At((HEALTH_DAYS + 5) * DAY);
    once(&writer, &readers, &later, &horizons, false).await;
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

fn kept(store: &mut dyn Store, event: &Value) -> TenantId {
    let tenant = store.directory().tenant("key").unwrap();
    let entry = Entry {
        message_id: event["messageId"].as_str().unwrap().to_owned(),
        user_id: None,
        anonymous_id: Some("a".to_owned()),
        happened: Millis(NOW.0 - 40 * DAY),
        message: event.to_string(),
    };
    let batch = Batch { entries: vec![entry], ..Batch::new(tenant, Millis(NOW.0 - 40 * DAY)) };
    store.log().append(&[batch]).unwrap();
    tenant
}

/// One event, and retention erases it: when its `messageId` comes again nobody knows it.
fn erased_by_age(store: &mut dyn Store, event: &Value, before: Millis) {
    let tenant = kept(store, event);
    assert_eq!(store.retention().erase_received_before(tenant, before, 9).unwrap(), 1);
}

fn forty_days_old(id: &str) -> Value {
    let mut old = track(id);
    old["timestamp"] = json!(format_timestamp(Millis(NOW.0 - 40 * DAY)));
    old
}

#[tokio::test]
async fn c06_what_went_by_age_is_refused_however_long_events_are_kept_by_now() {
    let old = forty_days_old("old");
    let both = json!({"writeKey": "key", "batch": [old, track("new")]}).to_string();
    for days in [None, Some(400)] {
        let horizons = Horizons::new(days);
        let doors = Doors::keeping(horizons.clone());
        // By a clock that was a year ahead: what happens now is taken all the same.
        erased_by_age(&mut doors.store(), &old, Millis(NOW.0 + 365 * DAY));
        horizons.learn(&mut doors.store()).unwrap();
        let answer = doors.post(both.clone()).await;
        assert_eq!(answer.counts(), (1, 0, 1), "kept for {days:?}");
        assert_eq!(answer.json()["rejected"][0]["code"], json!("too_old"));
        let other = json!({"writeKey": "other", "batch": [old]}).to_string();
        assert_eq!(doors.post(other).await.counts(), (1, 0, 0), "of another tenant nothing went");
    }
}

#[tokio::test]
async fn c06_the_door_learns_what_goes_while_it_runs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ripen.db");
    let mut store = SqliteStore::open(&path).unwrap();
    let old = forty_days_old("old");
    kept(&mut store, &old);
    let readers = Readers::open(&store, 1).unwrap();
    let (writer, thread) = Writer::start(Box::new(store), 8).unwrap();
    let horizons = Horizons::new(Some(400));
    let doors = Doors::keeping(horizons.clone());
    // A store of its own, in which the first tenant is the same: its clock is ahead, and goes back.
    let done = once(&writer, &readers, &At(NOW.0 + 400 * DAY), &horizons, false).await;
    assert_eq!(done.failures, 0);
    assert_eq!(doors.post(json!({"writeKey": "key", "batch": [old]}).to_string()).await.counts(), (0, 0, 1));
    drop((writer, readers));
    thread.join().unwrap();
}

#[test]
fn c06_a_start_without_retention_remembers_what_went_under_it() {
    let folder = new_folder();
    let mut store = SqliteStore::open(&folder.path().join("ripen.db")).unwrap();
    let old = forty_days_old("old");
    erased_by_age(&mut store, &old, NOW);
    drop(store);
    let process = Process::start(folder.path());
    let (status, answer) =
        process.post(&json!({"writeKey": "key", "batch": [old, track("new")]}).to_string()).unwrap();
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!((status, &answer["accepted"]), (200, &json!(1)));
    assert_eq!(answer["rejected"][0]["code"], json!("too_old"));
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
        let done = once(&writer, &readers, &FixedClock, &Horizons::default(), false).await;
        assert_eq!(done.failures, 0);
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

#[tokio::test]
async fn what_fails_for_one_is_counted_and_done_for_all_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ripen.db");
    let mut store = SqliteStore::open(&path).unwrap();
    let tenants = ["first", "second"].map(|key| store.directory().tenant(key).unwrap());
    for tenant in tenants {
        let entry = |user: &str| Entry {
            message_id: format!("of {user}"),
            user_id: Some(user.to_owned()),
            anonymous_id: None,
            happened: Millis(DAY),
            message: "{}".to_owned(),
        };
        let entries = ["ada", "bob", "cyd"].map(entry).into();
        store.log().append(&[Batch { entries, ..Batch::new(tenant, Millis(DAY)) }]).unwrap();
    }
    let asks = |user: &str| ErasureRequest {
        tenant: tenants[0],
        received: Millis(DAY),
        whom: Person { user_id: Some(user.to_owned()), anonymous_id: None },
        verified: true,
    };
    store.erasures().request_erasures(&["ada", "bob"].map(asks)).unwrap();
    let refuse = format!(
        "CREATE TRIGGER refuse BEFORE DELETE ON event WHEN OLD.tenant = {} AND OLD.user_id = 'ada'
         BEGIN SELECT RAISE(ABORT, 'as a test wants it'); END",
        tenants[0].0
    );
    let beside = rusqlite::Connection::open(&path).unwrap();
    beside.execute_batch(&refuse).unwrap();
    let readers = Readers::open(&store, 1).unwrap();
    let mut look = store.reader().unwrap();
    let (writer, thread) = Writer::start(Box::new(store), 8).unwrap();
    let horizons = Horizons::new(Some(30));
    let clock = At(100 * DAY);
    let left = |look: &mut dyn Store, tenant| -> Vec<String> {
        let log = look.log().read(tenant, Position::START, 9).unwrap();
        log.into_iter().filter_map(|event| event.entry.user_id).collect()
    };
    let done = once(&writer, &readers, &clock, &horizons, false).await;
    assert_eq!(done.failures, 2, "her erasure, and the retention of her tenant");
    assert_eq!(left(look.as_mut(), tenants[0]), ["ada", "cyd"], "who asked after her is forgotten");
    assert!(left(look.as_mut(), tenants[1]).is_empty(), "and others' events go by age");
    beside.execute_batch("DROP TRIGGER refuse").unwrap();
    let done = once(&writer, &readers, &clock, &horizons, false).await;
    assert_eq!(done, Round::default());
    assert!(left(look.as_mut(), tenants[0]).is_empty());
    drop((writer, readers, look, beside));
    thread.join().unwrap();
}

#[tokio::test]
async fn c43_who_asks_while_others_of_the_account_are_folded_again_is_erased_after_that_or_in_ten_minutes() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open(&folder.path().join("ripen.db")).unwrap();
    let tenant = store.directory().tenant("key").unwrap();
    let compiled = ripen::playbook::compile(r#"{"signals": {"n": {"count": "*"}}}"#).unwrap();
    store.folds().fold_by(tenant, compiled.playbook.revision, &compiled.bytes).unwrap();
    let entry = |number: i64| {
        let event = json!({"type": "track", "event": "a", "messageId": format!("m{number}"),
            "userId": format!("u{}", number % 6), "timestamp": format_timestamp(Millis(NOW.0 + number)),
            "context": {"groupId": "acme"}});
        Entry {
            message_id: format!("m{number}"),
            user_id: Some(format!("u{}", number % 6)),
            anonymous_id: None,
            happened: Millis(NOW.0 + number),
            message: event.to_string(),
        }
    };
    store
        .log()
        .append(&[Batch { entries: (0..60).map(entry).collect(), ..Batch::new(tenant, NOW) }])
        .unwrap();
    let readers = Readers::open(&store, 1).unwrap();
    let mut own = store.reader().unwrap();
    let (writer, thread) = Writer::start(Box::new(store), 8).unwrap();
    let mut folding = SqliteStore::open_existing(&folder.path().join("ripen.db")).unwrap();
    let mut folder_of = Folder::default();
    let mut fold = |most: usize| {
        let Some(step) =
            folder_of.step(&mut folding, tenant, Task::Events(most), Millis(NOW.0 + DAY)).unwrap()
        else {
            return false;
        };
        let is_kept = folding.folds().commit(tenant, step.turn, &step.folded).unwrap();
        folder_of.forget();
        assert!(is_kept);
        true
    };
    while fold(100) {}
    let ask = |user: &str, received: Millis| {
        let whom = Person { user_id: Some(user.to_owned()), anonymous_id: None };
        let request = ErasureRequest { tenant, received, whom, verified: true };
        let mut store = SqliteStore::open_existing(&folder.path().join("ripen.db")).unwrap();
        store.erasures().request_erasures(&[request]).unwrap();
    };
    let mut left = || own.log().read(tenant, Position::START, 999).unwrap().len();
    let at = |minutes: i64| At(NOW.0 + minutes * 60_000);
    ask("u0", NOW);
    ask("u1", NOW);
    once(&writer, &readers, &at(1), &Horizons::default(), false).await;
    assert_eq!(left(), 40, "those who have come by then are carried out together");
    // The fold has begun to fold the others again, with a part of each.
    assert!(fold(8));
    ask("u2", at(2).now());
    for minute in 2..11 {
        once(&writer, &readers, &at(minute), &Horizons::default(), false).await;
        assert_eq!(left(), 40, "minute {minute}");
    }
    assert!(fold(8), "and that has come no less far");
    // However long that takes: the fold may rest because of a defect.
    once(&writer, &readers, &at(13), &Horizons::default(), false).await;
    assert_eq!(left(), 30);
    // And as soon as it is done.
    assert!(fold(8));
    ask("u3", at(14).now());
    once(&writer, &readers, &at(14), &Horizons::default(), false).await;
    assert_eq!(left(), 30);
    while fold(100) {}
    once(&writer, &readers, &at(15), &Horizons::default(), false).await;
    assert_eq!(left(), 20);
    // After a pause things are as old as they were before it, and whoever asks has waited as long as by the clock.
    ask("u4", at(20).now());
    round(&writer, &readers, &at(21), Millis(NOW.0 - DAY), &Horizons::default(), false).await;
    assert_eq!(left(), 10);
    assert!(fold(4));
    ask("u5", at(22).now());
    round(&writer, &readers, &at(23), Millis(NOW.0 - DAY), &Horizons::default(), false).await;
    assert_eq!(left(), 10, "it may wait");
    round(&writer, &readers, &at(33), Millis(NOW.0 - DAY), &Horizons::default(), false).await;
    assert_eq!(left(), 0);
    let mut receipts = own.personal().receipts(tenant).unwrap();
    receipts.sort_by_key(|receipt| receipt.at);
    let last: Vec<Millis> = receipts.iter().rev().take(2).map(|receipt| receipt.at).collect();
    assert_eq!(last, [at(33).now(), at(21).now()], "none is dated before it was asked for");
    drop((writer, readers));
    thread.join().unwrap();
}

#[test]
fn a_machine_that_comes_up_with_a_clock_that_is_years_ahead_erases_nothing_by_age() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open(&folder.path().join("ripen.db")).unwrap();
    let ahead = Millis(NOW.0 + 4_000 * DAY);
    assert_eq!(begins(&mut store, ahead).unwrap(), ahead, "there is nothing that could be erased");
    for key in ["one", "two"] {
        let tenant = store.directory().tenant(key).unwrap();
        let entry = Entry {
            message_id: "m".to_owned(),
            user_id: Some("u".to_owned()),
            anonymous_id: None,
            happened: NOW,
            message: "{}".to_owned(),
        };
        store.log().append(&[Batch { entries: vec![entry], ..Batch::new(tenant, NOW) }]).unwrap();
    }
    assert_eq!(begins(&mut store, ahead).unwrap(), NOW, "however often it comes up so");
    assert_eq!(begins(&mut store, Millis(NOW.0 - DAY)).unwrap(), Millis(NOW.0 - DAY), "it is behind");
}
