//! Who asked to be forgotten.

use std::ops::RangeInclusive;

use super::{StoreError, TenantId};
use crate::access::By;
use crate::clock::Millis;

/// The ids of a person, at least one as long as nothing is erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// As the browser made it.
    pub anonymous_id: Option<String>,
    /// As the product calls the person.
    pub user_id: Option<String>,
}

/// Somebody asks to be forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasureRequest {
    /// By whom.
    pub tenant: TenantId,
    /// When it came.
    pub received: Millis,
    /// Who.
    pub whom: Person,
    /// The host vouches for who asks.
    pub verified: bool,
}

/// Later received, larger. Never given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ErasureId(pub i64);

impl ErasureId {
    /// Before the first one.
    pub const START: ErasureId = ErasureId(0);
}

/// A request to be forgotten that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// For the administrator to name it by.
    pub id: ErasureId,
    /// When it first came.
    pub received: Millis,
    /// Who.
    pub whom: Person,
    /// The host vouches for who asked: it is carried out without anybody looking at it.
    pub verified: bool,
    /// How far it has come.
    pub state: ErasureState,
    /// The receipt, once it is done.
    pub receipt: Option<String>,
}

/// How far a request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErasureState {
    /// Nothing has been erased yet.
    Open,
    /// All is erased, the ids of the request too: its person has none.
    Done,
    /// Nothing was erased but the ids of the request: nobody asked, somebody made it up.
    Dismissed,
}

impl ErasureState {
    /// As it is stored and printed.
    pub fn name(self) -> &'static str {
        match self {
            ErasureState::Open => "open",
            ErasureState::Done => "done",
            ErasureState::Dismissed => "dismissed",
        }
    }

    pub(super) fn named(name: &str) -> Option<ErasureState> {
        [ErasureState::Open, ErasureState::Done, ErasureState::Dismissed]
            .into_iter()
            .find(|state| state.name() == name)
    }
}

/// Requests to be forgotten.
pub trait Erasures {
    /// Keeps requests, all in one transaction, durable when it returns, and says of each whether it is kept. One for the
    /// same ids that is open already is that one, from now on verified if either is. Another one is not kept where
    /// [`ERASURES_OPEN`](crate::limits::ERASURES_OPEN) of the tenant's are open: those that are verified and the others
    /// are counted apart, so that whoever makes ids up keeps nobody out who is vouched for.
    ///
    /// # Errors
    /// As [`EventLog::append`](super::EventLog::append).
    fn request_erasures(&mut self, requests: &[ErasureRequest]) -> Result<Vec<bool>, StoreError>;

    /// Dismisses a tenant's requests from one to another, as far as they are open and nobody vouches for who asked; says
    /// how many, and notes it in the audit log.
    ///
    /// # Errors
    /// The store cannot be written.
    fn dismiss_erasures(
        &mut self,
        tenant: TenantId,
        requests: RangeInclusive<ErasureId>,
        by: By,
    ) -> Result<u64, StoreError>;

    /// A tenant's requests after the given one, in order of receipt, at most `limit`.
    ///
    /// # Errors
    /// The store cannot be read.
    fn erasures(
        &mut self,
        tenant: TenantId,
        after: ErasureId,
        limit: usize,
    ) -> Result<Vec<Erasure>, StoreError>;
}
