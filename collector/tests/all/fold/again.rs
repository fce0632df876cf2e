//! What had been folded is folded again, where somebody was erased or the log is rebuilt: that is no news, however it is
//! interrupted and whatever was published since; and what happens after it is reported as if there had been nothing.

use std::collections::BTreeMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ripen::engine::parse_timestamp;
use ripen::replay::format_timestamp;
use ripen_collector::clock::Millis;
use ripen_collector::fold::{Task, fingerprints, rebuild};
use ripen_collector::leads::Selection;
use ripen_collector::limits::FOLD_GRACE_MS;
use ripen_collector::store::{IslandId, Report, Reported, Store};
use serde_json::{Value, json};

use super::generated::{HOUR, PLAYBOOK, Random, START, events, playbook};
use super::steps::{At, Bench, live_through_with};

/// Of what generated people do; nothing that somebody else does counts.
pub(super) fn of_named_events(text: &str) -> String {
    text.replace(r#""*""#, r#"["a", "b"]"#)
        .replace(r#""interval": "2d""#, r#""interval": "2d", "activity": ["a", "b"]"#)
}

/// All but how the subject stood.
fn line(report: &Report) -> String {
    let what = match &report.what {
        Reported::Stage { ladder, before, after } => format!("{ladder} {before:?} {after:?}"),
        Reported::Moment { moment, .. } => moment.clone(),
    };
    let Report { happened, reported, account, subject, .. } = report;
    format!("{} {} {account} {subject} {what}", happened.0, reported.0)
}

/// What is reported of all but the erased. Whose turn it is by time alone hangs on them a little: so does it whether a
/// stage was found out by that, or by something that was late, and when a moment was (seeds 521, 532); and so whether it was
/// found out before or after it was known that a browser is somebody's (821). An account in which only they were is a new one
/// later, which stands on the lowest rung (743).
/// Where an event comes in order but for one of theirs, the fold goes on in the one case, and tells of each stage; in the
/// other it folds anew, and tells only what is different then (seeds 339, 404).
fn of_the_others(bench: &mut Bench) -> Vec<String> {
    let users = users(bench);
    let mut others = in_all(bench.reports());
    others.retain(|report| !report.subject.contains('x'));
    let found_out = |report: Report| match report.what {
        Reported::Stage { before: None, after, .. }
            if report.account && after.as_deref() == Some("individual") =>
        {
            None
        }
        Reported::Stage { ladder, before, after } => {
            let before = before.or_else(|| report.account.then(|| "individual".to_owned()));
            let what = Reported::Stage { ladder, before, after };
            Some(line(&Report { happened: Millis(0), reported: Millis(0), what, ..report }))
        }
        Reported::Moment { .. } => {
            let user = users.get(&report.subject).filter(|_| !report.account).cloned();
            let subject = user.unwrap_or_else(|| report.subject.clone());
            Some(line(&Report { reported: Millis(0), subject, ..report }))
        }
    };
    others.into_iter().filter_map(found_out).collect()
}

/// Whose browsers are, in the end.
fn users(bench: &mut Bench) -> BTreeMap<String, String> {
    let islands = bench.store.folds().islands(bench.tenant, IslandId(0), usize::MAX).unwrap();
    let joins = islands.into_iter().flat_map(|row| bench.store.folds().joins(row.id).unwrap());
    joins.map(|join| (join.anonymous, join.user)).collect()
}

/// Of the changes of a stage that were found out at one instant, what they come to. (That an account had none before stays.)
fn in_all(reports: Vec<Report>) -> Vec<Report> {
    let mut all: Vec<Report> = Vec::new();
    for report in reports {
        let Reported::Stage { ladder, after, .. } = &report.what else {
            all.push(report);
            continue;
        };
        let known = all.iter_mut().find_map(|known| match &mut known.what {
            Reported::Stage { ladder: own, before, after }
                if (before.is_some() || !known.account)
                    && own == ladder
                    && (known.account, &known.subject, known.reported)
                        == (report.account, &report.subject, report.reported) =>
            {
                Some(after)
            }
            _ => None,
        });
        match known {
            Some(known) => known.clone_from(after),
            None => all.push(report),
        }
    }
    all.retain(|report| !matches!(&report.what, Reported::Stage { before, after, .. } if before == after));
    all
}

fn all(bench: &mut Bench) -> Vec<String> {
    bench.reports().iter().map(line).collect()
}

fn leads(bench: &mut Bench) -> usize {
    bench.store.leads().leads(bench.tenant, &Selection::default(), usize::MAX).unwrap().len()
}

/// Until all is folded again, in steps of some size, with kills.
pub(super) fn finish(bench: &mut Bench, random: &mut Random) {
    while bench.is_folding_again() {
        assert!(!bench.step(Task::Playbook), "it is folded by it in any case");
        assert!(bench.step(Task::Events(1 + random.below(40) as usize)));
        if random.below(3) == 0 {
            bench.restart();
        }
    }
}

/// With one more in each account, who does what does not count at the very moments at which somebody else does something.
pub(super) fn with_somebody_in_each_account(events: Vec<Value>) -> Vec<Value> {
    let copy = |event: &Value| {
        let account = event["context"]["groupId"].as_str()?;
        let mut copy = json!({"type": "track", "event": "x", "userId": format!("x{account}"),
            "timestamp": event["timestamp"], "context": {"groupId": account}});
        copy["messageId"] = json!(format!("{}~", event["messageId"].as_str()?));
        Some(copy)
    };
    events
        .into_iter()
        .flat_map(|event| [copy(&event), Some(event)].into_iter().flatten().collect::<Vec<_>>())
        .collect()
}

/// Lives through the same with and without interruptions, another playbook coming in the middle: the reports are the same.
/// How many there are of what only the other playbook has. Each step takes at least so many events.
fn compare(
    seed: u64,
    least: usize,
    told: impl Fn(&mut Bench) -> Vec<String>,
    interrupt: &mut dyn FnMut(&mut Bench, &mut Random),
) -> usize {
    let text = &of_named_events(PLAYBOOK);
    let later = text.replace(r#""silent":"#, r#""quiet":"#).replace("30h", "8h");
    let told = [false, true].map(|is_interrupted| {
        let mut random = Random(seed);
        let mut bench = Bench::open(text);
        let (count, crowds) = (60 + random.below(100), 1 + random.below(3));
        let events = with_somebody_in_each_account(events(&mut random, count, crowds));
        let mut other = Random(seed + 1_000);
        let mut pages = 0;
        live_through_with(&mut bench, &mut random, events, least, &mut |bench| {
            pages += 1;
            // What is erased is missing in the pages that come, so that they would be others.
            if bench.is_folding_again() {
                bench.steps(Task::Others(1_000));
            } else {
                bench.steps(Task::Events(1_000));
            }
            if pages == 12 {
                // Whose turn it is by time alone has it before that: of who was folded again that is a little later.
                bench.now = Millis(bench.now.0 + 2 * FOLD_GRACE_MS);
                bench.steps(Task::Time);
                // All that has happened fires as something else in it.
                bench.publish(&later);
                bench.steps(Task::Playbook);
            }
            if is_interrupted && other.below(4) == 0 {
                interrupt(bench, &mut other);
            }
        });
        // All that is left at once: what is erased is missing in pages, so that they would be others.
        bench.steps(Task::Events(1_000));
        bench.steps(Task::Time);
        let at = bench.now;
        assert_eq!(bench.lines(at), bench.replayed(&playbook(&later), at), "seed {seed}");
        let mut told = told(&mut bench);
        told.sort();
        told
    });
    let [wanted, found] = told;
    // As often as they happened.
    let without = |one: &[String], other: &[String]| -> Vec<String> {
        let mut other = other.to_vec();
        let mut rest = one.to_vec();
        rest.retain(|line| match other.iter().position(|known| known == line) {
            Some(place) => other.remove(place).is_empty(),
            None => true,
        });
        rest
    };
    let (lacking, more) = (without(&wanted, &found), without(&found, &wanted));
    assert!(lacking.is_empty() && more.is_empty(), "seed {seed}: lacking {lacking:#?}, more {more:#?}");
    wanted.iter().filter(|line| line.contains("quiet")).count()
}

#[test]
fn a_rebuild_that_is_killed_and_goes_on_by_itself_is_no_news_and_what_comes_after_it_is() {
    let mut of_the_other = 0;
    for seed in seeds(200..212) {
        of_the_other += compare(seed, 1, all, &mut |bench, random| {
            bench.store.folds().unfold(bench.tenant).unwrap();
            for _ in 0..random.below(4) {
                bench.step(Task::Events(1 + random.below(30) as usize));
            }
            if random.below(3) == 0 {
                bench.store.folds().unfold(bench.tenant).unwrap();
            }
            bench.restart();
            finish(bench, random);
        });
    }
    assert!(of_the_other > 0);
}

/// Some seeds, or those that the environment says (`RIPEN_SEEDS=300..4000`).
pub(super) fn seeds(some: Range<u64>) -> Range<u64> {
    let Ok(said) = std::env::var("RIPEN_SEEDS") else { return some };
    let (from, to) = said.split_once("..").unwrap();
    from.parse().unwrap()..to.parse().unwrap()
}

#[test]
fn c43_who_shared_an_account_with_the_erased_has_the_reports_that_they_would_have_had() {
    let mut of_the_other = 0;
    for seed in seeds(300..312) {
        // A page at once: what is erased is missing in it, so that a part of it would be another one, and what comes later in
        // the page would be found out before something else, or after it (seed 2069).
        of_the_other += compare(seed, 1_000, of_the_others, &mut |bench, random| {
            let account = format!("{}g{}", random.below(3), random.below(2));
            bench.erase(&format!("x{account}"));
            if bench.is_folding_again() {
                bench.step(Task::Events(3));
                bench.erase(&format!("x0g{}", random.below(2)));
            }
            if random.below(4) == 0 {
                bench.store.folds().unfold(bench.tenant).unwrap();
            }
            finish(bench, random);
        });
    }
    assert!(of_the_other > 0);
}

/// Pages of events, late ones among them, of three groups of people who share nothing; of the first, one after the other is
/// erased meanwhile, or nobody. What is reported of the other two, and how often time passed while any were folded again.
fn of_other_accounts(seed: u64, is_interrupted: bool) -> (Vec<String>, usize) {
    let mut random = Random(seed);
    let mut other = Random(seed + 1_000);
    let text = &of_named_events(PLAYBOOK);
    let mut bench = Bench::open(text);
    let mut events = with_somebody_in_each_account(events(&mut random, 150, 3));
    let at = |event: &Value| parse_timestamp(event["timestamp"].as_str().unwrap()).unwrap().0;
    let mut meanwhile = 0;
    let late = |random: &mut Random| [0, 0, 0, 3, 200][random.below(5) as usize] * HOUR;
    events.sort_by_cached_key(|event| at(event) + late(&mut random));
    while !events.is_empty() {
        let page: Vec<Value> = events.drain(..events.len().min(1 + random.below(9) as usize)).collect();
        bench.now = Millis(page.iter().map(at).max().unwrap().max(bench.now.0));
        bench.append(&page);
        if is_interrupted && other.below(4) == 0 {
            bench.erase(&format!("x0g{}", other.below(2)));
        }
        if is_interrupted && other.below(5) == 0 {
            bench.restart();
        }
        for _ in 0..other.below(3) {
            if bench.is_folding_again() {
                bench.step(Task::Events(1 + other.below(9) as usize));
            }
        }
        // A page at once, as where nobody is erased: what is late in it is found out with the rest.
        bench.step(Task::Others(1_000));
        if !bench.is_folding_again() {
            bench.steps(Task::Events(1_000));
        }
        if random.below(4) == 0 {
            bench.now = Millis(bench.now.0 + random.below(2 * HOUR as u64) as i64);
            bench.steps(Task::Time);
            meanwhile += usize::from(bench.is_folding_again());
        }
    }
    finish(&mut bench, &mut other);
    bench.steps(Task::Events(7));
    let mut told = all(&mut bench);
    bench.steps(Task::Time);
    let at = bench.now;
    assert_eq!(bench.lines(at), bench.replayed(&playbook(text), at), "seed {seed}");
    told.retain(|line| {
        ["1", "2"]
            .iter()
            .any(|crowd| line.split(' ').nth(3).unwrap().trim_start_matches('x').starts_with(crowd))
    });
    told.sort();
    (told, meanwhile)
}

#[test]
fn c43_others_go_on_and_are_reported_at_once_while_one_after_the_other_of_an_account_is_erased() {
    let mut meanwhile = 0;
    for seed in seeds(400..412) {
        let (wanted, _) = of_other_accounts(seed, false);
        let (found, within) = of_other_accounts(seed, true);
        meanwhile += within;
        assert!(wanted.len() > 10, "{wanted:?}");
        let differ = found.iter().zip(&wanted).find(|(found, wanted)| found != wanted);
        assert!(differ.is_none() && found.len() == wanted.len(), "seed {seed}: {differ:?}");
    }
    assert!(meanwhile > 0, "time passes within it, too");
}

/// Somebody new says once that they are of an account that is just being folded again, and then does something: as Segment's
/// clients do.
#[test]
fn c43_whose_event_waits_is_not_told_of_as_if_it_had_not_happened() {
    const SMALL: &str = r#"{"activity": "*", "signals": {"n": {"count": "a"}},
        "moments": {"small": {"when": {"signals.n": {"$gte": 1}, "account.plan": {"$ne": "enterprise"}},
            "motion": "sales", "qualifies": "pql"}}}"#;
    let of = |number: i64, kind: &str, who: Value, more: Value| {
        let mut event = event(number, "");
        event["type"] = json!(kind);
        event["context"] = json!({});
        let event_of = event.as_object_mut().unwrap();
        event_of.remove("userId");
        event_of.extend(who.as_object().unwrap().clone());
        event_of.extend(more.as_object().unwrap().clone());
        event
    };
    let (eve, dan) = (json!({"userId": "eve"}), json!({"userId": "dan"}));
    let acme = json!({"groupId": "acme"});
    let nothing = json!({});
    // How many of the log are read at a time; and whether whoever folds remembers nothing in between.
    for (size, forgets) in [(100, false), (1, false), (1, true)] {
        for is_known in [false, true] {
            let mut bench = Bench::open(SMALL);
            let plan = json!({"groupId": "acme", "traits": {"plan": "enterprise"}});
            bench.append(&[of(1, "group", json!({"userId": "ann"}), plan)]);
            bench.append(&(2..20).map(|number| event(number, "ann")).collect::<Vec<_>>());
            bench.append(&[event(20, "ben")]);
            if is_known {
                let lone = json!({"event": "b"});
                bench.append(&[
                    of(21, "track", eve.clone(), lone.clone()),
                    of(22, "track", dan.clone(), lone),
                ]);
            }
            bench.now = Millis(START + 30 * HOUR);
            bench.steps(Task::Events(100));
            bench.erase("ben");
            assert!(bench.step(Task::Events(5)) && bench.is_folding_again());
            let both = json!({"userId": "eve", "anonymousId": "browser"});
            bench.append(&[
                of(31, "group", both, acme.clone()),
                of(32, "track", eve.clone(), nothing.clone()),
                of(33, "track", json!({"anonymousId": "browser"}), nothing.clone()),
                // Who is with them somewhere else.
                of(34, "group", eve.clone(), json!({"groupId": "club", "traits": {"plan": "enterprise"}})),
                of(35, "track", dan.clone(), json!({"context": {"groupId": "club"}})),
                of(36, "track", json!({"userId": "joe"}), nothing.clone()),
            ]);
            bench.now = Millis(START + 40 * HOUR);
            while bench.step(Task::Others(size)) {
                if forgets {
                    bench.restart();
                }
            }
            let told: Vec<String> = bench.reports().iter().map(line).collect();
            assert!(told.len() == 1 && told[0].ends_with("joe small"), "{size} {is_known}: {told:?}");
            while bench.is_folding_again() {
                assert!(bench.step(Task::Events(5)));
            }
            bench.append(&[
                of(37, "track", dan.clone(), json!({"context": {"groupId": "club"}})),
                of(38, "track", json!({"userId": "amy"}), nothing.clone()),
            ]);
            bench.steps(Task::Events(100));
            bench.steps(Task::Time);
            let told: Vec<String> = bench.reports().iter().map(line).collect();
            assert!(told.len() == 2 && told[1].ends_with("amy small"), "{size} {is_known}: {told:?}");
            assert_eq!(leads(&mut bench), 2);
            let at = bench.now;
            assert_eq!(bench.lines(at), bench.replayed(&playbook(SMALL), at));
        }
    }
}

#[test]
fn c43_an_account_that_is_folded_again_and_again_keeps_nobody_else_waiting() {
    let mut bench = Bench::open(FIRST);
    let member = |number: i64| format!("member{}", number % 20);
    let all: Vec<Value> = (0..60).map(|number| event(number, &member(number))).collect();
    bench.append(&all);
    bench.now = Millis(START + 60 * HOUR);
    bench.steps(Task::Events(100));
    let counted = |bench: &mut Bench, who: &str| {
        let at = bench.now;
        let line = bench.lines(at).into_iter().find(|line| line.contains(&format!(r#""person":"{who}""#)));
        line.map_or(Value::Null, |line| serde_json::from_str::<Value>(&line).unwrap()["signals"]["n"].clone())
    };
    let alone = |number: i64| {
        let mut event = event(100 + number, "dan");
        event["context"] = json!({});
        event
    };
    for number in 0..10 {
        bench.erase(&member(number));
        bench.now = Millis(START + (100 + number) * HOUR);
        // Of the account, of somebody who is new in it, and of somebody else.
        let mut new = event(200 + number, "eve");
        new["timestamp"] = event(100 + number, "eve")["timestamp"].clone();
        let mut own = event(300 + number, "member19");
        own["timestamp"] = event(100 + number, "")["timestamp"].clone();
        bench.append(&[own, new, alone(number)]);
        // Not many: the account is never folded to its end.
        assert!(bench.step(Task::Events(5)));
        bench.steps(Task::Others(100));
        assert!(bench.is_folding_again());
        assert_eq!(counted(&mut bench, "dan"), json!(number + 1));
        assert_eq!(counted(&mut bench, "eve"), Value::Null, "with all of the account, or not at all");
    }
    let mut steps = 0;
    while bench.is_folding_again() {
        assert!(bench.step(Task::Events(10)));
        steps += 1;
    }
    assert!(steps <= 4, "30 events are left: {steps}");
    bench.steps(Task::Events(100));
    let at = bench.now;
    assert_eq!(counted(&mut bench, "eve"), json!(10));
    assert_eq!(bench.lines(at), bench.replayed(&playbook(FIRST), at));
}

const FIRST: &str = r#"{"activity": "*", "signals": {"n": {"count": "a"}}}"#;
const LATER: &str = r#"{"activity": "*", "signals": {"n": {"count": "a"}, "all": {"count": "a", "scope": "account"}},
    "ladders": {"journey": {"rungs": [{"id": "new"}, {"id": "two", "when": {"signals.n": {"$gte": 2}}}]}},
    "moments": {
        "ripe": {"when": {"signals.n": {"$gte": 3}}, "motion": "sales", "qualifies": "pql"},
        "riper": {"when": {"signals.n": {"$gte": 5}}, "motion": "sales", "qualifies": "pql"},
        "team": {"when": {"signals.all": {"$gte": 6}}, "motion": "sales", "qualifies": "pqa", "scope": "account"}}}"#;

fn event(number: i64, who: &str) -> Value {
    json!({"type": "track", "event": "a", "messageId": format!("m{number}"), "userId": who,
        "timestamp": format_timestamp(Millis(START + number * HOUR)), "context": {"groupId": "acme"}})
}

/// Two did something; then a playbook was published by which that would have qualified them.
fn published_later() -> Bench {
    let mut bench = Bench::open(FIRST);
    bench.append(&[1, 2, 3, 4].map(|number| event(number, "ann")));
    bench.append(&[5, 6, 7, 8].map(|number| event(number, "ben")));
    bench.now = Millis(START + 9 * HOUR);
    bench.steps(Task::Events(100));
    bench.publish(LATER);
    bench.now = Millis(START + 12 * HOUR);
    bench.steps(Task::Playbook);
    bench.steps(Task::Time);
    assert_eq!((bench.reports().len(), leads(&mut bench)), (0, 0));
    bench
}

/// And what Ann does then is reported once.
fn goes_on(mut bench: Bench) {
    assert_eq!((bench.reports(), leads(&mut bench)), (Vec::new(), 0), "the past is no news");
    bench.append(&[event(13, "ann")]);
    bench.now = Millis(START + 14 * HOUR);
    bench.steps(Task::Events(100));
    bench.steps(Task::Time);
    let told: Vec<String> = bench.reports().iter().map(line).collect();
    assert!(told.len() == 1 && told[0].ends_with("ann riper"), "{told:?}");
    assert_eq!(leads(&mut bench), 1);
}

#[test]
fn c43_nobody_becomes_a_lead_because_somebody_else_was_erased() {
    for size in [1, 3, 100] {
        let mut bench = published_later();
        bench.erase("ben");
        while bench.step(Task::Events(size)) || bench.step(Task::Time) {}
        let at = bench.now;
        assert_eq!(bench.lines(at), bench.replayed(&playbook(LATER), at));
        goes_on(bench);
    }
}

#[test]
fn c43_nobody_becomes_a_lead_where_the_playbook_comes_while_they_are_folded_again() {
    let mut bench = published_later();
    bench.publish(FIRST);
    bench.steps(Task::Playbook);
    bench.erase("ben");
    assert!(bench.step(Task::Events(2)));
    bench.publish(LATER);
    while bench.step(Task::Events(1)) || bench.step(Task::Playbook) || bench.step(Task::Time) {}
    goes_on(bench);
}

#[test]
fn a_rebuild_that_is_killed_leaves_nobody_as_a_lead_of_the_past() {
    let mut bench = published_later();
    let (tenant, now) = (bench.tenant, bench.now);
    let before = fingerprints(&mut bench.store, tenant, now).unwrap();
    let killed = catch_unwind(AssertUnwindSafe(|| {
        rebuild(&mut bench.store, tenant, &At(now), |_| panic!("a kill after the first step")).map(drop)
    }));
    assert!(killed.is_err());
    bench.restart();
    assert!(bench.is_folding_again());
    while bench.step(Task::Events(3)) || bench.step(Task::Time) {}
    assert_eq!(fingerprints(&mut bench.store, tenant, now).unwrap(), before);
    goes_on(bench);
}

#[test]
fn what_had_not_been_folded_when_a_rebuild_began_is_news_to_it() {
    let mut bench = published_later();
    // One that waits for its time, and one that nobody has read.
    bench.append(&[event(13, "ann")]);
    bench.steps(Task::Events(100));
    bench.append(&[event(10, "ben")]);
    bench.now = Millis(START + 14 * HOUR);
    let (tenant, now) = (bench.tenant, bench.now);
    rebuild(&mut bench.store, tenant, &At(now), |_| {}).unwrap();
    let told: Vec<String> = bench.reports().iter().map(line).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].ends_with("ben riper") || told[1].ends_with("ben riper"), "{told:?}");
    assert_eq!(leads(&mut bench), 2);
}

#[test]
fn who_came_last_is_erased_and_a_rebuild_says_the_same() {
    let mut bench = Bench::open(FIRST);
    bench.append(&[event(1, "ann"), event(2, "ben")]);
    bench.now = Millis(START + 100 * HOUR);
    bench.steps(Task::Events(10));
    bench.erase("ben");
    while bench.step(Task::Events(10)) || bench.step(Task::Time) {}
    let (tenant, now) = (bench.tenant, bench.now);
    let before = fingerprints(&mut bench.store, tenant, now).unwrap();
    assert_eq!(before.len(), 1, "nobody but ann, and no island of nobody");
    rebuild(&mut bench.store, tenant, &At(now), |_| {}).unwrap();
    assert_eq!(fingerprints(&mut bench.store, tenant, now).unwrap(), before);
}
