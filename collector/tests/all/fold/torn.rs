//! Where the log no longer has the first events: what is folded of them stays.

use ripen::replay::format_timestamp;
use ripen_collector::clock::{Clock, Millis};
use ripen_collector::fold::{Task, rebuild};
use ripen_collector::store::{EventLog, Position};
use serde_json::{Value, json};

use super::generated::{HOUR, START};
use super::steps::Bench;

const COUNT: &str = r#"{"activity": "-", "signals": {"n": {"count": "a"}, "last": {"last": "x", "of": "a"}},
    "nudges": {"one": {"on": "load", "purpose": "help", "placement": {"kind": "banner"}, "content": {"en": {"title": "T"}}}}}"#;

struct At(Millis);

impl Clock for At {
    fn now(&self) -> Millis {
        self.0
    }
}

fn event(id: &str, hours: i64, who: &str) -> Value {
    json!({"type": "track", "event": "a", "messageId": id, who: who, "properties": {"x": hours},
        "timestamp": format_timestamp(Millis(START + hours * HOUR))})
}

/// 200 events of a user and 20 of a browser, of which the first hundred hours are gone.
fn torn() -> Bench {
    let mut bench = Bench::open(COUNT);
    for hours in 0..200 {
        let mut events = vec![event(&format!("m{hours}"), hours, "userId")];
        if hours % 10 == 0 {
            events.push(event(&format!("b{hours}"), hours, "anonymousId"));
        }
        bench.append(&events);
        bench.now = Millis(START + hours * HOUR);
        bench.steps(Task::Events(10));
    }
    bench.delete_before(Millis(START + 100 * HOUR));
    assert_eq!(bench.store.read(bench.tenant, Position::START, 999).unwrap().len(), 110);
    bench
}

fn said(bench: &mut Bench) -> Vec<String> {
    let at = bench.now;
    let signals = |line: String| {
        let line: Value = serde_json::from_str(&line).unwrap();
        format!("{} {}", line["person"].as_str().unwrap(), line["signals"])
    };
    bench.lines(at).into_iter().map(signals).collect()
}

#[test]
fn what_is_late_within_reach_is_in_its_place_and_beyond_it_is_counted_all_the_same() {
    let mut bench = torn();
    for (id, hours, counted) in [("late", 198, 201), ("very-late", 103, 202), ("in-order", 199, 203)] {
        bench.append(&[event(id, hours, "userId")]);
        bench.steps(Task::Events(10));
        bench.restart();
        let user = said(&mut bench).pop().unwrap();
        assert!(user.starts_with("userId") && user.contains(&format!(r#""n":{counted},"#)), "{id}: {user}");
    }
    // A long time passes, in which older states are thinned out; the base stays.
    for hours in 200..500 {
        bench.append(&[event(&format!("m{hours}"), hours, "userId")]);
        bench.now = Millis(START + hours * HOUR);
        bench.steps(Task::Events(10));
    }
    bench.append(&[event("at-the-end", 201, "userId")]);
    bench.steps(Task::Events(10));
    assert!(said(&mut bench).pop().unwrap().contains(r#"{"n":504,"last":499}"#), "{:?}", said(&mut bench));
}

#[test]
fn a_browser_whose_past_is_gone_keeps_it_and_what_comes_is_the_users() {
    let mut bench = torn();
    let mut joined = event("join", 199, "userId");
    joined["anonymousId"] = json!("anonymousId");
    bench.append(&[joined, event("after", 199, "anonymousId")]);
    bench.steps(Task::Events(10));
    bench.restart();
    let said = said(&mut bench);
    assert!(said.last().unwrap().contains(r#""n":202"#), "{said:?}");
}

#[test]
fn a_playbook_whose_nudges_look_different_goes_on_from_what_is_folded() {
    let mut bench = torn();
    let before = said(&mut bench);
    bench.publish(&COUNT.replace(r#""title": "T""#, r#""title": "Another""#));
    bench.append(&[event("one-more", 199, "userId")]);
    bench.steps(Task::Playbook);
    assert_eq!(said(&mut bench), before);
    bench.steps(Task::Events(10));
    let user = said(&mut bench).pop().unwrap();
    assert!(user.contains(r#"{"n":201,"#), "{user}");
}

#[test]
fn it_is_not_folded_anew_from_a_log_that_lacks_what_is_folded() {
    let mut bench = torn();
    let before = said(&mut bench);
    let (tenant, now) = (bench.tenant, bench.now);
    let refused = rebuild(&mut bench.store, tenant, &At(now), |_| {}).unwrap_err();
    assert!(refused.to_string().contains("no longer has all events"), "{refused}");
    assert_eq!(said(&mut bench), before);
}
