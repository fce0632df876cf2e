//! Signing secrets, who is known by them, and who belongs to which account.

use super::{StoreError, TenantId};
use crate::clock::Millis;
use crate::identity::{Purpose, Secret};

/// What a batch brings to show that it may name the users whom it names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credentials {
    /// The host's own server has sent it, by a `server` token: it vouches for all of it.
    pub server: bool,
    /// By the entry's place in the batch, in that order: `context.signature`, as it came. It is not a part of the entry, nor kept: who
    /// reads the log must not be able to sign.
    pub signatures: Vec<(usize, String)>,
    /// By the entry's place, in that order: the id that an alias joins to its user.
    pub joined: Vec<(usize, String)>,
    /// By the entry's place, in that order: the accounts that it names.
    pub claims: Vec<(usize, Claim)>,
}

/// The accounts that an entry names, at least one, and what it brings to show that its user belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// Of a `group` call: its `groupId`.
    pub group: Option<String>,
    /// `context.groupId`.
    pub context: Option<String>,
    /// `context.groupSignature`, as it came; kept as little as that of the user.
    pub signature: Option<String>,
}

impl Claim {
    /// The account that the event belongs to; a signature is of the user's membership of this one.
    pub fn account(&self) -> Option<&str> {
        self.group.as_deref().or(self.context.as_deref())
    }

    /// All that it names.
    pub fn accounts(&self) -> impl Iterator<Item = &str> {
        let other = self.context.as_deref().filter(|context| self.group.as_deref() != Some(*context));
        self.group.as_deref().into_iter().chain(other)
    }
}

/// What is known of a user's signatures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The host has signed the user once: from then on nobody else names them.
    pub signed: bool,
    /// Events that named the user and were refused.
    pub refused: u64,
    /// The account that the host has said last that they belong to.
    pub account: Option<String>,
    /// Events of theirs that named an account which nobody vouched that they belong to.
    pub outside: u64,
    /// When the last event of either was received.
    pub tried: Option<Millis>,
}

/// Signing secrets, and who is known by them.
pub trait Identities {
    /// Keeps a new secret, which is valid at once, beside those that are.
    ///
    /// # Errors
    /// The tenant is not known, or the store cannot be written.
    fn create_secret(
        &mut self,
        tenant: TenantId,
        purpose: Purpose,
        value: &str,
        now: Millis,
    ) -> Result<Secret, StoreError>;

    /// What it signs is not believed any more. False if the tenant has no valid one of this number.
    ///
    /// # Errors
    /// The store cannot be written.
    fn retire_secret(&mut self, tenant: TenantId, id: i64, now: Millis) -> Result<bool, StoreError>;

    /// All of a tenant's secrets, the oldest first, those that are retired included.
    ///
    /// # Errors
    /// The store cannot be read.
    fn secrets(&mut self, tenant: TenantId) -> Result<Vec<Secret>, StoreError>;

    /// What is known of a user's signatures.
    ///
    /// # Errors
    /// The store cannot be read.
    fn standing(&mut self, tenant: TenantId, user_id: &str) -> Result<Standing, StoreError>;

    /// Whether the host has vouched for any member of an account: from then on nobody else names it.
    ///
    /// # Errors
    /// The store cannot be read.
    fn is_vouched(&mut self, tenant: TenantId, account: &str) -> Result<bool, StoreError>;
}
