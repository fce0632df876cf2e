//! A day of the calendar in UTC: what is counted is counted by days, for nobody looks at the hour of a year ago.

use ripen::engine::parse_timestamp;
use ripen::replay::format_timestamp;

use crate::clock::Millis;

const DAY_MS: i64 = 24 * 3600 * 1000;

/// Days since 1970-01-01, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i64);

impl Day {
    /// Of an instant.
    pub fn of(instant: Millis) -> Day {
        Day(instant.0.div_euclid(DAY_MS))
    }

    /// Its first instant.
    pub fn start(self) -> Millis {
        Millis(self.0.saturating_mul(DAY_MS))
    }

    /// Of a date as [`Day::written`] writes it.
    pub fn read(text: &str) -> Option<Day> {
        let day = Day::of(parse_timestamp(&format!("{text}T00:00:00Z"))?);
        (day.written() == text).then_some(day)
    }

    /// As `2024-01-31`.
    pub fn written(self) -> String {
        let mut text = format_timestamp(self.start());
        text.truncate(text.find('T').unwrap_or(text.len()));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_a_date() {
        assert_eq!(Day::of(Millis(-1)), Day(-1));
        assert_eq!(Day::of(Millis(1_706_745_599_999)).written(), "2024-01-31");
        assert_eq!(Day::read("2024-01-31"), Some(Day::of(Millis(1_706_745_599_999))));
        for nonsense in ["", "2024", "2024-02-30", "24-1-1", "2024-01-31T00:00:00Z"] {
            assert_eq!(Day::read(nonsense), None, "{nonsense}");
        }
    }
}
