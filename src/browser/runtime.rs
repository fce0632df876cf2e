//! Engine and arbiter over one playbook, for JavaScript.

use wasm_bindgen::{JsCast as _, JsValue};

use super::call::Instance;
use super::js::{Bytes, List, bytes};
use super::read;
use super::told::{Told, judged, variant_id};
use super::view::view;
use super::write::{Record, value};
use crate::engine::{
    Block, Decision, Device, Edge, Event, Millis, Nudge, Occasion, Past, Playbook, Scope, Surroundings, Turn,
    Unreadable, Value, Verdict, What, judge,
};

/// `Runtime` of `js/src/module.ts`.
pub(super) struct Runtime {
    /// It lives as long as the page: so the page has no code that drops one.
    playbook: &'static Playbook,
    device: Device,
    /// The instant of the last evaluation.
    at: Millis,
    /// Whether time has passed in this page.
    awake: bool,
    /// What the page was when last was decided: a condition on it begins to hold only once.
    page: Option<Value>,
    /// The event that was the edge of the nudge that won last, if it was one: its condition may look at it.
    edge: Option<Event>,
    /// The nudge that won last, and the variant of it.
    won: Option<(usize, Option<usize>)>,
}

/// By the numbers that `classes.js` knows the methods by.
impl Instance for Runtime {
    fn call(&mut self, what: u32, one: &JsValue, other: &JsValue, number: f64) -> JsValue {
        let text = || one.as_string().unwrap_or_default();
        match what {
            0 => self.restore(&bytes(one), other, number > 0.0),
            1 => self.adopt(&bytes(one), other.unchecked_ref(), number).into(),
            2 => {
                self.device.set_present(&text());
                JsValue::UNDEFINED
            }
            3 => self.fold(one.unchecked_ref(), other, number > 0.0),
            4 => self.advance(number, one, other),
            5 => self.next_change().into(),
            6 => self.elements().into(),
            7 => self.judge(&text(), other, number),
            8 => self.nudge(&text()),
            9 => view(self.playbook, &self.device, self.at),
            _ => Bytes::new(&self.device.snapshot(self.playbook)).into(),
        }
    }
}

impl Runtime {
    /// Reads a compiled playbook.
    pub(super) fn new(playbook: &[u8]) -> Result<Runtime, &'static str> {
        let explain = |unreadable| match unreadable {
            Unreadable::OtherFormat(_) => {
                "compiled by another version of ripen: compile it again with this one"
            }
            Unreadable::Damaged => "not a compiled playbook, or damaged: compile it, and load it as it is",
        };
        let playbook = Playbook::from_bytes(playbook).map_err(explain)?;
        let device = Device::default();
        let playbook = Box::leak(Box::new(playbook));
        Ok(Runtime { playbook, device, at: Millis(0), awake: false, page: None, edge: None, won: None })
    }

    /// Goes on from the snapshot of an earlier page load; false if it cannot be read. Undefined where it is of another
    /// playbook, and no past is given for what is new in this one to begin with.
    fn restore(&mut self, snapshot: &[u8], past: &JsValue, is_whole: bool) -> JsValue {
        let mut events = Vec::new();
        if List::is_array(past) {
            events = read::events(past.unchecked_ref());
        } else if Device::is_of_another(self.playbook, snapshot) {
            return JsValue::UNDEFINED;
        }
        let restored = Device::restore(self.playbook, snapshot, Past { events: &events, is_whole });
        let done = restored.is_some();
        if !done {
            // Of nobody, and so as of no instant: a server asks about any, in any order.
            self.at = Millis(0);
        }
        self.device = restored.unwrap_or_default();
        done.into()
    }

    /// Takes over what the collector knows of a person, and folds over it what it has not; false if it cannot be read.
    fn adopt(&mut self, snapshot: &[u8], events: &List, now: f64) -> bool {
        self.at = self.at.max(Millis(now as i64));
        self.device.adopt(self.playbook, snapshot, read::events(events), Millis(now as i64))
    }

    /// Folds events in the journal's order; those that are not live decide nothing.
    fn fold(&mut self, events: &List, surroundings: &JsValue, live: bool) -> JsValue {
        let mut told = Told::new();
        let mut here = read::surroundings(surroundings);
        let mut run = read::events(events);
        let caught_up = self.device.catch_up(self.playbook, &mut run);
        told.changed(self.playbook, self.device.who(), &here, None, &caught_up.changes);
        for event in &caught_up.events {
            self.at = self.at.max(event.time);
            if live {
                let at = here.clone().at(event);
                let (device, changes) = (&self.device, &caught_up.changes);
                let decision = device.decide_at(self.playbook, event, changes, &Occasion::default(), &at);
                self.decided(decision, event, &mut here, &mut told);
            }
        }
        for event in run {
            if live {
                // What time has brought comes first.
                self.pass(event.time, &mut here, Occasion::default(), &mut told);
            }
            let at = here.clone().at(&event);
            let occasion = Occasion::default();
            let step = self.device.fold(self.playbook, &event, live.then_some((&occasion, &at)));
            self.at = self.at.max(event.time);
            told.changed(self.playbook, self.device.who(), &here, Some(&event), &step.changes);
            self.decided(step.decision, &event, &mut here, &mut told);
        }
        told.into_js(self.device.late())
    }

    /// Evaluates what time alone has changed, and decides: by what fired meanwhile, and by what else is happening, which
    /// is said by `edge`; or happened, and is decided about again.
    fn advance(&mut self, now: f64, surroundings: &JsValue, edge: &JsValue) -> JsValue {
        let mut told = Told::new();
        let text = |name| read::get(edge, name).as_string();
        let (element, call) = (text("element"), text("call"));
        let event = read::event(&read::get(edge, "event"));
        let mut here = read::surroundings(surroundings);
        if let Some(event) = &event {
            here = here.at(event);
        }
        let occasion = Occasion {
            event: event.as_ref(),
            load: !read::get(edge, "load").is_undefined(),
            element: element.as_deref(),
            call: call.as_deref(),
            ..Occasion::default()
        };
        self.pass(Millis(now as i64), &mut here, occasion, &mut told);
        told.into_js(self.device.late())
    }

    /// When `advance` could next change anything, or the schedule of what won last ends; infinity: never.
    fn next_change(&self) -> f64 {
        let soonest = |next: f64, at: Millis| if at > self.at { next.min(at.0 as f64) } else { next };
        let next = self.device.next_change(self.playbook).map_or(f64::INFINITY, |at| at.0 as f64);
        self.end_of_won().map_or(next, |end| soonest(next, end))
    }

    /// The selectors that nudges wait for.
    fn elements(&self) -> List {
        let list = List::new();
        for edge in self.playbook.nudges.iter().flat_map(|nudge| &nudge.on) {
            if let Edge::Element(selector) = edge {
                list.push(&JsValue::from_str(selector));
            }
        }
        list
    }

    /// Whether anything holds a nudge back at this moment. What is on screen was shown to whoever was active last. Of who
    /// has signed in since nothing may be known yet, but they are the same person.
    fn judge(&self, nudge: &str, surroundings: &JsValue, now: f64) -> JsValue {
        let mut here = read::surroundings(surroundings);
        let mut verdict = if here.slot_taken { Verdict::Won } else { Verdict::Blocked(Block::When) };
        let who = if here.slot_taken { self.device.last() } else { self.device.who() };
        if let (Some((index, _)), Some(who)) = (self.find(nudge), who) {
            if let Some(event) = &self.edge {
                here = here.at(event);
            }
            verdict = judge(self.playbook, who, index, &here, Millis(now as i64));
        }
        judged(verdict).into()
    }

    /// What is drawn of a nudge, and its purpose.
    fn nudge(&self, id: &str) -> JsValue {
        let Some((index, nudge)) = self.find(id) else { return JsValue::UNDEFINED };
        let variant = self.won.filter(|(won, _)| *won == index).and_then(|(_, variant)| variant);
        let mut record = Record::new()
            .with("purpose", nudge.purpose.name())
            .with("ignoreAfter", nudge.ignore_after)
            .maybe("variant", variant_id(nudge, variant));
        let variant = variant.and_then(|variant| nudge.variants.get(variant));
        for name in ["placement", "content", "actions", "form", "steps", "question", "languages"] {
            let differs = variant.and_then(|variant| variant.appearance.get(name));
            record = record.maybe(name, differs.or(nudge.appearance.get(name)).map(value));
        }
        record.into()
    }

    /// When the schedule of what won last ends.
    fn end_of_won(&self) -> Option<Millis> {
        let schedule = self.playbook.nudges.get(self.won?.0)?.schedule.as_ref()?;
        schedule.end(self.device.person()?.subject().clock().offset())
    }

    fn find(&self, nudge: &str) -> Option<(usize, &Nudge)> {
        self.playbook.nudges.iter().enumerate().find(|(_, known)| known.id == nudge)
    }

    /// Lets time pass, and decides. Moments that fired while no page was there are nobody's occasion (C34).
    fn pass(&mut self, now: Millis, here: &mut Surroundings, occasion: Occasion<'_>, told: &mut Told) {
        let changes = self.device.advance(self.playbook, now);
        told.changed(self.playbook, self.device.who(), here, None, &changes);
        let mut fired = Vec::new();
        for change in &changes {
            if let (true, What::Moment { moment }) = (self.awake, change.what) {
                fired.push((Scope::Person, moment));
            }
        }
        self.at = self.at.max(now);
        self.awake = true;
        if self.device.who().is_none() {
            return;
        }
        let before = self.page.replace(here.page.clone());
        let page = before.as_ref().map_or(Turn::Opens, Turn::From);
        let occasion = Occasion { page, fired: &fired, ..occasion };
        if let Some(decision) = self.device.decide(self.playbook, &occasion, here, now) {
            told.decided(self.playbook, &decision, occasion.event, now);
            here.slot_taken |= told.slot_taken;
            self.won(&decision, occasion.event.cloned());
        }
    }

    /// Tells what was decided at an event.
    fn decided(
        &mut self,
        decision: Option<Decision>,
        event: &Event,
        here: &mut Surroundings,
        told: &mut Told,
    ) {
        if let Some(decision) = decision {
            told.decided(self.playbook, &decision, Some(event), event.time);
            here.slot_taken |= told.slot_taken;
            self.won(&decision, Some(event.clone()));
        }
    }

    /// Remembers what won, and its edge.
    fn won(&mut self, decision: &Decision, event: Option<Event>) {
        if let Some(index) = decision.won {
            let won = decision.considered.iter().find(|considered| considered.nudge == index);
            self.won = won.map(|won| (index, won.variant));
            self.edge = event;
        }
    }
}
