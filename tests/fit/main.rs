//! `ripen::fit`: on people who were made from known parameters, on recorded events, and on CDNOW, whose estimates have
//! been published.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test, whose cases are its own")]

mod cdnow;
mod events;
mod people;
mod recovery;
