//! What is known of streams beside their events.

use std::ops::RangeInclusive;

use super::{StoreError, TenantId};
use crate::stream::{StreamId, StreamLosses};

/// A stream, and which of its sequences arrived: runs, in order.
pub type Arrived = (StreamLosses, Vec<RangeInclusive<u64>>);

/// Which sequences of each stream arrived, and what it says of itself. It is written with the [log](super::EventLog).
pub trait StreamLedger {
    /// What is known of a tenant's streams after the given one, in the order of their ids (byte by byte), at most
    /// `limit`.
    ///
    /// # Errors
    /// The store cannot be read.
    fn losses(
        &mut self,
        tenant: TenantId,
        after: Option<&StreamId>,
        limit: usize,
    ) -> Result<Vec<StreamLosses>, StoreError>;

    /// What is known of one of a tenant's streams, and which of its sequences arrived: runs, in order, at most `limit`.
    ///
    /// # Errors
    /// The store cannot be read.
    fn stream(
        &mut self,
        tenant: TenantId,
        stream: &StreamId,
        limit: usize,
    ) -> Result<Option<Arrived>, StoreError>;
}
