//! Leads that are kept.

use super::{StoreError, TenantId};
use crate::access::By;
use crate::clock::Millis;
use crate::leads::{Lead, LeadDraft, LeadId, LeadState, Selection};

/// Leads. Those that come with events are written with the [log](super::EventLog).
pub trait Leads {
    /// Keeps leads that the fold has found; with whether the host has signed who it is. One whose key is there is that one.
    ///
    /// # Errors
    /// As [`EventLog::append`](super::EventLog::append).
    fn keep_leads(
        &mut self,
        tenant: TenantId,
        found: Millis,
        leads: &[(LeadDraft, bool)],
    ) -> Result<(), StoreError>;

    /// A tenant's leads of a selection, in the order in which they were kept, at most `limit`.
    ///
    /// # Errors
    /// The store cannot be read.
    fn leads(
        &mut self,
        tenant: TenantId,
        selection: &Selection,
        limit: usize,
    ) -> Result<Vec<Lead>, StoreError>;

    /// Says how far a lead has come. The lead as it is then; none if the tenant has no such lead.
    ///
    /// # Errors
    /// As [`EventLog::append`](super::EventLog::append).
    fn settle_lead(
        &mut self,
        tenant: TenantId,
        id: LeadId,
        state: LeadState,
        by: By,
    ) -> Result<Option<Lead>, StoreError>;

    /// Whether a lead of a person (of its ids: who it is, then the anonymous ids that were joined to it) or of this account
    /// is open.
    ///
    /// # Errors
    /// The store cannot be read.
    fn has_open_lead(
        &mut self,
        tenant: TenantId,
        persons: &[&str],
        account: Option<&str>,
    ) -> Result<bool, StoreError>;
}
