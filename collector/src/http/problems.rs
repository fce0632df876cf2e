//! What is wrong with a playbook, as `ripen check --json` says it.

use ripen::playbook::Problem;
use serde::Serialize;

/// A mistake, or a warning.
#[derive(Serialize)]
pub(super) struct Line {
    severity: &'static str,
    line: usize,
    column: usize,
    path: String,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

impl From<&Problem> for Line {
    fn from(problem: &Problem) -> Line {
        let Problem { severity, line, column, path, message, hint } = problem.clone();
        Line { severity: severity.name(), line, column, path, message, hint }
    }
}
