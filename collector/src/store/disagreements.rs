//! How often pages and collector were found to differ.

use super::{StoreError, TenantId};
use crate::snapshot::Cause;

/// Comparisons of one day that came to the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Disagreement {
    /// The UTC day, from 1970.
    pub day: i64,
    /// What they came to.
    pub cause: Cause,
    /// How many.
    pub times: u64,
}

/// Counts of comparisons, by day and cause.
pub trait Disagreements {
    /// Counts one.
    ///
    /// # Errors
    /// The tenant is not known, or the store cannot be written.
    fn note_disagreement(&mut self, tenant: TenantId, day: i64, cause: Cause) -> Result<(), StoreError>;

    /// Those of a tenant since a day, by day and cause.
    ///
    /// # Errors
    /// The store cannot be read.
    fn disagreements(&mut self, tenant: TenantId, since: i64) -> Result<Vec<Disagreement>, StoreError>;
}
