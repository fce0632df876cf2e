//! The laws of the fold (`design.md` §1), as properties over generated usage; and what the arbiter and a device promise.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test, whose cases are its own")]

mod adopt;
mod arbiter;
mod arrival;
mod device;
mod edges;
mod explain;
mod goals;
mod islands;
mod page;
mod pages;
mod playbook_change;
mod protection;
mod signals;
mod snapshot;
mod split;
mod time;
mod usage;
