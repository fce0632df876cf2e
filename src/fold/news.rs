//! What a replay has to report.

use crate::engine::{Change, Millis};

/// News of somebody, and whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Reported {
    /// Whether of an account.
    pub account: bool,
    /// Whose.
    pub id: String,
    /// What, and when.
    pub news: News,
}

/// What happened to somebody.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// Their view changed.
    Change(Change),
    /// A nudge would have been shown.
    Nudge {
        /// When.
        at: Millis,
        /// Its position.
        nudge: usize,
        /// The position of its variant.
        variant: Option<usize>,
    },
}

impl News {
    /// When it happened.
    pub fn at(&self) -> Millis {
        match self {
            News::Change(change) => change.at,
            News::Nudge { at, .. } => *at,
        }
    }
}
