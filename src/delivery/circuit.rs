//! Whether requests may go: a circuit breaker. Any failure opens it, since a page has one backend, and whatever it
//! sends next is a retry.
//!
//! | state | what goes | until |
//! |---|---|---|
//! | closed | everything | a failure |
//! | open | nothing, but for the last chance at hiding | the pause is over: ours (full jitter: Brooker, "Exponential Backoff And Jitter", 2015, so that the pages that an outage has lined up do not come back together), the one that the backend asked for, and until the [budget](super::budget) has a retry (C11) |
//! | half open | one small request, the probe | its answer: a success closes, a failure opens for longer. A refusal closes too: who judges events is up |

use super::budget::Budget;
use super::limits::Limits;
use super::memory::Memory;
use super::time::{Elapsed, Millis};

/// See the [module](self).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Closed,
    Open,
    HalfOpen,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Circuit {
    seed: u64,
    /// In a row.
    failures: u32,
    /// End of the pause that we chose.
    pub(super) until: Elapsed,
    /// End of the pause that the other side asked for; nothing of ours shortens it.
    pub(super) asked: Elapsed,
    pub(super) budget: Budget,
    /// `flush` ended this pause.
    cut: bool,
    /// `flush` ended the pause before this one, so it does not end this one: a page that flushes after every event
    /// would otherwise send one request for each in the middle of an outage.
    spent: bool,
}

impl Circuit {
    pub(super) fn new(seed: u64) -> Self {
        let (until, asked) = (Elapsed::START, Elapsed::START);
        Self { seed, failures: 0, until, asked, budget: Budget::FULL, cut: false, spent: false }
    }

    /// As it was when `memory` was made, which is the stopwatch's start. What cannot be is taken for the most that can.
    pub(super) fn recall(&mut self, memory: &Memory, limits: &Limits) {
        let within = |ms: i64, most: i64| Elapsed::START.after(ms.clamp(0, most));
        self.failures = memory.failures;
        self.until = within(memory.pause_ms, limits.retry_cap_ms.saturating_add(limits.retry_slow_ms));
        self.asked = within(memory.asked_ms, limits.retry_after_max_ms);
        self.budget = Budget::owing(within(memory.owed_ms, limits.retry_budget_ms));
    }

    pub(super) fn memory(&self, t: Elapsed, now: Millis) -> Memory {
        Memory {
            at: now,
            failures: self.failures,
            pause_ms: self.until.since(t),
            asked_ms: self.asked.since(t),
            owed_ms: self.budget.owed().since(t),
        }
    }

    pub(super) fn state(&self, t: Elapsed, limits: &Limits) -> State {
        if t < self.end(limits) {
            State::Open
        } else if self.failures > 0 {
            State::HalfOpen
        } else {
            State::Closed
        }
    }

    /// Failures since the last success. What is sent now belongs to this round.
    pub(super) fn round(&self) -> u32 {
        self.failures
    }

    pub(super) fn end(&self, limits: &Limits) -> Elapsed {
        let pause = self.until.max(self.asked);
        if self.failures > 0 { pause.max(self.budget.next(limits)) } else { pause }
    }

    /// A request is made.
    pub(super) fn sent(&mut self, t: Elapsed, limits: &Limits) {
        if self.state(t, limits) != State::Closed {
            self.budget.spend(t, limits);
        }
    }

    pub(super) fn succeeded(&mut self, t: Elapsed, limits: &Limits) {
        self.budget.earn(t, limits);
        self.close();
    }

    pub(super) fn close(&mut self) {
        self.failures = 0;
        self.until = Elapsed::START;
        self.cut = false;
    }

    /// A request of `round` failed, and the next ones wait for `at_least_ms` and up to the bound of this failure on
    /// top. Of requests that were in flight together, the first that fails speaks for all.
    pub(super) fn failed(&mut self, round: u32, at_least_ms: i64, t: Elapsed, limits: &Limits) {
        if round < self.failures {
            return;
        }
        self.failures = self.failures.saturating_add(1);
        // 2^10 seconds are more than the cap, and far from overflow.
        let doublings = (self.failures - 1).min(10);
        let bound = (limits.retry_base_ms << doublings).min(limits.retry_cap_ms);
        self.until = t.after(at_least_ms.saturating_add(jitter(self.seed, self.failures, bound)));
        self.spent = self.cut;
        self.cut = false;
    }

    /// The other side wants no request for this long. Negative is none.
    pub(super) fn asked_for(&mut self, ms: i64, t: Elapsed, limits: &Limits) {
        self.asked = self.asked.max(t.after(ms.clamp(0, limits.retry_after_max_ms)));
    }

    /// Ends our pause because the page's code wants it; once, until a pause has run its course.
    pub(super) fn cut_once(&mut self, t: Elapsed) {
        if !self.spent && self.until > t {
            self.until = t;
            self.cut = true;
        }
    }

    /// Ends our pause because something has changed: a person came back, or the network did.
    pub(super) fn cut(&mut self, t: Elapsed) {
        self.until = self.until.min(t);
    }
}

/// 1 to `bound`: a hash of seed and failure (SplitMix64's finaliser), scaled without division.
fn jitter(seed: u64, failure: u32, bound: i64) -> i64 {
    let mut x = seed.wrapping_add(u64::from(failure).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^= x >> 31;
    1 + (((x >> 32) as i64 * bound) >> 32)
}
