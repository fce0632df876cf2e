//! A rebuild surveys the log, and folds an island at a time then: in pieces of any size, killed in between, gone on with by
//! whoever folds next, it comes to the same bytes and the same reports.

use ripen_collector::clock::Millis;
use ripen_collector::fold::{Task, fingerprints, rebuild};
use ripen_collector::limits::{EVENT_BYTES, FOLD_GRACE_MS, FOLD_PAST_BYTES, FOLD_PAST_EVENTS};
use ripen_collector::store::{IslandId, Reported, Store};
use serde_json::Value;

use super::generated::{PLAYBOOK, Random, events, playbook};
use super::steps::{At, Bench, live_through_with};

/// All reports, in an order that does not hang on which island was folded first.
fn told(bench: &mut Bench) -> Vec<String> {
    let line = |report: ripen_collector::store::Report| {
        let what = match &report.what {
            Reported::Stage { ladder, before, after } => format!("{ladder} {before:?} {after:?}"),
            Reported::Moment { moment, standing } => format!("{moment} {standing:?}"),
        };
        format!("{} {} {} {} {what}", report.happened.0, report.reported.0, report.account, report.subject)
    };
    let mut told: Vec<String> = bench.reports().into_iter().map(line).collect();
    told.sort();
    told
}

/// The same, whenever they were found out.
fn told_whenever(bench: &mut Bench) -> Vec<String> {
    let without = |line: &String| {
        let mut words: Vec<&str> = line.split(' ').collect();
        words.remove(1);
        words.join(" ")
    };
    let mut told: Vec<String> = told(bench).iter().map(without).collect();
    told.sort();
    told
}

fn bytes(bench: &mut Bench) -> Vec<Vec<u8>> {
    let (tenant, now) = (bench.tenant, bench.now);
    fingerprints(&mut bench.store, tenant, now).unwrap()
}

/// A log that nobody has folded, of which some has not happened yet by the clock of its end.
fn unfolded(seed: u64) -> Bench {
    let mut random = Random(seed);
    let mut bench = Bench::open(PLAYBOOK);
    let events: Vec<Value> = events(&mut random, 120, 3);
    for page in events.chunks(7) {
        bench.append(page);
    }
    let last = events.iter().filter_map(|event| event["timestamp"].as_str()).max().unwrap();
    let last = ripen::engine::parse_timestamp(last).unwrap();
    bench.now = Millis(last.0 - random.below(3) as i64 * 20 * 3_600_000);
    bench
}

/// Steps of these kinds, in any sizes, with kills.
fn go_on(bench: &mut Bench, random: &mut Random, tasks: &[Task]) {
    let mut idle = 0;
    while idle < tasks.len() {
        for task in tasks {
            if random.below(3) == 0 {
                bench.restart();
            }
            let size = 1 + random.below(40) as usize;
            let task = match task {
                Task::Events(_) => Task::Events(size),
                Task::Survey(_) => Task::Survey(size),
                other => *other,
            };
            idle = if bench.step(task) { 0 } else { idle + 1 };
        }
    }
}

#[test]
fn what_had_been_folded_has_the_same_bytes_in_whatever_pieces_and_nothing_is_reported() {
    let playbook = playbook(PLAYBOOK);
    for seed in 400..412 {
        let mut random = Random(seed);
        let mut bench = Bench::open(PLAYBOOK);
        let events = events(&mut random, 120, 3);
        live_through_with(&mut bench, &mut random, events, 1, &mut |_| {});
        bench.steps(Task::Events(7));
        bench.steps(Task::Time);
        let (before, reports) = (bytes(&mut bench), told(&mut bench));
        let tenant = bench.tenant;
        bench.store.folds().unfold(tenant).unwrap();
        // As a rebuild does; or killed in the middle, and gone on with by whoever folds.
        for _ in 0..random.below(8) {
            bench.step(Task::Survey(1 + random.below(30) as usize));
            if random.below(4) == 0 {
                bench.step(Task::Keep);
            }
            if random.below(3) == 0 {
                bench.restart();
            }
        }
        if random.below(2) == 0 {
            go_on(&mut bench, &mut random, &[Task::Survey(0)]);
        }
        go_on(&mut bench, &mut random, &[Task::Events(0), Task::Keep, Task::Time]);
        let at = bench.now;
        assert_eq!(bench.lines(at), bench.replayed(&playbook, at), "seed {seed}");
        assert!(bytes(&mut bench) == before, "seed {seed}: other bytes");
        assert_eq!(told(&mut bench), reports, "seed {seed}");
    }
}

#[test]
fn what_had_never_been_folded_is_reported_as_if_it_had_been_folded_at_once() {
    let mut moments = 0;
    for seed in 420..432 {
        let mut at_once = unfolded(seed);
        at_once.step(Task::Events(1_000));
        at_once.steps(Task::Time);
        let (wanted, reports) = (bytes(&mut at_once), told(&mut at_once));
        moments += reports.len();

        let mut random = Random(seed);
        let mut bench = unfolded(seed);
        go_on(&mut bench, &mut random, &[Task::Survey(0)]);
        // Whoever asks now is answered from the log.
        assert!(bytes(&mut bench) == wanted, "seed {seed}: other bytes before they are kept");
        go_on(&mut bench, &mut random, &[Task::Keep]);
        go_on(&mut bench, &mut random, &[Task::Events(0), Task::Time]);
        assert!(bytes(&mut bench) == wanted, "seed {seed}: other bytes");
        assert_eq!(told(&mut bench), reports, "seed {seed}");

        let mut bench = unfolded(seed);
        let (tenant, now) = (bench.tenant, bench.now);
        let seen = rebuild(&mut bench.store, tenant, &At(now), |_| {}).unwrap();
        assert_eq!(seen.events, 120);
        assert!(seen.folded > 0 && seen.folded <= 120);
        assert!(bytes(&mut bench) == wanted, "seed {seed}: other bytes");
        assert_eq!(told(&mut bench), reports, "seed {seed}");
    }
    assert!(moments > 100, "{moments}");
}

#[test]
fn of_a_large_account_that_is_rebuilt_older_states_are_kept_for_what_comes_late() {
    let mut random = Random(450);
    let playbook = playbook(PLAYBOOK);
    let mut bench = Bench::open(PLAYBOOK);
    let mut all = events(&mut random, 1_500, 1);
    let time = |event: &Value| ripen::engine::parse_timestamp(event["timestamp"].as_str().unwrap()).unwrap();
    all.sort_by_key(|event| (time(event), event["messageId"].as_str().unwrap().to_owned()));
    let late = [all.remove(1_350), all.remove(700)];
    all.chunks(100).for_each(|page| bench.append(page));
    bench.now = time(all.last().unwrap());
    let (tenant, now) = (bench.tenant, bench.now);
    rebuild(&mut bench.store, tenant, &At(now), |_| {}).unwrap();
    let row = bench.store.folds().islands(tenant, IslandId(0), 9).unwrap();
    let largest = row.into_iter().max_by_key(|row| row.events).unwrap();
    let kept = |bench: &mut Bench| -> Vec<i64> {
        let kept = bench.store.folds().checkpoints(largest.id).unwrap();
        kept.into_iter().map(|state| state.events).collect()
    };
    let ages = |left: i64| largest.events - left;
    assert!(ages(1_024) > 0, "{largest:?}");
    assert_eq!(kept(&mut bench), [0, 64, 256].map(ages));
    for (number, event) in late.into_iter().enumerate() {
        bench.append(&[event]);
        bench.steps(Task::Events(1_000));
        assert!(number > 0 || kept(&mut bench).contains(&ages(256)), "it was begun with");
        assert_eq!(bench.lines(now), bench.replayed(&playbook, now));
    }
    // Nor is it another state than one that is kept on the way there.
    let states = bytes(&mut bench);
    bench.store.folds().unfold(tenant).unwrap();
    while bench.step(Task::Events(97)) {}
    assert!(bytes(&mut bench) == states);
}

#[test]
fn of_long_events_no_more_is_held_at_once_than_a_limit_says_and_all_are_folded() {
    let mut random = Random(460);
    let playbook = playbook(PLAYBOOK);
    let mut bench = Bench::open(PLAYBOOK);
    let mut all = events(&mut random, 600, 1);
    for event in &mut all {
        event["properties"]["long"] = Value::from("x".repeat(EVENT_BYTES - 1_000));
    }
    let bytes: usize = all.iter().map(|event| event.to_string().len()).sum();
    assert!(bytes > FOLD_PAST_BYTES, "{bytes}");
    all.chunks(100).for_each(|page| bench.append(page));
    let last = all.iter().filter_map(|event| event["timestamp"].as_str()).max().unwrap();
    bench.now = ripen::engine::parse_timestamp(last).unwrap();
    let (tenant, now) = (bench.tenant, bench.now);
    rebuild(&mut bench.store, tenant, &At(now), |_| {}).unwrap();
    let rows = bench.store.folds().islands(tenant, IslandId(0), 9).unwrap();
    let long = rows.into_iter().map(|row| {
        let past =
            bench.store.folds().past(row.id, Millis(i64::MIN), None, FOLD_PAST_EVENTS, FOLD_PAST_BYTES);
        past.unwrap().is_none()
    });
    assert!(long.into_iter().any(|long| long), "there is one of whom not all is read at once");
    assert_eq!(bench.lines(now), bench.replayed(&playbook, now));
}

#[test]
fn who_is_only_surveyed_when_it_is_killed_is_reported_by_whoever_goes_on() {
    let mut moments = 0;
    for seed in 440..464 {
        let mut random = Random(seed);
        let surveyed = 1 + random.below(119) as usize;
        let goes_on_by_itself = seed % 2 == 0;
        // Somebody was heard of, and then the others: so it is found out in two steps, where nobody surveys all of them.
        let mut folded = unfolded(seed);
        folded.step(Task::Events(if goes_on_by_itself { surveyed } else { 1_000 }));
        folded.step(Task::Events(1_000));
        folded.steps(Task::Time);
        let (wanted, reports) = (bytes(&mut folded), told(&mut folded));
        moments += reports.len();

        let mut bench = unfolded(seed);
        bench.step(Task::Survey(surveyed));
        bench.restart();
        let (tenant, now) = (bench.tenant, bench.now);
        // By itself, with all that is left of the log; or by another rebuild, which goes on with the survey.
        if goes_on_by_itself {
            bench.step(Task::Events(1_000));
            bench.steps(Task::Keep);
            bench.steps(Task::Time);
        } else {
            let seen = rebuild(&mut bench.store, tenant, &At(now), |_| {}).unwrap();
            assert_eq!(seen.events, 120 - surveyed, "none is looked at twice");
        }
        assert!(bytes(&mut bench) == wanted, "seed {seed}: other bytes");
        assert_eq!(told(&mut bench), reports, "seed {seed}");
    }
    assert!(moments > 200, "{moments}");
}

#[test]
fn what_is_published_between_a_survey_that_is_killed_and_who_goes_on_takes_nothing_that_was_to_be_reported() {
    let later = PLAYBOOK.replace("30h", "8h");
    for seed in 470..478 {
        // As if it had been published before anybody folded.
        let mut at_once = unfolded(seed);
        at_once.publish(&later);
        at_once.step(Task::Events(1_000));
        at_once.now = Millis(at_once.now.0 + 2 * FOLD_GRACE_MS);
        at_once.steps(Task::Time);
        let (wanted, reports) = (bytes(&mut at_once), told_whenever(&mut at_once));
        assert!(reports.len() > 10, "{reports:?}");

        let mut random = Random(seed);
        let mut bench = unfolded(seed);
        go_on(&mut bench, &mut random, &[Task::Survey(0)]);
        bench.restart();
        bench.publish(&later);
        // Whichever comes to it first.
        let rest = [Task::Keep, Task::Playbook, Task::Events(0), Task::Time];
        go_on(&mut bench, &mut random, if seed % 2 == 0 { &rest } else { &rest[1..] });
        bench.now = Millis(bench.now.0 + 2 * FOLD_GRACE_MS);
        [Task::Events(1_000), Task::Keep, Task::Time].into_iter().for_each(|task| bench.steps(task));
        assert!(bytes(&mut bench) == wanted, "seed {seed}: other bytes");
        assert_eq!(told_whenever(&mut bench), reports, "seed {seed}");
    }
}
