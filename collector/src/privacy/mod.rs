//! What a person may ask for: all that is kept of them ([`export`]), and that nothing is any more ([`erase`]).
//!
//! Whose an event is, is said by `semantics.md` §1; where several people share an anonymous id, its events without a
//! user go with each of them ([`Subject`]). An erasure leaves a [`Receipt`], in which nobody is named.

mod again;
mod carry_out;
mod erase;
mod export;
mod fingerprint;
mod receipt;
mod subject;

pub use again::erase_again;
pub use carry_out::{carry_out, carry_out_planned};
pub use erase::{Erasing, Plan, begins_anew, erase, finish, plan, step};
pub use export::export;
pub use fingerprint::Salt;
pub use receipt::{Erased, Receipt, ReceiptId};
pub use subject::{NoSubject, Subject};
