//! One line of a recording, read in one pass: an event's parts are built as they come, what the engine does not use is
//! read over (`semantics.md` §1 says what it uses). `tests` hold it to [`Event::read`], which reads a message that is
//! there as a whole.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::json::{Scalar, ScalarVisitor, Tree};
use crate::engine::{Event, Kind, Offset, Value, parse_timestamp};
use crate::fold::Place;

/// The event; none if the line is not JSON, has half a surrogate pair or a number beyond a double, or does not exist.
pub(super) fn read(line: &[u8]) -> Option<(Event, Option<Place>)> {
    // Checked once for all texts of the line.
    let mut json = serde_json::Deserializer::from_str(std::str::from_utf8(line).ok()?);
    let message = Parts(Message::default()).deserialize(&mut json).ok()?;
    json.end().ok()?;
    message.event()
}

/// What an event is made of, as it was written last.
#[derive(Default)]
struct Message<'de> {
    kind: Scalar<'de>,
    id: Scalar<'de>,
    user: Scalar<'de>,
    anonymous: Scalar<'de>,
    previous: Scalar<'de>,
    group: Scalar<'de>,
    timestamp: Scalar<'de>,
    event: Scalar<'de>,
    name: Scalar<'de>,
    properties: Value,
    traits: Value,
    context: Context<'de>,
}

#[derive(Default)]
struct Context<'de> {
    group: Scalar<'de>,
    offset: Scalar<'de>,
    session: Scalar<'de>,
    place: Place,
}

impl Message<'_> {
    fn event(self) -> Option<(Event, Option<Place>)> {
        let Scalar::Text(timestamp) = &self.timestamp else { return None };
        let time = parse_timestamp(timestamp)?;
        let kind = match &self.kind {
            Scalar::Text(kind) => Kind::read(kind),
            _ => Kind::Other,
        };
        let (user, anonymous) = (self.user.id(), self.anonymous.id());
        if user.is_none() && anonymous.is_none() {
            return None;
        }
        let mut properties = self.properties;
        if matches!(kind, Kind::Page | Kind::Screen)
            && let Some(called) = self.name.id()
        {
            properties.set("name".to_owned(), Value::Text(called));
        }
        let place = Some(self.context.place).filter(|place| *place != Place::default());
        let event = Event {
            id: self.id.id()?,
            time,
            kind,
            user,
            anonymous,
            previous: self.previous.id(),
            group: if kind == Kind::Group { self.group.id() } else { None },
            context_group: self.context.group.id(),
            offset: match self.context.offset {
                Scalar::Number(minutes) => Offset::from_minutes(minutes),
                _ => None,
            },
            session: self.context.session.id(),
            name: kind.name(self.event.id()),
            properties,
            traits: self.traits,
        };
        Some((event, place))
    }
}

/// Something that is read from a map key by key; what is no map is as an empty one.
trait Keyed<'de>: Default {
    fn take<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error>;
}

impl<'de> Keyed<'de> for Message<'de> {
    fn take<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "type" => self.kind = map.next_value()?,
            "messageId" => self.id = map.next_value()?,
            "userId" => self.user = map.next_value()?,
            "anonymousId" => self.anonymous = map.next_value()?,
            "previousId" => self.previous = map.next_value()?,
            "groupId" => self.group = map.next_value()?,
            "timestamp" => self.timestamp = map.next_value()?,
            "event" => self.event = map.next_value()?,
            "name" => self.name = map.next_value()?,
            "properties" => self.properties = map.next_value_seed(Tree)?,
            "traits" => self.traits = map.next_value_seed(Tree)?,
            "context" => self.context = map.next_value_seed(Parts::default())?,
            _ => drop(map.next_value::<Scalar<'_>>()?),
        }
        Ok(())
    }
}

impl<'de> Keyed<'de> for Context<'de> {
    fn take<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "groupId" => self.group = map.next_value()?,
            "timezoneOffset" => self.offset = map.next_value()?,
            "sessionId" => self.session = map.next_value()?,
            "page" | "device" | "locale" => self.place.seen.set(key.to_owned(), map.next_value_seed(Tree)?),
            "stream" => self.place.stream = map.next_value_seed(Tree)?,
            _ => drop(map.next_value::<Scalar<'_>>()?),
        }
        Ok(())
    }
}

/// Reads what is keyed.
#[derive(Default)]
struct Parts<T>(T);

impl<'de, T: Keyed<'de>> DeserializeSeed<'de> for Parts<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<T, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de, T: Keyed<'de>> Visitor<'de> for Parts<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<T, A::Error> {
        while let Some(key) = map.next_key::<Scalar<'_>>()? {
            if let Scalar::Text(key) = key {
                self.0.take(&key, &mut map)?;
            }
        }
        Ok(self.0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<T, A::Error> {
        ScalarVisitor.visit_seq(list).map(|_| self.0)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<T, E> {
        Ok(self.0)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<T, E> {
        Ok(self.0)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<T, E> {
        Ok(self.0)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<T, E> {
        Ok(self.0)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<T, E> {
        Ok(self.0)
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        Ok(self.0)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
