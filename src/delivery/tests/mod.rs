//! The contract of delivery as tables and stories, and a simulation of everything that may go wrong.

mod clock;
mod hiding;
mod pauses;
mod queueing;
mod refusals;
mod simulation;
mod status;
mod story;
