//! `schedule`: when a nudge may be shown at all.

use crate::engine::{
    Condition, Field, Hour, Instant, Offset, Predicate, Schedule, Value, parse_local, parse_timestamp,
};

use super::super::fields::{Fields, Names};
use super::super::source::{Node, Source};

pub(in crate::playbook) const NAMES: Names = Names::of(&["from", "to", "weekdays", "hours"]);

pub(super) fn read(source: &Source<'_>, node: Node<'_>) -> Option<Schedule> {
    let fields = Fields::read(source, node, "a schedule", &NAMES)?;
    let instant = |name| fields.get(name).map_or(Some(None), |node| instant(source, node).map(Some));
    let (from, to) = (instant("from"), instant("to"));
    let weekdays = fields.get("weekdays").map_or(Some(u8::MAX), |node| weekdays(source, node));
    let hours = fields.get("hours").map_or(Some(Schedule::ALWAYS.hours), |node| hours(source, node));
    if let (Some(Some(from)), Some(Some(to)), Some(node)) = (from, to, fields.get("to"))
        && from.is_local == to.is_local
        && to.at <= from.at
    {
        source.wrong(node, "a schedule ends after it began: `to` is not after `from`", None);
        return None;
    }
    Some(Schedule { from: from?, to: to?, weekdays: weekdays?, hours: hours? })
}

/// RFC 3339; without a zone it is the user's own time.
fn instant(source: &Source<'_>, node: Node<'_>) -> Option<Instant> {
    let text = node.as_string_lit().map(|text| text.value.as_ref()).unwrap_or_default();
    let zoned = parse_timestamp(text).map(|at| Instant { at, is_local: false });
    let read = zoned.or_else(|| {
        let at = parse_local(text, Offset::UTC)?;
        Some(Instant { at, is_local: true })
    });
    if read.is_none() {
        source.expected(
            node,
            "a time such as \"2026-03-01T09:00:00Z\", or \"2026-03-01T09:00:00\" on each user's own clock",
        );
    }
    read
}

/// A bit by weekday.
fn weekdays(source: &Source<'_>, node: Node<'_>) -> Option<u8> {
    let Some(list) = node.as_array().filter(|list| !list.elements.is_empty()) else {
        source.expected(node, "a list of weekdays, 1 (Monday) to 7");
        return None;
    };
    let days: Vec<_> = list.elements.iter().map(|element| source.integer(element, 1, 7)).collect();
    let days: Option<Vec<i32>> = days.into_iter().collect();
    days.map(|days| days.into_iter().fold(0, |days, day| days | 1 << day))
}

fn hours(source: &Source<'_>, node: Node<'_>) -> Option<(u8, u8)> {
    const EXPECTED: &str = "two hours of the day, [from, to): from 0 to 24, such as [9, 17] or [22, 6]";
    let Some([from, to]) = node.as_array().map(|list| list.elements.as_slice()) else {
        source.expected(node, EXPECTED);
        return None;
    };
    let (from, to) = (source.integer(from, 0, 23), source.integer(to, 0, 24));
    let (from, to) = from.zip(to)?;
    if from == to {
        source.wrong(node, "from an hour to the same hour is no time at all", Some(EXPECTED.into()));
        return None;
    }
    Some((from as u8, to as u8))
}

/// A week and more has each weekday, and each hour of it.
const LONG_MS: i64 = 9 * DAY_MS;
const DAY_MS: i64 = 24 * HOUR_MS;
const HOUR_MS: i64 = 3_600_000;

/// What the clock shows at its weekdays and hours.
pub(super) fn condition(schedule: &Schedule) -> Condition {
    let among = |field, all: std::ops::Range<i32>, is_open: &dyn Fn(i32) -> bool| {
        let open = all.filter(|number| is_open(*number)).map(|number| Value::Number(number.into()));
        Condition::Test(field, Predicate::In(open.collect()))
    };
    let (from, to) = schedule.hours;
    let (from, to) = (i32::from(from), i32::from(to));
    let in_hours = |hour: i32| if from < to { (from..to).contains(&hour) } else { hour >= from || hour < to };
    let mut parts = Vec::new();
    if schedule.weekdays != Schedule::ALWAYS.weekdays {
        parts.push(among(Field::Weekday, 1..8, &|day| schedule.weekdays & (1 << day) != 0));
    }
    if schedule.hours != Schedule::ALWAYS.hours {
        parts.push(among(Field::HourOfDay, 0..24, &in_hours));
    }
    Condition::All(parts)
}

/// Whether none of its weekdays and hours is between its ends, wherever somebody is.
pub(super) fn is_empty(schedule: &Schedule) -> bool {
    let (Some(from), Some(to)) = (schedule.from, schedule.to) else { return false };
    // An instant with a zone is another hour for each user.
    let slack = |instant: Instant| if instant.is_local { 0 } else { DAY_MS };
    let (from, to) = (from.at.0 - slack(from), to.at.0 + slack(to));
    if to - from > LONG_MS {
        return false;
    }
    let hours = from.div_euclid(HOUR_MS)..=(to - 1).div_euclid(HOUR_MS);
    !hours.into_iter().any(|hour| schedule.opens_at(Hour(hour as i32)))
}
