//! What is different after events have been folded anew: reported once, and nothing of it is taken back.

use crate::engine::change::{Change, What};
use crate::engine::field::Index;
use crate::engine::nudge::{Outcome, Tally};
use crate::engine::person::Person;
use crate::engine::time::Millis;

/// The changes from one state of a person to another, as if they came about now. A conversion keeps its time, by which
/// it is known to be the same wherever it is found out.
pub(super) fn differences(old: &Person, new: &Person, at: Millis) -> Vec<Change> {
    let (before, after) = (old.subject(), new.subject());
    let mut found = Vec::new();
    for tally in new.memory().tallies.0.iter().filter(|tally| tally.outcome == Outcome::Converted) {
        let known = old.memory().tally(tally.nudge, tally.outcome).map(Tally::last);
        if known < Some(tally.last()) {
            found.push(Change { at: tally.last(), what: What::Converted { nudge: tally.nudge } });
        }
    }
    let mut report = |what| found.push(Change { at, what });
    for ((before, after), ladder) in before.ladders.iter().zip(&after.ladders).zip(0..) {
        if before.stage != after.stage {
            report(What::Stage { ladder, from: before.stage, to: after.stage });
        }
    }
    if let Some(to) = after.momentum.filter(|momentum| before.momentum != Some(*momentum)) {
        report(What::Momentum { from: before.momentum, to });
    }
    for ((before, after), segment) in before.segments.iter().zip(&after.segments).zip(0..) {
        if before != after {
            report(What::Segment { segment, from: Some(*before), to: *after });
        }
    }
    for (index, (before, after)) in before.moments.iter().zip(&after.moments).enumerate() {
        if after.fired > before.fired {
            report(What::Moment { moment: index as Index });
        }
    }
    found
}
