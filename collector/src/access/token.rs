//! A token, as it is kept.

use std::fmt;

use super::kind::Kind;
use super::name::Name;
use super::secret::SecretHash;
use crate::clock::Millis;
use crate::store::TenantId;

/// Names a token: its secret cannot. Never given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenId(pub i64);

/// To be kept.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// Whose.
    pub tenant: TenantId,
    /// What it may be used for.
    pub kind: Kind,
    /// What people call it.
    pub name: Name,
    /// Of its secret.
    pub hash: SecretHash,
}

/// A token that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Names it.
    pub id: TokenId,
    /// Whose.
    pub tenant: TenantId,
    /// What it may be used for.
    pub kind: Kind,
    /// What people call it.
    pub name: String,
    /// Of its secret.
    pub hash: SecretHash,
    /// Since when.
    pub created: Millis,
    /// From when on it is worth nothing: it was revoked, or another took its place.
    pub ends: Option<Millis>,
}

impl Token {
    /// Whether it is worth something.
    pub fn is_valid(&self, now: Millis) -> bool {
        self.ends.is_none_or(|end| now < end)
    }
}

impl fmt::Display for TokenId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}
