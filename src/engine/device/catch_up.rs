//! Many events that come out of order, as another tab's do that tracked at the same time: all in place at once.

use super::{Change, Device, Event, Playbook};
use std::mem::take;

/// What [`Device::catch_up`] has put in its place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CaughtUp {
    /// The events, in order.
    pub events: Vec<Event>,
    /// What they did together to the person in front of the browser.
    pub changes: Vec<Change>,
}

impl Device {
    /// Takes out of `events` those that are before the last known one, and folds anew once for all of them; what is
    /// left is in order, to be [folded](Device::fold) one by one. One by one each of these would cost as much as all
    /// together, and a thousand of them would keep the page busy for a minute. A single one is left where it is.
    pub fn catch_up(&mut self, playbook: &Playbook, events: &mut Vec<Event>) -> CaughtUp {
        events.sort_by(|one, other| (one.time, &one.id).cmp(&(other.time, &other.id)));
        let last = self.log.last().map(|event| (event.time, event.id.as_str()));
        let last = last.or(self.cut.as_ref().map(|(time, id)| (*time, id.as_str())));
        let count = events.partition_point(|event| Some((event.time, event.id.as_str())) <= last);
        if count < 2 {
            return CaughtUp::default();
        }
        let mut caught_up = CaughtUp { events: take(events), changes: Vec::new() };
        *events = caught_up.events.split_off(count);
        caught_up.events.dedup_by(|one, other| one.id == other.id);
        caught_up.events.retain(|event| !self.knows(event));
        self.now = self.now.max(caught_up.events.last().map(|event| event.time));

        let cut = self.cut.as_ref().map(|(time, id)| (*time, id.as_str()));
        let late = caught_up.events.partition_point(|event| Some((event.time, event.id.as_str())) < cut);
        let (late, within_reach) = caught_up.events.split_at(late);
        if !late.is_empty() {
            self.late = self.late.saturating_add(u32::try_from(late.len()).unwrap_or(u32::MAX));
            self.put_before(playbook, late);
        }
        self.log.extend_from_slice(within_reach);
        self.log.sort_by(|one, other| (one.time, &one.id).cmp(&(other.time, &other.id)));
        caught_up.changes = self.fold_anew(playbook);
        self.let_go(playbook);
        caught_up
    }
}
