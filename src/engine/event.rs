//! An event as the fold reads it: a message of the Segment spec, parsed once (`semantics.md` §1).

use super::time::{Millis, Offset};
use super::value::Value;

/// What kind of message it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something a person did.
    Track,
    /// Traits of a person.
    Identify,
    /// The account of a person, and its traits.
    Group,
    /// A page view.
    Page,
    /// A screen view.
    Screen,
    /// Two ids of one person.
    Alias,
    /// Anything else: it moves clocks and no more.
    Other,
}

/// An event that exists: it has an id, a person and a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Counts once.
    pub id: String,
    /// When it happened.
    pub time: Millis,
    /// What kind of message it is.
    pub kind: Kind,
    /// The person, if known by name.
    pub user: Option<String>,
    /// The person's anonymous id.
    pub anonymous: Option<String>,
    /// For an alias: the anonymous id that joins `user`.
    pub previous: Option<String>,
    /// For a group call: the account.
    pub group: Option<String>,
    /// `context.groupId`.
    pub context_group: Option<String>,
    /// `context.timezoneOffset`.
    pub offset: Option<Offset>,
    /// `context.sessionId`.
    pub session: Option<String>,
    /// What signals match: the event of a track, `$page`, `$screen`.
    pub name: Option<String>,
    /// What happened, in detail.
    pub properties: Value,
    /// Of an identify or a group call.
    pub traits: Value,
}

impl Event {
    /// Reads a message whose time is known. None if it does not exist: no `messageId`, or no id of a person.
    ///
    /// ```
    /// use ripen::engine::{Event, Millis, Value};
    /// let text = |text: &str| Value::Text(text.to_owned());
    /// let message = Value::Map(vec![
    ///     ("type".into(), text("page")),
    ///     ("messageId".into(), text("m1")),
    ///     ("userId".into(), text("ada")),
    /// ]);
    /// let event = Event::read(message, Millis(0)).unwrap();
    /// assert_eq!(event.name.as_deref(), Some("$page"));
    /// assert_eq!(event.person(), "ada");
    /// ```
    pub fn read(message: Value, time: Millis) -> Option<Event> {
        let Value::Map(message) = message else { return None };
        let mut event = Event {
            id: String::new(),
            time,
            kind: Kind::Other,
            user: None,
            anonymous: None,
            previous: None,
            group: None,
            context_group: None,
            offset: None,
            session: None,
            name: None,
            properties: Value::Null,
            traits: Value::Null,
        };
        let (mut tracked, mut called) = (None, None);
        for (key, value) in message {
            match key.as_str() {
                "messageId" => event.id = value.into_id()?,
                "type" => event.kind = Kind::read(&value),
                "userId" => event.user = value.into_id(),
                "anonymousId" => event.anonymous = value.into_id(),
                "previousId" => event.previous = value.into_id(),
                "groupId" => event.group = value.into_id(),
                "event" => tracked = value.into_id(),
                "name" => called = value.into_id(),
                "properties" => event.properties = value,
                "traits" => event.traits = value,
                "context" => event.read_context(value),
                _ => {}
            }
        }
        match event.kind {
            Kind::Track => event.name = tracked,
            Kind::Page => event.name = Some("$page".to_owned()),
            Kind::Screen => event.name = Some("$screen".to_owned()),
            _ => {}
        }
        if let (Kind::Page | Kind::Screen, Some(called)) = (event.kind, called) {
            event.properties.set("name".to_owned(), Value::Text(called));
        }
        if event.kind != Kind::Group {
            event.group = None;
        }
        let exists = !event.id.is_empty() && (event.user.is_some() || event.anonymous.is_some());
        exists.then_some(event)
    }

    fn read_context(&mut self, context: Value) {
        let Value::Map(context) = context else { return };
        for (key, value) in context {
            match (key.as_str(), value) {
                ("groupId", value) => self.context_group = value.into_id(),
                ("sessionId", value) => self.session = value.into_id(),
                ("timezoneOffset", Value::Number(minutes)) => self.offset = Offset::from_minutes(minutes),
                _ => {}
            }
        }
    }

    /// The id of the person: the user's, else the anonymous one.
    pub fn person(&self) -> &str {
        self.user.as_deref().or(self.anonymous.as_deref()).unwrap_or_default()
    }

    /// The anonymous ids that this event joins to its user: its own, and for an alias the previous one.
    pub fn joins(&self) -> impl Iterator<Item = (&str, &str)> {
        let previous = self.previous.as_deref().filter(|_| self.kind == Kind::Alias);
        let user = self.user.as_deref();
        [self.anonymous.as_deref(), previous].into_iter().flatten().filter_map(move |id| Some((id, user?)))
    }
}

impl Kind {
    fn read(kind: &Value) -> Kind {
        let Value::Text(kind) = kind else { return Kind::Other };
        match kind.as_str() {
            "track" => Kind::Track,
            "identify" => Kind::Identify,
            "group" => Kind::Group,
            "page" => Kind::Page,
            "screen" => Kind::Screen,
            "alias" => Kind::Alias,
            _ => Kind::Other,
        }
    }
}
