//! `npm run bench:ingest`: how many events the collector takes a second and core over HTTP, against what rusqlite alone
//! does with the same batches, and how long an acknowledgement takes. Prints one JSON document.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark, whose inputs are made for it"
)]

mod batches;
mod collector;
mod floor;
mod load;

use std::time::{Duration, Instant};

use batches::Batches;
use collector::Collector;
use cpu_time::ThreadTime;
use serde_json::{Value, json};

/// The first one warms up, and does not count.
const ROUNDS: usize = 6;
const EVENTS: usize = 100_000;
/// Of a batch: what a server's client sends at a time, and a page.
const SIZES: [usize; 2] = [100, 10];
const CONNECTIONS: usize = 32;

/// What one run took.
struct Run {
    wall: Duration,
    processor: Duration,
    acknowledged: Vec<Duration>,
}

fn main() {
    let mut rows = Vec::new();
    for size in SIZES {
        let batches = Batches::new(EVENTS, size);
        let cases: [(&str, &dyn Fn() -> Run); 4] = [
            // Nobody who answers after the commit can have more of them in one: that is how many wait.
            ("rusqlite alone, a transaction for 32 batches", &|| alone(&batches, CONNECTIONS)),
            ("rusqlite alone, a transaction for a batch", &|| alone(&batches, 1)),
            ("the collector", &|| over_http(&batches.plain)),
            ("the collector, bodies gzipped", &|| over_http(&batches.gzipped)),
        ];
        let mut runs: Vec<Vec<Value>> = vec![Vec::new(); cases.len()];
        for round in 0..ROUNDS {
            for ((_, case), runs) in cases.iter().zip(&mut runs) {
                let Run { wall, processor, acknowledged } = case();
                if round > 0 {
                    runs.push(json!({
                        "wall": wall.as_secs_f64(),
                        "processor": processor.as_secs_f64(),
                        "acknowledged": quantiles(acknowledged),
                    }));
                }
            }
        }
        let cases = cases.iter().zip(runs);
        let cases: Vec<Value> = cases.map(|((name, _), runs)| json!({"name": name, "runs": runs})).collect();
        rows.push(json!({"batch": size, "bytes": batches.bytes(), "cases": cases}));
    }
    println!("{}", json!({"events": EVENTS, "connections": CONNECTIONS, "sizes": rows, "steady": steady()}));
}

fn alone(batches: &Batches, together: usize) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let mut connection = floor::open(&folder.path().join("floor.db"));
    let (begun, processor) = (Instant::now(), ThreadTime::now());
    floor::insert(&mut connection, &batches.rows, together);
    Run { wall: begun.elapsed(), processor: processor.elapsed(), acknowledged: Vec::new() }
}

/// As fast as it answers.
fn over_http(bodies: &[Vec<u8>]) -> Run {
    let collector = Collector::start();
    let (begun, processor) = (Instant::now(), collector.processor());
    let acknowledged = load::as_fast_as_it_answers(&collector.address, bodies, CONNECTIONS);
    let run = Run { wall: begun.elapsed(), processor: collector.processor() - processor, acknowledged };
    assert_eq!(collector.events(), EVENTS as u64, "all of it is there");
    run
}

/// How long an acknowledgement takes where batches come at a rate that it is far from being busy with; beside how long the
/// same rows take rusqlite alone at that rate. By turns, since both wait for the same disk.
fn steady() -> Value {
    const A_SECOND: u32 = 100;
    const SECONDS: u32 = 10;
    const TURNS: usize = 3;
    let pause = Duration::from_secs(1) / A_SECOND;
    let batches = Batches::new((A_SECOND * SECONDS) as usize * 20, 20);
    let (mut acknowledged, mut alone) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        let collector = Collector::start();
        acknowledged.extend(load::at_a_rate(&collector.address, &batches.plain, CONNECTIONS, pause));
        drop(collector);
        let folder = tempfile::tempdir().unwrap();
        let mut connection = floor::open(&folder.path().join("floor.db"));
        alone.extend(floor::insert_at_a_rate(&mut connection, &batches.rows, pause));
    }
    json!({
        "batches_a_second": A_SECOND, "batch": 20,
        "acknowledged": quantiles(acknowledged), "alone": quantiles(alone),
    })
}

/// In milliseconds: the median, the 99th percentile, the worst.
fn quantiles(mut times: Vec<Duration>) -> Value {
    if times.is_empty() {
        return Value::Null;
    }
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    json!([at(0.5), at(0.99), at(1.0)])
}
