//! Engine and arbiter over one playbook, for JavaScript.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::js::{Error, List};
use super::read;
use super::told::{Told, variant_id};
use super::view::view;
use super::write::{Record, value};
use crate::engine::{
    Decision, Device, Edge, Event, Millis, Nudge, Occasion, Past, Playbook, Scope, Surroundings, Turn,
    Unreadable, Value, What, may_show,
};

/// `Runtime` of `js/src/module.ts`.
#[wasm_bindgen]
pub struct Runtime {
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

#[wasm_bindgen]
impl Runtime {
    /// Reads a compiled playbook.
    #[wasm_bindgen(constructor)]
    pub fn new(playbook: &[u8]) -> Result<Runtime, JsValue> {
        let explain = |unreadable| {
            Error::new(match unreadable {
                Unreadable::OtherFormat(_) => {
                    "compiled by another version of ripen: compile it again with this one"
                }
                Unreadable::Damaged => {
                    "not a compiled playbook, or damaged: compile it, and load it as it is"
                }
            })
        };
        let playbook = Playbook::from_bytes(playbook).map_err(explain)?;
        let device = Device::default();
        let playbook = Box::leak(Box::new(playbook));
        Ok(Runtime { playbook, device, at: Millis(0), awake: false, page: None, edge: None, won: None })
    }

    /// Goes on from the snapshot of an earlier page load; false if it cannot be read. Undefined where it is of another
    /// playbook, and no past is given for what is new in this one to begin with.
    pub fn restore(&mut self, snapshot: &[u8], past: Option<List>, is_whole: bool) -> Option<bool> {
        let mut events = Vec::new();
        match past {
            Some(past) => read::each(&past, &mut |event| {
                if let Some(event) = read::event(&event) {
                    events.push(event);
                }
            }),
            None if Device::is_of_another(self.playbook, snapshot) => return None,
            None => {}
        }
        let restored = Device::restore(self.playbook, snapshot, Past { events: &events, is_whole });
        let done = restored.is_some();
        self.device = restored.unwrap_or_default();
        Some(done)
    }

    /// Takes over what the collector knows of a person, and folds over it what it has not; false if it cannot be read.
    pub fn adopt(&mut self, snapshot: &[u8], events: &List, now: f64) -> bool {
        let mut run = Vec::new();
        read::each(events, &mut |event| run.extend(read::event(&event)));
        self.at = self.at.max(Millis(now as i64));
        self.device.adopt(self.playbook, snapshot, run, Millis(now as i64))
    }

    /// Who is in front of the browser.
    #[wasm_bindgen(js_name = setPerson)]
    pub fn set_person(&mut self, id: &str) {
        self.device.set_present(id);
    }

    /// Folds events in the journal's order; those that are not live decide nothing.
    pub fn fold(&mut self, events: &List, surroundings: &JsValue, live: bool) -> JsValue {
        let mut told = Told::new();
        let mut here = read::surroundings(surroundings);
        let mut run = Vec::new();
        read::each(events, &mut |event| run.extend(read::event(&event)));
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
    /// is said by `edge`.
    pub fn advance(&mut self, now: f64, surroundings: &JsValue, edge: &JsValue) -> JsValue {
        let mut told = Told::new();
        let text = |name| read::get(edge, name).as_string();
        let (element, call) = (text("element"), text("call"));
        let occasion = Occasion {
            load: !read::get(edge, "load").is_undefined(),
            element: element.as_deref(),
            call: call.as_deref(),
            ..Occasion::default()
        };
        self.pass(Millis(now as i64), &mut read::surroundings(surroundings), occasion, &mut told);
        told.into_js(self.device.late())
    }

    /// When `advance` could next change anything.
    #[wasm_bindgen(js_name = nextChange)]
    pub fn next_change(&self) -> Option<f64> {
        self.device.next_change(self.playbook).map(|at| at.0 as f64)
    }

    /// The selectors that nudges wait for.
    pub fn elements(&self) -> List {
        let list = List::new();
        for edge in self.playbook.nudges.iter().flat_map(|nudge| &nudge.on) {
            if let Edge::Element(selector) = edge {
                list.push(&JsValue::from_str(selector));
            }
        }
        list
    }

    /// Whether nothing holds a nudge back at this moment.
    #[wasm_bindgen(js_name = mayShow)]
    pub fn may_show(&self, nudge: &str, surroundings: &JsValue, now: f64) -> bool {
        let (Some((index, _)), Some(who)) = (self.find(nudge), self.device.who()) else { return false };
        let mut here = read::surroundings(surroundings);
        if let Some(event) = &self.edge {
            here = here.at(event);
        }
        may_show(self.playbook, who, index, &here, Millis(now as i64))
    }

    /// What is drawn of a nudge, and its purpose.
    pub fn nudge(&self, id: &str) -> JsValue {
        let Some((index, nudge)) = self.find(id) else { return JsValue::UNDEFINED };
        let variant = self.won.filter(|(won, _)| *won == index).and_then(|(_, variant)| variant);
        let mut record = Record::new()
            .with("purpose", nudge.purpose.name())
            .with("ignoreAfter", nudge.ignore_after)
            .maybe("variant", variant_id(nudge, variant));
        let variant = variant.and_then(|variant| nudge.variants.get(variant));
        for name in ["placement", "content", "actions", "form"] {
            let differs = variant.and_then(|variant| variant.appearance.get(name));
            record = record.maybe(name, differs.or(nudge.appearance.get(name)).map(value));
        }
        record.into()
    }

    /// The view as last evaluated.
    pub fn view(&self) -> JsValue {
        view(self.playbook, &self.device, self.at)
    }

    /// Everything, to go on from at the next page load.
    pub fn snapshot(&self) -> Vec<u8> {
        self.device.snapshot(self.playbook)
    }
}

impl Runtime {
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
            told.decided(self.playbook, &decision, None, now);
            here.slot_taken |= told.slot_taken;
            self.won(&decision, None);
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
