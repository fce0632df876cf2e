//! Which events: `E` of the semantics (§3).

use super::condition::{Condition, NextTurn, Seen};
use super::event::Event;
use super::inside::Inside;
use super::wire::{wire_enum, wire_struct};

/// Position of an event's name among those that the playbook speaks of.
pub type NameId = u16;

/// An event, its name looked up once.
#[derive(Clone, Copy, Debug)]
pub struct Heard<'a> {
    /// The event.
    pub event: &'a Event,
    /// Whose it is: a user, where the event's own anonymous id has been joined to one.
    pub person: &'a str,
    /// Its name, if the playbook speaks of it.
    pub name: Option<NameId>,
}

/// A set of events.
#[derive(Clone, Debug, PartialEq)]
pub struct Matcher {
    /// By name.
    pub names: Names,
    /// And by a condition on their properties.
    pub when: Option<Condition>,
}

/// A set of names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Names {
    /// `"*"`: every event that has a name.
    Any,
    /// These.
    These(Vec<NameId>),
}

impl Matcher {
    /// Whether the event is one of these.
    pub fn matches(&self, heard: Heard<'_>) -> bool {
        let named = match (&self.names, heard.name) {
            (Names::Any, _) => heard.event.name.is_some(),
            (Names::These(names), Some(name)) => names.contains(&name),
            (Names::These(_), None) => false,
        };
        let document = Inside(Seen::of(&heard.event.properties));
        named && self.when.as_ref().is_none_or(|when| when.holds(&document, &mut NextTurn::default()))
    }
}

wire_struct!(Matcher { names, when });
wire_enum!(Names or Names::Any, { 0 => Any, 1 => These(names) });
