//! What an erasure leaves: that it was done, and how much it was.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::access::By;
use crate::clock::Millis;
use crate::random;
use crate::store::TenantId;

/// Random: it says nothing of anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptId(pub String);

/// How much was erased.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Erased {
    /// Of the log.
    pub events: u64,
    /// Of the person, the user's own among them.
    pub ids: u64,
    /// Requests to be forgotten that named them: what they named is erased, too.
    pub requests: u64,
    /// Folded states.
    pub states: u64,
    /// Leads.
    pub leads: u64,
}

/// The proof. Kept for ever, in the database and by whoever asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// To name it by.
    pub id: ReceiptId,
    /// Whose person it was.
    pub tenant: TenantId,
    /// When it was done.
    pub at: Millis,
    /// By whom, as an [`Actor`](crate::access::Actor) prints itself.
    pub by: String,
    /// Salted hashes of the person's ids.
    pub ids: Vec<String>,
    /// How much it was.
    pub erased: Erased,
}

impl Receipt {
    /// The action in the audit log.
    pub(crate) const ACTION: &'static str = "person.erased";

    /// A new one.
    pub(crate) fn new(tenant: TenantId, by: By, ids: Vec<String>, erased: Erased) -> Receipt {
        // Without the system's randomness the hashes and the instant still tell two apart.
        let random = random::bytes().unwrap_or_else(|_| {
            let (mut last, first) = ([0; 16], ids.first().map_or("", String::as_str));
            last.iter_mut().zip(first.bytes().rev()).for_each(|(to, from)| *to = from);
            last
        });
        let digits: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let id = ReceiptId(format!("erased_{digits}"));
        Receipt { id, tenant, at: by.at, by: by.who.to_string(), ids, erased }
    }
}

impl fmt::Display for ReceiptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
