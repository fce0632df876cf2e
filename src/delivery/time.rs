//! The page's clock, which may jump, and the time that has passed, which does not.

/// Milliseconds since 1970 UTC by the page's clock, which may be wrong, and may jump either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Millis(pub i64);

/// Milliseconds that have passed since the machine was made, or since what it recalls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Elapsed(pub(super) i64);

impl Elapsed {
    pub(super) const START: Self = Self(0);

    pub(super) fn after(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// How long after `earlier` this is; 0 if it is not.
    pub(super) fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).max(0)
    }
}

/// Nothing here waits for longer than an hour, so a longer step means no more than a day does. (It also keeps
/// `elapsed` from ever running into the end of its type.)
const LONGEST_STEP_MS: i64 = 24 * 60 * 60 * 1000;

/// Adds up the steps of the page's clock. A step back counts as none: what was waited for so far stays waited for,
/// the rest is waited for by the new clock. A step forward counts as it is; a demonstration's clock means it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Stopwatch {
    pub(super) last: Option<Millis>,
    pub(super) elapsed: Elapsed,
}

impl Stopwatch {
    pub(super) fn new() -> Self {
        Self { last: None, elapsed: Elapsed::START }
    }

    /// It has been running since `then`.
    pub(super) fn started(&mut self, then: Millis) {
        self.last = Some(then);
    }

    pub(super) fn read(&mut self, now: Millis) -> Elapsed {
        if let Some(last) = self.last {
            let step = now.0.saturating_sub(last.0).clamp(0, LONGEST_STEP_MS);
            self.elapsed = self.elapsed.after(step);
        }
        self.last = Some(now);
        self.elapsed
    }

    /// What the page's clock, being at `now`, will say at `then`; later than `now` in any case.
    pub(super) fn at(&self, then: Elapsed, now: Millis) -> Millis {
        Millis(now.0.saturating_add(then.0.saturating_sub(self.elapsed.0).max(1)))
    }
}
