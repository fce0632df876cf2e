//! Somebody is erased after a first rebuild was killed, when it is known who there is and nobody was told of yet: the others
//! are told of as if the erased had never been there.

use ripen::replay::format_timestamp;
use ripen_collector::clock::Millis;
use ripen_collector::fold::{Task, rebuild};
use ripen_collector::leads::Selection;
use ripen_collector::store::{Report, Reported, Store};
use serde_json::{Value, json};

use super::generated::{HOUR, PLAYBOOK, Random, START, events, playbook};
use super::steps::{At, Bench};

const RIPE: &str = r#"{"activity": "*", "signals": {"n": {"count": "a"}},
    "moments": {"ripe": {"when": {"signals.n": {"$gte": 3}}, "motion": "sales", "qualifies": "pql"}}}"#;

fn told(bench: &mut Bench) -> Vec<String> {
    let line = |report: Report| {
        let Report { happened, account, subject, what, .. } = report;
        match what {
            Reported::Stage { ladder, before, after } => {
                format!("{} {account} {subject} {ladder} {before:?} {after:?}", happened.0)
            }
            Reported::Moment { moment, .. } => format!("{} {account} {subject} {moment}", happened.0),
        }
    };
    let mut told: Vec<String> = bench.reports().into_iter().map(line).collect();
    told.sort();
    told
}

fn leads(bench: &mut Bench) -> Vec<Option<String>> {
    let leads = bench.store.leads().leads(bench.tenant, &Selection::default(), usize::MAX).unwrap();
    let mut persons: Vec<_> = leads.into_iter().map(|lead| lead.draft.person).collect();
    persons.sort();
    persons
}

fn event(number: i64, who: &str) -> Value {
    json!({"type": "track", "event": "a", "messageId": format!("m{number}"), "userId": who,
        "timestamp": format_timestamp(Millis(START + number * HOUR)), "context": {"groupId": "acme"}})
}

#[test]
fn c43_who_shared_an_account_with_the_erased_and_was_not_told_of_yet_becomes_a_lead() {
    for size in [1, 3, 100] {
        for second in [false, true] {
            let mut bench = Bench::open(RIPE);
            let who = ["ann", "ben", "cat", "dan"];
            bench.append(&(0..20).map(|number| event(number, who[number as usize % 4])).collect::<Vec<_>>());
            bench.now = Millis(START + 21 * HOUR);
            // Of the last ones nobody has heard.
            assert!(bench.step(Task::Survey(16)));
            bench.restart();
            bench.erase("ben");
            bench.append(&[event(20, "eve"), event(21, "ann")]);
            bench.step(Task::Events(size));
            bench.step(Task::Others(size));
            if second {
                // Some is told of by then, and some is not.
                bench.step(Task::Events(7));
                bench.erase("cat");
            }
            while bench.step(Task::Events(size)) || bench.step(Task::Keep) || bench.step(Task::Time) {}
            let of = |who: &str, hour: i64| format!("{} false {who} ripe", START + hour * HOUR);
            let mut wanted = vec![of("ann", 8), of("dan", 11)];
            let mut persons = vec!["ann", "dan"];
            if !second {
                wanted.push(of("cat", 10));
                persons.insert(1, "cat");
            }
            wanted.sort();
            assert_eq!(told(&mut bench), wanted, "{size} {second}");
            let persons: Vec<_> = persons.into_iter().map(|person| Some(person.to_owned())).collect();
            assert_eq!(leads(&mut bench), persons, "{size} {second}");
            let at = bench.now;
            assert_eq!(bench.lines(at), bench.replayed(&playbook(RIPE), at));
        }
    }
}

#[test]
fn c43_an_erasure_after_a_survey_that_was_killed_takes_nothing_that_was_to_be_reported_of_others() {
    let mut reported = 0;
    for seed in 480..500 {
        let (log, now) = {
            let mut random = Random(seed);
            let log = events(&mut random, 120, 2);
            let last = log.iter().filter_map(|event| event["timestamp"].as_str()).max().unwrap();
            let last = ripen::engine::parse_timestamp(last).unwrap();
            (log, Millis(last.0 - random.below(3) as i64 * 20 * HOUR))
        };
        let erased = format!("{}u{}", seed % 2, seed % 3);
        let open = || {
            let mut bench = Bench::open(PLAYBOOK);
            log.chunks(7).for_each(|page| bench.append(page));
            bench.now = now;
            bench
        };
        let mut before = open();
        before.erase(&erased);
        before.steps(Task::Events(1_000));
        before.steps(Task::Time);
        let wanted = told(&mut before);
        reported += wanted.len();

        let mut bench = open();
        bench.steps(Task::Survey(50));
        bench.restart();
        bench.erase(&erased);
        if seed % 4 < 2 {
            bench.steps(Task::Events(1_000));
            bench.steps(Task::Keep);
            bench.steps(Task::Time);
        } else {
            let (tenant, now) = (bench.tenant, bench.now);
            rebuild(&mut bench.store, tenant, &At(now), |_| {}).unwrap();
        }
        assert_eq!(bench.lines(now), bench.replayed(&playbook(PLAYBOOK), now), "seed {seed}");
        assert_eq!(told(&mut bench), wanted, "seed {seed}");
    }
    assert!(reported > 200, "{reported}");
}
