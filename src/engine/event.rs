//! An event as the fold reads it: a message of the Segment spec, parsed once (`semantics.md` §1).

use super::time::{Millis, Offset};
use super::value::Value;

/// What a page tells of what follows from other events: that a nudge was considered, how a person stands. Nobody did
/// anything, so they count for nothing: they have no name. (`js/src/conclusions.ts`.)
const CONCLUSIONS: [&str; 4] = ["$nudge_exposed", "$stage_changed", "$moment_fired", "$digest"];

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
    pub fn read(mut message: Value, time: Millis) -> Option<Event> {
        let mut context = message.take("context");
        let kind = match message.get("type") {
            Some(Value::Text(kind)) => Kind::read(kind),
            _ => Kind::Other,
        };
        let mut event = Event {
            id: message.take_id("messageId").unwrap_or_default(),
            time,
            kind,
            user: message.take_id("userId"),
            anonymous: message.take_id("anonymousId"),
            previous: message.take_id("previousId"),
            group: message.take_id("groupId").filter(|_| kind == Kind::Group),
            context_group: context.take_id("groupId"),
            offset: match context.take("timezoneOffset") {
                Value::Number(minutes) => Offset::from_minutes(minutes),
                _ => None,
            },
            session: context.take_id("sessionId"),
            name: kind.name(message.take_id("event")),
            properties: message.take("properties"),
            traits: message.take("traits"),
        };
        if matches!(kind, Kind::Page | Kind::Screen)
            && let Some(called) = message.take_id("name")
        {
            event.properties.set("name".to_owned(), Value::Text(called));
        }
        let exists = !event.id.is_empty() && (event.user.is_some() || event.anonymous.is_some());
        exists.then_some(event)
    }

    /// The id of the person: the user's, else the anonymous one.
    pub fn person(&self) -> &str {
        self.user.as_deref().or(self.anonymous.as_deref()).unwrap_or_default()
    }

    /// The anonymous ids that this event joins to its user: its own, and for an alias the previous one.
    pub fn joins(&self) -> Vec<(&str, &str)> {
        let mut joins = Vec::new();
        if let Some(user) = &self.user {
            if let Some(anonymous) = &self.anonymous {
                joins.push((anonymous.as_str(), user.as_str()));
            }
            if let (Kind::Alias, Some(previous)) = (self.kind, &self.previous) {
                joins.push((previous, user));
            }
        }
        joins
    }
}

impl Kind {
    /// Reads the `type` of a message.
    pub fn read(kind: &str) -> Kind {
        const NAMES: [(&str, Kind); 6] = [
            ("track", Kind::Track),
            ("identify", Kind::Identify),
            ("group", Kind::Group),
            ("page", Kind::Page),
            ("screen", Kind::Screen),
            ("alias", Kind::Alias),
        ];
        NAMES.iter().find(|(name, _)| *name == kind).map_or(Kind::Other, |(_, kind)| *kind)
    }

    /// What signals match: of a track what it is `called`, if it is called anything.
    pub fn name(self, called: Option<String>) -> Option<String> {
        match self {
            Kind::Track => called.filter(|called| !CONCLUSIONS.iter().any(|conclusion| conclusion == called)),
            Kind::Page => Some("$page".to_owned()),
            Kind::Screen => Some("$screen".to_owned()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_from_other_events_has_no_name_and_the_outcomes_of_nudges_have() {
        let named = |kind: Kind, name: &str| kind.name(Some(name.to_owned()));
        for name in CONCLUSIONS {
            assert_eq!(named(Kind::Track, name), None);
        }
        assert_eq!(named(Kind::Track, "$nudge_shown").as_deref(), Some("$nudge_shown"));
        assert_eq!(named(Kind::Page, "$nudge_exposed").as_deref(), Some("$page"), "a page of that name");
    }
}
