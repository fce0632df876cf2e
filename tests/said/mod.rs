//! What `check` says, as the tests of nudges read it.

use ripen::playbook::{Problem, check};

/// A line a problem: how bad, where (paths begin at the nudge `x`), what, and the hint.
pub(super) fn said(playbook: &str) -> Vec<String> {
    let problem = |problem: &Problem| {
        let path = problem.path.strip_prefix("nudges.x.").unwrap_or(&problem.path);
        let hint = problem.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
        format!("{}: {path}: {}{hint}", problem.severity.name(), problem.message)
    };
    check(playbook).iter().map(problem).collect()
}
