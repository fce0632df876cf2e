//! Where recorded events happened: what of their context nudges may look at. It is kept apart from the events, since the
//! engine folds those and has no use for it.

use crate::engine::{Event, Value};

/// An event, with where it happened if it says anything of that.
pub(crate) type Placed = (Event, Option<Box<Place>>);

/// Where an event happened.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Place {
    /// `page`, `device` and `locale` of the context.
    pub(crate) seen: Value,
    /// The page load.
    pub(crate) stream: Value,
}
