//! The usual message, read in one pass: it has all that it needs, and nothing has to be written into it or taken out.
//!
//! What the door does not use is read over, but read: serde_json checks only what it gives to a visitor (half a
//! surrogate pair, numbers beyond a double, depth). `tests` hold it to what [`super::message`] does with the whole of it.

use std::borrow::Cow;
use std::fmt;

use ripen::engine::parse_timestamp;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::Arrival;
use super::message::{Message, one_line, without_signature};
use crate::leads;
use crate::limits;
use crate::store::Entry;
use crate::stream::Sequenced;

/// The message as it is kept; none if it is not the usual one.
pub(super) fn read(raw: &str, arrival: Arrival<'_>) -> Option<Message> {
    if raw.len() > limits::EVENT_BYTES || !arrival.context.is_empty() || !arrival.denied.is_empty() {
        return None;
    }
    let mut json = serde_json::Deserializer::from_str(raw);
    let parts = Keyed(Parts::default()).deserialize(&mut json).ok()?;
    json.end().ok()?;
    parts
        .message(raw)
        .filter(|message| arrival.horizon.is_none_or(|horizon| message.entry.happened >= horizon))
}

/// What the door wants to know of a message, as it was written last.
#[derive(Default)]
struct Parts<'de> {
    kind: Scalar<'de>,
    message_id: Scalar<'de>,
    user_id: Scalar<'de>,
    anonymous_id: Scalar<'de>,
    timestamp: Scalar<'de>,
    event: Scalar<'de>,
    context: Context<'de>,
    unusual: bool,
}

#[derive(Default)]
struct Context<'de> {
    stream: Scalar<'de>,
    sequence: Scalar<'de>,
    signature: Scalar<'de>,
    traits: bool,
    unusual: bool,
}

impl Parts<'_> {
    fn message(self, raw: &str) -> Option<Message> {
        let kind = self.kind.text()?;
        let traits = self.context.traits && kind == "identify";
        let leads = self.event.text().is_some_and(leads::names_a_lead);
        if self.unusual || self.context.unusual || traits || leads {
            return None;
        }
        let happened = parse_timestamp(self.timestamp.text()?)?;
        let (user_id, anonymous_id) = (self.user_id.owned(), self.anonymous_id.owned());
        if user_id.is_none() && anonymous_id.is_none() {
            return None;
        }
        let Context { stream, sequence, signature, .. } = self.context;
        let sequenced = match sequence {
            Scalar::Whole(sequence) => stream.text().and_then(|stream| Sequenced::new(stream, sequence)),
            _ => None,
        };
        let (message, signature) = match signature {
            Scalar::Text(signature) => {
                (one_line(&without_signature(raw, &signature)?), Some(signature.into_owned()))
            }
            _ => (one_line(raw), None),
        };
        let message_id = self.message_id.owned()?;
        let entry = Entry { message_id, user_id, anonymous_id, happened, message };
        Some(Message { entry, sequenced, denied: 0, lead: None, signature, joined: None })
    }
}

/// A text or a whole number; anything else is read over.
#[derive(Default)]
enum Scalar<'de> {
    Text(Cow<'de, str>),
    Whole(u64),
    #[default]
    Other,
}

impl Scalar<'_> {
    /// A text that is not empty.
    fn text(&self) -> Option<&str> {
        match self {
            Scalar::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    fn owned(self) -> Option<String> {
        match self {
            Scalar::Text(text) if !text.is_empty() => Some(text.into_owned()),
            _ => None,
        }
    }
}

/// Something that is read from an object key by key.
trait Fields<'de>: Sized {
    /// What anything but an object is taken for.
    fn of_another(self) -> Self;

    fn take<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error>;
}

impl<'de> Fields<'de> for Parts<'de> {
    fn of_another(mut self) -> Self {
        self.unusual = true;
        self
    }

    fn take<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let field = match key {
            "type" => &mut self.kind,
            "messageId" => &mut self.message_id,
            "userId" => &mut self.user_id,
            "anonymousId" => &mut self.anonymous_id,
            "timestamp" => &mut self.timestamp,
            "event" => &mut self.event,
            "context" => {
                self.context = map.next_value_seed(Keyed(Context::default()))?;
                return Ok(());
            }
            key => {
                self.unusual |= ["writeKey", "previousId"].contains(&key);
                map.next_value_seed(Read)?;
                return Ok(());
            }
        };
        *field = map.next_value_seed(Read)?;
        Ok(())
    }
}

impl<'de> Fields<'de> for Context<'de> {
    fn of_another(self) -> Self {
        self
    }

    fn take<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let field = match key {
            "stream" => &mut self.stream,
            "sequence" => &mut self.sequence,
            "signature" => &mut self.signature,
            key => {
                self.traits |= key == "traits";
                self.unusual |= key == "ip";
                map.next_value_seed(Read)?;
                return Ok(());
            }
        };
        *field = map.next_value_seed(Read)?;
        Ok(())
    }
}

struct Keyed<T>(T);

impl<'de, T: Fields<'de>> DeserializeSeed<'de> for Keyed<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<T, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de, T: Fields<'de>> Visitor<'de> for Keyed<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<T, A::Error> {
        while let Some(key) = map.next_key_seed(Read)? {
            if let Scalar::Text(key) = key {
                self.0.take(&key, &mut map)?;
            }
        }
        Ok(self.0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<T, A::Error> {
        Read.visit_seq(list).map(|_| self.0.of_another())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<T, E> {
        Ok(self.0.of_another())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<T, E> {
        Ok(self.0.of_another())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<T, E> {
        Ok(self.0.of_another())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<T, E> {
        Ok(self.0.of_another())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<T, E> {
        Ok(self.0.of_another())
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        Ok(self.0.of_another())
    }
}

/// Reads a [`Scalar`].
#[derive(Clone, Copy)]
struct Read;

impl<'de> DeserializeSeed<'de> for Read {
    type Value = Scalar<'de>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Scalar<'de>, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Read {
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
        while list.next_element_seed(self)?.is_some() {}
        Ok(Scalar::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar<'de>, A::Error> {
        while map.next_key_seed(self)?.is_some() {
            map.next_value_seed(self)?;
        }
        Ok(Scalar::Other)
    }
}

#[cfg(test)]
mod tests;
