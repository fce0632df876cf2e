//! Many events that come out of order, as another tab's do that tracked at the same time: all in place at once.

use super::{Change, Device, Event, Playbook, place, precedes};

/// What [`Device::catch_up`] has put in its place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CaughtUp {
    /// The events, in order.
    pub events: Vec<Event>,
    /// What they did together to the person in front of the browser.
    pub changes: Vec<Change>,
}

impl Device {
    /// Takes out of `events` those that are before the last known one, or whose hour is over, and folds anew once for all of them; what is
    /// left is in order, to be [folded](Device::fold) one by one. One by one each of these would cost as much as all
    /// together, and a thousand of them would keep the page busy for a minute. A single one is left where it is.
    pub fn catch_up(&mut self, playbook: &Playbook, events: &mut Vec<Event>) -> CaughtUp {
        // Loops, since to sort, to leave out doubles and to part a list would each be another function in the page.
        let mut sorted = Vec::new();
        for event in std::mem::take(events) {
            let place = place(&sorted, &event);
            if sorted.get(place).is_none_or(|known: &Event| known.id != event.id) {
                sorted.insert(place, event);
            }
        }
        let last = self.log.last().map(|event| (event.time, event.id.as_str()));
        let last = last.or(self.cut.as_ref().map(|(time, id)| (*time, id.as_str())));
        let is_behind = |event: &Event| last.is_some_and(|last| !precedes(last, (event.time, &event.id)));
        let count = sorted.partition_point(|event| is_behind(event) || self.has_passed(event));
        if count < 2 {
            *events = sorted;
            return CaughtUp::default();
        }
        let mut caught_up = CaughtUp::default();
        let mut late = 0;
        for (event, index) in sorted.into_iter().zip(0..) {
            if index >= count {
                events.push(event);
            } else if !self.knows(&event) {
                late += usize::from(self.is_late(&event));
                caught_up.events.push(event);
            }
        }
        self.now = self.now.max(caught_up.events.last().map(|event| event.time));
        let (late, within_reach) = caught_up.events.split_at(late);
        if !late.is_empty() {
            self.late = self.late.saturating_add(late.len() as u32);
            self.put_before(playbook, late);
        }
        for event in within_reach {
            self.log.insert(self.place(event), event.clone());
        }
        caught_up.changes = self.fold_anew(playbook);
        self.let_go(playbook);
        caught_up
    }
}
