//! What somebody did: the log of it is only ever added to.

use std::fmt;

use super::token::TokenId;
use crate::clock::Millis;
use crate::store::TenantId;

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody at the machine itself.
    Cli,
    /// The person whose data it is, by their host's signature.
    Person,
    /// The collector at its start, as its options say.
    Start,
    /// Whoever has this token.
    Token(TokenId),
}

/// Whose doing it is, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct By {
    /// Who.
    pub who: Actor,
    /// When.
    pub at: Millis,
}

/// Something done. No secret and nothing of a person stands in it: an export or an erasure is named by its receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// For which tenant.
    pub tenant: TenantId,
    /// By whom, and when.
    pub by: By,
    /// What, for example `token.created`.
    pub action: &'static str,
    /// To what, for example `token 3` or `revision 7`.
    pub to: String,
    /// What else there is to say, for people; empty if there is nothing.
    pub detail: String,
}

/// Later done, larger. Never given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ActId(pub i64);

impl ActId {
    /// Before the first one.
    pub const START: ActId = ActId(0);
}

/// Something done that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acted {
    /// Its place in the log.
    pub id: ActId,
    /// When.
    pub at: Millis,
    /// By whom, as an [`Actor`] prints itself.
    pub by: String,
    /// What.
    pub action: String,
    /// To what.
    pub to: String,
    /// What else there is to say.
    pub detail: String,
}

impl By {
    /// What was done.
    pub fn act(self, tenant: TenantId, action: &'static str, to: impl Into<String>) -> Act {
        Act { tenant, by: self, action, to: to.into(), detail: String::new() }
    }
}

impl Act {
    /// With what else there is to say.
    #[must_use]
    pub fn saying(self, detail: impl Into<String>) -> Act {
        Act { detail: detail.into(), ..self }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Actor::Cli => out.write_str("cli"),
            Actor::Person => out.write_str("person"),
            Actor::Start => out.write_str("start"),
            Actor::Token(id) => write!(out, "token {id}"),
        }
    }
}
