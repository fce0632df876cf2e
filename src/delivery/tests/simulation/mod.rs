//! Thousands of random schedules of everything that may go wrong, against what must hold whatever happens.
//!
//! A schedule is a function of its seed. One that fails is made as short as it will go, and printed with its seed.
//! More of them: `DELIVERY_SCHEDULES=100000 cargo test simulation`; from another seed on: `DELIVERY_SEED=…`.
//!
//! | file | one idea |
//! |---|---|
//! | `schedule` | what happens, and how it is drawn |
//! | `world` | a browser: tabs, one clock, one store, one network |
//! | `tab` | what a face knows, and what sends |
//! | `plain` | the sender before wasm is there |
//! | `store` | the journal, which may fail or lie |
//! | `collector` | the network and the backend |
//! | `lesson` | the retry budget and `Retry-After`, reckoned another way |
//! | `checks` | what holds at any moment |
//! | `drain` | what holds in the end |
//! | `shrink` | the shortest schedule that still fails |

mod checks;
mod collector;
mod drain;
mod lesson;
mod plain;
mod random;
mod schedule;
mod shrink;
mod store;
mod tab;
mod world;

use schedule::{Schedule, schedule};
use std::collections::BTreeMap;
use std::time::Instant;
use world::World;

/// How often each thing happened, to show that the schedules get there.
type Tally = BTreeMap<&'static str, u64>;

fn number(text: Option<&'static str>, default: u64) -> u64 {
    text.map_or(default, |text| text.parse().expect("a number"))
}

fn run(schedule: &Schedule, tally: &mut Tally) -> Result<(), String> {
    let mut world = World::new(schedule)?;
    for &step in &schedule.steps {
        world.step(step)?;
    }
    world.drain()?;
    for (&name, count) in &world.tally {
        *tally.entry(name).or_default() += count;
    }
    Ok(())
}

/// The schedules of these seeds, on one thread.
fn run_all(seeds: impl Iterator<Item = u64>) -> Tally {
    let mut tally = Tally::new();
    for seed in seeds {
        let schedule = schedule(seed);
        if let Err(problem) = run(&schedule, &mut tally) {
            let (shortest, problem) = shrink::shrink(schedule, problem);
            panic!("seed {seed}: {problem}\nshortest: {shortest:#?}");
        }
    }
    tally
}

#[test]
fn c01_c03_c05_c06_c07_c11_c14_c15_whatever_happens_an_event_arrives_or_is_counted() {
    let first = number(option_env!("DELIVERY_SEED"), 1);
    let count = number(option_env!("DELIVERY_SCHEDULES"), 10_000);
    let threads = std::thread::available_parallelism().map_or(1, |threads| threads.get() as u64);
    #[expect(clippy::disallowed_methods, reason = "how fast the schedules are, not what is in them")]
    let start = Instant::now();
    let tallies: Vec<Tally> = std::thread::scope(|scope| {
        let parts: Vec<_> = (0..threads)
            .map(|part| scope.spawn(move || run_all((first + part..first + count).step_by(threads as usize))))
            .collect();
        parts
            .into_iter()
            .map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    println!("{count} schedules in {:?} on {threads} threads", start.elapsed());
    let mut tally = Tally::new();
    for (name, seen) in tallies.into_iter().flatten() {
        *tally.entry(name).or_default() += seen;
    }
    println!("{tally:#?}");
    for name in [
        "acknowledged",
        "refused",
        "too_large",
        "queue_full",
        "high pressure",
        "routine requests",
        "keepalive requests",
        "plain requests",
        "probes",
        "stored twice or more",
        "late acceptances",
        "never answered",
        "crashes",
        "reloads",
        "leadership taken over",
        "handed over by a plain sender",
        "requests for what others had settled",
        "removals lost in a crash",
        "removals stored and not told",
        "removals that failed",
        "removals forgotten by the store",
        "sent again for the store's fault",
        "kept, though unwelcome",
    ] {
        let seen = tally.get(name).copied().unwrap_or(0);
        assert!(seen * 20 >= count, "{name}: only {seen} times in {count} schedules");
    }
    let rare = tally.get("pauses that a plain sender was asked for").copied().unwrap_or(0);
    assert!(rare * 100 >= count, "only {rare} in {count} schedules");
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
