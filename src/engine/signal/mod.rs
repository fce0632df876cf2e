//! Signals: values kept incrementally in bounded memory (`semantics.md` §3).
//!
//! A [`Form`] says which value it is. What a form remembers is a [`SignalState`]: [`Units`] for what is added up (or is
//! the largest), [`Values`] for what is counted once, [`Runs`] for a sequence. Each takes an event at an hour, and gives
//! the value at any later one.

#[cfg(feature = "compiler")]
mod bound;
mod form;
mod runs;
mod state;
#[cfg(test)]
mod tests;
mod units;
mod values;

#[cfg(feature = "compiler")]
pub use bound::StateBound;
pub use form::{Form, Part};
pub use runs::Runs;
pub use state::SignalState;
pub use units::Units;
pub use values::Values;

use super::matcher::Matcher;
use super::wire::wire_struct;

/// What is counted, compiled.
#[derive(Clone, Debug, PartialEq)]
pub struct Signal {
    /// As written in the playbook.
    pub name: String,
    /// A hash of the definition: a signal whose definition is the same keeps its state when the playbook changes.
    pub definition: u64,
    /// Which value it is.
    pub form: Form,
    /// The events that it is about: one set, or the steps of a sequence; none where it is not about events.
    pub of: Vec<Matcher>,
    /// An event that empties it.
    pub without: Option<Matcher>,
}

wire_struct!(Signal { name, definition, form, of, without });
