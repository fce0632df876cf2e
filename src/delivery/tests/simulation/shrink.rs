//! The shortest schedule that still fails, by leaving out steps: first many, then few (Zeller's ddmin, simplified).

use super::schedule::Schedule;
use super::{Tally, run};

pub(super) fn shrink(schedule: Schedule, problem: String) -> (Schedule, String) {
    shrink_by(schedule, problem, |candidate| run(candidate, &mut Tally::new()))
}

pub(super) fn shrink_by(
    mut schedule: Schedule,
    mut problem: String,
    attempt: impl Fn(&Schedule) -> Result<(), String>,
) -> (Schedule, String) {
    let mut size = schedule.steps.len().div_ceil(2);
    while size > 0 {
        let mut start = 0;
        let mut shorter = false;
        while start < schedule.steps.len() {
            let mut candidate = schedule.clone();
            candidate.steps.drain(start..(start + size).min(schedule.steps.len()));
            match attempt(&candidate) {
                Err(other) => {
                    (schedule, problem, shorter) = (candidate, other, true);
                }
                Ok(()) => start += size,
            }
        }
        if !shorter {
            size /= 2;
        }
    }
    (schedule, problem)
}
