//! Who would have been shown what, had each nudge been ignored (`semantics.md` §8).

mod contest;
mod nudges;
mod places;
mod showing;

pub(crate) use contest::{Contests, Pair};
pub(crate) use nudges::surroundings;
pub(super) use nudges::{Doing, Nudges};
pub(crate) use places::{Place, Placed};
