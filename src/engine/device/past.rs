//! What a journal still has of the past: signals of a new playbook begin with it, and say since when they know.

use super::Device;
use super::people::People;
use crate::engine::event::Event;
use crate::engine::person::Person;
use crate::engine::playbook::Playbook;
use crate::engine::wire::copy;

/// The events that a snapshot covers, as far as the journal has them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Past<'a> {
    /// In any order.
    pub events: &'a [Event],
    /// Whether the journal reaches back to the first event: then nothing is missing.
    pub is_whole: bool,
}

impl Past<'_> {
    pub(super) fn fold(self, playbook: &Playbook) -> People {
        let mut device = Device::default();
        for event in self.events {
            device.fold(playbook, event, None);
        }
        device.people
    }

    /// Gives the signals at these places, which begin with the new playbook, what the history says.
    pub(super) fn fill_in(self, person: &mut Person, begun: &[usize], history: Option<&Person>) {
        let oldest = self.events.iter().map(|event| event.time).min();
        let (Some(oldest), Some(history)) = (oldest, history) else { return };
        let subject = &mut person.subject;
        for index in begun.iter().copied() {
            let (Some(state), Some(since)) = (subject.signals.get_mut(index), subject.since.get_mut(index))
            else {
                continue;
            };
            *state = history.subject.signals.get(index).map(copy).unwrap_or_default();
            *since = if self.is_whole { None } else { Some(oldest) };
        }
        subject.activity = subject.activity.take().or_else(|| copy(&history.subject.activity));
    }
}
