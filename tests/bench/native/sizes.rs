//! What one event costs by the size of the playbook, where it touches the same few definitions in all of them.

use ripen::engine::{Device, Event, Occasion, Person, Playbook, Surroundings};
use ripen::replay::Recording;
use serde_json::Value as Json;

use crate::rounds::{Case, measure};

/// A playbook by its size; what touches each of its definitions once; and the events that are measured.
pub(crate) struct Sized {
    pub(crate) size: String,
    pub(crate) playbook: Playbook,
    pub(crate) before: Vec<Event>,
}

pub(crate) fn events(bytes: &[u8]) -> Vec<Event> {
    let mut recording = Recording::default();
    recording.push(bytes);
    recording.finish()
}

pub(crate) fn sizes(sized: &[Sized], events: &[Event], rounds: usize) -> Json {
    let mut cases = Vec::new();
    for Sized { size, playbook, before } in sized {
        let person = move || {
            let mut person = Person::new(playbook);
            for event in before {
                person.fold(playbook, event);
            }
            person.advance(playbook, None, before.last().unwrap().time);
            person
        };
        cases.push(Case::new(format!("person {size}"), events.len(), person, move |mut person| {
            let mut changes = 0;
            for event in events {
                person.fold(playbook, event);
                changes += person.evaluate(playbook, None, event.time).len();
            }
            (person, changes)
        }));
        let device = move || {
            let mut device = Device::default();
            device.set_present("ada");
            for event in before {
                device.fold(playbook, event, None);
            }
            device
        };
        // As a page load is: what came before it is in the snapshot.
        let short = events.get(..500).unwrap_or(events);
        cases.push(Case::new(format!("device {size}"), short.len(), device, move |mut device| {
            let mut decided = 0;
            for event in short {
                let here = Surroundings::default().at(event);
                decided += usize::from(
                    device
                        .fold(
                            playbook,
                            event,
                            Some((&Occasion { event: Some(event), ..Occasion::default() }, &here)),
                        )
                        .decision
                        .is_some(),
                );
            }
            (device, decided)
        }));
    }
    measure("sizes", cases, rounds)
}
