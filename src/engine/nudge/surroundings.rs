//! What only the place knows where a decision is made.

use crate::engine::account_view::AccountView;
use crate::engine::event::Event;
use crate::engine::person::Person;
use crate::engine::value::Value;

/// The person whom a decision is about.
#[derive(Clone, Copy, Debug)]
pub struct Who<'a> {
    /// The user's id, else the anonymous one.
    pub id: &'a str,
    /// Their state.
    pub person: &'a Person,
    /// What they see of their account.
    pub account: Option<&'a AccountView>,
}

/// What only the page knows.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// `page`, `device`, `locale`, `session`, and at an event `event`: a document for conditions.
    pub page: Value,
    /// The session; limits a session speak of it.
    pub session: Option<String>,
    /// The anonymous id of the browser.
    pub device: Option<String>,
    /// Something is on screen already.
    pub slot_taken: bool,
    /// A lead of the person or of their account is open, as far as the collector's snapshot or this browser knows.
    pub open_lead: bool,
    /// The user has not agreed that anything is shown.
    pub without_consent: bool,
    /// The nudges that are switched off: a list of their ids.
    pub killed: Value,
    /// The nudges whose anchor is not on the page: a list of their ids.
    pub without_anchor: Value,
}

impl Surroundings {
    /// As a page tells it (`Surroundings` of `js/src/module.ts`): a map with all of it, of which what is left is a
    /// document for conditions. Every module of a page reads it here, so that none knows of less than another.
    pub fn told(mut page: Value) -> Surroundings {
        Surroundings {
            session: page.take_id("sessionId"),
            device: page.take_id("anonymousId"),
            slot_taken: page.take("slotTaken") == Value::Bool(true),
            open_lead: page.take("openLead") == Value::Bool(true),
            killed: page.take("killed"),
            without_anchor: page.take("withoutAnchor"),
            without_consent: page.take("withoutConsent") == Value::Bool(true),
            page,
        }
    }

    /// The same at the edge of an event: conditions see its name and its properties.
    #[must_use]
    pub fn at(mut self, event: &Event) -> Surroundings {
        let name = event.name.clone().map_or(Value::Null, Value::Text);
        let seen = vec![("name".to_owned(), name), ("properties".to_owned(), event.properties.clone())];
        self.page.set("event".to_owned(), Value::Map(seen));
        self
    }
}

/// Whether a list of ids has this one.
pub(super) fn is_among(ids: &Value, id: &str) -> bool {
    match ids {
        Value::List(ids) => ids.iter().any(|each| matches!(each, Value::Text(each) if each == id)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_a_page_tells_is_taken() {
        let ids = |id: &str| Value::List(vec![Value::Text(id.to_owned())]);
        let told = [
            ("page", Value::Map(vec![("path".to_owned(), Value::Text("/".to_owned()))])),
            ("sessionId", Value::Text("s".to_owned())),
            ("anonymousId", Value::Text("a".to_owned())),
            ("slotTaken", Value::Bool(true)),
            ("openLead", Value::Bool(true)),
            ("withoutConsent", Value::Bool(true)),
            ("killed", ids("k")),
            ("withoutAnchor", ids("w")),
        ];
        let here =
            Surroundings::told(Value::Map(told.map(|(name, value)| (name.to_owned(), value)).to_vec()));
        assert_eq!((here.session.as_deref(), here.device.as_deref()), (Some("s"), Some("a")));
        assert!(here.slot_taken && here.open_lead && here.without_consent);
        assert!(is_among(&here.killed, "k") && is_among(&here.without_anchor, "w"));
        assert_eq!(
            here.page.get("page").and_then(|page| page.get("path")),
            Some(&Value::Text("/".to_owned()))
        );
        assert_eq!(here.page.get("killed"), Some(&Value::Null));
    }
}
