//! Who may do what, and what was done.
//!
//! A write key is public: it is in every page, and can only append. All else needs a [`Token`], a [`Secret`] of which only
//! a hash is kept. What somebody changed by one, or at the machine itself, stands in the log of [`Act`]s, which nothing
//! shortens or rewrites.

mod act;
mod kind;
mod name;
mod secret;
mod token;
mod write_key;

pub use act::{Act, ActId, Acted, Actor, By};
pub use kind::{Kind, Needs};
pub use name::{Name, WrongName};
pub use secret::{Secret, SecretHash};
pub use token::{NewToken, Token, TokenId};
pub use write_key::{WriteKey, WrongKey};
