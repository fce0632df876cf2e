//! Nudges and the policy above them (`semantics.md` §7).
//!
//! A [`Nudge`] is compiled from the playbook: its [`Edge`]s, its level, its [`Schedule`], its [`Limit`]s by [`Outcome`], its
//! [`Goal`], its [`Variant`]s. What became of nudges is folded into a [`NudgeMemory`]. At an [`Occasion`] [`decide`] says
//! for each nudge whose edge it is what came of it, and which one has the slot.

mod arbiter;
mod block;
mod decision;
mod edge;
mod goal;
mod limit;
mod memory;
mod policy;
mod schedule;
mod split;
mod surroundings;
mod tally;

pub use block::Block;
pub use decision::{Arm, Considered, Decision, Verdict, decide, judge, reasons};
pub use edge::{Edge, Happening, Occasion, Occasions, Turn};
pub use goal::{Aim, Exposure, Goal};
pub use limit::{Limit, Outcome};
pub use memory::{NudgeMemory, told};
pub use policy::{HelpFirst, Never, Policy, Purpose};
pub use schedule::{Instant, Schedule};
pub use split::{By, Variant};
pub use surroundings::{Surroundings, Who};
pub use tally::{Tallies, Tally};

use super::bucket::Bucket;
use super::condition::Condition;
use super::field::{Index, Scope};
use super::value::Value;
use super::wire::wire_struct;

/// Something to show.
#[derive(Clone, Debug, PartialEq)]
pub struct Nudge {
    /// As written.
    pub id: String,
    /// What it is for.
    pub purpose: Purpose,
    /// The edges: any of them.
    pub on: Vec<Edge>,
    /// The level: a condition.
    pub when: Condition,
    /// The level: a moment that must hold.
    pub moment: Option<(Scope, Index)>,
    /// The higher comes first.
    pub priority: i32,
    /// When it may be shown at all.
    pub schedule: Option<Schedule>,
    /// What each outcome does to it, the defaults among them.
    pub limits: Vec<(Outcome, Limit)>,
    /// Whether the outcomes of all members of the account count.
    pub per_account: bool,
    /// Seconds of visibility after which it counts as ignored.
    pub ignore_after: u32,
    /// What it is to bring about.
    pub goal: Option<Goal>,
    /// Who is split among the variants and the holdout.
    pub by: By,
    /// The variants, if it has any.
    pub variants: Vec<Variant>,
    /// The buckets that never see it: those below this one.
    pub holdout: Bucket,
    /// What is drawn: `placement`, `content`, `actions`, `form`. No part of the decision.
    pub appearance: Value,
}

impl Nudge {
    /// What an outcome does to it.
    pub fn limit(&self, outcome: Outcome) -> Option<Limit> {
        let limited = self.limits.iter().find(|(limited, _)| *limited == outcome);
        limited.map(|(_, limit)| *limit)
    }
}

wire_struct!(Nudge {
    id,
    purpose,
    on,
    when,
    moment,
    priority,
    schedule,
    limits,
    per_account,
    ignore_after,
    goal,
    by,
    variants,
    holdout,
    appearance,
});
