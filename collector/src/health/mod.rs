//! Delivery health: by what events come, how late, and what does not come.
//!
//! Two sides of it, since a page load sends by several ways. [`Requests`] is what came by a [`Source`] and a
//! [`Transport`] on a [`Day`]; [`Pages`] what became of the page loads of a source that began on a day. Both only add
//! up, so a group of batches is gathered in memory ([`Tally`]) and a few rows are written with it.

mod browser;
mod day;
mod pages;
mod report;
mod requests;
mod seen;
mod source;
mod span;
mod sums;
mod tally;

pub use browser::Browser;
pub use day::Day;
pub use pages::Pages;
pub use report::{PageLine, Report, RequestLine};
pub use requests::Requests;
pub use seen::Seen;
pub use source::{Source, Transport};
pub use span::{lateness, lateness_classes, skew, skew_classes};
pub use sums::Sums;
pub use tally::Tally;
