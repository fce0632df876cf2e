//! A mistake in a playbook, for the person who has to mend it.

use std::fmt;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The playbook cannot be used.
    Error,
    /// It can, but hardly means what was meant.
    Warning,
}

impl Severity {
    /// As it is printed.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// A mistake: where, what was found and expected, and what could be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// For example `segments.power.when`.
    pub path: String,
    /// What was found, and what was expected.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem { severity, line, column, path, message, hint } = self;
        write!(out, "{line}:{column}: {}: ", severity.name())?;
        if !path.is_empty() {
            write!(out, "{path}: ")?;
        }
        write!(out, "{message}")?;
        hint.as_ref().map_or(Ok(()), |hint| write!(out, " ({hint})"))
    }
}
