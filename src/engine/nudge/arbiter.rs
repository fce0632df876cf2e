//! The arbiter: what holds each nudge back, and which of the others comes first.

use crate::engine::condition::NextTurn;
use crate::engine::field::{Index, Scope};
use crate::engine::playbook::Playbook;
use crate::engine::sight::Sight;
use crate::engine::time::Millis;

use super::Nudge;
use super::block::Block;
use super::decision::{Arm, Considered, Decision, Verdict};
use super::edge::Occasion;
use super::limit::Outcome;
use super::policy::Purpose;
use super::split::is_held_out_of_all;
use super::surroundings::{Surroundings, Who, is_among};

pub(super) struct Arbiter<'a> {
    playbook: &'a Playbook,
    who: Who<'a>,
    here: &'a Surroundings,
    pub(super) sight: Sight<'a>,
    now: Millis,
    /// They see no nudges at all.
    held_out: bool,
}

/// The lower comes first: the higher priority, the gentler purpose, what was shown least, what is written first. In one
/// number, since comparing four costs the page more.
type Rank = u64;
const POSITIONS: Rank = 1 << 16;
/// The compiler takes a million.
const MOST_PRIORITY: i32 = 1 << 20;

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
        let mut best = Rank::MAX;
        for index in self.due(occasion) {
            let Some(nudge) = self.playbook.nudges.get(index) else { continue };
            let found = self.consider(index, nudge);
            let rank = self.rank(index, nudge);
            // Who is held out of all is told what would have been, so here it is as if they were not.
            if found.verdict == Verdict::Won && self.arm(index, nudge) == Arm::Shown {
                best = best.min(rank);
            }
            considered.push(found);
        }
        for found in &mut considered {
            let Some(nudge) = self.playbook.nudges.get(found.nudge) else { continue };
            // Who may not see it would have won where it comes before all who compete.
            if found.verdict == Verdict::Won && self.rank(found.nudge, nudge) > best {
                found.verdict = Verdict::Outranked;
            }
        }
        let won = (best != Rank::MAX && !self.held_out).then_some((best % POSITIONS) as usize);
        (!considered.is_empty()).then_some(Decision { won, considered })
    }

    /// The nudges whose edge this is, in the order written.
    fn due(&self, occasion: &Occasion<'_>) -> Vec<usize> {
        let heard = occasion.event.map(|event| self.playbook.hear(event));
        let mut due = Vec::new();
        occasion.lists(heard, &self.playbook.occasions, &mut |list| {
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
        });
        due
    }

    /// What comes of a nudge, if no other competes.
    pub(super) fn consider(&self, index: usize, nudge: &Nudge) -> Considered {
        let arm = if self.held_out { Arm::GlobalHoldout } else { self.arm(index, nudge) };
        let verdict = self.first(&Block::OF_THE_MOMENT, index, nudge);
        Considered { nudge: index, variant: nudge.variant(self.who, self.here), arm, verdict }
    }

    /// Which side of the nudge's own split the person is on.
    fn arm(&self, index: usize, nudge: &Nudge) -> Arm {
        if self.holds_back(Block::Holdout, index, nudge) {
            return Arm::Holdout;
        }
        if self.holds_back(Block::Variant, index, nudge) { Arm::Nothing } else { Arm::Shown }
    }

    fn rank(&self, index: usize, nudge: &Nudge) -> Rank {
        let shown = self.who.person.memory.tallies.shown(index as Index).min(u32::from(u16::MAX));
        let mut rank = (MOST_PRIORITY - nudge.priority.clamp(-MOST_PRIORITY, MOST_PRIORITY)) as Rank;
        rank = rank * 8 + nudge.purpose as Rank;
        rank = (rank << 16 | Rank::from(shown)) * POSITIONS;
        rank + index as Rank
    }

    /// What comes of a nudge by the first of these reasons that holds it back.
    pub(super) fn first(&self, reasons: &[Block], index: usize, nudge: &Nudge) -> Verdict {
        let found = reasons.iter().find(|block| self.holds_back(**block, index, nudge));
        found.map_or(Verdict::Won, |block| Verdict::Blocked(*block))
    }

    /// Whether this is a reason to hold a nudge back.
    pub(super) fn holds_back(&self, block: Block, index: usize, nudge: &Nudge) -> bool {
        let (policy, memory) = (&self.playbook.policy, &self.who.person.memory);
        let exempt = nudge.purpose == Purpose::Help;
        let too_soon = |last: Option<Millis>, span: i64| last.is_some_and(|last| self.now.since(last) < span);
        match block {
            Block::Consent => self.here.without_consent,
            Block::GlobalHoldout => self.held_out,
            Block::Holdout => nudge.holds_out(self.who, self.here),
            Block::Variant => {
                let variant = nudge.variant(self.who, self.here);
                variant.and_then(|variant| nudge.variants.get(variant)).is_some_and(|variant| !variant.shows)
            }
            Block::Never => policy.never.iter().any(|never| {
                never.purposes.contains(&nudge.purpose)
                    && never.when.holds(&self.sight, &mut NextTurn::default())
            }),
            Block::OpenLead => nudge.purpose.is_commercial() && self.here.open_lead,
            Block::HelpFirst => {
                let too_early = policy.help_first.is_some_and(|first| {
                    let stage = self.sight.stage(Scope::Person, first.ladder);
                    stage.is_none_or(|(_, position)| position < first.at_least)
                });
                nudge.purpose.is_commercial() && too_early
            }
            Block::PerSession => {
                !exempt && memory.shown_in(self.here.session.as_deref()) >= policy.per_session
            }
            Block::Gap => !exempt && too_soon(memory.last_shown, policy.gap.millis()),
            Block::Quiet => too_soon(memory.last_dismissed, policy.quiet.millis()),
            Block::Schedule => {
                let offset = self.sight.subject.clock.offset();
                nudge.schedule.is_some_and(|schedule| !schedule.allows(self.sight.now, offset, self.now))
            }
            Block::Limits(outcome) => self.is_limited(index as Index, nudge, outcome),
            Block::When => !self.is_met(nudge),
            Block::Killed => is_among(&self.here.killed, &nudge.id),
            Block::Anchor => is_among(&self.here.without_anchor, &nudge.id),
            Block::Slot => self.here.slot_taken,
        }
    }

    /// An account counts on its own clock; who has none counts for themselves.
    fn is_limited(&self, index: Index, nudge: &Nudge, outcome: Outcome) -> bool {
        let (tallies, hour) = match self.sight.account.filter(|_| nudge.per_account) {
            Some((account, hour)) => (&account.tallies, hour),
            None => (&self.who.person.memory.tallies, self.sight.now),
        };
        tallies.is_limited(nudge, index, outcome, hour, self.now)
    }

    fn is_met(&self, nudge: &Nudge) -> bool {
        let holds = nudge.moment.is_none_or(|(scope, moment)| self.sight.moment(scope, moment));
        holds && nudge.when.holds(&self.sight, &mut NextTurn::default())
    }
}
