//! The contract of delivery as tables and stories, and a simulation of everything that may go wrong.

mod clock;
mod hiding;
#[cfg(not(target_arch = "wasm32"))]
mod model;
mod outage;
mod pauses;
mod pressure;
mod queueing;
mod refusals;
mod simulation;
mod status;
mod story;
