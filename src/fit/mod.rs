//! Finds a company's rhythm in its events: the parameters of MBG/NBD, and how well they foretell.

mod cholesky;
mod estimate;
mod expectation;
mod likelihood;
mod maximise;
mod parameters;

pub use estimate::{Estimate, Unfit, estimate};
pub use expectation::{Ahead, ahead};
pub use likelihood::{Model, Seen};
pub use parameters::Parameters;
