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
    /// By what else happens, in the order of [`Happening::ALL`].
    pub others: Vec<Vec<Index>>,
}

/// What happens, but for an event that the playbook names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    /// Any event.
    Event,
    /// A load.
    Load,
    /// `page` may have changed.
    Page,
    /// A moment fired.
    Moment,
    /// An element came into view, or the host asks.
    Asked,
}

impl Happening {
    /// All, in the order of their lists.
    pub const ALL: [Happening; 5] =
        [Happening::Event, Happening::Load, Happening::Page, Happening::Moment, Happening::Asked];
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

    /// Whether this is happening.
    fn has(&self, happening: Happening) -> bool {
        match happening {
            Happening::Event => self.event.is_some(),
            Happening::Load => self.load,
            Happening::Page => !matches!(self.page, Turn::Stays),
            Happening::Moment => !self.fired.is_empty(),
            Happening::Asked => self.element.is_some() || self.call.is_some(),
        }
    }

    /// Calls `f` with each list of nudges whose edge this could be.
    pub(super) fn lists(&self, heard: Option<Heard<'_>>, index: &Occasions, f: &mut dyn FnMut(&[Index])) {
        let named = heard.and_then(|heard| index.events.get(usize::from(heard.name?)));
        named.into_iter().for_each(|list| f(list));
        for (happening, list) in Happening::ALL.into_iter().zip(&index.others) {
            if self.has(happening) {
                f(list);
            }
        }
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
wire_struct!(Occasions { events, others });
