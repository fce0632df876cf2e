//! Who would have been shown what, had each nudge been ignored (`semantics.md` §8).
//!
//! A nudge that wins is on screen from its edge until it counts as ignored; what the recording tells of nudges is left
//! out. A page load is a `page` event; elements and calls are in no recording.

use std::collections::BTreeMap;

use crate::engine::{
    Decision, Event, Kind, Millis, Occasion, Outcome, Playbook, Scope, Surroundings, Turn, Value, Who, decide,
};

use super::contest::Contests;
use super::places::Place;

/// Who has done nothing for so long is not there to be shown anything.
const GONE_AFTER_MS: i64 = 30 * 60 * 1000;

/// What is simulated for everybody.
#[derive(Clone, Debug, Default)]
pub(crate) struct Nudges {
    /// By position of the person.
    viewers: BTreeMap<usize, Viewer>,
    pub(crate) contests: Contests,
}

/// One who looks at pages.
#[derive(Clone, Debug, Default)]
pub(crate) struct Viewer {
    /// When they last did something.
    last: Option<Millis>,
    /// What they saw then, without the event.
    here: Surroundings,
    /// The page that they were on, and the page load that it was in.
    page: Option<(Value, Value)>,
    /// What is on screen, and until when.
    pub(crate) screen: Option<(u16, Millis)>,
    /// Moments of their account that they have not noticed yet.
    fired: Vec<(Scope, u16)>,
}

/// What a person is doing at an evaluation.
pub(crate) struct Doing<'a> {
    pub(crate) event: Option<(&'a Event, Option<&'a Place>)>,
    /// The moments of the person that fired.
    pub(crate) fired: Vec<(Scope, u16)>,
}

impl Nudges {
    fn viewer(&mut self, person: usize) -> &mut Viewer {
        self.viewers.entry(person).or_default()
    }

    /// A moment of the account fired: its members notice when they are evaluated next.
    pub(crate) fn fires(&mut self, person: usize, moment: u16) {
        self.viewer(person).fired.push((Scope::Account, moment));
    }

    /// Decides about a person who has just been evaluated. Gives the decision, and the session that it was made in.
    pub(crate) fn decide(
        &mut self,
        playbook: &Playbook,
        person: usize,
        who: Who<'_>,
        doing: Doing<'_>,
        now: Millis,
    ) -> Option<(Decision, Option<String>)> {
        let viewer = self.viewers.entry(person).or_default();
        let mut fired = doing.fired;
        fired.append(&mut viewer.fired);
        let before;
        let mut turn = Turn::Stays;
        let here = match doing.event {
            Some((event, place)) => {
                viewer.last = Some(now);
                viewer.here = surroundings(event, place);
                if event.kind == Kind::Page {
                    let stream = place.map_or(Value::Null, |place| place.stream.clone());
                    before = viewer.page.replace((viewer.here.page.clone(), stream));
                    turn = match (&before, &viewer.page) {
                        // A page load begins with nothing; within one the page turns.
                        (Some((page, stream)), Some((_, now))) if stream == now => Turn::From(page),
                        _ => Turn::Opens,
                    };
                }
                Some(viewer.here.clone().at(event))
            }
            None => {
                let is_there = viewer.last.is_some_and(|last| now.since(last) < GONE_AFTER_MS);
                (is_there && !fired.is_empty()).then(|| viewer.here.clone())
            }
        };
        let here = Surroundings { slot_taken: viewer.screen.is_some(), ..here? };
        let event = doing.event.map(|(event, _)| event);
        let load = event.is_some_and(|event| event.kind == Kind::Page);
        let occasion = Occasion { event, load, page: turn, fired: &fired, ..Occasion::default() };
        let decision = decide(playbook, who, &occasion, &here, now)?;
        self.contests.take(&decision);
        Some((decision, here.session))
    }

    /// Puts a nudge on screen. Says until when.
    pub(crate) fn show(
        &mut self,
        playbook: &Playbook,
        person: usize,
        nudge: u16,
        now: Millis,
    ) -> Option<Millis> {
        let seconds = playbook.nudges.get(usize::from(nudge))?.ignore_after;
        let until = Millis(now.0 + i64::from(seconds) * 1000);
        self.viewer(person).screen = Some((nudge, until));
        Some(until)
    }

    /// Takes from the screen what has been there long enough, if that is now.
    pub(crate) fn clear(&mut self, person: usize, now: Millis) -> Option<(u16, Outcome)> {
        let viewer = self.viewer(person);
        let (nudge, _) = viewer.screen.take_if(|(_, until)| *until <= now)?;
        Some((nudge, Outcome::Ignored))
    }
}

/// What a page would have known at an event.
pub(crate) fn surroundings(event: &Event, place: Option<&Place>) -> Surroundings {
    let mut page = place.map_or(Value::Null, |place| place.seen.clone());
    if event.kind == Kind::Page {
        let mut merged = page.take("page");
        if let Value::Map(entries) = &event.properties {
            for (key, value) in entries {
                merged.set(key.clone(), value.clone());
            }
        }
        page.set("page".to_owned(), merged);
    }
    if let Some(session) = &event.session {
        page.set("session".to_owned(), Value::Map(vec![("id".to_owned(), Value::Text(session.clone()))]));
    }
    Surroundings {
        page,
        session: event.session.clone(),
        device: event.anonymous.clone(),
        ..Surroundings::default()
    }
}
