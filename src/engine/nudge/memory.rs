//! What is remembered of nudges. It is folded from events, so every device and the collector come to the same.

use crate::engine::event::Event;
use crate::engine::field::Index;
use crate::engine::matcher::Heard;
use crate::engine::playbook::Playbook;
use crate::engine::time::{Hour, Millis};
use crate::engine::value::Value;
use crate::engine::wire::wire_struct;

use super::goal::{Aim, Exposure};
use super::limit::Outcome;
use super::policy::Purpose;
use super::tally::{Tallies, Tally};

/// What is remembered of all nudges of a person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NudgeMemory {
    /// What became of each.
    pub(in crate::engine) tallies: Tallies,
    /// When any was last shown.
    pub(super) last_shown: Option<Millis>,
    /// When any was last dismissed.
    pub(super) last_dismissed: Option<Millis>,
    /// The session in which one was last shown that is not exempt, and how many.
    pub(in crate::engine) session: Option<(String, u32)>,
    /// The last exposure of each that has a goal, until it is reached or its time is over.
    pub(in crate::engine) exposures: Vec<Exposure>,
}

/// The nudge of the playbook that an event tells an outcome of, if it knows it.
pub fn told(playbook: &Playbook, event: &Event) -> Option<(Option<Index>, Outcome)> {
    let outcome = Outcome::told_by(event)?;
    let Some(Value::Text(id)) = event.properties.get("nudge") else { return Some((None, outcome)) };
    let nudge = playbook.nudges.iter().position(|nudge| nudge.id == *id);
    Some((nudge.map(|nudge| nudge as Index), outcome))
}

impl NudgeMemory {
    /// What became of a nudge, if that ever happened.
    pub fn tally(&self, nudge: Index, outcome: Outcome) -> Option<&Tally> {
        self.tallies.get(nudge, outcome)
    }

    /// How many were shown in a session that are not exempt.
    pub fn shown_in(&self, session: Option<&str>) -> u32 {
        match (&self.session, session) {
            (Some((last, count)), Some(session)) if last == session => *count,
            _ => 0,
        }
    }

    /// When any was last shown.
    pub fn last_shown(&self) -> Option<Millis> {
        self.last_shown
    }

    /// When any was last dismissed.
    pub fn last_dismissed(&self) -> Option<Millis> {
        self.last_dismissed
    }

    /// Takes an outcome of a nudge; of one that the playbook does not know, what protects from any.
    pub(in crate::engine) fn take(
        &mut self,
        playbook: &Playbook,
        nudge: Option<Index>,
        outcome: Outcome,
        session: Option<&str>,
        hour: Hour,
        now: Millis,
    ) {
        match outcome {
            Outcome::Shown => self.last_shown = self.last_shown.max(Some(now)),
            Outcome::Dismissed => self.last_dismissed = self.last_dismissed.max(Some(now)),
            _ => {}
        }
        let Some(index) = nudge else { return };
        let Some(nudge) = playbook.nudges.get(usize::from(index)) else { return };
        self.tallies.count(playbook, index, outcome, hour, now);
        if outcome != Outcome::Shown {
            return;
        }
        if nudge.purpose != Purpose::Help {
            self.session = session.map(|session| match self.session.take() {
                Some((last, count)) if last == session => (last, count + 1),
                _ => (session.to_owned(), 1),
            });
        }
        if nudge.goal.is_some() {
            let exposure = Exposure { nudge: index, at: now, met: false, held: None };
            match self.exposures.iter_mut().find(|known| known.nudge == index) {
                Some(known) => *known = exposure,
                None => self.exposures.push(exposure),
            }
        }
    }

    /// Notes which of the nudges that were shown had this event for their goal.
    pub(in crate::engine) fn hear(&mut self, playbook: &Playbook, heard: Heard<'_>) {
        for exposure in &mut self.exposures {
            let nudge = playbook.nudges.get(usize::from(exposure.nudge));
            let Some(goal) = nudge.and_then(|nudge| nudge.goal.as_ref()) else { continue };
            if let Aim::Event(matcher) = &goal.aim {
                let passed = heard.event.time.since(exposure.at);
                exposure.met |= (0..=goal.within.millis()).contains(&passed) && matcher.matches(heard);
            }
        }
    }
}

wire_struct!(NudgeMemory { tallies, last_shown, last_dismissed, session, exposures });
