//! How long to wait after a failure: full jitter (Brooker, "Exponential Backoff And Jitter", 2015), so that the pages
//! that an outage has lined up do not come back together (C11).

use super::limits::Limits;
use super::time::Elapsed;

pub(super) struct Backoff {
    seed: u64,
    /// Failures since the last success.
    attempt: u32,
    /// End of the pause that we chose.
    until: Elapsed,
    /// End of the pause that the other side asked for; nothing of ours shortens it.
    asked: Elapsed,
    /// `flush` ended this pause.
    cut: bool,
    /// `flush` ended the pause before this one, so it does not end this one: a page that flushes after every event
    /// would otherwise send one request for each in the middle of an outage.
    spent: bool,
}

impl Backoff {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed, attempt: 0, until: Elapsed::START, asked: Elapsed::START, cut: false, spent: false }
    }

    /// Failures since the last success. What is sent now belongs to this round.
    pub(super) fn round(&self) -> u32 {
        self.attempt
    }

    pub(super) fn end(&self) -> Elapsed {
        self.until.max(self.asked)
    }

    pub(super) fn succeeded(&mut self) {
        self.attempt = 0;
        self.until = Elapsed::START;
        self.cut = false;
    }

    /// A request of `round` failed, and the next ones wait for `at_least_ms` and up to the bound of this attempt on
    /// top. Of requests that were in flight together, the first that fails speaks for all.
    pub(super) fn failed(&mut self, round: u32, at_least_ms: i64, limits: &Limits, t: Elapsed) {
        if round < self.attempt {
            return;
        }
        self.attempt = self.attempt.saturating_add(1);
        // 2^10 seconds are more than the cap, and far from overflow.
        let doublings = (self.attempt - 1).min(10);
        let bound = (limits.retry_base_ms << doublings).min(limits.retry_cap_ms);
        self.until = t.after(at_least_ms.saturating_add(jitter(self.seed, self.attempt, bound)));
        self.spent = self.cut;
        self.cut = false;
    }

    /// The other side wants no request for this long. Negative is none.
    pub(super) fn asked_for(&mut self, ms: i64, limits: &Limits, t: Elapsed) {
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

/// 1 to `bound`: a hash of seed and attempt (SplitMix64's finaliser), scaled without division.
fn jitter(seed: u64, attempt: u32, bound: i64) -> i64 {
    let mut x = seed.wrapping_add(u64::from(attempt).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^= x >> 31;
    1 + (((x >> 32) as i64 * bound) >> 32)
}
