//! What came of nudges at their edges, counted: who stood against whom, and what held each back.

use std::collections::BTreeMap;

use crate::engine::{Arm, Decision, Verdict};

/// Counts of all decisions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Contests {
    /// By nudge: how often it was its edge, and what held it back, how often.
    pub(crate) edges: BTreeMap<usize, Edges>,
    /// By pair of nudges that were candidates at the same edge, in the order written.
    pub(crate) pairs: BTreeMap<(usize, usize), Pair>,
}

/// What came of a nudge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Edges {
    pub(crate) considered: u64,
    pub(crate) won: u64,
    pub(crate) outranked: u64,
    /// By the name of the reason.
    pub(crate) blocked: BTreeMap<&'static str, u64>,
}

/// How two nudges stood against each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) times: u64,
    /// How often the first won, and the second. (Else a third.)
    pub(crate) won: [u64; 2],
}

impl Contests {
    pub(crate) fn take(&mut self, decision: &Decision) {
        let mut candidates = Vec::new();
        for found in &decision.considered {
            let edges = self.edges.entry(found.nudge).or_default();
            edges.considered += 1;
            match (found.block(), found.verdict) {
                (Some(block), _) => *edges.blocked.entry(block.name()).or_default() += 1,
                (None, Verdict::Won) => edges.won += 1,
                (None, _) => edges.outranked += 1,
            }
            if found.arm == Arm::Shown && !matches!(found.verdict, Verdict::Blocked(_)) {
                candidates.push(found.nudge);
            }
        }
        for (place, one) in candidates.iter().enumerate() {
            for other in candidates.iter().skip(place + 1) {
                let pair = self.pairs.entry((*one, *other)).or_default();
                pair.times += 1;
                pair.won[0] += u64::from(decision.won == Some(*one));
                pair.won[1] += u64::from(decision.won == Some(*other));
            }
        }
    }
}
