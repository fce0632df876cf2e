//! Where all is kept, as ports: a small trait for each thing that is, and [`Store`], which has them all.
//!
//! [`SqliteStore`] is the one that ships. Whatever else implements [`Store`] has to pass `tests/all/store_contract`.

mod audit;
mod directory;
mod disagreements;
mod erasures;
mod error;
mod folds;
pub(crate) mod health;
mod identities;
mod leads;
mod log;
pub(crate) mod personal;
mod playbooks;
pub(crate) mod retention;
mod schema;
mod sqlite;
mod streams;
mod tokens;
pub(crate) mod verify;

pub use audit::Audit;
pub use directory::Directory;
pub use disagreements::{Disagreement, Disagreements};
pub use erasures::{Erasure, ErasureId, ErasureRequest, ErasureState, Erasures, Person};
pub use error::StoreError;
pub use folds::{
    Checkpoint, Folded, FoldedIsland, Folds, Footprint, IslandId, IslandRow, Join, Logged, NewState, Node,
    NodeId, NodeName, PlaybookId, Progress, Report, ReportId, Reported, StateId, Visit, Waiting,
};
pub use health::{DeliveryHealth, PagesOfDay, RequestsOfDay};
pub use identities::{Claim, Credentials, Identities, Standing};
pub use leads::Leads;
pub use log::{Appended, Batch, Entry, EventLog, Position, Stored};
pub use personal::PersonalData;
pub use playbooks::{
    Draft, Expected, InForce, NewRevision, Playbooks, Publication, Publishing, Revision, RevisionNumber,
};
pub use retention::Retention;
pub use sqlite::SqliteStore;
pub use streams::{Arrived, StreamLedger};
pub use tokens::Tokens;

/// Whose it is. A `messageId` counts once within a tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TenantId(pub i64);

/// A durable store. What a port writes is one transaction a call, and durable when the call returns; of a call that panics
/// nothing is kept, and the next one works.
pub trait Store: Send {
    /// Who has a part of it.
    fn directory(&mut self) -> &mut dyn Directory;

    /// The events.
    fn log(&mut self) -> &mut dyn EventLog;

    /// What is known of their streams.
    fn streams(&mut self) -> &mut dyn StreamLedger;

    /// Delivery, counted by the day.
    fn health(&mut self) -> &mut dyn DeliveryHealth;

    /// All that is kept of one person.
    fn personal(&mut self) -> &mut dyn PersonalData;

    /// How long raw events are kept.
    fn retention(&mut self) -> &mut dyn Retention;

    /// Who asked to be forgotten.
    fn erasures(&mut self) -> &mut dyn Erasures;

    /// Who is to be talked to.
    fn leads(&mut self) -> &mut dyn Leads;

    /// What opens doors.
    fn tokens(&mut self) -> &mut dyn Tokens;

    /// Who did what.
    fn audit(&mut self) -> &mut dyn Audit;

    /// What is folded of the events.
    fn folds(&mut self) -> &mut dyn Folds;

    /// What decides what people see.
    fn playbooks(&mut self) -> &mut dyn Playbooks;

    /// Signing secrets, and who is known by them.
    fn identities(&mut self) -> &mut dyn Identities;

    /// How often pages and collector were found to differ.
    fn disagreements(&mut self) -> &mut dyn Disagreements;

    /// Reads several things as of one instant, whatever is committed meanwhile.
    ///
    /// # Errors
    /// The store cannot be read, or the work failed.
    fn consistently(
        &mut self,
        work: &mut dyn FnMut(&mut dyn Store) -> Result<(), StoreError>,
    ) -> Result<(), StoreError>;

    /// Another handle, which can only read, and does not wait for who writes.
    ///
    /// # Errors
    /// The store cannot be opened once more.
    fn reader(&self) -> Result<Box<dyn Store>, StoreError>;

    /// How many events there are, of all tenants. Cheap; but where the last transaction failed it tries again whether
    /// the store can be written, so that a full disk is noticed to have room again without an event.
    ///
    /// # Errors
    /// The store cannot be read, or cannot be written since the last transaction failed.
    fn check(&mut self) -> Result<u64, StoreError>;

    /// Leaves everything in its final place.
    ///
    /// # Errors
    /// That did not work. Nothing is lost by it.
    fn close(self: Box<Self>) -> Result<(), StoreError>;
}
