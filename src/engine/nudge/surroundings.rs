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
    /// The nudges whose anchor is not on the page.
    pub without_anchor: Vec<String>,
}

impl Surroundings {
    /// Whether a nudge is switched off.
    pub(super) fn has_killed(&self, id: &str) -> bool {
        match &self.killed {
            Value::List(killed) => {
                killed.iter().any(|killed| matches!(killed, Value::Text(killed) if killed == id))
            }
            _ => false,
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
