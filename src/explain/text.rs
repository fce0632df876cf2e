//! The tree as text for people: a line a node, its parts below it.

use std::fmt::Write as _;

use super::explanation::{Explanation, Kind};
use super::words::time;

/// The trees, one after the other.
pub fn to_text(explanations: &[Explanation]) -> String {
    let mut text = String::new();
    for explanation in explanations {
        write(explanation, 0, &mut text);
    }
    text
}

fn write(explanation: &Explanation, depth: usize, out: &mut String) {
    let mark = match explanation.holds {
        Some(true) => "✓ ",
        Some(false) => "✗ ",
        None => "· ",
    };
    out.extend(std::iter::repeat_n("  ", depth));
    out.push_str(mark);
    out.push_str(&explanation.text);
    if let Some(turns) = explanation.turns {
        let what = if explanation.holds.is_some() { "turns" } else { "changes" };
        let _ = write!(out, " ({what} by time alone: {})", time(turns));
    }
    out.push('\n');
    if explanation.kind == Kind::Nudge && !explanation.on.is_empty() {
        out.extend(std::iter::repeat_n("  ", depth + 1));
        let _ = writeln!(out, "· waits for {}", explanation.on.join(" or "));
    }
    for part in &explanation.parts {
        write(part, depth + 1, out);
    }
}
