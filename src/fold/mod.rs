//! Folds many persons and accounts on one line of time: what replay and collector have in common.
//!
//! `identity` says whose each event is; [`World`] lets time pass for everybody in turn, by `schedule`, and has [`Reported`]
//! what changed; `simulation` shows them nudges, for a replay. An [`Island`] is a world that goes on: it is written to
//! bytes and read again, takes further events, says which come too late for it, and unites with others.
//!
//! *Law*: folding all = writing, reading and folding the rest. *Law*: letting time pass in pieces = at once. *Law*: islands
//! that do not touch, united, are one world. (`tests/laws/islands.rs`.)

mod identity;
mod island;
mod news;
mod schedule;
mod sighting;
mod simulation;
mod world;
mod writing;

pub(crate) use identity::persons;
pub use island::{Entangled, Island, Key};
pub use news::{News, Reported};
pub use sighting::{Sighting, Standing};
pub(crate) use simulation::{Contests, Pair, Place, Placed, surroundings};
pub use world::World;

/// Version of what is written; it changes whenever a type that is reachable from [`Island`] does. What is of another
/// version is folded anew from the log.
const FORMAT: u8 = 1;
