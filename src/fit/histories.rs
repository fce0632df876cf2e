//! The days on which people were active, from recorded events: each on their own clock (`semantics.md` §2, §5).

use std::collections::BTreeMap;

use crate::engine::{Clock, Day, Event, Millis, Playbook};
use crate::fold::persons;

use super::likelihood::Seen;

/// The active days of somebody who had one at least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// Each once, ascending.
    days: Vec<Day>,
    /// What day it is at the end.
    today: Day,
}

impl History {
    /// Days from the first active day to the end.
    pub fn length(&self) -> i32 {
        self.days.first().map_or(0, |first| self.today.0 - first.0)
    }

    /// As it was so many days before the end; none if nothing had happened yet.
    pub fn before(&self, days: i32) -> Option<History> {
        let today = Day(self.today.0 - days);
        let known: Vec<Day> = self.days.iter().copied().filter(|day| *day <= today).collect();
        (!known.is_empty()).then_some(History { days: known, today })
    }

    /// Active days.
    pub fn count(&self) -> usize {
        self.days.len()
    }

    /// `x`, `t_x` and `T` of the semantics.
    pub fn seen(&self) -> Seen {
        let (first, last) = (self.days.first().copied(), self.days.last().copied());
        let t_x = first.zip(last).map_or(0, |(first, last)| last.0 - first.0);
        let x = self.count().saturating_sub(1);
        Seen { people: 1, x: u32::try_from(x).unwrap_or(u32::MAX), t_x: t_x.into(), t: self.length().into() }
    }
}

/// Everybody's; the events have to be in order, none of them after the end.
pub fn histories(playbook: &Playbook, events: &[Event], end: Millis) -> Vec<History> {
    let mut people = BTreeMap::<&str, (Clock, Vec<Day>)>::new();
    for (event, person) in events.iter().zip(persons(events.iter())) {
        let (clock, days) = people.entry(person).or_default();
        let today = clock.travel(event.offset, event.time).day();
        if playbook.activity.matches(playbook.hear(event)) && days.last() != Some(&today) {
            days.push(today);
        }
    }
    let active = people.into_values().filter(|(_, days)| !days.is_empty());
    active.map(|(mut clock, days)| History { days, today: clock.go_on(end).day() }).collect()
}

/// Those who came alike, together.
pub fn together(people: impl Iterator<Item = Seen>) -> Vec<Seen> {
    let mut alike = BTreeMap::<(u32, u64, u64), Seen>::new();
    for seen in people {
        let key = (seen.x, seen.t_x.to_bits(), seen.t.to_bits());
        alike.entry(key).and_modify(|known| known.people += seen.people).or_insert(seen);
    }
    alike.into_values().collect()
}
