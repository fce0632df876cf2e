//! Time as the engine knows it: a lattice of whole clock hours (`semantics.md` §2).

use super::wire::{Input, Wire, wire_enum, wire_newtype, wire_struct};

const HOUR_MS: i64 = 3_600_000;
const MINUTE_MS: i64 = 60_000;
/// The last hour that a clock shows, and the first one by its negative: eleven thousand years from 1970.
const FARTHEST: i32 = 100_000_000;

/// An instant: milliseconds since 1970 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Millis(pub i64);

impl Millis {
    /// Milliseconds from `earlier` to here; negative if it is later.
    pub const fn since(self, earlier: Millis) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// Minutes east of UTC, within ±1440.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offset(i16);

impl Offset {
    /// UTC itself.
    pub const UTC: Offset = Offset(0);

    /// A whole number of minutes within ±1440; anything else is none.
    pub fn from_minutes(minutes: f64) -> Option<Offset> {
        let whole = minutes as i16;
        (f64::from(whole) == minutes && (-1440..=1440).contains(&whole)).then_some(Offset(whole))
    }

    /// Minutes east of UTC.
    pub const fn minutes(self) -> i16 {
        self.0
    }

    pub(super) const fn millis(self) -> i64 {
        self.0 as i64 * MINUTE_MS
    }
}

/// Index of a clock hour: hours since 1970-01-01T00:00 on the clock in question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hour(pub i32);

impl Hour {
    /// The hour that a clock with this offset shows at an instant.
    pub fn at(now: Millis, offset: Offset) -> Hour {
        let hour = now.0.saturating_add(offset.millis()).div_euclid(HOUR_MS);
        // A clock millennia off stays a clock, and leaves room for adding windows to it.
        Hour(hour.clamp(i64::from(-FARTHEST), i64::from(FARTHEST)) as i32)
    }

    /// Whether a clock will ever show it.
    pub(super) fn comes(self) -> bool {
        self.0 <= FARTHEST
    }

    /// The first hour that begins at an instant or after it.
    pub fn first_from(now: Millis, offset: Offset) -> Hour {
        Hour(Hour::at(Millis(now.0 - 1), offset).0 + 1)
    }

    /// The instant at which the hour begins on a clock with this offset.
    pub fn start(self, offset: Offset) -> Millis {
        Millis(i64::from(self.0) * HOUR_MS - offset.millis())
    }

    /// The day that the hour belongs to.
    pub fn day(self) -> Day {
        Day(self.0.div_euclid(24))
    }

    /// The hour of the day, 0 to 23.
    pub fn of_day(self) -> u8 {
        self.0.rem_euclid(24) as u8
    }

    /// So many hours later; one beyond all clocks where there is none.
    pub fn after(self, hours: i32) -> Hour {
        Hour(self.0.saturating_add(hours))
    }

    /// Hours from `earlier` to here.
    pub fn since(self, earlier: Hour) -> i32 {
        self.0 - earlier.0
    }
}

/// Index of a day: days since 1970-01-01 on the clock in question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub i32);

impl Day {
    /// The hour with which the day begins.
    pub fn first_hour(self) -> Hour {
        Hour(self.0.saturating_mul(24))
    }

    /// 1 for Monday to 7 for Sunday (1970-01-01 was a Thursday).
    pub fn weekday(self) -> u8 {
        (self.0 + 3).rem_euclid(7) as u8 + 1
    }
}

/// What windows and spans are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Clock hours.
    Hours,
    /// Clock days.
    Days,
}

impl Unit {
    /// The index, in this unit, of an hour.
    pub fn index(self, hour: Hour) -> i32 {
        match self {
            Unit::Hours => hour.0,
            Unit::Days => hour.day().0,
        }
    }

    /// The hour with which an index of this unit begins.
    pub fn first_hour(self, index: i32) -> Hour {
        match self {
            Unit::Hours => Hour(index),
            Unit::Days => Day(index).first_hour(),
        }
    }
}

/// The last `length` units that end `ago` units before now: `now − ago − length < index ≤ now − ago`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Hours or days.
    pub unit: Unit,
    /// 1 to 400 days, 1 to 168 hours.
    pub length: u16,
    /// How much earlier than now the window ends; together with `length` within the same limits.
    pub ago: u16,
}

impl Window {
    /// Whether the unit `index` is inside when the clock shows `now`.
    pub fn contains(self, index: i32, now: Hour) -> bool {
        let end = self.unit.index(now) - i32::from(self.ago);
        index <= end && index > end - i32::from(self.length)
    }

    /// Whether the unit `index` has left for good.
    pub fn is_past(self, index: i32, now: Hour) -> bool {
        index <= self.unit.index(now) - i32::from(self.ago) - i32::from(self.length)
    }

    /// The next hour at which the unit `index` enters or leaves, if it still will.
    pub fn next_edge(self, index: i32, now: Hour) -> Option<Hour> {
        // A unit of a damaged snapshot may be any.
        let enters = self.unit.first_hour(index.saturating_add(i32::from(self.ago)));
        let leaves = self.unit.first_hour(index.saturating_add(i32::from(self.ago) + i32::from(self.length)));
        if enters > now { Some(enters) } else { Some(leaves).filter(|leaves| *leaves > now) }
    }
}

/// A length of time, in whole hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Hours.
    pub hours: u32,
}

impl Span {
    /// The same in milliseconds.
    pub const fn millis(self) -> i64 {
        self.hours as i64 * HOUR_MS
    }
}

/// The clock of a person (local) or an account (UTC). It never runs backwards: an hour that has begun does not begin
/// again, and a clock that is ahead stands still until the hours catch up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    shown: Option<Hour>,
    offset: Offset,
}

impl Clock {
    /// The hour that was shown last; none before the first event.
    pub fn hour(&self) -> Option<Hour> {
        self.shown
    }

    /// The offset of the latest event.
    pub fn offset(&self) -> Offset {
        self.offset
    }

    /// Goes on to `now`, and changes zone there.
    pub fn travel(&mut self, offset: Option<Offset>, now: Millis) -> Hour {
        if self.shown.is_some() {
            self.go_on(now);
        }
        self.offset = offset.unwrap_or(self.offset);
        self.go_on(now)
    }

    /// Goes on to `now` in the present zone.
    pub fn go_on(&mut self, now: Millis) -> Hour {
        let hour = self.read(now);
        self.shown = Some(hour);
        hour
    }

    /// What the clock would show at `now`.
    pub fn read(&self, now: Millis) -> Hour {
        let hour = Hour::at(now, self.offset);
        self.shown.map_or(hour, |shown| shown.max(hour))
    }
}

/// Hours and days of a state that was not folded may be any: those that no clock shows would overflow where windows are
/// added to them.
fn read_shown(input: &mut Input<'_>, most: i32) -> i32 {
    let index = i32::read(input);
    if index.unsigned_abs() > most.unsigned_abs() {
        input.damage();
        return 0;
    }
    index
}

impl Wire for Hour {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }
    fn read(input: &mut Input<'_>) -> Self {
        Hour(read_shown(input, FARTHEST))
    }
}

impl Wire for Day {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }
    fn read(input: &mut Input<'_>) -> Self {
        Day(read_shown(input, FARTHEST / 24 + 1))
    }
}

wire_newtype!(Millis, Offset);
wire_enum!(Unit or Unit::Hours, { 0 => Hours, 1 => Days });
wire_struct!(Window { unit, length, ago });
wire_struct!(Span { hours });
wire_struct!(Clock { shown, offset });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_travels_west_stands_still_until_the_hours_catch_up() {
        let mut clock = Clock::default();
        let noon = Millis(12 * HOUR_MS);
        assert_eq!(clock.travel(Offset::from_minutes(120.0), noon), Hour(14));
        assert_eq!(clock.travel(Offset::from_minutes(-60.0), noon), Hour(14));
        assert_eq!(clock.read(Millis(14 * HOUR_MS)), Hour(14));
        assert_eq!(clock.read(Millis(16 * HOUR_MS)), Hour(15));
    }

    #[test]
    fn a_window_ends_ago_units_before_now() {
        let window = Window { unit: Unit::Days, length: 2, ago: 1 };
        let now = Day(10).first_hour();
        assert_eq!([7, 8, 9, 10].map(|day| window.contains(day, now)), [false, true, true, false]);
        assert_eq!(window.next_edge(10, now), Some(Day(11).first_hour()), "enters tomorrow");
        assert_eq!(window.next_edge(9, now), Some(Day(12).first_hour()), "leaves the day after");
        assert_eq!(window.next_edge(7, now), None);
    }

    #[test]
    fn an_offset_is_a_whole_number_of_minutes_within_a_day() {
        assert!(Offset::from_minutes(345.0).is_some());
        for none in [0.5, 1441.0, -1441.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Offset::from_minutes(none), None, "{none}");
        }
    }

    #[test]
    fn days_know_their_weekday() {
        assert_eq!(Day(0).weekday(), 4);
        assert_eq!(Day(-3).weekday(), 1);
        assert_eq!(Day(4).weekday(), 1);
    }
}
