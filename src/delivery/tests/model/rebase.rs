//! Time without a past: two worlds that differ only in how long ago they began are one.

use crate::delivery::machine::Machine;
use crate::delivery::time::{Elapsed, Millis};

impl Machine {
    /// Makes `now` the start of its time.
    pub(super) fn rebase(&mut self, now: Millis) {
        let t = self.stopwatch.read(now);
        let coming = |end: &mut Elapsed| *end = Elapsed(end.since(t));
        let gone = |since: &mut Elapsed, most: i64| *since = Elapsed(-t.since(*since).min(most));
        for entry in &mut self.queue.entries {
            gone(&mut entry.since, self.limits.age_ms);
        }
        for flight in &mut self.flights.leased {
            gone(&mut flight.since, self.limits.slow_ms);
            coming(&mut flight.ends);
        }
        for circuit in [&mut self.circuit, &mut self.remembered] {
            coming(&mut circuit.until);
            coming(&mut circuit.asked);
            coming(&mut circuit.budget.0);
        }
        if let Some(hidden) = &mut self.hidden {
            coming(&mut hidden.keepalive_until);
        }
        self.wake_at = self.wake_at.map(|at| Millis(at.0 - now.0));
        self.stopwatch.last = Some(Millis(0));
        self.stopwatch.elapsed = Elapsed::START;
    }
}
