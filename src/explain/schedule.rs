//! When a nudge may be shown at all, in words, and when that begins or ends.

use super::words::time;
use crate::engine::{Clock, Hour, Instant, Millis, Schedule};

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The next instant at which the schedule could say something else.
pub(super) fn next_edge(schedule: &Schedule, clock: &Clock, now: Millis) -> Option<Millis> {
    let ends = [schedule.from, schedule.to].into_iter().flatten().map(|instant| on(clock, instant));
    let (from, to) = schedule.hours;
    let is_daily = schedule.hours != Schedule::ALWAYS.hours || schedule.weekdays != Schedule::ALWAYS.weekdays;
    let hour = clock.read(now);
    // A day begins, or the hours begin or end.
    let edges = (1..=24).map(|ahead| Hour(hour.0 + ahead)).filter(|_| is_daily);
    let edges =
        edges.filter(|hour| [0, from, to].contains(&hour.of_day())).map(|hour| hour.start(clock.offset()));
    ends.chain(edges).filter(|at| *at > now).min()
}

/// The instant on somebody's clock.
fn on(clock: &Clock, instant: Instant) -> Millis {
    let minutes = if instant.is_local { clock.offset().minutes() } else { 0 };
    Millis(instant.at.0 - i64::from(minutes) * 60_000)
}

/// What the schedule says, and what it is now; none if it says nothing.
pub(super) fn sentence(schedule: &Schedule, clock: &Clock, now: Millis) -> Option<String> {
    if *schedule == Schedule::ALWAYS {
        return None;
    }
    let hour = clock.read(now);
    let mut wanted = Vec::new();
    wanted.extend(schedule.from.map(|from| format!("from {}", time(on(clock, from)))));
    wanted.extend(schedule.to.map(|to| format!("before {}", time(on(clock, to)))));
    if schedule.weekdays != Schedule::ALWAYS.weekdays {
        let days = WEEKDAYS.iter().zip(1..).filter(|(_, day)| schedule.weekdays & (1 << *day) != 0);
        wanted.push(format!("on {}", days.map(|(name, _)| *name).collect::<Vec<_>>().join(", ")));
    }
    if schedule.hours != Schedule::ALWAYS.hours {
        let (from, to) = schedule.hours;
        wanted.push(format!("from {from} to {to} o'clock"));
    }
    let today = WEEKDAYS.get(usize::from(hour.day().weekday()).wrapping_sub(1)).copied().unwrap_or_default();
    Some(format!("it is {today}, {} o'clock for them, wanted {}", hour.of_day(), wanted.join(", ")))
}
