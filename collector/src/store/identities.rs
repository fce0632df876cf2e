//! Signing secrets, and who is known by them.

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
}

/// What is known of a user's signatures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The host has signed the user once: from then on nobody else names them.
    pub signed: bool,
    /// Events that named the user and were refused.
    pub refused: u64,
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
}
