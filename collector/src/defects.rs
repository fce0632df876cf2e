//! Defects of our own, which would end a thread that everything waits for: caught where what they were at can be left out,
//! and counted. What is said of them is where they were met, never with what: that may be of somebody.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many there were. Copies count together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Defects(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    all: AtomicU64,
    in_a_row: AtomicU64,
}

impl Defects {
    /// What the work comes to; none if it met a defect. It must leave nothing half done that is looked at again, as a
    /// transaction does, which is rolled back.
    pub(crate) fn caught<T>(&self, what: &'static str, work: impl FnOnce() -> T) -> Option<T> {
        let done = panic::catch_unwind(AssertUnwindSafe(work)).ok();
        if done.is_none() {
            self.met(what);
        }
        done
    }

    /// One that was caught elsewhere.
    pub(crate) fn met(&self, what: &'static str) {
        self.0.all.fetch_add(1, Ordering::Relaxed);
        tracing::error!(what, "this met a defect of the collector, and nothing of it is kept");
    }

    /// What counts in a row met one.
    pub(crate) fn again(&self) {
        self.0.in_a_row.fetch_add(1, Ordering::Relaxed);
    }

    /// What counts in a row met none.
    pub(crate) fn passed(&self) {
        self.0.in_a_row.store(0, Ordering::Relaxed);
    }

    /// Since the start.
    pub(crate) fn count(&self) -> u64 {
        self.0.all.load(Ordering::Relaxed)
    }

    /// Since the last time that it went well.
    pub(crate) fn in_a_row(&self) -> u64 {
        self.0.in_a_row.load(Ordering::Relaxed)
    }
}

/// From now on a panic is logged by its place. What it says itself may quote an id or a value.
pub(crate) fn log_by_place() {
    panic::set_hook(Box::new(|panic| {
        let (file, line) = panic.location().map_or(("", 0), |place| (place.file(), place.line()));
        let thread = std::thread::current();
        tracing::error!(file, line, thread = thread.name().unwrap_or_default(), "a defect of the collector");
    }));
}
