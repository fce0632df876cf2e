//! Thousands of random schedules of everything that may go wrong, against what must hold whatever happens.
//!
//! A schedule is a function of its seed. One that fails is made as short as it will go, and printed with its seed.
//! More of them: `DELIVERY_SCHEDULES=100000 cargo test simulation`; from another seed on: `DELIVERY_SEED=…`.

mod checks;
mod collector;
mod random;
mod schedule;
mod shrink;
mod world;

use schedule::{Schedule, schedule};
use std::collections::BTreeMap;
use world::World;

/// How often each thing happened, to show that the schedules get there.
type Tally = BTreeMap<&'static str, u64>;

fn number(text: Option<&'static str>, default: u64) -> u64 {
    text.map_or(default, |text| text.parse().expect("a number"))
}

fn run(schedule: &Schedule, tally: &mut Tally) -> Result<(), String> {
    let mut world = World::new(schedule);
    for &step in &schedule.steps {
        world.step(step)?;
    }
    world.drain()?;
    for (&name, count) in &world.tally {
        *tally.entry(name).or_default() += count;
    }
    Ok(())
}

#[test]
fn c01_c03_c05_c06_c07_c11_c14_whatever_happens_an_event_arrives_or_is_counted() {
    let first = number(option_env!("DELIVERY_SEED"), 1);
    let count = number(option_env!("DELIVERY_SCHEDULES"), 3_000);
    let mut tally = Tally::new();
    for seed in first..first + count {
        let schedule = schedule(seed);
        if let Err(problem) = run(&schedule, &mut tally) {
            let (shortest, problem) = shrink::shrink(schedule, problem);
            panic!("seed {seed}: {problem}\nshortest: {shortest:#?}");
        }
    }
    println!("{tally:#?}");
    for name in [
        "acknowledged",
        "refused",
        "too large",
        "queue full",
        "routine requests",
        "keepalive requests",
        "stored twice or more",
        "late acceptances",
        "never answered",
        "crashes",
        "removals lost in a crash",
        "kept, though unwelcome",
    ] {
        let seen = tally.get(name).copied().unwrap_or(0);
        assert!(seen * 20 >= count, "{name}: only {seen} times in {count} schedules");
    }
}

#[test]
fn a_schedule_that_fails_is_made_short() {
    let long = schedule(1);
    let has_crash =
        |schedule: &Schedule| schedule.steps.iter().any(|step| format!("{step:?}").contains("Crash"));
    let seed = (1..).find(|&seed| has_crash(&schedule(seed))).expect("some schedule has a crash");
    let (shortest, _) = shrink::shrink_by(schedule(seed), String::new(), |candidate| {
        if has_crash(candidate) { Err("a crash".to_owned()) } else { Ok(()) }
    });
    assert!(long.steps.len() > 10);
    assert_eq!(shortest.steps.len(), 1);
}
