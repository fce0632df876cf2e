//! What is different after events have been folded anew: reported once, and nothing of it is taken back.

use crate::engine::change::{Change, What};
use crate::engine::field::Index;
use crate::engine::subject::Subject;
use crate::engine::time::Millis;

/// The changes from one state of a person to another, as if they came about now.
pub(super) fn differences(before: &Subject, after: &Subject, at: Millis) -> Vec<Change> {
    let mut found = Vec::new();
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
