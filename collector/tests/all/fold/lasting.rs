//! To fold an account again may take its time. What happens meanwhile, and what time makes of it, is reported of everybody
//! as it would have been, whoever of the account is erased, and however often.

use std::collections::BTreeMap;

use ripen::engine::parse_timestamp;
use ripen_collector::clock::Millis;
use ripen_collector::fold::Task;
use ripen_collector::store::{Report, Reported};
use serde_json::Value;

use super::again::{finish, of_named_events, seeds, with_somebody_in_each_account};
use super::generated::{HOUR, PLAYBOOK, Random, events, playbook};
use super::steps::Bench;

/// What is reported of all but the erased: each moment, when it happened; and on which rung everybody stands in the end. (Who
/// enters an account that is folded again has lived further than that: then only what is different is told of stages.)
#[derive(Debug, Default, PartialEq)]
struct Told {
    moments: Vec<String>,
    rungs: BTreeMap<String, Option<String>>,
}

fn told(bench: &mut Bench) -> Told {
    let mut told = Told::default();
    for Report { happened, account, subject, what, .. } in bench.reports() {
        if subject.contains('x') {
            continue;
        }
        match what {
            Reported::Moment { moment, .. } => {
                told.moments.push(format!("{} {account} {subject} {moment}", happened.0));
            }
            Reported::Stage { ladder, before, after } => {
                let whose = format!("{account} {subject} {ladder}");
                let known = told.rungs.get(&whose).cloned().flatten();
                // An account in which only the erased was is a new one later.
                assert!(before == known || account && before.is_none(), "{whose}: {before:?}, not {known:?}");
                told.rungs.insert(whose, after);
            }
        }
    }
    told.moments.sort();
    told
}

/// Nobody turns out to be somebody, and nothing is late: so each report says when it happened.
fn lives_through(seed: u64, is_interrupted: bool) -> (Told, usize) {
    let (mut random, mut other) = (Random(seed), Random(seed + 1_000));
    let text = &of_named_events(PLAYBOOK);
    let mut bench = Bench::open(text);
    let crowds = 1 + random.below(3);
    let mut events = events(&mut random, 150, crowds);
    for event in events.iter_mut().filter_map(|event| event.as_object_mut()) {
        if event["type"] == "alias" {
            event["type"] = "track".into();
        }
        if event.contains_key("userId") {
            event.remove("anonymousId");
        }
    }
    let mut events = with_somebody_in_each_account(events);
    let at = |event: &Value| parse_timestamp(event["timestamp"].as_str().unwrap()).unwrap().0;
    events.sort_by_cached_key(|event| (at(event), event["messageId"].as_str().unwrap().to_owned()));
    let mut meanwhile = 0;
    while !events.is_empty() {
        let page: Vec<Value> = events.drain(..events.len().min(1 + random.below(9) as usize)).collect();
        // Nothing of the next page is before what time has passed to by then.
        let until = events.first().map_or(i64::MAX, at);
        bench.now = Millis(at(page.last().unwrap()));
        bench.append(&page);
        if is_interrupted {
            if other.below(5) == 0 {
                bench.erase(&format!("x{}g{}", other.below(3), other.below(2)));
            }
            if other.below(5) == 0 {
                bench.restart();
            }
            for _ in 0..other.below(3) {
                if bench.is_folding_again() {
                    bench.step(Task::Events(1 + other.below(9) as usize));
                }
            }
        }
        bench.steps(Task::Others(1 + other.below(9) as usize));
        if !bench.is_folding_again() {
            bench.steps(Task::Events(1_000));
        }
        if random.below(3) == 0 {
            bench.now = Millis(until.min(bench.now.0 + random.below(9 * HOUR as u64) as i64));
            bench.steps(Task::Time);
            meanwhile += usize::from(bench.is_folding_again());
        }
    }
    finish(&mut bench, &mut other);
    bench.steps(Task::Events(7));
    bench.now = Millis(bench.now.0 + 100 * HOUR);
    bench.steps(Task::Time);
    let at = bench.now;
    assert_eq!(bench.lines(at), bench.replayed(&playbook(text), at), "seed {seed}");
    (told(&mut bench), meanwhile)
}

#[test]
fn c43_what_time_makes_of_anybody_while_an_account_is_folded_again_is_reported_as_it_happened() {
    let mut meanwhile = 0;
    for seed in seeds(500..512) {
        let (wanted, _) = lives_through(seed, false);
        let (found, within) = lives_through(seed, true);
        meanwhile += within;
        assert!(wanted.moments.len() > 10, "{wanted:?}");
        let only = |one: &Told, other: &Told| -> Vec<String> {
            one.moments.iter().filter(|line| !other.moments.contains(line)).cloned().collect()
        };
        let (lacking, more) = (only(&wanted, &found), only(&found, &wanted));
        assert!(found.moments == wanted.moments, "seed {seed}: lacking {lacking:#?}, more {more:#?}");
        assert_eq!(found.rungs, wanted.rungs, "seed {seed}");
    }
    assert!(meanwhile > 0, "time passes within it, too");
}
