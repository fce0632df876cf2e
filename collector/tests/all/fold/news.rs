//! What is reported, and when.

use ripen::engine::parse_timestamp;
use ripen::replay::{Options, Recording, format_timestamp, replay};
use ripen_collector::clock::Millis;
use ripen_collector::fold::{Folder, Playbooks, Task, standing};
use ripen_collector::store::{PlaybookId, Report, Reported, Store};
use serde_json::{Value, json};

use super::generated::{HOUR, PLAYBOOK, Random, START, events, playbook};
use super::steps::Bench;

fn track(number: i64, hours: i64, name: &str, who: Value) -> Value {
    let mut event = json!({"type": "track", "event": name, "messageId": format!("m{number}"),
        "timestamp": format_timestamp(Millis(START + hours * HOUR)), "context": {}});
    for (key, value) in who.as_object().unwrap() {
        event[key] = value.clone();
    }
    event
}

fn told(bench: &mut Bench) -> Vec<String> {
    let line = |report: Report| {
        let hours = (report.happened.0 - START).div_euclid(HOUR);
        match report.what {
            Reported::Stage { ladder, after, .. } => {
                format!("{hours} {} {ladder} {}", report.subject, after.unwrap_or_default())
            }
            Reported::Moment { moment, .. } => format!("{hours} {} {moment}", report.subject),
        }
    };
    bench.reports().into_iter().map(line).collect()
}

/// The stages and moments of a replay's timeline, as above.
fn timeline(events: &[Value], at: Millis) -> Vec<String> {
    let mut recording = Recording::default();
    events.iter().for_each(|event| recording.push(format!("{event}\n").as_bytes()));
    let lines = replay(&playbook(PLAYBOOK), recording, Options { at: Some(at), timeline: true });
    let line = |line: String| {
        let line: Value = serde_json::from_str(&line).unwrap();
        let text = |key: &str| line[key].as_str();
        let whose = text("person").or(text("account")).unwrap();
        let hours = (parse_timestamp(text("at").unwrap()).unwrap().0 - START).div_euclid(HOUR);
        let wanted = ["stage", "moment"].contains(&text("kind").unwrap());
        let to = text("to").map(|to| format!(" {to}")).unwrap_or_default();
        wanted.then(|| format!("{hours} {whose} {}{to}", text("name").unwrap()))
    };
    lines.into_iter().filter_map(line).collect()
}

#[test]
fn in_order_the_reports_are_the_timeline() {
    for seed in 0..10 {
        let mut random = Random(seed);
        let mut events = events(&mut random, 150, 3);
        // Nobody turns out to be somebody.
        for event in events.iter_mut().filter(|event| event["userId"].is_string()) {
            event
                .as_object_mut()
                .unwrap()
                .retain(|key, _| !["anonymousId", "previousId"].contains(&key.as_str()));
        }
        let key = |event: &Value| {
            (event["timestamp"].as_str().unwrap().to_owned(), event["messageId"].as_str().unwrap().to_owned())
        };
        events.sort_by_key(key);
        let mut bench = Bench::open(PLAYBOOK);
        for page in events.chunks(7) {
            bench.append(page);
            bench.now = parse_timestamp(page.last().unwrap()["timestamp"].as_str().unwrap()).unwrap();
            bench.steps(Task::Events(100));
        }
        bench.now = Millis(bench.now.0 + 100 * HOUR + 20_000);
        bench.steps(Task::Time);
        let mut wanted = timeline(&events, Millis(bench.now.0 - 10_000));
        let mut found = told(&mut bench);
        wanted.sort();
        found.sort();
        assert_eq!(found, wanted, "seed {seed}");
        assert!(wanted.len() > 20, "{}", wanted.len());
    }
}

const SILENT: &str = r#"{"activity": "-", "signals": {"since": {"since": "a"}, "n": {"count": "a"}},
    "ladders": {"journey": {"rungs": [{"id": "new"}, {"id": "two", "when": {"signals.n": {"$gte": 2}}}]}},
    "moments": {"silent": {"when": {"signals.since": {"$gte": "1d"}}, "motion": "sales", "cooldown": "10d"}}}"#;

#[test]
fn a_moment_fires_by_time_alone_with_its_reasons_and_nobody_asks() {
    let mut bench = Bench::open(SILENT);
    bench.append(&[track(1, 0, "a", json!({"userId": "u"}))]);
    bench.now = Millis(START + HOUR);
    bench.steps(Task::Events(10));
    assert!(!bench.step(Task::Time), "nothing can change yet");
    let tenant = bench.tenant;
    bench.now = bench.store.folds().next_due(tenant).unwrap().unwrap();
    assert!(bench.step(Task::Time));
    bench.steps(Task::Time);
    assert_eq!(told(&mut bench), ["0 u journey new", "23 u silent"]);
    let report = bench.reports().pop().unwrap();
    let Reported::Moment { moment, standing } = &report.what else { panic!("{report:?}") };
    let playbook = Playbooks::default().get(&mut bench.store, PlaybookId(1)).unwrap().unwrap();
    let reasons = standing::reasons(&playbook, "u", moment, standing, report.happened).unwrap();
    assert!(reasons.to_string().contains("\"seen\":24"), "{reasons}");
}

#[test]
fn what_is_late_is_reported_when_it_comes_once_and_not_taken_back() {
    let mut bench = Bench::open(SILENT);
    let u = || json!({"userId": "u"});
    bench.append(&[track(1, 0, "a", u()), track(2, 100, "b", u())]);
    bench.now = Millis(START + 101 * HOUR);
    bench.steps(Task::Events(10));
    assert_eq!(told(&mut bench), ["0 u journey new", "23 u silent"]);
    // With it the silence began an hour later: it is the same one.
    bench.append(&[track(3, 1, "a", u())]);
    bench.steps(Task::Events(10));
    assert_eq!(told(&mut bench), ["0 u journey new", "23 u silent", "101 u journey two"]);
    bench.append(&[track(3, 1, "a", u()), track(4, 2, "b", u())]);
    bench.steps(Task::Events(10));
    bench.restart();
    bench.steps(Task::Time);
    assert_eq!(told(&mut bench).len(), 3);
}

#[test]
fn what_somebody_did_before_they_were_known_is_theirs_and_not_reported_again() {
    let mut bench = Bench::open(SILENT);
    bench.append(&[
        track(1, 0, "a", json!({"anonymousId": "b"})),
        track(2, 50, "b", json!({"anonymousId": "b"})),
        track(3, 51, "a", json!({"userId": "u"})),
    ]);
    bench.now = Millis(START + 52 * HOUR);
    bench.steps(Task::Events(10));
    let mut before = told(&mut bench);
    before.sort();
    assert_eq!(before, ["0 b journey new", "23 b silent", "51 u journey new"]);
    bench.append(&[track(4, 52, "b", json!({"userId": "u", "anonymousId": "b"}))]);
    bench.steps(Task::Events(10));
    assert_eq!(
        told(&mut bench)[3..],
        ["52 u journey two"],
        "the silence was reported of the same human being"
    );
    let at = bench.now;
    assert_eq!(bench.lines(at), bench.replayed(&playbook(SILENT), at));
}

#[test]
fn what_is_later_than_the_clock_waits_until_it_is_its_time() {
    let mut bench = Bench::open(SILENT);
    let joined = track(2, 9, "a", json!({"userId": "u", "anonymousId": "b"}));
    bench.append(&[track(1, 0, "a", json!({"userId": "u"})), joined]);
    bench.append(&[track(3, 1, "a", json!({"anonymousId": "b"}))]);
    bench.now = Millis(START + HOUR);
    bench.steps(Task::Events(10));
    let at = bench.now;
    assert_eq!(bench.lines(at).len(), 2, "nor is there the join that it brings");
    assert_eq!(bench.lines(at), bench.replayed(&playbook(SILENT), at));
    bench.restart();
    bench.now = Millis(START + 9 * HOUR);
    bench.steps(Task::Events(10));
    let at = bench.now;
    assert_eq!(bench.lines(at).len(), 1);
    assert_eq!(bench.lines(at), bench.replayed(&playbook(SILENT), at));
    assert!(!bench.step(Task::Events(10)), "once");
}

#[test]
fn of_two_who_fold_at_once_one_notices() {
    let mut bench = Bench::open(SILENT);
    bench.append(&[track(1, 0, "a", json!({"userId": "u"}))]);
    let (tenant, now) = (bench.tenant, bench.now);
    let mut other = Folder::default();
    let step = other.step(&mut bench.store, tenant, Task::Events(10), now).unwrap().unwrap();
    bench.steps(Task::Events(10));
    let reports = bench.reports();
    assert!(!bench.store.folds().commit(tenant, step.turn, &step.folded).unwrap());
    assert_eq!(bench.reports(), reports);
}

/// An event comes after time was let pass beyond it, when nothing had happened since: so it is in order, and what time makes
/// of it up to there is news all the same.
#[test]
fn what_time_makes_of_an_event_that_came_after_it_had_passed_is_reported() {
    const TEXT: &str = r#"{"signals": {"recent": {"count": "a", "within": "3h"}, "calm": {"since": "b"}},
        "segments": {"busy": {"when": {"signals.recent": {"$gte": 1}}}},
        "moments": {"rest": {"when": {"signals.calm": {"$gte": "2h"}}, "motion": "sales"}}}"#;
    let u = || json!({"userId": "u"});
    for (hours, restarts) in (1..9).flat_map(|hours| [(hours, false), (hours, true)]) {
        let mut bench = Bench::open(TEXT);
        bench.append(&[track(1, 0, "a", u())]);
        bench.now = Millis(START + HOUR);
        bench.steps(Task::Events(9));
        bench.now = Millis(START + 12 * HOUR);
        bench.steps(Task::Time);
        assert_eq!(told(&mut bench), Vec::<String>::new());
        bench.append(&[track(2, hours, "b", u())]);
        bench.steps(Task::Events(9));
        if restarts {
            bench.restart();
        }
        bench.now = Millis(START + 20 * HOUR);
        bench.steps(Task::Time);
        // Their hours begin where the clock's do.
        assert_eq!(told(&mut bench), [format!("{} u rest", hours + 1)], "{restarts}");
    }
}
