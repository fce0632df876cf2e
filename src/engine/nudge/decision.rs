//! A decision: one slot, and at an occasion at most one nudge for it (`semantics.md` §7).

use crate::engine::playbook::Playbook;
use crate::engine::time::Millis;

use super::arbiter::Arbiter;
use super::block::Block;
use super::edge::Occasion;
use super::surroundings::{Surroundings, Who};

/// What was decided at an occasion: every nudge whose edge it was, in the order written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Position of the nudge that won, if one did.
    pub won: Option<usize>,
    /// What came of each.
    pub considered: Vec<Considered>,
}

/// What came of a nudge, told alike of who may see it and of who may not: what is compared must not differ by more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Considered {
    /// Its position.
    pub nudge: usize,
    /// The position of its variant.
    pub variant: Option<usize>,
    /// Whether who this is may see it at all.
    pub arm: Arm,
    /// What came of it; for who may not see it, what would have.
    pub verdict: Verdict,
}

/// Whether somebody may see a nudge at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arm {
    /// They may.
    Shown,
    /// They are in a variant that shows nothing.
    Nothing,
    /// They are held out of this nudge.
    Holdout,
    /// They are held out of all nudges.
    GlobalHoldout,
}

/// What came of a nudge, or would have outside of the holdouts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It has the slot.
    Won,
    /// Nothing held it back, and another one has the slot.
    Outranked,
    /// This held it back.
    Blocked(Block),
}

impl Considered {
    /// What held it back in fact: the first reason, the holdouts among them.
    pub fn block(&self) -> Option<Block> {
        let held = match self.arm {
            Arm::Shown => None,
            Arm::Nothing => Some(Block::Variant),
            Arm::Holdout => Some(Block::Holdout),
            Arm::GlobalHoldout => Some(Block::GlobalHoldout),
        };
        match self.verdict {
            Verdict::Blocked(Block::Consent) => Some(Block::Consent),
            Verdict::Blocked(block) => held.or(Some(block)),
            Verdict::Won | Verdict::Outranked => held,
        }
    }
}

impl Arm {
    /// As the event `$nudge_exposed` names it.
    pub const fn name(self) -> &'static str {
        match self {
            Arm::Shown => "shown",
            Arm::Nothing => "nothing",
            Arm::Holdout => "holdout",
            Arm::GlobalHoldout => "global_holdout",
        }
    }
}

impl Verdict {
    /// As the event `$nudge_exposed` names it.
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Won => "won",
            Verdict::Outranked => "outranked",
            Verdict::Blocked(_) => "blocked",
        }
    }
}

/// Decides at an occasion. None if it is no nudge's edge.
pub fn decide(
    playbook: &Playbook,
    who: Who<'_>,
    occasion: &Occasion<'_>,
    here: &Surroundings,
    now: Millis,
) -> Option<Decision> {
    Arbiter::new(playbook, who, here, now).decide(occasion)
}

/// Whether anything holds a nudge back now: asked again right before it is drawn, and, as who has the slot, while it is on
/// screen.
pub fn judge(playbook: &Playbook, who: Who<'_>, index: usize, here: &Surroundings, now: Millis) -> Verdict {
    let arbiter = Arbiter::new(playbook, who, here, now);
    let reasons = if here.slot_taken { &Block::ENDS[..] } else { &Block::ALL };
    let nudge = playbook.nudges.get(index);
    nudge.map_or(Verdict::Won, |nudge| arbiter.first(reasons, index, nudge))
}

/// Every reason that could hold a nudge back, in the order in which they are asked, and whether it does.
pub fn reasons(
    playbook: &Playbook,
    who: Who<'_>,
    index: usize,
    here: &Surroundings,
    now: Millis,
) -> Vec<(Block, bool)> {
    let arbiter = Arbiter::new(playbook, who, here, now);
    let nudge = playbook.nudges.get(index);
    let reason = |block| nudge.map(|nudge| (block, arbiter.holds_back(block, index, nudge)));
    Block::ALL.into_iter().filter_map(reason).collect()
}
