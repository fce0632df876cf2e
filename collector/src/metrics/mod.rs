//! What Prometheus asks for, of the whole process: counted where it happens ([`Metrics`]), or read from the store when
//! it is asked for ([`Vitals`]). No label says anything of a person, and none can be made up by who sends.

mod counted;
mod door;
mod requests;
mod source;
mod vitals;

pub(crate) use counted::Brought;
pub use counted::Metrics;
pub use door::{Asked, router};
pub(crate) use requests::count;
pub use source::SourceLabels;
pub use vitals::Vitals;
