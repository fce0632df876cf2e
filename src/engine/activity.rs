//! Momentum and `alive`: where somebody is heading, in the terms of growth accounting (`semantics.md` §5).

use super::alive::{Rhythm, p_alive};
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
    /// Current, and silent for longer than their own rhythm explains.
    AtRisk,
}

impl Momentum {
    /// All, in the order in which somebody may go through them.
    pub const ALL: [Momentum; 5] =
        [Momentum::New, Momentum::Current, Momentum::Resurrected, Momentum::Dormant, Momentum::AtRisk];

    /// As the view names it.
    pub const fn name(self) -> &'static str {
        match self {
            Momentum::New => "new",
            Momentum::Current => "current",
            Momentum::Resurrected => "resurrected",
            Momentum::Dormant => "dormant",
            Momentum::AtRisk => "at_risk",
        }
    }
}

/// So much P(alive) may be off by rounding, and more.
const CLOSE: f64 = 1e-9;

/// What is remembered of somebody's activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    first: Day,
    /// Active days in all.
    days: u32,
    /// Active days of the last two intervals, oldest first; the last one in any case.
    recent: Vec<Day>,
}

/// What activity is measured by.
#[derive(Clone, Copy, Debug)]
pub struct Measure<'a> {
    /// Days of an interval.
    pub interval: u16,
    /// The company's rhythm.
    pub rhythm: Option<&'a Rhythm>,
    /// The day since which somebody is known, if that is earlier than the first active one.
    pub first_seen: Option<Day>,
}

impl Activity {
    /// The first active day.
    pub fn begin(today: Day) -> Activity {
        Activity { first: today, days: 1, recent: vec![today] }
    }

    /// Another activity; days do not run backwards.
    pub fn go_on(&mut self, interval: u16, today: Day) {
        if self.recent.last() != Some(&today) {
            self.days = self.days.saturating_add(1);
            self.recent.push(today);
        }
        let oldest = today.0 - 2 * i32::from(interval);
        while self.recent.first().is_some_and(|day| day.0 < oldest) {
            self.recent.remove(0);
        }
    }

    /// The momentum.
    pub fn momentum(&self, by: Measure<'_>, now: Hour) -> Momentum {
        let (number, start) = self.interval(by, now);
        let interval = i32::from(by.interval.max(1));
        let active = |from: i32| self.recent.iter().any(|day| (from..from + interval).contains(&day.0));
        match (number, active(start), active(start - interval)) {
            (..=0, _, _) => Momentum::New,
            (_, true, false) => Momentum::Resurrected,
            (_, false, false) => Momentum::Dormant,
            (_, _, true) => match by.rhythm {
                Some(rhythm) if self.alive(rhythm, now) < rhythm.at_risk_below => Momentum::AtRisk,
                _ => Momentum::Current,
            },
        }
    }

    /// The hour at which this momentum, which is that of now, could change by time alone.
    pub fn turns(&self, momentum: Momentum, by: Measure<'_>, now: Hour) -> Option<Hour> {
        let (_, start) = self.interval(by, now);
        let end = Day(start + i32::from(by.interval.max(1))).first_hour();
        match (momentum, by.rhythm) {
            // Until they are active again.
            (Momentum::Dormant, _) => None,
            // Each silent day makes it less; mostly not by enough before the interval ends.
            (Momentum::Current, Some(rhythm))
                if self.alive(rhythm, Hour(end.0 - 1)) < rhythm.at_risk_below + CLOSE =>
            {
                Some(Day(now.day().0 + 1).first_hour())
            }
            _ => Some(end),
        }
    }

    /// The last active day.
    pub fn last(&self) -> Day {
        self.recent.last().copied().unwrap_or(self.first)
    }

    /// Which interval it is, and the day with which it begins.
    fn interval(&self, by: Measure<'_>, now: Hour) -> (i32, i32) {
        let interval = i32::from(by.interval.max(1));
        let begin = by.first_seen.map_or(self.first, |day| day.min(self.first)).0;
        let number = (now.day().0 - begin).div_euclid(interval);
        (number, begin + number * interval)
    }

    /// P(alive) now.
    pub fn alive(&self, rhythm: &Rhythm, now: Hour) -> f64 {
        let last = self.last();
        let since_first = |day: Day| f64::from(day.0 - self.first.0);
        p_alive(rhythm, f64::from(self.days.saturating_sub(1)), since_first(last), since_first(now.day()))
    }
}

wire_enum!(Momentum or Momentum::New, { 0 => New, 1 => Current, 2 => Resurrected, 3 => Dormant, 4 => AtRisk });
wire_struct!(Activity { first, days, recent });

#[cfg(test)]
mod tests {
    use super::*;

    const WEEKLY: Measure<'_> = Measure { interval: 7, rhythm: None, first_seen: None };

    #[test]
    fn the_table_of_the_semantics_row_by_row() {
        let mut activity = Activity::begin(Day(100));
        let at = |activity: &Activity, day: i32| activity.momentum(WEEKLY, Day(day).first_hour());
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
        let turns = |day: i32| {
            let now = Day(day).first_hour();
            activity.turns(activity.momentum(WEEKLY, now), WEEKLY, now)
        };
        assert_eq!(turns(103), Some(Day(107).first_hour()));
        assert_eq!(turns(107), Some(Day(114).first_hour()));
        assert_eq!(turns(114), None, "dormant until they come back");
    }

    #[test]
    fn who_was_known_before_the_first_activity_is_not_new() {
        let activity = Activity::begin(Day(100));
        let known = Measure { first_seen: Some(Day(90)), ..WEEKLY };
        assert_eq!(activity.momentum(known, Day(100).first_hour()), Momentum::Resurrected);
        let later = Measure { first_seen: Some(Day(200)), ..WEEKLY };
        assert_eq!(activity.momentum(later, Day(100).first_hour()), Momentum::New);
    }
}
