//! Momentum: where somebody is heading, in the terms of growth accounting (`semantics.md` §5).

use super::time::{Day, Hour};
use super::wire::{wire_enum, wire_struct};

/// Where somebody is heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Momentum {
    /// In the first interval.
    New,
    /// Active in this interval, or in the one before.
    Current,
    /// Active again after an interval of silence.
    Resurrected,
    /// Silent for an interval at least.
    Dormant,
}

impl Momentum {
    /// As the view names it.
    pub const fn name(self) -> &'static str {
        match self {
            Momentum::New => "new",
            Momentum::Current => "current",
            Momentum::Resurrected => "resurrected",
            Momentum::Dormant => "dormant",
        }
    }
}

/// What is remembered of somebody's activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    first: Day,
    /// Active days of the last two intervals, oldest first.
    recent: Vec<Day>,
}

impl Activity {
    /// The first active day.
    pub fn begin(today: Day) -> Activity {
        Activity { first: today, recent: vec![today] }
    }

    /// Another activity; days do not run backwards.
    pub fn go_on(&mut self, interval: u16, today: Day) {
        if self.recent.last() != Some(&today) {
            self.recent.push(today);
        }
        let oldest = today.0 - 2 * i32::from(interval);
        while self.recent.first().is_some_and(|day| day.0 < oldest) {
            self.recent.remove(0);
        }
    }

    /// The momentum, and the hour at which it could change by time alone.
    pub fn momentum(&self, interval: u16, now: Hour) -> (Momentum, Hour) {
        let interval = i32::from(interval.max(1));
        let today = now.day();
        let number = (today.0 - self.first.0).div_euclid(interval);
        let start = self.first.0 + number * interval;
        let active = |from: i32| self.recent.iter().any(|day| (from..from + interval).contains(&day.0));
        let momentum = match (number, active(start), active(start - interval)) {
            (..=0, _, _) => Momentum::New,
            (_, true, false) => Momentum::Resurrected,
            (_, false, false) => Momentum::Dormant,
            (_, _, true) => Momentum::Current,
        };
        (momentum, Day(start + interval).first_hour())
    }
}

wire_enum!(Momentum or Momentum::New, { 0 => New, 1 => Current, 2 => Resurrected, 3 => Dormant });
wire_struct!(Activity { first, recent });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_semantics_row_by_row() {
        let mut activity = Activity::begin(Day(100));
        let at = |activity: &Activity, day: i32| activity.momentum(7, Day(day).first_hour()).0;
        assert_eq!(at(&activity, 106), Momentum::New);
        assert_eq!(at(&activity, 107), Momentum::Current, "the interval is still open");
        assert_eq!(at(&activity, 114), Momentum::Dormant);
        activity.go_on(7, Day(130));
        assert_eq!(at(&activity, 130), Momentum::Resurrected);
        activity.go_on(7, Day(136));
        assert_eq!(at(&activity, 136), Momentum::Current);
    }

    #[test]
    fn it_says_when_the_interval_ends() {
        let activity = Activity::begin(Day(100));
        assert_eq!(activity.momentum(7, Day(103).first_hour()).1, Day(107).first_hour());
    }
}
