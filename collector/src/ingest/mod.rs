//! From the text of a request to events of the log: everything that is decided about a message before it is stored.
//!
//! [`Envelope`] is the request as a whole, [`Message`] one event of it. What `semantics.md` §1 says does not exist is
//! refused here by name, with its place in the batch; its neighbours are kept; what came without an id gets one before.
//! [`Forget`] is the other request that
//! brings something.

mod denied;
mod envelope;
mod forget;
mod listed;
mod message;
mod mint;
mod one_pass;
mod plain;
mod scan;
mod shared_context;

pub use denied::{BadEntry, Denials, Denied};
pub(crate) use envelope::{BadEnvelope, Envelope};
pub(crate) use forget::Forget;
pub(crate) use message::{Arrival, Message, NOBODY, Refused, TOO_LARGE, ahead, read_message};
use mint::mint;
pub(crate) use one_pass::Raw;
pub(crate) use shared_context::SharedContext;
