//! What is published later.

use ripen_collector::clock::Millis;
use ripen_collector::fold::Task;
use serde_json::{Value, json};

use super::generated::{HOUR, PLAYBOOK, Random, START, events, playbook};
use super::steps::Bench;

const OTHER: &str = r#"{
    "signals": {"total": {"count": "a"}, "days": {"days": "*"}, "people": {"people": "b", "scope": "account"}},
    "ladders": {"journey": {"rungs": [{"id": "new"}, {"id": "set_up", "when": {"signals.days": {"$gte": 2}}}]}},
    "moments": {"three": {"when": {"signals.total": {"$gte": 3}}, "motion": "self_serve"},
        "silent": {"when": {"signals.days": {"$gte": 1}}, "motion": "sales", "cooldown": "1d"}}
}"#;

fn zoe(number: i64, time: i64) -> Value {
    let at = ripen::replay::format_timestamp(Millis(time));
    json!({"type": "track", "event": "a", "messageId": format!("zoe-{number}"), "userId": "zoe", "timestamp": at})
}

#[test]
fn a_new_playbook_is_folded_from_the_log_meanwhile_the_old_answers_stay_and_nothing_is_reported_for_it() {
    let mut random = Random(3);
    let mut bench = Bench::open(PLAYBOOK);
    bench.append(&events(&mut random, 2_000, 600));
    bench.now = Millis(START + 5_000 * HOUR);
    bench.steps(Task::Events(100));
    bench.steps(Task::Time);
    let (at, reports) = (bench.now, bench.reports());
    let old = bench.replayed(&playbook(PLAYBOOK), at);
    bench.publish(OTHER);
    assert_eq!(bench.lines(at), old);
    // It takes several steps.
    assert!(bench.step(Task::Playbook));
    let between = bench.lines(at);
    let new = bench.replayed(&playbook(OTHER), at);
    assert!(between != old && between != new);
    assert!(between.iter().all(|line| old.contains(line) || new.contains(line)));
    bench.steps(Task::Playbook);
    assert_eq!(bench.lines(at), new);
    assert_eq!(bench.reports(), reports);
    // From now on it reports.
    bench.now = Millis(at.0 + 1_000 * HOUR);
    bench.append(&[1, 2, 3].map(|number| zoe(number, at.0 + number * HOUR)));
    bench.steps(Task::Events(10));
    let news: Vec<String> = bench.reports()[reports.len()..]
        .iter()
        .map(|report| format!("{} {:?}", report.subject, report.what))
        .collect();
    assert!(news.iter().any(|news| news.contains("three")), "{news:?}");
    assert!(news.iter().all(|news| news.starts_with("zoe")), "{news:?}");
}

#[test]
fn events_that_come_before_an_island_is_folded_anew_are_folded_by_the_new_playbook_and_they_alone_report() {
    let mut bench = Bench::open(PLAYBOOK);
    bench.append(&[1, 2, 3].map(|number| zoe(number, START + number * 30 * HOUR)));
    bench.now = Millis(START + 91 * HOUR);
    bench.steps(Task::Events(10));
    let before = bench.reports().len();
    bench.publish(OTHER);
    bench.append(&[zoe(4, bench.now.0)]);
    bench.steps(Task::Events(10));
    assert_eq!(bench.reports().len(), before, "the third was before: {:?}", bench.reports());
    let at = bench.now;
    assert_eq!(bench.lines(at), bench.replayed(&playbook(OTHER), at));
}
