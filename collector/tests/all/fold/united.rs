//! Islands that turn out to be one: each has lived through what the others have before they are, and has reported it.

use ripen::replay::format_timestamp;
use ripen_collector::clock::Millis;
use ripen_collector::fold::Task;
use ripen_collector::store::{IslandId, Report, Reported, Store};
use serde_json::{Value, json};

use super::generated::{HOUR, START, playbook};
use super::steps::Bench;

const FIRST: &str = r#"{"activity": "-", "signals": {"n": {"count": "a"}}}"#;
const SILENT: &str = r#"{"activity": "-", "signals": {"since": {"since": "a"}, "n": {"count": "b"}},
    "moments": {"silent": {"when": {"signals.since": {"$gte": "1d"}}, "motion": "sales", "cooldown": "10d"}}}"#;
const MINUTE: i64 = HOUR / 60;

fn event(number: i64, minutes: i64, name: &str, who: &str, account: Option<&str>) -> Value {
    json!({"type": "track", "event": name, "messageId": format!("m{number}"), "userId": who,
        "timestamp": format_timestamp(Millis(START + minutes * MINUTE)), "context": {"groupId": account}})
}

fn told(bench: &mut Bench) -> Vec<String> {
    let line = |Report { happened, subject, what, .. }: &Report| match what {
        Reported::Moment { moment, .. } => format!("{} {subject} {moment}", (happened.0 - START) / HOUR),
        Reported::Stage { .. } => String::new(),
    };
    let mut told: Vec<String> = bench.reports().iter().map(line).collect();
    told.sort();
    told
}

/// Somebody of another island enters the account, which is heard of late; then all is there that would be.
fn enters(bench: &mut Bench) {
    bench.append(&[event(9, 29 * 60 + 30, "b", "ben", Some("acme"))]);
    bench.steps(Task::Events(10));
    let tenant = bench.tenant;
    assert_eq!(bench.store.folds().islands(tenant, IslandId(0), 9).unwrap().len(), 1);
    bench.restart();
    bench.now = Millis(START + 60 * HOUR);
    bench.steps(Task::Time);
    let at = bench.now;
    assert_eq!(bench.lines(at), bench.replayed(&playbook(SILENT), at));
}

#[test]
fn a_part_that_time_has_not_passed_for_reports_what_the_others_have_lived_through() {
    let mut bench = Bench::open(SILENT);
    bench.append(&[event(1, 0, "a", "ann", Some("acme")), event(2, 29 * 60 + 59, "b", "ann", Some("acme"))]);
    bench.now = Millis(START + 30 * HOUR + 20_000);
    bench.steps(Task::Events(10));
    bench.steps(Task::Time);
    // He is heard of late, and nobody has looked yet what comes of that.
    bench.append(&[event(3, 10, "a", "ben", None)]);
    bench.steps(Task::Events(10));
    enters(&mut bench);
    assert_eq!(told(&mut bench), ["23 ann silent", "23 ben silent"]);
}

#[test]
fn a_part_reports_where_another_has_yet_to_be_folded_by_a_new_playbook() {
    let mut bench = Bench::open(FIRST);
    bench.append(&[event(1, 0, "a", "ann", Some("acme")), event(2, 29 * 60 + 59, "b", "ann", Some("acme"))]);
    bench.now = Millis(START + 30 * HOUR);
    bench.steps(Task::Events(10));
    bench.publish(SILENT);
    bench.append(&[event(3, 200, "a", "ben", None)]);
    bench.steps(Task::Events(10));
    enters(&mut bench);
    assert_eq!(told(&mut bench), ["26 ben silent"], "of Ann it was before this was published");
}

/// What a part lives through in a step is nobody's knowledge yet, where something that comes in the same step says that it
/// was another way.
#[test]
fn c43_a_part_reports_nothing_that_the_same_step_knows_better() {
    // When Ann did something else that is heard of with her entering; and since when she was silent then.
    let cases: [(&[i64], &[&str]); 3] =
        [(&[], &["23 ann silent"]), (&[10], &["33 ann silent"]), (&[20, 40, 60], &[])];
    for (late, wanted) in cases {
        let mut bench = Bench::open(SILENT);
        bench.append(&[event(1, 0, "a", "ann", None), event(2, 70 * 60, "b", "zed", Some("acme"))]);
        bench.now = Millis(START + 71 * HOUR);
        bench.steps(Task::Events(10));
        let mut page = vec![event(3, 69 * 60, "b", "ann", Some("acme"))];
        page.extend((4..).zip(late).map(|(number, hours)| event(number, hours * 60, "a", "ann", None)));
        bench.append(&page);
        bench.steps(Task::Events(10));
        assert_eq!(told(&mut bench), wanted, "{late:?}");
        let at = bench.now;
        assert_eq!(bench.lines(at), bench.replayed(&playbook(SILENT), at));
    }
}

/// Of whom a survey knows, and nobody was told yet: all of it is told in the step in which something late comes.
#[test]
fn a_firing_that_is_told_in_a_step_is_not_told_again_in_it_a_little_later() {
    let mut bench = Bench::open(SILENT);
    bench.append(&[event(1, 0, "a", "ann", None), event(2, 70 * 60, "b", "ann", None)]);
    bench.now = Millis(START + 71 * HOUR);
    assert!(bench.step(Task::Survey(100)));
    bench.append(&[event(3, 10 * 60, "a", "ann", None)]);
    bench.steps(Task::Events(10));
    assert_eq!(told(&mut bench), ["23 ann silent"]);
}
