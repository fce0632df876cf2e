//! `schedule`: when a nudge may be shown at all.

use crate::engine::{Instant, Offset, Schedule, parse_local, parse_timestamp};

use super::super::fields::{Fields, Names};
use super::super::source::{Node, Source};

const NAMES: Names = Names { known: &["from", "to", "weekdays", "hours"], not_yet: &[] };

pub(super) fn read(source: &Source<'_>, node: Node<'_>) -> Option<Schedule> {
    let fields = Fields::read(source, node, "a schedule", &NAMES)?;
    let instant = |name| fields.get(name).map_or(Some(None), |node| instant(source, node).map(Some));
    let (from, to) = (instant("from"), instant("to"));
    let weekdays = fields.get("weekdays").map_or(Some(u8::MAX), |node| weekdays(source, node));
    let hours = fields.get("hours").map_or(Some(Schedule::ALWAYS.hours), |node| hours(source, node));
    let schedule = Schedule { from: from?, to: to?, weekdays: weekdays?, hours: hours? };
    if let (Some(from), Some(to), Some(node)) = (schedule.from, schedule.to, fields.get("to"))
        && from.is_local == to.is_local
        && to.at <= from.at
    {
        source.wrong(node, "a schedule ends after it began: `to` is not after `from`", None);
        return None;
    }
    Some(schedule)
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
    let mut days = 0;
    for element in &list.elements {
        days |= 1 << source.integer(element, 1, 7)?;
    }
    Some(days)
}

fn hours(source: &Source<'_>, node: Node<'_>) -> Option<(u8, u8)> {
    const EXPECTED: &str = "two hours of the day, [from, to): from 0 to 24, such as [9, 17] or [22, 6]";
    let Some([from, to]) = node.as_array().map(|list| list.elements.as_slice()) else {
        source.expected(node, EXPECTED);
        return None;
    };
    let (from, to) = (source.integer(from, 0, 23)?, source.integer(to, 0, 24)?);
    if from == to {
        source.wrong(node, "from an hour to the same hour is no time at all", Some(EXPECTED.into()));
        return None;
    }
    Some((from as u8, to as u8))
}
