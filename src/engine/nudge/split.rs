//! Who sees which variant, and who sees none: by a hash, so that nothing has to be remembered.

use crate::engine::bucket::{Bucket, bucket};
use crate::engine::value::Value;
use crate::engine::wire::{wire_enum, wire_struct};

use super::Nudge;
use super::surroundings::{Surroundings, Who};

/// A way to show a nudge.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// As written.
    pub id: String,
    /// Its buckets end before this one, and begin where those of the variant before it end.
    pub end: Bucket,
    /// Whether anything is shown at all.
    pub shows: bool,
    /// What is drawn otherwise than the nudge says.
    pub appearance: Value,
}

/// What is hashed: whoever has the same sees the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The person's id.
    Person,
    /// The anonymous id of the browser; where there is none the person's.
    Device,
    /// The account's id; who has none is hashed by their own.
    Account,
}

/// The seed of the holdout of persons from all nudges.
const EVERYBODY: &str = "ripen:holdout";

/// Whether the person never sees any nudge.
pub(super) fn is_held_out_of_all(holdout: Bucket, who: Who<'_>) -> bool {
    holdout > 0 && bucket(&[EVERYBODY, who.id]) < holdout
}

impl Nudge {
    /// Whether who this is never sees the nudge.
    pub(super) fn holds_out(&self, who: Who<'_>, here: &Surroundings) -> bool {
        self.holdout > 0 && bucket(&[&self.id, ":holdout", self.by.value(who, here)]) < self.holdout
    }

    /// The position of the variant that who this is sees; none if it has none, or their shares leave one over.
    pub fn variant(&self, who: Who<'_>, here: &Surroundings) -> Option<usize> {
        if self.variants.is_empty() {
            return None;
        }
        let bucket = bucket(&[&self.id, self.by.value(who, here)]);
        self.variants.iter().position(|variant| bucket < variant.end)
    }
}

impl By {
    fn value<'a>(self, who: Who<'a>, here: &'a Surroundings) -> &'a str {
        let other = match self {
            By::Person => None,
            By::Device => here.device.as_deref(),
            By::Account => who.person.account(),
        };
        other.unwrap_or(who.id)
    }
}

wire_struct!(Variant { id, end, shows, appearance });
wire_enum!(By or By::Person, { 0 => Person, 1 => Device, 2 => Account });
