//! Interleaved rounds: on a machine that does other things too, only what ran side by side can be compared. Counted is the
//! processor's time, so what others take of it does not show.

use std::hint::black_box;

use cpu_time::ThreadTime;
use serde_json::{Value as Json, json};

/// Something to measure: it gets ready anew for each round, which is not counted.
pub(crate) struct Case<'a> {
    pub(crate) name: String,
    /// What is done so many times in one run.
    pub(crate) units: usize,
    work: Box<dyn FnMut() -> f64 + 'a>,
}

impl<'a> Case<'a> {
    pub(crate) fn new<S, T>(
        name: impl Into<String>,
        units: usize,
        mut prepare: impl FnMut() -> S + 'a,
        mut work: impl FnMut(S) -> T + 'a,
    ) -> Case<'a> {
        let work = move || {
            let ready = black_box(prepare());
            let begin = ThreadTime::now();
            let done = black_box(work(ready));
            let took = begin.elapsed().as_secs_f64();
            drop(done);
            took
        };
        Case { name: name.into(), units, work: Box::new(work) }
    }
}

/// Runs all cases in turn, round by round; for each its nanoseconds a unit, by round. The first round warms up, and does
/// not count.
pub(crate) fn measure(group: &str, cases: Vec<Case<'_>>, rounds: usize) -> Json {
    let mut cases = cases;
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); cases.len()];
    for round in 0..=rounds {
        for (case, times) in cases.iter_mut().zip(&mut times) {
            let nanoseconds = (case.work)() * 1e9 / case.units as f64;
            if round > 0 {
                times.push(nanoseconds);
            }
        }
    }
    let cases: Vec<Json> =
        cases.iter().zip(times).map(|(case, times)| json!({"name": case.name, "times": times})).collect();
    json!({"group": group, "cases": cases})
}
