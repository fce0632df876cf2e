//! How many retries there may be, whoever asks for them: `flush`, a return, a failure that is over at once.
//!
//! A token bucket: a retry takes one token, and each accepted request gives back a fifth of one (so that retries are at
//! most a sixth of all requests, as in Finagle's `RetryBudget`, whose default is 20 %; the SRE book, "Handling
//! Overload", has 10 %), beside a slow trickle (Finagle's `minRetriesPerSec`) that keeps a page that has nothing to
//! send but retries from being silent for good.
//!
//! Kept as one moment, that at which the bucket will be full again: the virtual scheduling form of the generic cell
//! rate algorithm (ITU-T I.371), which needs no bookkeeping as time passes.

use super::limits::Limits;
use super::time::Elapsed;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Budget(pub(super) Elapsed);

impl Budget {
    pub(super) const FULL: Self = Self(Elapsed::START);

    pub(super) fn owing(until: Elapsed) -> Self {
        Self(until)
    }

    /// When it will be full again.
    pub(super) fn owed(&self) -> Elapsed {
        self.0
    }

    /// When it has a retry.
    pub(super) fn next(&self, limits: &Limits) -> Elapsed {
        self.0.after(limits.retry_every_ms - limits.retry_budget_ms)
    }

    /// One retry, even where there is none left.
    pub(super) fn spend(&mut self, t: Elapsed, limits: &Limits) {
        self.0 = self.0.max(t).after(limits.retry_every_ms).min(t.after(limits.retry_budget_ms));
    }

    /// A request was accepted.
    pub(super) fn earn(&mut self, t: Elapsed, limits: &Limits) {
        // What is full is always the same, so that a page in which nothing fails has nothing to remember.
        self.0 = if self.0 > t { self.0.after(-limits.retry_earned_ms) } else { Elapsed::START };
    }
}
