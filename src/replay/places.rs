//! Where recorded events happened: what of their context nudges may look at. It is kept apart from the events, since the
//! engine folds those and has no use for it.

use std::collections::BTreeMap;

use crate::engine::Value;

/// By `messageId`; none for an event that says nothing of it.
pub(super) type Places = BTreeMap<String, Place>;

/// Where an event happened.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Place {
    /// `page`, `device` and `locale` of the context.
    pub(super) seen: Value,
    /// The page load.
    pub(super) stream: Value,
}
