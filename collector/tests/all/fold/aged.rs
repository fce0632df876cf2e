//! What goes by age is in a state that is kept before it goes.

use ripen::replay::format_timestamp;
use ripen_collector::clock::Millis;
use ripen_collector::fold::Task;
use ripen_collector::store::{EventLog, IslandId, Position, Store};
use serde_json::{Value, json};

use super::generated::{HOUR, START};
use super::steps::Bench;

const COUNT: &str =
    r#"{"activity": "-", "signals": {"n": {"count": "a"}, "last": {"last": "x", "of": "a"}}}"#;

/// More people than a state is small with.
const PEOPLE: i64 = 1_500;

fn event(id: &str, minutes: i64, who: &str) -> Value {
    json!({"type": "track", "event": "a", "messageId": id, "userId": who, "properties": {"x": minutes},
        "timestamp": format_timestamp(Millis(START + minutes * 60_000)), "context": {"groupId": "acme"}})
}

fn signals(bench: &mut Bench, who: &str) -> String {
    let at = bench.now;
    let lines = bench.lines(at);
    let line = lines.iter().find(|line| line.contains(&format!(r#""person":"{who}""#))).unwrap();
    serde_json::from_str::<Value>(line).unwrap()["signals"].to_string()
}

/// How many events an island has, and how many of them its newest state has.
fn kept(bench: &mut Bench) -> (i64, i64) {
    let tenant = bench.tenant;
    let row = bench.store.folds().islands(tenant, IslandId(0), 1).unwrap()[0];
    (row.events, bench.store.folds().checkpoints(row.id).unwrap()[0].events)
}

/// A large account, the last events of which no state that is kept has.
fn large() -> Bench {
    let mut bench = Bench::open(COUNT);
    for number in 0..PEOPLE {
        bench.append(&[event(&format!("m{number}"), number, &format!("u{number}"))]);
    }
    bench.now = Millis(START + PEOPLE * 60_000);
    bench.steps(Task::Events(9_999));
    for number in PEOPLE..PEOPLE + 100 {
        bench.append(&[event(&format!("m{number}"), number, "u0")]);
    }
    bench.now = Millis(START + (PEOPLE + 100) * 60_000);
    bench.steps(Task::Events(9_999));
    assert_eq!(kept(&mut bench), (PEOPLE + 100, PEOPLE));
    bench
}

#[test]
fn retention_waits_until_the_events_of_a_large_account_are_in_a_state_that_is_kept() {
    let mut bench = large();
    let before = signals(&mut bench, "u0");
    assert_eq!(before, r#"{"n":101,"last":1599}"#);
    bench.now = Millis(START + 1_000 * HOUR);
    let horizon = bench.now;
    let mut erased = 0;
    for _ in 0..5 {
        erased += bench.retain_since(horizon);
    }
    assert_eq!(erased, PEOPLE as u64, "those that the kept state has");
    bench.restart();
    assert_eq!(signals(&mut bench, "u0"), before);
    assert!(bench.step(Task::Keep));
    assert!(!bench.step(Task::Keep), "once");
    assert_eq!(kept(&mut bench), (PEOPLE + 100, PEOPLE + 100));
    assert_eq!((bench.retain_since(horizon), bench.retain_since(horizon)), (100, 0));
    assert!(bench.store.read(bench.tenant, Position::START, 9).unwrap().is_empty());
    bench.restart();
    bench.append(&[event("more", 5_000, "u0")]);
    bench.steps(Task::Events(10));
    assert_eq!(signals(&mut bench, "u0"), r#"{"n":102,"last":5000}"#);
}

#[test]
fn a_step_that_is_under_way_when_retention_asks_for_a_state_does_not_make_it_forget() {
    let mut bench = large();
    bench.append(&[event("more", PEOPLE + 101, "u1")]);
    bench.now = Millis(START + 1_000 * HOUR);
    let horizon = bench.now;
    let mut other = ripen_collector::fold::Folder::default();
    let (tenant, now) = (bench.tenant, bench.now);
    let step = other.step(&mut bench.store, tenant, Task::Events(10), now).unwrap().unwrap();
    for _ in 0..4 {
        bench.retain_since(horizon);
    }
    assert!(!bench.store.folds().commit(tenant, step.turn, &step.folded).unwrap());
    bench.steps(Task::Events(10));
    assert_eq!(kept(&mut bench), (PEOPLE + 101, PEOPLE + 101), "any step of it keeps what is waited for");
    assert!(!bench.step(Task::Keep));
}

#[test]
fn an_event_that_waits_for_its_time_does_not_go_before_it_is_folded() {
    let mut bench = Bench::open(COUNT);
    let day = 24 * 60;
    bench.append(&[event("ahead", 50 * day, "u"), event("one", 1, "u"), event("two", 2, "u")]);
    bench.now = Millis(START + 24 * HOUR);
    bench.steps(Task::Events(10));
    let horizon = Millis(START + 40 * 24 * HOUR);
    assert_eq!(bench.retain_since(horizon), 2);
    bench.now = Millis(START + 51 * 24 * HOUR);
    bench.steps(Task::Events(10));
    assert_eq!(signals(&mut bench, "u"), format!(r#"{{"n":3,"last":{}}}"#, 50 * day));
    // And then it goes.
    assert_eq!((bench.retain_since(horizon), bench.retain_since(horizon)), (1, 0));
    bench.restart();
    assert_eq!(signals(&mut bench, "u"), format!(r#"{{"n":3,"last":{}}}"#, 50 * day));
}

#[test]
fn events_that_wait_to_be_folded_again_do_not_go_before_they_are() {
    let mut bench = Bench::open(COUNT);
    bench.append(&[event("one", 1, "ann"), event("two", 2, "ben"), event("three", 3, "ben")]);
    bench.now = Millis(START + HOUR);
    bench.steps(Task::Events(10));
    bench.erase("ann");
    let horizon = Millis(START + 40 * 24 * HOUR);
    assert_eq!(bench.retain_since(horizon), 0);
    bench.steps(Task::Events(1));
    assert_eq!((bench.retain_since(horizon), bench.retain_since(horizon)), (2, 0));
    bench.restart();
    assert_eq!(signals(&mut bench, "ben"), r#"{"n":2,"last":3}"#);
}

#[test]
fn where_no_state_surely_has_all_that_is_gone_the_newest_is_all_there_is() {
    // Somebody is being erased, and their last events were in no state that is kept.
    let mut bench = large();
    let log = bench.store.read(bench.tenant, Position::START, 9_999).unwrap();
    let tail: Vec<Position> = log
        .iter()
        .filter(|event| event.entry.user_id.as_deref() == Some("u0"))
        .map(|event| event.position)
        .collect();
    let tenant = bench.tenant;
    assert_eq!(bench.store.personal().erase_events(tenant, &tail).unwrap(), 101);
    bench.restart();
    bench.append(&[event("more", PEOPLE + 101, "u1")]);
    bench.now = Millis(bench.now.0 + HOUR);
    bench.steps(Task::Events(10));
    assert_eq!(signals(&mut bench, "u1"), format!(r#"{{"n":2,"last":{}}}"#, PEOPLE + 101));
    assert_eq!(signals(&mut bench, "u2"), r#"{"n":1,"last":2}"#, "of the others nothing is lost");
    // By a new playbook all that is known is older than the last that is gone.
    let mut bench = Bench::open(COUNT);
    bench.append(&[event("ahead", 60, "u")]);
    bench.now = Millis(START + 2 * HOUR);
    bench.append(&[event("one", 1, "u"), event("two", 2, "u")]);
    bench.steps(Task::Events(10));
    assert_eq!(bench.retain_since(Millis(START + HOUR)), 1);
    bench.publish(&COUNT.replace(r#""activity": "-""#, r#""activity": "*""#));
    bench.steps(Task::Playbook);
    bench.restart();
    assert_eq!(signals(&mut bench, "u"), r#"{"n":2,"last":2}"#);
    bench.append(&[event("late", 1, "u"), event("more", 90, "u")]);
    bench.steps(Task::Events(10));
    bench.restart();
    assert_eq!(signals(&mut bench, "u"), r#"{"n":4,"last":90}"#);
}
