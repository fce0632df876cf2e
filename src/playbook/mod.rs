//! From what a product manager wrote to what the engine runs.
//!
//! [`compile`] reads the document (`source`, with the place of every value), checks and resolves each definition in the
//! order of the semantics (`signals`, `segments`, `rhythm`, `scores`, `ladders`, `moments`, `nudges`, `policy`), and indexes what depends
//! on what (`dependents`). [`for_pages`] leaves out what only a collector needs. All mistakes are found in one go; each says where it is, what was found, what was expected,
//! and a near name if there is one; what is legal and surely wrong is warned of (`possible`).
//! [`words_of`] says which texts a language lacks.

mod alike;
mod appearance;
mod compile;
mod condition;
mod cycles;
mod dependents;
mod document;
mod events;
mod fields;
mod groups;
mod known;
mod ladders;
mod lists;
mod mode;
mod moments;
mod named;
mod near;
mod nudges;
mod operators;
mod pages;
mod path;
mod pattern;
mod place;
mod policy;
mod possible;
mod problem;
mod properties;
mod references;
mod rhythm;
mod scan;
#[cfg(feature = "schema")]
mod schema;
mod scores;
mod segments;
mod signals;
mod source;
mod spans;

pub use appearance::{NudgeWords, Words, words_of};
pub use compile::{Compiled, check, compile};
pub use document::to_value;
pub use mode::check_for_signals;
pub use near::nearest;
pub(crate) use operators::printed;
pub use pages::{ForPages, for_pages};
pub(crate) use path::path;
pub use problem::{Problem, Severity};
pub use properties::condition_on_properties;
#[cfg(feature = "schema")]
pub use schema::schema;
