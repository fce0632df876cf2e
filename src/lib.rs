//! Ripen tells a product, inside the user's own browser, how far each user has come and what would help them next.
//!
//! Read the crate from the inside out:
//!
//! - [`engine`] is a pure fold: events and time in, a view and its changes out, and at a nudge's edge a decision.
//!   It has no clock, no I/O and no randomness, so the page, the command line and the collector agree.
//! - [`delivery`] is a pure state machine: what is in the journal goes in, what to send, forget and wait for comes out.
//! - `playbook` (feature `compiler`) reads what a product manager wrote, says all that is wrong with it, and compiles
//!   it to the small binary form that the engine runs.
//! - `explain` (feature `compiler`) says why somebody saw something or did not, and when time alone would change that.
//! - `fold` (feature `compiler`) folds many people and accounts on one line of time, can be written down and go on.
//! - `replay` (feature `compiler`) folds recorded usage of many people and accounts, in order, for the command line.
//! - `fit` (feature `compiler`) finds a company's rhythm in the same recordings: what `alive` is computed by.
//! - `vocabulary` (feature `compiler`) lists every name of a playbook that an application writes, for types and warnings.
//! - `browser` (feature `browser`) and `toolkit` (feature `toolkit`) bind these to JavaScript.
//!
//! Arrows point one way: bindings → fit → replay → fold → engine, replay → playbook → engine, bindings → explain → playbook,
//! bindings → vocabulary → engine, and bindings → delivery. `engine` and `delivery` know neither each other nor anybody
//! else; `tests/walls.rs` holds that up.

#[cfg(feature = "browser")]
mod browser;
pub mod delivery;
pub mod engine;
#[cfg(feature = "compiler")]
pub mod explain;
#[cfg(feature = "compiler")]
pub mod fit;
#[cfg(feature = "compiler")]
pub mod fold;
#[cfg(feature = "compiler")]
pub mod playbook;
#[cfg(feature = "compiler")]
pub mod replay;
#[cfg(feature = "toolkit")]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public items only, from wherever they are")]
mod toolkit;
#[cfg(feature = "compiler")]
pub mod vocabulary;
