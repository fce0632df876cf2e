//! A sequence: runs through its steps, each from the latest start that leads there.

use super::units::Units;
use crate::engine::matcher::{Heard, Matcher};
use crate::engine::time::{Hour, Millis, Span, Window};
use crate::engine::wire::wire_struct;

/// Runs in progress, and how many were completed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Runs {
    /// By step: the latest start of a run that has come so far.
    latest: Vec<Option<Millis>>,
    pub(super) completed: Units,
}

impl Runs {
    /// Takes an event.
    pub(super) fn step(
        &mut self,
        steps: &[Matcher],
        span: Option<Span>,
        window: Option<Window>,
        event: Heard<'_>,
        now: Hour,
    ) {
        let time = event.event.time;
        self.latest.resize(steps.len(), None);
        // From the last step down, so that no event does two steps of one run.
        for place in (0..steps.len()).rev() {
            if !steps.get(place).is_some_and(|step| step.matches(event)) {
                continue;
            }
            let start = match place.checked_sub(1) {
                None => Some(time),
                Some(before) => self.latest.get(before).copied().flatten(),
            };
            let is_timely = |start: &Millis| span.is_none_or(|span| time.since(*start) <= span.millis());
            if let Some(latest) = self.latest.get_mut(place) {
                *latest = (*latest).max(start.filter(is_timely));
            }
        }
        if self.latest.last().is_some_and(Option::is_some) {
            self.abandon();
            self.completed.count(window, now);
        }
    }

    /// Ends the runs in progress.
    pub(super) fn abandon(&mut self) {
        self.latest.clear();
    }
}

wire_struct!(Runs { latest, completed });
