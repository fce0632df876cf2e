//! What is remembered of nudges: how often each was shown, dismissed, snoozed and acted on, and when. It is folded from
//! events, so every device and the collector come to the same.

use super::condition::earliest;
use super::event::Event;
use super::nudge::{Limit, Nudge, Outcome};
use super::playbook::Playbook;
use super::signal::Units;
use super::subject::fit;
use super::time::{Hour, Millis, Window};
use super::value::Value;
use super::wire::wire_struct;

/// What is remembered of all nudges of a person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NudgeMemory {
    /// By nudge.
    pub(super) nudges: Vec<[Tally; 4]>,
    /// When any was last shown.
    pub(super) last_shown: Option<Millis>,
    /// When any was last dismissed.
    pub(super) last_dismissed: Option<Millis>,
    /// The session in which one was last shown that is not exempt, and how many.
    pub(super) session: Option<(String, u32)>,
}

/// How often an outcome happened to a nudge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// In all.
    pub(super) count: u32,
    /// The last time.
    pub(super) last: Option<Millis>,
    /// By unit of the limit's window, if it has one.
    pub(super) units: Units,
}

impl NudgeMemory {
    pub(super) fn fit(&mut self, playbook: &Playbook) {
        fit(&mut self.nudges, playbook.nudges.len());
    }

    /// Takes an event, if it is an outcome of a nudge of the playbook.
    pub(super) fn fold(&mut self, playbook: &Playbook, event: &Event, now: Hour) {
        let Some((position, outcome)) = outcome(event) else { return };
        if outcome == Outcome::Dismissed {
            self.last_dismissed = Some(event.time);
        }
        if outcome == Outcome::Shown {
            self.last_shown = Some(event.time);
        }
        let Some(Value::Text(id)) = event.properties.get("nudge") else { return };
        let Some(index) = playbook.nudges.iter().position(|nudge| nudge.id == *id) else { return };
        let (Some(nudge), Some(tallies)) = (playbook.nudges.get(index), self.nudges.get_mut(index)) else {
            return;
        };
        if outcome == Outcome::Shown && nudge.purpose != super::nudge::Purpose::Help {
            self.session = event.session.as_ref().map(|session| match self.session.take() {
                Some((last, count)) if last == *session => (last, count + 1),
                _ => (session.clone(), 1),
            });
        }
        let Some(tally) = tallies.get_mut(position) else { return };
        tally.count = tally.count.saturating_add(1);
        tally.last = Some(event.time);
        if let Some(Limit::AtMost(_, Some(window))) = nudge.limit(outcome) {
            tally.units.count(Some(window), now);
        }
    }

    /// How often a nudge was shown.
    pub fn shown(&self, nudge: usize) -> u32 {
        self.nudges.get(nudge).and_then(|tallies| tallies.first()).map_or(0, |tally| tally.count)
    }

    /// Whether the limit on an outcome holds a nudge back.
    pub(super) fn is_limited(
        &self,
        nudge: &Nudge,
        index: usize,
        outcome: Outcome,
        hour: Hour,
        now: Millis,
    ) -> bool {
        let (Some(tally), Some(limit)) = (self.tally(index, outcome), nudge.limit(outcome)) else {
            return false;
        };
        tally.exhausts(limit, hour, now)
    }

    /// How often an outcome happened to a nudge.
    pub fn tally(&self, nudge: usize, outcome: Outcome) -> Option<&Tally> {
        self.nudges.get(nudge)?.get(outcome as usize)
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
}

impl Tally {
    /// When it happened last.
    pub fn last(&self) -> Option<Millis> {
        self.last
    }

    /// How often it happened, in all or in the window of the limit.
    pub fn count(&self, window: Option<Window>, hour: Hour) -> u32 {
        window.map_or(self.count, |window| self.units.counted(Some(window), hour) as u32)
    }

    /// The next hour at which the count in the window changes by time alone.
    pub fn next_edge(&self, window: Window, hour: Hour) -> Option<Hour> {
        let mut next = None;
        self.units.each(&mut |index| next = earliest(next, window.next_edge(index, hour)));
        next
    }

    fn exhausts(&self, limit: Limit, hour: Hour, now: Millis) -> bool {
        match limit {
            Limit::AtMost(most, window) => self.count(window, hour) >= most,
            Limit::Rest(span) => self.last.is_some_and(|last| now.since(last) < span.millis()),
            Limit::Stop => self.count > 0,
        }
    }
}

fn outcome(event: &Event) -> Option<(usize, Outcome)> {
    let name = event.name.as_deref()?;
    Outcome::ALL.into_iter().enumerate().find(|(_, outcome)| outcome.event() == name)
}

wire_struct!(NudgeMemory { nudges, last_shown, last_dismissed, session });
wire_struct!(Tally { count, last, units });
