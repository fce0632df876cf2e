//! Delivery: what is sent when, what is tried again, what is given up; without I/O, clock or randomness.
//!
//! The face keeps the events in a journal, under increasing keys. [`Machine`] knows only keys and sizes. Each input
//! (something was tracked, an answer came, a time has come, the page is being hidden …) returns [`Command`]s: send
//! these, forget these, wake me then. So all of it is tried natively, under simulated faults, thousands of schedules
//! a second, and a page that dies loses nothing of it: the next one tells the journal again to a new machine.
//!
//! # Map
//!
//! | file | one idea |
//! |---|---|
//! | [`limits`](Limits) | every number, and why it is that number |
//! | [`command`](Command) | what the machine wants done |
//! | `time` | the page's clock, which may jump, and the time that passed, which does not |
//! | `queue` | which events there are, oldest first, under a cap |
//! | `batch` | which of them go together next |
//! | `size` | how large a request may be at the moment |
//! | `flights` | what was sent and has no answer yet: leases |
//! | `answer` | HTTP status → meaning: the contract with collectors and with everything in between |
//! | `circuit` | whether requests may go: closed, open, half open |
//! | `budget` | how many retries there may be |
//! | [`memory`](Memory) | what an outage has taught, for the next tab or page load |
//! | [`machine`](Machine) | the inputs, and how the parts play together |
//!
//! # Promises
//!
//! * An event leaves the queue only by a [`Command::Remove`] with its [`Reason`]: nothing is lost uncounted.
//! * At least once, under the same ids: what has no answer within a lease is sent again.
//! * One routine request at a time; keepalive only around the moment of hiding, and at most half of what browsers
//!   grant a page.
//! * Queue and requests are bounded by count and by bytes; what is in flight is never dropped for room. Above half of
//!   a cap, [`Machine::pressure`] says so.
//! * After a failure, one small request at a time, and retries within a budget, whatever asks for them. Neither a
//!   reload nor another tab begins anew: what has been learnt is a [`Command::Remember`], and the next machine
//!   [recalls](Machine::recall) it. Only the one try at hiding is made in any case.
//! * No answer, and no absence of one, stops the queue for good: events that a server takes offence at are found by
//!   halving, and removed if it called them bad, or set aside if it did not say so. What is too large for a network or
//!   a proxy becomes smaller until it gets through.
//! * No jump of the clock stops it either.
//!
//! `tests/simulation` tries these on thousands of random schedules, `tests/model` on all there is in small worlds.
//!
//! # An event's way
//!
//! ```text
//!            appended               full · old · flush · hidden            2xx
//!   journal ──────────▶ fresh ─────────────────────────────────▶ in flight ────▶ removed: acknowledged
//!                         ▲    0, 408, 429, 5xx: after a pause    │  │  │
//!                         └──────────────────────────────────────┘  │  │ 400, 413 …, alone
//!                                      400, 413 …, with others       │  └────▶ removed: refused
//!                       suspect (halves, next in turn) ◀────────────┤
//!                       aside   (last in turn)         ◀────────────┘ 401, 403, 404, 500 …
//! ```
//!
//! Besides, an event is removed as too large before it is ever sent, or as the oldest of a full queue. (What the
//! journal itself cannot read any more is counted by the face: the machine never hears of it.)

mod answer;
mod batch;
mod budget;
mod circuit;
mod command;
mod flights;
mod limits;
mod machine;
mod memory;
mod queue;
mod size;
mod time;

#[cfg(test)]
mod tests;

pub use command::{Command, Pressure, Reason};
pub use limits::Limits;
pub use machine::Machine;
pub use memory::Memory;
pub use time::Millis;
