//! Which leads are wanted.

use super::{LeadId, LeadState};
use crate::clock::Millis;

/// Which leads are wanted; what is not said does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Of this state.
    pub state: Option<LeadState>,
    /// `form` or `moment`.
    pub kind: Option<String>,
    /// Moments that qualify as this.
    pub qualifies: Option<String>,
    /// Found at this instant or later.
    pub since: Option<Millis>,
    /// Of each calendar month (UTC) the best so many: forms first, then by rank, then the earliest.
    pub best: Option<u32>,
    /// Kept after this one.
    pub after: Option<LeadId>,
}
