//! Who says who somebody is, and how far that is believed.
//!
//! A write key is public, so anybody can send an event that names any user. A host that has a signing [`Secret`] can vouch
//! for its users: by a [signature](Secret::has_signed) of the user's id, which goes with each event, or by a short-lived
//! [token](Secret::bearer), which lets a page read what is known of its user. It vouches for [memberships of
//! accounts](Secret::has_signed_member) likewise. [`Trust`] is what an event's user rests on, and a [`Verdict`] is that with
//! what becomes of the accounts that it names; both are decided once, in the order of the log.

mod credential;
mod secret;
mod signature;
mod token;
mod trust;

pub(crate) use credential::{Believed, Credential, NotBelieved};
pub use secret::{Purpose, Secret};
pub use signature::Signature;
pub use token::{BadToken, Bearer};
pub use trust::{Trust, Verdict};
