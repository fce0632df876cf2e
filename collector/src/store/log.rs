//! The log: every event, in order of receipt.

use super::{Credentials, StoreError, TenantId};
use crate::clock::Millis;
use crate::health::Seen;
use crate::identity::Verdict;
use crate::leads::LeadDraft;
use crate::stream::{Sequenced, StreamId, StreamReport};

/// A place in the log: later received, larger. Never given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position(pub i64);

impl Position {
    /// Before the first event.
    pub const START: Position = Position(0);
}

/// One event that exists (`semantics.md` §1), as the log takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Counts once within the tenant. Any text that is not empty.
    pub message_id: String,
    /// The person, if known by name.
    pub user_id: Option<String>,
    /// The person's anonymous id.
    pub anonymous_id: Option<String>,
    /// When it happened, as its `timestamp` says.
    pub happened: Millis,
    /// The message, as one line of JSON.
    pub message: String,
}

/// What one request brings.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Whose.
    pub tenant: TenantId,
    /// When the request came.
    pub received: Millis,
    /// In the order of the request.
    pub entries: Vec<Entry>,
    /// The places of these entries in their streams, of those that have one. Not a part of the entry: what is left out
    /// because it is there already has arrived all the same, and what is erased one day has once arrived.
    pub sequenced: Vec<Sequenced>,
    /// What streams say of themselves.
    pub reports: Vec<(StreamId, StreamReport)>,
    /// By what it came, and what was refused of it.
    pub seen: Seen,
    /// Who is to be talked to, by the ids of the events that say so.
    pub leads: Vec<(String, LeadDraft)>,
    /// By what the users are believed that the entries name.
    pub credentials: Credentials,
}

impl Batch {
    /// One that brings nothing.
    pub fn new(tenant: TenantId, received: Millis) -> Batch {
        Batch {
            tenant,
            received,
            entries: Vec::new(),
            sequenced: Vec::new(),
            reports: Vec::new(),
            seen: Seen::default(),
            leads: Vec::new(),
            credentials: Credentials::default(),
        }
    }

    /// Whether there is nothing to store, nor to count.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.reports.is_empty() && self.seen.rejected.is_empty()
    }

    /// How long it takes to write, in events.
    pub(crate) fn weight(&self) -> usize {
        self.entries.len() + self.reports.len() + 1
    }
}

/// What became of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Appended {
    /// Events that are new in the log.
    pub accepted: u64,
    /// Events whose `messageId` was there before, in an earlier batch or in this one.
    pub duplicates: u64,
}

/// An event of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Where.
    pub position: Position,
    /// When its request came.
    pub received: Millis,
    /// What it is believed by.
    pub verdict: Verdict,
    /// As it was appended.
    pub entry: Entry,
}

/// An ordered log of events for each tenant.
pub trait EventLog {
    /// Appends all batches in one transaction, in order, and answers for each. When it returns, the events survive
    /// a power cut. An event whose `messageId` the tenant has is left out: the first one received wins. With the events
    /// goes what is known of their streams, and what their users and accounts are believed by, which depends on the secrets that are
    /// valid and on the events before.
    ///
    /// # Errors
    /// One of the tenants is not known, or the store cannot be written. Nothing of any batch is kept, and the store can
    /// be used again.
    fn append(&mut self, batches: &[Batch]) -> Result<Vec<Appended>, StoreError>;

    /// A tenant's events after a position, in order of receipt, at most `limit`.
    ///
    /// # Errors
    /// The store cannot be read.
    fn read(&mut self, tenant: TenantId, after: Position, limit: usize) -> Result<Vec<Stored>, StoreError>;

    /// When the last event came, of all tenants.
    ///
    /// # Errors
    /// The store cannot be read.
    fn last_received(&mut self) -> Result<Option<Millis>, StoreError>;
}
