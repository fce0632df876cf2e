//! What an outage has taught.

use super::time::Millis;

/// What the next machine has to know about the backend: one tab sends for all, and it may be another one in a moment, or
/// this one after a reload (C11). Plain numbers, which the face keeps where all page loads find them.
///
/// Times are what is left from `at` on. If the clock has been set back since, all of it is left, which is never more
/// than the longest pause; if it has been set forwards, it is over: as with any jump (see `time`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Memory {
    /// When this was so.
    pub at: Millis,
    /// Failures in a row.
    pub failures: u32,
    /// Left of the pause that follows a failure.
    pub pause_ms: i64,
    /// Left of the pause that the backend asked for.
    pub asked_ms: i64,
    /// Until the retry budget is full again.
    pub owed_ms: i64,
}
