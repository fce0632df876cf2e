//! JSON read over, without being kept: what stands in it, and whether it is ambiguous.
//!
//! A key that stands twice in an object has the value that stands last, as for `JSON.parse`; other readers take the
//! first, and what was taken out of one would still be in the other. So nothing with such a key is kept as it came.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Up to so many keys are compared with each other; more are sorted.
const FEW: usize = 16;

/// Whether a key stands twice in any object, however it is escaped. What cannot be read is not said to be unambiguous.
pub(super) fn is_ambiguous(raw: &str) -> bool {
    let mut keys = Keys::default();
    let read = Scan(&mut keys).deserialize(&mut serde_json::Deserializer::from_str(raw));
    read.is_err() || keys.are_ambiguous()
}

/// The keys of the objects that are being read, those of the innermost last.
pub(super) struct Keys<'de> {
    open: Vec<Cow<'de, str>>,
    ambiguous: bool,
}

impl Default for Keys<'_> {
    fn default() -> Self {
        // Of a usual message, so that it does not grow key by key.
        Keys { open: Vec::with_capacity(2 * FEW), ambiguous: false }
    }
}

impl<'de> Keys<'de> {
    pub(super) fn are_ambiguous(&self) -> bool {
        self.ambiguous
    }

    /// An object begins. What this says, [`leave`](Keys::leave) wants to know.
    pub(super) fn enter(&self) -> usize {
        self.open.len()
    }

    /// A key of it, whose value has been read.
    pub(super) fn stood(&mut self, key: Cow<'de, str>) {
        self.open.push(key);
    }

    /// It ends.
    pub(super) fn leave(&mut self, outer: usize) {
        let own = self.open.get_mut(outer..).unwrap_or_default();
        self.ambiguous |= if own.len() <= FEW {
            is_any_twice(own)
        } else {
            own.sort_unstable();
            own.windows(2).any(|two| matches!(two, [one, other] if one == other))
        };
        self.open.truncate(outer);
    }
}

/// Few differ mostly by their length and their last byte already: only those that do not are compared.
fn is_any_twice(keys: &[Cow<'_, str>]) -> bool {
    let mut seen = 0_u64;
    keys.iter().enumerate().any(|(at, key)| {
        let last = key.as_bytes().last().copied().unwrap_or_default();
        let sign = 1_u64 << ((key.len() as u64 * 7 + u64::from(last)) % 64);
        let is_new = seen & sign == 0;
        seen |= sign;
        !is_new && keys.iter().take(at).any(|earlier| earlier == key)
    })
}

/// Reads a key.
pub(super) struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Cow<'de, str>, D::Error> {
        json.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

/// A text or a whole number; anything else is read over.
#[derive(Debug, Default)]
pub(super) enum Scalar<'de> {
    Text(Cow<'de, str>),
    Whole(u64),
    #[default]
    Other,
}

impl Scalar<'_> {
    /// A text that is not empty.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Scalar::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    pub(super) fn owned(self) -> Option<String> {
        match self {
            Scalar::Text(text) if !text.is_empty() => Some(text.into_owned()),
            _ => None,
        }
    }
}

/// Reads a [`Scalar`], and over anything else.
pub(super) struct Scan<'k, 'de>(pub(super) &'k mut Keys<'de>);

impl<'de> DeserializeSeed<'de> for Scan<'_, 'de> {
    type Value = Scalar<'de>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Scalar<'de>, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Scan<'_, 'de> {
    type Value = Scalar<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Whole(number))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Other)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Other)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Other)
    }

    fn visit_unit<E: Error>(self) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Scalar<'de>, A::Error> {
        while list.next_element_seed(Scan(&mut *self.0))?.is_some() {}
        Ok(Scalar::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar<'de>, A::Error> {
        let outer = self.0.enter();
        while let Some(key) = map.next_key_seed(Key)? {
            map.next_value_seed(Scan(&mut *self.0))?;
            self.0.stood(key);
        }
        self.0.leave(outer);
        Ok(Scalar::Other)
    }
}

#[cfg(test)]
mod tests;
