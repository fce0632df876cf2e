//! Delivery, counted by the day.

use super::{Position, StoreError, TenantId};
use crate::health::{Day, Pages, Requests, Source, Transport};

/// Requests of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestsOfDay {
    /// When they came.
    pub day: Day,
    /// By what.
    pub source: Source,
    /// Which way.
    pub transport: Transport,
    /// How many.
    pub counts: Requests,
}

/// Page loads that were first heard of on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagesOfDay {
    /// When they were first heard of.
    pub day: Day,
    /// By what.
    pub source: Source,
    /// What became of them until now.
    pub counts: Pages,
}

/// Delivery health. It is written with the [log](super::EventLog).
pub trait DeliveryHealth {
    /// A tenant's requests from a day on, in order of days. There are at most some thousands a day
    /// ([`SOURCES_A_DAY`](crate::limits::SOURCES_A_DAY)).
    ///
    /// # Errors
    /// The store cannot be read.
    fn requests(&mut self, tenant: TenantId, since: Day) -> Result<Vec<RequestsOfDay>, StoreError>;

    /// A tenant's page loads from a day on, in order of days.
    ///
    /// # Errors
    /// The store cannot be read.
    fn pages(&mut self, tenant: TenantId, since: Day) -> Result<Vec<PagesOfDay>, StoreError>;

    /// How many events a tenant has.
    ///
    /// # Errors
    /// The store cannot be read.
    fn events(&mut self, tenant: TenantId) -> Result<u64, StoreError>;

    /// The last position of a tenant's log.
    ///
    /// # Errors
    /// The store cannot be read.
    fn last_position(&mut self, tenant: TenantId) -> Result<Position, StoreError>;

    /// Forgets the days before this one, of all tenants.
    ///
    /// # Errors
    /// The store cannot be written.
    fn forget_days_before(&mut self, day: Day) -> Result<(), StoreError>;
}
