//! JSON as a recording has it: values as the engine keeps them, and what is no map and no list.
//!
//! serde_json checks what it gives to a visitor (half a surrogate pair, numbers beyond a double, depth), but not what
//! it ignores, so what nobody uses is read as a [`Scalar`] too.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::engine::Value;

/// A text or a number; anything else is read over.
#[derive(Debug, Default)]
pub(super) enum Scalar<'de> {
    Text(Cow<'de, str>),
    Number(f64),
    #[default]
    Other,
}

impl Scalar<'_> {
    /// A text that is not empty.
    pub(super) fn id(self) -> Option<String> {
        match self {
            Scalar::Text(text) if !text.is_empty() => Some(text.into_owned()),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Scalar<'de> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Scalar<'de>, D::Error> {
        json.deserialize_any(ScalarVisitor)
    }
}

pub(super) struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
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

    fn visit_f64<E: Error>(self, number: f64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Number(number))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Number(number as f64))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Number(number as f64))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Other)
    }

    fn visit_unit<E: Error>(self) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Scalar<'de>, A::Error> {
        while list.next_element::<Scalar<'_>>()?.is_some() {}
        Ok(Scalar::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar<'de>, A::Error> {
        while map.next_entry::<Scalar<'_>, Scalar<'_>>()?.is_some() {}
        Ok(Scalar::Other)
    }
}

/// A value as the engine keeps it.
pub(super) struct Tree;

impl<'de> DeserializeSeed<'de> for Tree {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Value, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(Tree)? {
            values.push(value);
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Entries::default();
        while let Some(key) = map.next_key::<String>()? {
            entries.set(key, map.next_value_seed(Tree)?);
        }
        Ok(Value::Map(entries.entries))
    }
}

/// Each key once: the last value, at the place of the first.
#[derive(Default)]
struct Entries {
    entries: Vec<(String, Value)>,
    /// Where each is, once there are more than a few.
    places: BTreeMap<String, usize>,
}

impl Entries {
    const FEW: usize = 16;

    fn set(&mut self, key: String, value: Value) {
        let place = match self.entries.len() {
            ..=Self::FEW => self.entries.iter().position(|(known, _)| *known == key),
            _ => self.places.get(&key).copied(),
        };
        match place.and_then(|place| self.entries.get_mut(place)) {
            Some((_, old)) => *old = value,
            None => {
                self.entries.push((key, value));
                if self.entries.len() > Self::FEW {
                    let new = self.entries.iter().enumerate().skip(self.places.len());
                    self.places.extend(new.map(|(place, (key, _))| (key.clone(), place)));
                }
            }
        }
    }
}
