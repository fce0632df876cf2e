//! Which leads are wanted.

use ripen::engine::Qualification;

use super::{LeadId, LeadState};
use crate::clock::Millis;

/// What a lead may rest on, by name.
pub const KINDS: [&str; 2] = ["form", "moment"];

/// What a moment may make of somebody, by name.
pub const QUALIFICATIONS: [&str; 4] = [
    Qualification::Pql.name(),
    Qualification::Pqa.name(),
    Qualification::Eqa.name(),
    Qualification::ChurnRisk.name(),
];

/// Which leads are wanted; what is not said does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Of this state.
    pub state: Option<LeadState>,
    /// One of [`KINDS`].
    pub kind: Option<String>,
    /// Moments that qualify as this, one of [`QUALIFICATIONS`].
    pub qualifies: Option<String>,
    /// Found at this instant or later.
    pub since: Option<Millis>,
    /// Of each calendar month (UTC) the best so many: forms first, then by rank, then the earliest.
    pub best: Option<u32>,
    /// Kept after this one.
    pub after: Option<LeadId>,
}
