//! Who says who somebody is, and how far that is believed.
//!
//! A write key is public, so anybody can send an event that names any user. A host that has a signing [`Secret`] can vouch
//! for its users: by a [signature](Secret::has_signed) of the user's id, which goes with each event, or by a short-lived
//! [token](Secret::token_user), which lets a page read what is known of its user. [`Trust`] is what an event's user rests
//! on; it is decided once, in the order of the log.

mod credential;
mod secret;
mod signature;
mod token;
mod trust;

pub(crate) use credential::{Credential, NotBelieved};
pub use secret::{NoRandomness, Purpose, Secret};
pub use signature::Signature;
pub use token::BadToken;
pub use trust::Trust;
