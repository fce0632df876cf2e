//! What the fold keeps: who is connected with whom, their states, what was reported, and how far the log is folded.

use super::{Position, StoreError, TenantId};
use crate::clock::Millis;
use crate::leads::LeadDraft;
use crate::stream::{Sequenced, StreamId};
use ripen::fold::Key;
use serde_json::{Map, Value};

/// A playbook that something is folded by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PlaybookId(pub i64);

/// Those who can influence each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IslandId(pub i64);

/// An id of a person or an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub i64);

/// A state that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StateId(pub i64);

/// A report: later reported, larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReportId(pub i64);

impl ReportId {
    /// Before the first one.
    pub const START: ReportId = ReportId(0);
}

/// How far a tenant's log is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Up to and including this event.
    pub position: Position,
    /// How often something was committed: whoever commits says after which turn.
    pub turn: i64,
    /// The playbook that it is folded by; none before one is published.
    pub playbook: Option<PlaybookId>,
    /// How many events the log has.
    pub events: u64,
    /// While what had been folded before is folded again: up to where that was.
    pub again: Option<Position>,
}

/// What has a name in events: a person, by user or anonymous id, or an account.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeName {
    /// Whether it is an account's.
    pub account: bool,
    /// The id.
    pub name: String,
}

/// An id that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// By number.
    pub id: NodeId,
    /// Where it belongs.
    pub island: IslandId,
}

/// The first event that joins an anonymous id to a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// The anonymous id.
    pub anonymous: String,
    /// The event.
    pub key: Key,
    /// The user.
    pub user: String,
}

/// What is known of an island.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IslandRow {
    /// Which.
    pub id: IslandId,
    /// What it is folded by.
    pub playbook: PlaybookId,
    /// How many ids belong to it.
    pub nodes: i64,
    /// How many events.
    pub events: i64,
    /// How far time has been let pass, and what came of it reported.
    pub passed: Option<Millis>,
    /// When time alone is to be let pass again.
    pub due: Option<Millis>,
    /// When the last of those of its events happened that the log no longer has: what is folded of them is in its states
    /// alone. The store keeps this by itself.
    pub gone: Option<Millis>,
    /// A state that has all events is waited for. Whoever commits the island with this commits such a state.
    pub keep: bool,
    /// None of its events has been folded: what comes of them is still to be reported.
    pub unreported: bool,
}

/// A state that is kept, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which.
    pub id: StateId,
    /// After so many events.
    pub events: i64,
    /// The last of them.
    pub last: Key,
    /// The last instant at which anything happened.
    pub turned: Millis,
}

impl Checkpoint {
    /// Whether it surely has the events that the log no longer has, of which the last happened then. (Of those of one
    /// instant it may have some only.)
    pub fn has_what_is_gone(&self, gone: Option<Millis>) -> bool {
        gone.is_none_or(|gone| self.last.0 > gone)
    }
}

/// A state to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewState {
    /// Which.
    pub id: StateId,
    /// After so many events.
    pub events: i64,
    /// The last of them.
    pub last: Key,
    /// The last instant at which anything happened.
    pub turned: Millis,
    /// The bytes.
    pub state: Vec<u8>,
}

/// An event as the fold reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// Where.
    pub position: Position,
    /// When it happened.
    pub happened: Millis,
    /// As it came.
    pub message: String,
    /// What it is believed by (`Verdict`, as its number).
    pub trust: i64,
}

impl Logged {
    /// Its place in its stream, if it has one.
    pub(crate) fn sequenced(&self) -> Option<Sequenced> {
        Sequenced::of(&serde_json::from_str::<Map<String, Value>>(&self.message).ok()?)
    }
}

/// An event that waits for its time, or for those whom it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// When it happens.
    pub happened: Millis,
    /// Where it is.
    pub position: Position,
    /// Its place in its stream.
    pub sequenced: Option<Sequenced>,
    /// Whether it waits for those whom it names, until nobody is folded again any more.
    pub held: bool,
}

impl Waiting {
    /// One that is in the log, and waits for its time.
    pub(crate) fn of(event: &Logged) -> Waiting {
        let sequenced = event.sequenced();
        Waiting { happened: event.happened, position: event.position, sequenced, held: false }
    }

    /// One that waits for those whom it names.
    pub(crate) fn held(event: &Logged) -> Waiting {
        Waiting { held: true, ..Waiting::of(event) }
    }
}

/// Where an event of an island is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Footprint {
    /// In the order of all events.
    pub key: Key,
    /// In the log.
    pub position: Position,
}

/// That somebody was there.
#[derive(Clone, Copy, Debug)]
pub struct Visit<'a> {
    /// Under which id.
    pub node: NodeId,
    /// When.
    pub at: Millis,
    /// Whether it is one of several ids of one person, and if so of whom.
    pub is_joined: bool,
    /// The user, if it is.
    pub user: &'a str,
}

/// What happened to a person or an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// By which playbook.
    pub playbook: PlaybookId,
    /// When it was found out.
    pub reported: Millis,
    /// When it happened.
    pub happened: Millis,
    /// Whether it is an account's.
    pub account: bool,
    /// Whose: as they were known then. (An anonymous id may have been joined to a user since.)
    pub subject: String,
    /// What.
    pub what: Reported,
}

/// What is reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reported {
    /// The stage on a ladder is another.
    Stage {
        /// The ladder's id.
        ladder: String,
        /// The rung before.
        before: Option<String>,
        /// The rung now.
        after: Option<String>,
    },
    /// A moment fired.
    Moment {
        /// The moment's id.
        moment: String,
        /// How its subject stood then (`ripen::fold::Standing`).
        standing: Vec<u8>,
    },
}

/// What one step of the fold has come to: committed as a whole or not at all.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// Up to and including this event.
    pub position: Option<Position>,
    /// Events that begin to wait: for their time, or for those whom they name, who are folded again.
    pub waiting: Vec<Waiting>,
    /// Events that waited, and are folded now.
    pub waited: Vec<(Millis, Position)>,
    /// While others are folded again: who is marked as they are, as an event of theirs waits; and up to when what happened to
    /// them has been reported.
    pub held: Vec<(NodeName, Millis)>,
    /// All that had been folded before is folded again by now.
    pub over: bool,
    /// Ids that are new.
    pub nodes: Vec<(NodeId, NodeName, IslandId)>,
    /// First joins that are new, or earlier than was known.
    pub joins: Vec<(NodeId, Key, String)>,
    /// Whose event happened when.
    pub history: Vec<(NodeId, Millis, Position)>,
    /// Islands that have changed.
    pub islands: Vec<FoldedIsland>,
    /// What is to be reported.
    pub reports: Vec<Report>,
    /// Whom that qualifies, each with whether the host has signed who it is.
    pub leads: Vec<(LeadDraft, bool)>,
}

/// What became of an island.
#[derive(Clone, Debug)]
pub struct FoldedIsland {
    /// As it is now.
    pub row: IslandRow,
    /// Others that are part of it from now on.
    pub merged: Vec<IslandId>,
    /// States that are wrong, or superfluous.
    pub dropped: Vec<StateId>,
    /// States to be kept: new ones, or in the place of those that have their numbers.
    pub states: Vec<NewState>,
    /// Its events are known, and not folded yet: it waits for a state from now on.
    pub later: bool,
}

/// Where the fold keeps what it knows. All of it but reports and playbooks follows from the log.
pub trait Folds {
    /// From now on the tenant is folded by this compiled playbook.
    ///
    /// # Errors
    /// The store cannot be written.
    fn fold_by(&mut self, tenant: TenantId, revision: u64, compiled: &[u8])
    -> Result<PlaybookId, StoreError>;

    /// A compiled playbook.
    ///
    /// # Errors
    /// The store cannot be read.
    fn playbook(&mut self, id: PlaybookId) -> Result<Option<Vec<u8>>, StoreError>;

    /// How far a tenant's log is folded.
    ///
    /// # Errors
    /// The store cannot be read.
    fn progress(&mut self, tenant: TenantId) -> Result<Progress, StoreError>;

    /// The largest numbers that are given to ids, to islands and to states.
    ///
    /// # Errors
    /// The store cannot be read.
    fn largest(&mut self) -> Result<(NodeId, IslandId, StateId), StoreError>;

    /// An id, if it is known.
    ///
    /// # Errors
    /// The store cannot be read.
    fn node(&mut self, tenant: TenantId, name: &NodeName) -> Result<Option<Node>, StoreError>;

    /// An island.
    ///
    /// # Errors
    /// The store cannot be read.
    fn island(&mut self, id: IslandId) -> Result<Option<IslandRow>, StoreError>;

    /// A tenant's islands after the given one, at most `limit`.
    ///
    /// # Errors
    /// The store cannot be read.
    fn islands(
        &mut self,
        tenant: TenantId,
        after: IslandId,
        limit: usize,
    ) -> Result<Vec<IslandRow>, StoreError>;

    /// Islands that time is to be let pass for, at most `limit`, those who wait longest first.
    ///
    /// # Errors
    /// The store cannot be read.
    fn due(&mut self, tenant: TenantId, now: Millis, limit: usize) -> Result<Vec<IslandRow>, StoreError>;

    /// Islands of which a state is waited for, at most `limit`: by retention, or since they are surveyed only.
    ///
    /// # Errors
    /// The store cannot be read.
    fn to_keep(&mut self, tenant: TenantId, limit: usize) -> Result<Vec<IslandRow>, StoreError>;

    /// When time is next to be let pass for any island of a tenant, or an event waits for.
    ///
    /// # Errors
    /// The store cannot be read.
    fn next_due(&mut self, tenant: TenantId) -> Result<Option<Millis>, StoreError>;

    /// Islands that are folded by another playbook than this, at most `limit`.
    ///
    /// # Errors
    /// The store cannot be read.
    fn outdated(
        &mut self,
        tenant: TenantId,
        playbook: PlaybookId,
        limit: usize,
    ) -> Result<Vec<IslandRow>, StoreError>;

    /// The first joins of an island's anonymous ids.
    ///
    /// # Errors
    /// The store cannot be read.
    fn joins(&mut self, island: IslandId) -> Result<Vec<Join>, StoreError>;

    /// The states of an island, the newest first.
    ///
    /// # Errors
    /// The store cannot be read.
    fn checkpoints(&mut self, island: IslandId) -> Result<Vec<Checkpoint>, StoreError>;

    /// The bytes of a state.
    ///
    /// # Errors
    /// The store cannot be read.
    fn state(&mut self, id: StateId) -> Result<Vec<u8>, StoreError>;

    /// When the first event happened that is known under an id.
    ///
    /// # Errors
    /// The store cannot be read.
    fn earliest(&mut self, node: NodeId) -> Result<Option<Millis>, StoreError>;

    /// Where an island's events since an instant, and before another, are, at most `limit`, in no order.
    ///
    /// # Errors
    /// The store cannot be read.
    fn history(
        &mut self,
        island: IslandId,
        since: Millis,
        until: Option<Millis>,
        limit: usize,
    ) -> Result<Vec<Footprint>, StoreError>;

    /// How many events an island has since an instant, and before another; where they are more than `limit`, `limit`.
    ///
    /// # Errors
    /// The store cannot be read.
    fn events_of(
        &mut self,
        island: IslandId,
        since: Millis,
        until: Option<Millis>,
        limit: usize,
    ) -> Result<usize, StoreError>;

    /// An island's events since an instant, and before another, in no order; none where they are more than `limit`, or
    /// their texts more than so many bytes.
    ///
    /// # Errors
    /// The store cannot be read.
    fn past(
        &mut self,
        island: IslandId,
        since: Millis,
        until: Option<Millis>,
        limit: usize,
        bytes: usize,
    ) -> Result<Option<Vec<(Key, Logged)>>, StoreError>;

    /// The last event of an id.
    ///
    /// # Errors
    /// The store cannot be read.
    fn latest(&mut self, tenant: TenantId, name: &NodeName) -> Result<Option<Key>, StoreError>;

    /// Tells of all events of a tenant's persons, by id and in order of time; where several ids are one person's, of
    /// whom.
    ///
    /// # Errors
    /// The store cannot be read.
    fn visits(&mut self, tenant: TenantId, tell: &mut dyn FnMut(Visit<'_>)) -> Result<(), StoreError>;

    /// The last place of the log, of all tenants.
    ///
    /// # Errors
    /// The store cannot be read.
    fn end(&mut self) -> Result<Position, StoreError>;

    /// An event of the log; none if it was erased.
    ///
    /// # Errors
    /// The store cannot be read.
    fn event(&mut self, position: Position) -> Result<Option<Logged>, StoreError>;

    /// A tenant's events after a position, in order of receipt, at most `limit`.
    ///
    /// # Errors
    /// The store cannot be read.
    fn logged(&mut self, tenant: TenantId, after: Position, limit: usize) -> Result<Vec<Logged>, StoreError>;

    /// A tenant's events that wait for their time, which has come, at most `limit`; not those that had been folded before, nor
    /// those that are [held](Waiting::held).
    ///
    /// # Errors
    /// The store cannot be read.
    fn waiting(&mut self, tenant: TenantId, now: Millis, limit: usize) -> Result<Vec<Logged>, StoreError>;

    /// Whether any events of a tenant wait that had not been folded before.
    ///
    /// # Errors
    /// The store cannot be read.
    fn any_waiting(&mut self, tenant: TenantId) -> Result<bool, StoreError>;

    /// A stream's events that wait and had not been folded before, the earliest first, at most `limit`: when each happens, and
    /// its sequence.
    ///
    /// # Errors
    /// The store cannot be read.
    fn waiting_of(
        &mut self,
        tenant: TenantId,
        stream: &StreamId,
        limit: usize,
    ) -> Result<Vec<(Millis, u64)>, StoreError>;

    /// A tenant's events that had been folded before, and wait to be folded again, at most `limit`.
    ///
    /// # Errors
    /// The store cannot be read.
    fn waiting_again(&mut self, tenant: TenantId, limit: usize) -> Result<Vec<Logged>, StoreError>;

    /// Whether an event waits, for whatever it is.
    ///
    /// # Errors
    /// The store cannot be read.
    fn waits(&mut self, tenant: TenantId, happened: Millis, position: Position) -> Result<bool, StoreError>;

    /// Up to when what happened to a person or an account has been reported, while they are folded again.
    ///
    /// # Errors
    /// The store cannot be read.
    fn mark(&mut self, tenant: TenantId, node: &NodeName) -> Result<Option<Millis>, StoreError>;

    /// Whether any of an island is being folded again.
    ///
    /// # Errors
    /// The store cannot be read.
    fn is_marked(&mut self, island: IslandId) -> Result<bool, StoreError>;

    /// When a moment of a subject was reported to have fired, in order.
    ///
    /// # Errors
    /// The store cannot be read.
    fn fired(
        &mut self,
        tenant: TenantId,
        subject: &NodeName,
        moment: &str,
    ) -> Result<Vec<Millis>, StoreError>;

    /// A tenant's reports after the given one, at most `limit`.
    ///
    /// # Errors
    /// The store cannot be read.
    fn reports(
        &mut self,
        tenant: TenantId,
        after: ReportId,
        limit: usize,
    ) -> Result<Vec<(ReportId, Report)>, StoreError>;

    /// What was reported of one person or account after the given report, at most `limit`.
    ///
    /// # Errors
    /// The store cannot be read.
    fn reports_of(
        &mut self,
        tenant: TenantId,
        subject: &NodeName,
        after: ReportId,
        limit: usize,
    ) -> Result<Vec<(ReportId, Report)>, StoreError>;

    /// Keeps what a step has come to, if nobody else has committed one since `turn`; whether that was so.
    ///
    /// # Errors
    /// The store cannot be written. Nothing is kept.
    fn commit(&mut self, tenant: TenantId, turn: i64, folded: &Folded) -> Result<bool, StoreError>;

    /// Whether the log no longer has all events of a tenant.
    ///
    /// # Errors
    /// The store cannot be read.
    fn is_torn(&mut self, tenant: TenantId) -> Result<bool, StoreError>;

    /// Whether any of its islands is reported of: not all of them are [unreported](IslandRow::unreported).
    ///
    /// # Errors
    /// The store cannot be read.
    fn any_reported(&mut self, tenant: TenantId) -> Result<bool, StoreError>;

    /// Forgets everything that follows from what is folded of the log, so that it is folded [again](Progress::again); what
    /// was reported stays reported, and what waits for its time goes on waiting.
    ///
    /// # Errors
    /// The store cannot be written. Nothing is forgotten.
    fn unfold(&mut self, tenant: TenantId) -> Result<(), StoreError>;
}
