//! Edges: what a nudge waits for, and what is happening.

use crate::engine::condition::{Condition, NextTurn};
use crate::engine::event::Event;
use crate::engine::field::{Index, Scope};
use crate::engine::matcher::{Heard, Matcher};
use crate::engine::sight::Sight;
use crate::engine::value::Value;
use crate::engine::wire::{wire_enum, wire_struct};

/// What a nudge waits for.
#[derive(Clone, Debug, PartialEq)]
pub enum Edge {
    /// A page load, a change of route, a return from the back-forward cache.
    Load,
    /// One of these events.
    Event(Matcher),
    /// A condition on `page` begins to hold.
    Page(Condition),
    /// A moment fires.
    Moment(Scope, Index),
    /// An element comes into view: a selector.
    Element(String),
    /// The host asks, by this name.
    Call(String),
}

/// What is happening at an instant: perhaps several things at once, and one decision follows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Occasion<'a> {
    /// An event that has been folded and evaluated.
    pub event: Option<&'a Event>,
    /// A page load, a change of route, a return from the back-forward cache.
    pub load: bool,
    /// Whether `page` may have changed.
    pub page: Turn<'a>,
    /// Moments that fired.
    pub fired: &'a [(Scope, Index)],
    /// The selector of an element that came into view.
    pub element: Option<&'a str>,
    /// The name by which the host asks.
    pub call: Option<&'a str>,
}

/// What `page` was before. Whoever calls remembers it, since the engine's state is the same for all pages.
#[derive(Clone, Copy, Debug, Default)]
pub enum Turn<'a> {
    /// The same.
    #[default]
    Stays,
    /// There was no page before: what holds begins to hold.
    Opens,
    /// The surroundings were these.
    From(&'a Value),
}

/// The nudges whose edge something could be, so that an event costs no more where there are a thousand others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Occasions {
    /// By name of an event.
    pub events: Vec<Vec<Index>>,
    /// Those of any event.
    pub any_event: Vec<Index>,
    /// Those of a load.
    pub load: Vec<Index>,
    /// Those of a condition on `page`.
    pub page: Vec<Index>,
    /// Those of a moment.
    pub moment: Vec<Index>,
    /// Those of an element or a call.
    pub asked: Vec<Index>,
}

impl Occasion<'_> {
    /// Whether this is an edge.
    pub(super) fn is(&self, edge: &Edge, heard: Option<Heard<'_>>, sight: &Sight<'_>) -> bool {
        match edge {
            Edge::Load => self.load,
            Edge::Event(matcher) => heard.is_some_and(|heard| matcher.matches(heard)),
            Edge::Page(condition) => {
                let holds = |sight: &Sight<'_>| condition.holds(sight, &mut NextTurn::default());
                match self.page {
                    Turn::Stays => false,
                    Turn::Opens => holds(sight),
                    Turn::From(page) => holds(sight) && !holds(&Sight { page, ..*sight }),
                }
            }
            Edge::Moment(scope, moment) => self.fired.contains(&(*scope, *moment)),
            Edge::Element(selector) => self.element == Some(selector),
            Edge::Call(name) => self.call == Some(name),
        }
    }

    /// The lists of nudges whose edge this could be.
    pub(super) fn lists<'p>(&self, heard: Option<Heard<'_>>, index: &'p Occasions) -> [&'p [Index]; 6] {
        let named = heard.and_then(|heard| index.events.get(usize::from(heard.name?)));
        let if_so = |so: bool, list: &'p [Index]| if so { list } else { &[] };
        [
            named.map_or(&[], Vec::as_slice),
            if_so(heard.is_some(), &index.any_event),
            if_so(self.load, &index.load),
            if_so(!matches!(self.page, Turn::Stays), &index.page),
            if_so(!self.fired.is_empty(), &index.moment),
            if_so(self.element.is_some() || self.call.is_some(), &index.asked),
        ]
    }
}

wire_enum!(Edge or Edge::Load, {
    0 => Load,
    1 => Event(matcher),
    2 => Page(condition),
    3 => Moment(scope, index),
    4 => Element(selector),
    5 => Call(name),
});
wire_struct!(Occasions { events, any_event, load, page, moment, asked });
