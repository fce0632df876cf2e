//! The arbiter: what holds each nudge back, and which of the others comes first.

use std::cmp::Reverse;

use crate::engine::condition::NextTurn;
use crate::engine::field::{Index, Scope};
use crate::engine::playbook::Playbook;
use crate::engine::sight::Sight;
use crate::engine::time::Millis;

use super::Nudge;
use super::block::Block;
use super::decision::{Arm, Considered, Decision, Verdict};
use super::edge::Occasion;
use super::policy::Purpose;
use super::split::is_held_out_of_all;
use super::surroundings::{Surroundings, Who};

pub(super) struct Arbiter<'a> {
    playbook: &'a Playbook,
    who: Who<'a>,
    here: &'a Surroundings,
    pub(super) sight: Sight<'a>,
    now: Millis,
    /// They see no nudges at all.
    held_out: bool,
}

/// The lower comes first.
type Rank = (Reverse<i32>, Purpose, u32, usize);

impl<'a> Arbiter<'a> {
    pub(super) fn new(
        playbook: &'a Playbook,
        who: Who<'a>,
        here: &'a Surroundings,
        now: Millis,
    ) -> Arbiter<'a> {
        let sight = Sight { page: &here.page, ..who.person.sight(playbook, who.account, now) };
        let held_out = is_held_out_of_all(playbook.policy.holdout, who);
        Arbiter { playbook, who, here, sight, now, held_out }
    }

    pub(super) fn decide(&self, occasion: &Occasion<'_>) -> Option<Decision> {
        let mut considered = Vec::new();
        let mut best: Option<(Rank, usize)> = None;
        for index in self.due(occasion) {
            let Some(nudge) = self.playbook.nudges.get(index) else { continue };
            let found = self.consider(index, nudge);
            let rank = self.rank(index, nudge);
            // Who is held out of all is told what would have been, so here it is as if they were not.
            let competes = found.verdict == Verdict::Won && self.arm(nudge, found.variant) == Arm::Shown;
            if competes && best.is_none_or(|(least, _)| rank < least) {
                best = Some((rank, index));
            }
            considered.push(found);
        }
        for found in &mut considered {
            let Some(nudge) = self.playbook.nudges.get(found.nudge) else { continue };
            // Who may not see it would have won where it comes before all who compete.
            let is_first = best.is_none_or(|(least, _)| self.rank(found.nudge, nudge) <= least);
            if found.verdict == Verdict::Won && !is_first {
                found.verdict = Verdict::Outranked;
            }
        }
        let won = best.map(|(_, index)| index).filter(|_| !self.held_out);
        (!considered.is_empty()).then_some(Decision { won, considered })
    }

    /// The nudges whose edge this is, in the order written.
    fn due(&self, occasion: &Occasion<'_>) -> Vec<usize> {
        let heard = occasion.event.map(|event| self.playbook.hear(event));
        let mut due = Vec::new();
        for list in occasion.lists(heard, &self.playbook.occasions) {
            for index in list {
                let index = usize::from(*index);
                let place = due.iter().take_while(|before| **before < index).count();
                let Some(nudge) = self.playbook.nudges.get(index) else { continue };
                if due.get(place) != Some(&index)
                    && nudge.on.iter().any(|edge| occasion.is(edge, heard, &self.sight))
                {
                    due.insert(place, index);
                }
            }
        }
        due
    }

    /// What comes of a nudge, if no other competes.
    pub(super) fn consider(&self, index: usize, nudge: &Nudge) -> Considered {
        let variant = nudge.variant(self.who, self.here);
        let arm = match self.held_out {
            true => Arm::GlobalHoldout,
            false => self.arm(nudge, variant),
        };
        let verdict = self.block(index, nudge).map_or(Verdict::Won, Verdict::Blocked);
        Considered { nudge: index, variant, arm, verdict }
    }

    /// Which side of the nudge's own split the person is on.
    fn arm(&self, nudge: &Nudge, variant: Option<usize>) -> Arm {
        if nudge.holds_out(self.who, self.here) {
            return Arm::Holdout;
        }
        let shows =
            variant.and_then(|variant| nudge.variants.get(variant)).is_none_or(|variant| variant.shows);
        if shows { Arm::Shown } else { Arm::Nothing }
    }

    fn rank(&self, index: usize, nudge: &Nudge) -> Rank {
        let shown = self.who.person.memory.tallies.shown(index as Index);
        // Of equals the one that is written first.
        (Reverse(nudge.priority), nudge.purpose, shown, index)
    }

    /// The first reason that holds a nudge back, but for the holdouts.
    fn block(&self, index: usize, nudge: &Nudge) -> Option<Block> {
        if self.here.without_consent {
            return Some(Block::Consent);
        }
        if let Some(block) = self.policy(nudge) {
            return Some(block);
        }
        if !nudge.schedule.allows(self.sight.now, self.sight.subject.clock.offset(), self.now) {
            return Some(Block::Schedule);
        }
        if let Some(outcome) = self.limited_by(index as Index, nudge) {
            return Some(Block::Limits(outcome));
        }
        if !self.is_met(nudge) {
            return Some(Block::When);
        }
        if self.here.without_anchor.contains(&nudge.id) {
            return Some(Block::Anchor);
        }
        self.here.slot_taken.then_some(Block::Slot)
    }

    fn policy(&self, nudge: &Nudge) -> Option<Block> {
        let (policy, memory) = (&self.playbook.policy, &self.who.person.memory);
        let exempt = nudge.purpose == Purpose::Help;
        let too_soon = |last: Option<Millis>, span: i64| last.is_some_and(|last| self.now.since(last) < span);
        let too_early = policy.help_first.is_some_and(|first| {
            let stage = self.sight.stage(Scope::Person, first.ladder);
            stage.is_none_or(|(_, position)| position < first.at_least)
        });
        for never in &policy.never {
            if never.purposes.contains(&nudge.purpose)
                && never.when.holds(&self.sight, &mut NextTurn::default())
            {
                return Some(Block::Never);
            }
        }
        if nudge.purpose.is_commercial() && too_early {
            return Some(Block::HelpFirst);
        }
        if !exempt && self.shown_in_session() >= policy.per_session {
            return Some(Block::PerSession);
        }
        if !exempt && too_soon(memory.last_shown, policy.gap.millis()) {
            return Some(Block::Gap);
        }
        too_soon(memory.last_dismissed, policy.quiet.millis()).then_some(Block::Quiet)
    }

    fn shown_in_session(&self) -> u32 {
        match (&self.who.person.memory.session, &self.here.session) {
            (Some((last, count)), Some(session)) if last == session => *count,
            _ => 0,
        }
    }

    /// An account counts on its own clock; who has none counts for themselves.
    fn limited_by(&self, index: Index, nudge: &Nudge) -> Option<super::limit::Outcome> {
        match self.sight.account.filter(|_| nudge.per_account) {
            Some((account, hour)) => account.tallies.limited_by(nudge, index, hour, self.now),
            None => self.who.person.memory.tallies.limited_by(nudge, index, self.sight.now, self.now),
        }
    }

    fn is_met(&self, nudge: &Nudge) -> bool {
        let holds = nudge.moment.is_none_or(|(scope, moment)| self.sight.moment(scope, moment));
        holds && nudge.when.holds(&self.sight, &mut NextTurn::default())
    }
}
