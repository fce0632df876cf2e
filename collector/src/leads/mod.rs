//! Leads: few and good ones, each with the reasons why.
//!
//! A lead is a form that somebody submitted ("talk to us"), or a moment that fired and qualifies somebody
//! (`semantics.md` §6). A form is open from the start, since somebody waits for an answer; a moment is new until somebody
//! takes it up. While a lead is open, nobody of its account is shown anything commercial
//! (`docs/decisions/0024-open-leads.md`).

mod csv;
mod found;
mod lead;
mod select;

pub use csv::to_csv;
pub(crate) use found::{FIELDS, FORM, found, names_a_lead, qualified};
pub use lead::{Lead, LeadDraft, LeadId, LeadKind, LeadState, Qualified};
pub use select::{KINDS, QUALIFICATIONS, Selection};
