//! How often what became of which nudge.

use crate::engine::adopt::{follow, keep};
use crate::engine::condition::earliest;
use crate::engine::field::Index;
use crate::engine::playbook::Playbook;
use crate::engine::signal::Units;
use crate::engine::time::{Hour, Millis, Unit, Window};
use crate::engine::wire::{wire_newtype, wire_struct};

use super::Nudge;
use super::limit::{Limit, Outcome};

/// What became of nudges, of one person or of all members of an account: an entry for each that happened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tallies(pub(in crate::engine) Vec<Tally>);

/// How often an outcome happened to a nudge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    pub(in crate::engine) nudge: Index,
    pub(in crate::engine) outcome: Outcome,
    /// In all.
    count: u32,
    /// The last time.
    last: Millis,
    /// What the window of the limit is counted in: a playbook may come to count otherwise.
    unit: Unit,
    /// By unit of the limit's window, if it has one.
    units: Units,
}

impl Tallies {
    /// Counts an outcome, on the clock of those whom it belongs to.
    pub(in crate::engine) fn count(
        &mut self,
        playbook: &Playbook,
        index: Index,
        outcome: Outcome,
        hour: Hour,
        now: Millis,
    ) {
        let Some(nudge) = playbook.nudges.get(usize::from(index)) else { return };
        let known = self.0.iter().position(|tally| tally.nudge == index && tally.outcome == outcome);
        if known.is_none() {
            let units = Units::default();
            self.0.push(Tally { nudge: index, outcome, count: 0, last: now, unit: Unit::Days, units });
        }
        let place = known.unwrap_or(self.0.len() - 1);
        let Some(tally) = self.0.get_mut(place) else { return };
        tally.count = tally.count.saturating_add(1);
        tally.last = tally.last.max(now);
        for (limited, limit) in &nudge.limits {
            if let (true, Limit::AtMost(_, Some(window))) = (*limited == outcome, limit) {
                if tally.unit != window.unit {
                    tally.unit = window.unit;
                    tally.units = Units::default();
                }
                tally.units.count(Some(*window), hour);
            }
        }
    }

    /// Moves each to where the new playbook has its nudge, and forgets those of nudges that it has no more.
    pub(in crate::engine) fn rearrange(&mut self, places: &[Option<usize>]) {
        keep(&mut self.0, &mut |tally| follow(&mut tally.nudge, places));
    }

    /// Puts them in an order that does not tell which came first.
    #[cfg(feature = "compiler")]
    pub(in crate::engine) fn sort(&mut self) {
        self.0.sort_unstable_by_key(|tally| (tally.nudge, tally.outcome as u8));
    }

    /// How often a nudge was shown.
    pub(super) fn shown(&self, nudge: Index) -> u32 {
        self.get(nudge, Outcome::Shown).map_or(0, |tally| tally.count)
    }

    /// Whether the limit on an outcome holds a nudge back.
    pub(super) fn is_limited(
        &self,
        nudge: &Nudge,
        index: Index,
        outcome: Outcome,
        hour: Hour,
        now: Millis,
    ) -> bool {
        let Some(limit) = nudge.limit(outcome) else { return false };
        match self.get(index, outcome) {
            Some(tally) => tally.exhausts(limit, hour, now),
            None => matches!(limit, Limit::AtMost(0, _)),
        }
    }

    /// What became of a nudge, if that ever happened.
    pub fn get(&self, nudge: Index, outcome: Outcome) -> Option<&Tally> {
        self.0.iter().find(|tally| tally.nudge == nudge && tally.outcome == outcome)
    }
}

impl Tally {
    /// When it happened last.
    pub fn last(&self) -> Millis {
        self.last
    }

    /// How often it happened, in all or in the window of the limit.
    pub fn count(&self, window: Option<Window>, hour: Hour) -> u32 {
        match window {
            None => self.count,
            Some(window) if window.unit != self.unit => 0,
            window => self.units.counted(window, hour) as u32,
        }
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
            Limit::Rest(span) => now.since(self.last) < span.millis(),
            Limit::Stop => true,
        }
    }
}

wire_newtype!(Tallies);
wire_struct!(Tally { nudge, outcome, count, last, unit, units });
