//! The usual message, read in one pass: it has all that it needs, and nothing has to be written into it or taken out.
//!
//! What the door does not use is read over, but read: serde_json checks only what it gives to a visitor (half a
//! surrogate pair, numbers beyond a double, depth). `tests` hold it to what [`super::message`] does with the whole of it.

use std::fmt;

use ripen::engine::parse_timestamp;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::Arrival;
use super::message::{Message, one_line, without_signature};
use super::scan::{Key, Keys, Scalar, Scan};
use crate::leads;
use crate::limits;
use crate::store::{Claim, Entry};
use crate::stream::Sequenced;

/// A message that has been read, and may be the usual one.
#[derive(Debug)]
pub(crate) struct Usual<'de> {
    parts: Parts<'de>,
    is_ambiguous: bool,
}

impl<'de> Deserialize<'de> for Usual<'de> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Usual<'de>, D::Error> {
        let mut keys = Keys::default();
        let parts = Keyed(Parts::default(), &mut keys).deserialize(json)?;
        Ok(Usual { parts, is_ambiguous: keys.are_ambiguous() })
    }
}

impl Usual<'_> {
    /// The message as it is kept, of which this is the text; none if it is not the usual one.
    pub(super) fn message(self, raw: &str, arrival: Arrival<'_>) -> Option<Message> {
        let is_amended = !arrival.context.is_empty() || !arrival.denied.is_empty();
        if raw.len() > limits::EVENT_BYTES || is_amended || self.is_ambiguous {
            return None;
        }
        let message = self.parts.message(raw)?;
        Some(message)
            .filter(|message| arrival.horizon.is_none_or(|horizon| message.entry.happened >= horizon))
    }
}

/// What the door wants to know of a message, as it was written last.
#[derive(Debug, Default)]
struct Parts<'de> {
    kind: Scalar<'de>,
    message_id: Scalar<'de>,
    user_id: Scalar<'de>,
    group_id: Scalar<'de>,
    anonymous_id: Scalar<'de>,
    timestamp: Scalar<'de>,
    event: Scalar<'de>,
    context: Context<'de>,
    unusual: bool,
}

#[derive(Debug, Default)]
struct Context<'de> {
    stream: Scalar<'de>,
    sequence: Scalar<'de>,
    group_id: Scalar<'de>,
    signature: Scalar<'de>,
    traits: bool,
    unusual: bool,
}

impl Parts<'_> {
    fn message(self, raw: &str) -> Option<Message> {
        let kind = self.kind.text()?;
        let is_group = kind == "group";
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
        let group = self.group_id.owned().filter(|_| is_group);
        let Context { stream, sequence, signature, group_id, .. } = self.context;
        let context = group_id.owned();
        let claim =
            (group.is_some() || context.is_some()).then_some(Claim { group, context, signature: None });
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
        Some(Message { entry, sequenced, denied: 0, lead: None, signature, joined: None, claim })
    }
}

/// Something that is read from an object key by key.
trait Fields<'de>: Sized {
    /// What anything but an object is taken for.
    fn of_another(self) -> Self;

    /// Takes the value of a key.
    fn take<A: MapAccess<'de>>(
        &mut self,
        key: &str,
        map: &mut A,
        keys: &mut Keys<'de>,
    ) -> Result<(), A::Error>;
}

impl<'de> Fields<'de> for Parts<'de> {
    fn of_another(mut self) -> Self {
        self.unusual = true;
        self
    }

    fn take<A: MapAccess<'de>>(
        &mut self,
        key: &str,
        map: &mut A,
        keys: &mut Keys<'de>,
    ) -> Result<(), A::Error> {
        let field = match key {
            "type" => &mut self.kind,
            "messageId" => &mut self.message_id,
            "userId" => &mut self.user_id,
            "groupId" => &mut self.group_id,
            "anonymousId" => &mut self.anonymous_id,
            "timestamp" => &mut self.timestamp,
            "event" => &mut self.event,
            "context" => {
                self.context = map.next_value_seed(Keyed(Context::default(), keys))?;
                return Ok(());
            }
            key => {
                self.unusual |= ["writeKey", "previousId"].contains(&key);
                map.next_value_seed(Scan(keys))?;
                return Ok(());
            }
        };
        *field = map.next_value_seed(Scan(keys))?;
        Ok(())
    }
}

impl<'de> Fields<'de> for Context<'de> {
    fn of_another(self) -> Self {
        self
    }

    fn take<A: MapAccess<'de>>(
        &mut self,
        key: &str,
        map: &mut A,
        keys: &mut Keys<'de>,
    ) -> Result<(), A::Error> {
        let field = match key {
            "stream" => &mut self.stream,
            "sequence" => &mut self.sequence,
            "groupId" => &mut self.group_id,
            "signature" => &mut self.signature,
            key => {
                self.traits |= key == "traits";
                self.unusual |= ["ip", "groupSignature"].contains(&key);
                map.next_value_seed(Scan(keys))?;
                return Ok(());
            }
        };
        *field = map.next_value_seed(Scan(keys))?;
        Ok(())
    }
}

struct Keyed<'k, 'de, T>(T, &'k mut Keys<'de>);

impl<'de, T: Fields<'de>> DeserializeSeed<'de> for Keyed<'_, 'de, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<T, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de, T: Fields<'de>> Visitor<'de> for Keyed<'_, 'de, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<T, A::Error> {
        let outer = self.1.enter();
        while let Some(key) = map.next_key_seed(Key)? {
            self.0.take(&key, &mut map, self.1)?;
            self.1.stood(key);
        }
        self.1.leave(outer);
        Ok(self.0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<T, A::Error> {
        Scan(self.1).visit_seq(list).map(|_| self.0.of_another())
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

#[cfg(test)]
mod tests;
