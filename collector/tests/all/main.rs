//! The collector from outside: the store's contract, the doors without a socket, and the binary itself.
//!
//! One program, so that SQLite is linked once.

// A test may panic, and has no public face.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, unreachable_pub)]

mod support;

mod agreement;
mod as_of_now;
mod at_the_machine;
mod backup;
mod batch;
mod clock_jumps;
mod command_line;
mod config;
mod cors;
mod crowd;
mod cut;
mod delivery;
mod fairness;
mod fold;
mod foreign;
mod forget;
mod full_disk;
mod group_commit;
mod gzip;
mod hell;
mod housekeeping;
mod identity;
mod kill;
mod leads;
mod logs;
mod losses;
mod members;
mod migration;
mod named;
mod persons;
mod playbook;
mod playbooks;
mod readers;
mod refused;
mod rejected;
mod released;
mod segment;
mod shutdown;
mod site;
mod slow;
mod snapshot;
mod store_contract;
mod tokens;
mod trouble;
