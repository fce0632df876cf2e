//! The collector: one small server that takes batches of events, keeps them, and serves playbooks.
//!
//! A request's way through it, which is also the order to read in:
//!
//! - [`Cli`] turns words and environment into options; [`serve`](mod@serve) starts the parts and stops them in order.
//! - [`connections`] takes them, and ends those that keep their place and say nothing.
//! - [`router`] is all doors over HTTP, made from [`Deps`], so that a test needs no socket. The status of an answer is
//!   the contract for retries.
//! - `ingest` reads a request: the envelope first, then each message by itself, so that a bad one is refused by name
//!   and its neighbours are kept.
//! - [`writer`] is one thread that commits what has gathered as one transaction, behind a bounded queue. An answer
//!   leaves only after its commit.
//!   What meets a defect of ours is rolled back and counted (`defects`), and it goes on.
//! - [`readers`] are a few handles for what is only read, and waits for no commit.
//! - [`store`] is all that is kept, as ports, with SQLite behind them and one contract test for whatever comes next.
//! - [`fold`] makes of the events what everybody's state is, behind the door, by the engine.
//! - [`stream`] knows what is missing: the events of a page load are numbered, and its batches say what it gave up.
//! - [`health`] counts what came, by what and how late, and what did not; [`metrics`] tells it to Prometheus.
//! - [`privacy`] is what a person may ask for: to see it, and to be erased. [`housekeeping`] does from time to time what
//!   nobody waits for.
//! - [`config`] is all that can be set; [`backup`] a copy taken while it runs.
//! - [`leads`] are who is to be talked to, with the reasons why.
//! - [`access`] is write keys, tokens and the audit log; [`tenants`] knows who may do what, and the compiled playbooks; [`print`](mod@print) shows what is kept: the log for
//!   a replay, what was lost, who asked to be forgotten.
//! - [`limits`] has every limit, [`clock`] the time: neither is anywhere else.
//!
//! What an event means is not decided here: that is the `ripen` crate's, and `semantics.md`'s.

pub mod access;
pub mod backup;
mod cli;
pub mod clock;
pub mod config;
pub mod connections;
mod defects;
pub mod fold;
pub mod health;
pub mod housekeeping;
mod http;
pub mod identity;
mod ingest;
pub mod leads;
pub mod limits;
pub mod metrics;
pub mod print;
pub mod privacy;
mod random;
pub mod readers;
pub mod serve;
pub mod snapshot;
pub mod store;
pub mod stream;
pub mod tenants;
pub mod writer;

pub use cli::Cli;
pub use http::{Deps, router};
pub use ingest::{BadEntry, Denials, Denied};
pub use random::NoRandomness;
