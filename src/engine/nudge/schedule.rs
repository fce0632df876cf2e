//! When a nudge may be shown at all, on the user's own clock.

use crate::engine::time::{Hour, Millis, Offset};
use crate::engine::wire::wire_struct;

/// From when to when, on which weekdays, at which hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// From this instant on.
    pub from: Option<Instant>,
    /// Up to, and without, this instant.
    pub to: Option<Instant>,
    /// A bit by weekday, that of Monday being `1 << 1`.
    pub weekdays: u8,
    /// From this hour up to, and without, that one; from a later to an earlier one it goes over midnight.
    pub hours: (u8, u8),
}

/// An instant; without a zone it is one on each user's own clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instant {
    /// As if it were UTC, where it has no zone.
    pub at: Millis,
    /// Whether it has none.
    pub is_local: bool,
}

impl Schedule {
    /// No schedule.
    pub const ALWAYS: Schedule = Schedule { from: None, to: None, weekdays: u8::MAX, hours: (0, 24) };

    /// Whether it is time, where the user's clock shows this hour with this offset.
    pub(super) fn allows(&self, hour: Hour, offset: Offset, now: Millis) -> bool {
        let has_come = |instant: Instant| {
            let here = if instant.is_local { now.0.saturating_add(offset.millis()) } else { now.0 };
            here >= instant.at.0
        };
        self.from.is_none_or(has_come) && !self.to.is_some_and(has_come) && self.opens_at(hour)
    }

    /// When it is over for good, where the user's clock has this offset.
    pub fn end(&self, offset: Offset) -> Option<Millis> {
        let local = |to: Instant| if to.is_local { offset.millis() } else { 0 };
        self.to.map(|to| Millis(to.at.0.saturating_sub(local(to))))
    }

    /// Whether this hour of the user's clock is one of its hours, on one of its weekdays.
    pub fn opens_at(&self, hour: Hour) -> bool {
        let (from, to) = self.hours;
        let of_day = hour.of_day();
        let in_hours = if from < to { of_day >= from && of_day < to } else { of_day >= from || of_day < to };
        in_hours && self.weekdays & (1 << hour.day().weekday()) != 0
    }
}

wire_struct!(Schedule { from, to, weekdays, hours });
wire_struct!(Instant { at, is_local });

#[cfg(test)]
mod tests {
    use super::*;

    const FRIDAY_23: Hour = Hour(24 * 8 + 23);

    #[test]
    fn hours_from_a_later_to_an_earlier_one_go_over_midnight() {
        let night = Schedule { hours: (22, 6), ..Schedule::ALWAYS };
        let open: Vec<i32> =
            (0..24).filter(|hour| night.allows(Hour(*hour), Offset::UTC, Millis(0))).collect();
        assert_eq!(open, [0, 1, 2, 3, 4, 5, 22, 23]);
        let friday = Schedule { weekdays: 1 << 5, ..night };
        assert!(friday.allows(FRIDAY_23, Offset::UTC, Millis(0)));
        assert!(!friday.allows(Hour(FRIDAY_23.0 + 2), Offset::UTC, Millis(0)), "that is Saturday's");
    }

    #[test]
    fn an_instant_without_a_zone_comes_earlier_in_the_east() {
        let east = Offset::from_minutes(120.0).unwrap();
        let noon = Millis(12 * 3_600_000);
        let at = |is_local| Schedule { from: Some(Instant { at: noon, is_local }), ..Schedule::ALWAYS };
        let ten = Millis(10 * 3_600_000);
        assert!(at(true).allows(Hour(12), east, ten));
        assert!(!at(true).allows(Hour(11), east, Millis(ten.0 - 1)));
        assert!(!at(false).allows(Hour(12), east, ten));
        let until = Schedule { to: Some(Instant { at: noon, is_local: true }), ..Schedule::ALWAYS };
        assert!(until.allows(Hour(11), east, Millis(ten.0 - 1)));
        assert!(!until.allows(Hour(12), east, ten));
    }

    #[test]
    fn its_end_is_the_first_instant_at_which_it_no_longer_allows() {
        let east = Offset::from_minutes(330.0).unwrap();
        for is_local in [true, false] {
            let to = Some(Instant { at: Millis(12 * 3_600_000 + 90_000), is_local });
            let schedule = Schedule { to, ..Schedule::ALWAYS };
            let end = schedule.end(east).unwrap();
            assert!(!schedule.allows(Hour::at(end, east), east, end));
            assert!(schedule.allows(Hour::at(end, east), east, Millis(end.0 - 1)));
        }
        assert_eq!(Schedule::ALWAYS.end(east), None);
    }
}
