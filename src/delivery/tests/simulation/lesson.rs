//! What has been learnt of the backend, reckoned anew and in another way than the machine does it: by it each retry is
//! judged.

use crate::delivery::{Limits, Memory};

#[derive(Clone)]
pub(super) struct Lesson {
    /// The last answer was a failure.
    pub(super) down: bool,
    /// Left of what the backend asked for.
    asked: i64,
    /// In the retry budget.
    left: i64,
}

/// What the face keeps, and what we know of it.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) memory: Memory,
    pub(super) lesson: Lesson,
}

impl Lesson {
    pub(super) fn new(limits: &Limits) -> Self {
        Self { down: false, asked: 0, left: limits.retry_budget_ms }
    }

    /// The page's clock went on by this much.
    pub(super) fn pass(&mut self, ms: i64, limits: &Limits) {
        self.asked = self.asked.saturating_sub(ms).max(0);
        self.left = self.left.saturating_add(ms).min(limits.retry_budget_ms);
    }

    pub(super) fn ask(&mut self, ms: i64) {
        self.asked = self.asked.max(ms);
    }

    /// An answer that came in time.
    pub(super) fn hear(&mut self, status: u16, retry_after: Option<i64>, limits: &Limits) {
        match status {
            200..=299 => {
                self.down = false;
                self.left = (self.left + limits.retry_earned_ms).min(limits.retry_budget_ms);
            }
            // (Many in a row are failures too; the machine is free to be more careful than we ask.)
            400 | 413 | 422 => self.down = false,
            _ => {
                self.down = true;
                self.asked = self.asked.max(retry_after.unwrap_or(0).min(limits.retry_after_max_ms));
            }
        }
    }

    /// Whether this request is a retry; an error if there should be none now. The `chance` at hiding is taken whatever
    /// there is.
    pub(super) fn send(&mut self, chance: bool, limits: &Limits) -> Result<bool, String> {
        if !chance && self.asked > 0 {
            return Err(format!("sent {} ms before the end of Retry-After", self.asked));
        }
        let retry = self.down || self.asked > 0;
        if retry && !chance && self.left < limits.retry_every_ms {
            return Err(format!("a retry with {} ms in the budget", self.left));
        }
        if retry {
            self.left = (self.left - limits.retry_every_ms).max(0);
        }
        Ok(retry)
    }
}
