//! Engine and arbiter over one playbook, for JavaScript.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::js::{Error, List};
use super::write::{Record, value};
use super::{read, write};
use crate::engine::{
    AccountView, Change, Decision, Device, Event, Millis, Nudge, Occasion, Past, Playbook, Scope, Seen,
    Sight, Surroundings, Unreadable, Value, Verdict, What, may_show,
};

/// `Runtime` of `js/src/module.ts`.
#[wasm_bindgen]
pub struct Runtime {
    /// It lives as long as the page: so the page has no code that drops one.
    playbook: &'static Playbook,
    device: Device,
    /// The instant of the last evaluation.
    at: Millis,
    /// The event that was the edge of the nudge that won last: its condition may look at it.
    edge: Option<Event>,
    /// The session of the latest event.
    session: Option<String>,
    /// The anonymous id of the latest event.
    anonymous: Option<String>,
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
        Ok(Runtime {
            playbook: Box::leak(Box::new(playbook)),
            device: Device::default(),
            at: Millis(0),
            edge: None,
            session: None,
            anonymous: None,
            won: None,
        })
    }

    /// Goes on from the snapshot of an earlier page load.
    pub fn restore(&mut self, snapshot: &[u8]) -> bool {
        let restored = Device::restore(self.playbook, snapshot, Past::default());
        let done = restored.is_some();
        self.device = restored.unwrap_or_default();
        done
    }

    /// Who is in front of the browser.
    #[wasm_bindgen(js_name = setPerson)]
    pub fn set_person(&mut self, id: &str) {
        self.device.set_present(id);
    }

    /// Folds events in the journal's order; those that are not live decide nothing.
    pub fn fold(&mut self, events: &List, surroundings: &JsValue, live: bool) -> JsValue {
        let (changes, decisions) = (List::new(), List::new());
        // One slot: who has won it in this batch has it for the rest of the batch.
        let mut taken = false;
        read::each(events, &mut |event| {
            let Some(event) = read::event(&event) else { return };
            self.session = event.session.clone();
            self.anonymous = event.anonymous.clone();
            let here = live.then(|| {
                let mut here = self.here(surroundings);
                here.slot_taken |= taken;
                here.at(&event)
            });
            let occasion = Occasion::default();
            let step = self.device.fold(self.playbook, &event, here.as_ref().map(|here| (&occasion, here)));
            self.at = Millis(self.at.0.max(event.time.0));
            self.report(&step.changes, &changes);
            if let Some(decision) = step.decision {
                decisions.push(&self.decision(&decision, &event));
                if let Some(index) = decision.won {
                    taken = true;
                    let won = decision.considered.iter().find(|considered| considered.nudge == index);
                    self.won = won.map(|won| (index, won.variant));
                    self.edge = Some(event);
                }
            }
        });
        Record::new().with("changes", changes).with("decisions", decisions).into()
    }

    /// Evaluates what time alone has changed.
    pub fn advance(&mut self, now: f64) -> JsValue {
        let now = Millis(now as i64);
        let changes = self.device.advance(self.playbook, now);
        self.at = Millis(self.at.0.max(now.0));
        let reported = List::new();
        self.report(&changes, &reported);
        Record::new().with("changes", reported).with("decisions", List::new()).into()
    }

    /// When `advance` could next change anything.
    #[wasm_bindgen(js_name = nextChange)]
    pub fn next_change(&self) -> Option<f64> {
        self.device.next_change(self.playbook).map(|at| at.0 as f64)
    }

    /// Whether nothing holds a nudge back at this moment.
    #[wasm_bindgen(js_name = mayShow)]
    pub fn may_show(&self, nudge: &str, surroundings: &JsValue, now: f64) -> bool {
        let (Some((index, _)), Some(who)) = (self.find(nudge), self.device.who()) else { return false };
        let mut here = self.here(surroundings);
        if let Some(event) = &self.edge {
            here = here.at(event);
        }
        may_show(self.playbook, who, index, &here, Millis(now as i64))
    }

    /// What is drawn of a nudge, and its purpose.
    pub fn nudge(&self, id: &str) -> JsValue {
        let Some((index, nudge)) = self.find(id) else { return JsValue::UNDEFINED };
        let variant = self.won.filter(|(won, _)| *won == index).and_then(|(_, variant)| variant);
        let variant = variant.and_then(|variant| nudge.variants.get(variant));
        let mut record = Record::new().with("purpose", nudge.purpose.name());
        record = record.maybe("variant", variant.map(|variant| &*variant.id));
        for name in ["placement", "content", "actions", "form"] {
            let differs = variant.and_then(|variant| variant.appearance.get(name));
            record = record.maybe(name, differs.or(nudge.appearance.get(name)).map(value));
        }
        record.into()
    }

    /// The view as last evaluated.
    pub fn view(&self) -> JsValue {
        let (Some(person), Some(sight)) = (self.device.person(), self.device.sight(self.playbook, self.at))
        else {
            return JsValue::UNDEFINED;
        };
        let account = self.device.account().map_or(&Value::Null, AccountView::traits);
        let traits =
            Record::new().with("user", traits(person.subject().traits())).with("account", traits(account));
        Record::new()
            .with("person", self.device.present())
            .maybe("account", person.account())
            .with("at", self.at.0 as f64)
            .with("revision", self.revision())
            .with("traits", traits)
            .with("signals", signals(&sight))
            .with("segments", segments(&sight))
            .maybe("momentum", sight.momentum().map(|momentum| momentum.name()))
            .maybe("alive", sight.alive())
            .with("scores", scores(&sight, false))
            .with("bands", scores(&sight, true))
            .with("stages", stages(&sight))
            .with("moments", moments(&sight))
            .into()
    }

    /// Everything, to go on from at the next page load.
    pub fn snapshot(&self) -> Vec<u8> {
        self.device.snapshot(self.playbook)
    }
}

const SCOPES: [Scope; 2] = [Scope::Person, Scope::Account];

impl Runtime {
    fn find(&self, nudge: &str) -> Option<(usize, &Nudge)> {
        self.playbook.nudges.iter().enumerate().find(|(_, known)| known.id == nudge)
    }

    fn here(&self, surroundings: &JsValue) -> Surroundings {
        read::surroundings(surroundings, self.session.as_deref(), self.anonymous.as_deref())
    }

    /// Changes of the view; that a nudge has converted is none.
    fn report(&self, changes: &[Change], to: &List) {
        for change in changes {
            if !matches!(change.what, What::Converted { .. }) {
                to.push(&self.change(change));
            }
        }
    }

    /// The revision, hexadecimal.
    fn revision(&self) -> String {
        let mut digits = String::new();
        for place in (0..16).rev() {
            let digit = (self.playbook.revision >> (place * 4)) as u8 & 15;
            digits.push(char::from(if digit < 10 { b'0' + digit } else { b'a' + digit - 10 }));
        }
        digits
    }

    fn change(&self, change: &Change) -> JsValue {
        let definitions = &self.playbook.person;
        let record = Record::new().with("at", change.at.0 as f64);
        match change.what {
            What::Stage { ladder, from, to } => {
                let Some(ladder) = definitions.ladders.get(usize::from(ladder)) else {
                    return JsValue::UNDEFINED;
                };
                let rung = |position: Option<u8>| {
                    let rung = position.and_then(|position| ladder.rungs.get(usize::from(position)));
                    rung.map_or(JsValue::NULL, |rung| JsValue::from_str(&rung.id))
                };
                record
                    .with("kind", "stage")
                    .with("name", &*ladder.id)
                    .with("from", rung(from))
                    .with("to", rung(to))
            }
            What::Momentum { from, to } => {
                let from = from.map_or(JsValue::NULL, |from| JsValue::from_str(from.name()));
                record
                    .with("kind", "momentum")
                    .with("name", "momentum")
                    .with("from", from)
                    .with("to", to.name())
            }
            What::Segment { segment, from, to } => {
                let id = definitions.segments.get(usize::from(segment)).map(|segment| &*segment.id);
                let from = from.map_or(JsValue::NULL, JsValue::from_bool);
                record.with("kind", "segment").maybe("name", id).with("from", from).with("to", to)
            }
            What::Moment { moment } => {
                let id = definitions.moments.get(usize::from(moment)).map(|moment| &*moment.id);
                record.with("kind", "moment").maybe("name", id)
            }
            What::Converted { .. } => record,
        }
        .into()
    }

    fn decision(&self, decision: &Decision, event: &Event) -> JsValue {
        let nudge = |index: usize| self.playbook.nudges.get(index);
        let considered = List::new();
        for found in &decision.considered {
            let Some(nudge) = nudge(found.nudge) else { continue };
            let block = found.block();
            let verdict = block.map_or(found.verdict, Verdict::Blocked).name();
            let record = Record::new()
                .with("nudge", &*nudge.id)
                .with("purpose", nudge.purpose.name())
                .with("verdict", verdict)
                .maybe("by", block.map(|block| block.name()));
            considered.push(&record.into());
        }
        let won = decision.won.and_then(nudge).map_or(JsValue::NULL, |nudge| JsValue::from_str(&nudge.id));
        Record::new()
            .with("at", event.time.0 as f64)
            .maybe("event", event.name.as_deref())
            .with("won", won)
            .with("considered", considered)
            .into()
    }
}

fn traits(traits: &Value) -> JsValue {
    match traits {
        Value::Null => Record::new().into(),
        traits => write::value(traits),
    }
}

fn segments(sight: &Sight<'_>) -> List {
    let mut held = Vec::new();
    for scope in SCOPES {
        for (segment, index) in sight.playbook.of(scope).segments.iter().zip(0..) {
            if sight.segment(scope, index) {
                put(&mut held, segment.written, &segment.id);
            }
        }
    }
    list(&held)
}

fn moments(sight: &Sight<'_>) -> List {
    let mut held = Vec::new();
    for scope in SCOPES {
        for (moment, index) in sight.playbook.of(scope).moments.iter().zip(0..) {
            if sight.moment(scope, index) {
                put(&mut held, moment.written, &moment.id);
            }
        }
    }
    list(&held)
}

/// Puts an id where it was written.
fn put<'a>(held: &mut Vec<(u16, &'a str)>, written: u16, id: &'a str) {
    let position = held.iter().take_while(|(before, _)| *before < written).count();
    held.insert(position, (written, id));
}

fn list(held: &[(u16, &str)]) -> List {
    let list = List::new();
    for (_, id) in held {
        list.push(&JsValue::from_str(id));
    }
    list
}

fn signals(sight: &Sight<'_>) -> Record {
    let mut record = Record::new();
    for scope in SCOPES {
        for (signal, index) in sight.playbook.of(scope).signals.iter().zip(0..) {
            record = record.maybe(&signal.name, seen(sight.signal(scope, index)));
        }
    }
    record
}

/// What a signal can be; none where it is absent.
fn seen(seen: Seen<'_>) -> Option<JsValue> {
    match seen {
        Seen::Number(number) => Some(JsValue::from_f64(number)),
        Seen::Text(text) => Some(JsValue::from_str(text)),
        Seen::Flag(flag) => Some(JsValue::from_bool(flag)),
        _ => None,
    }
}

/// The scores, or the bands that they fall into.
fn scores(sight: &Sight<'_>, bands: bool) -> Record {
    let mut record = Record::new();
    for scope in SCOPES {
        for (score, index) in sight.playbook.of(scope).scores.iter().zip(0..) {
            record = match bands {
                true => record.maybe(&score.id, sight.band(scope, index)),
                false => record.maybe(&score.id, sight.score(scope, index)),
            };
        }
    }
    record
}

fn stages(sight: &Sight<'_>) -> Record {
    let mut record = Record::new();
    for scope in SCOPES {
        for (ladder, index) in sight.playbook.of(scope).ladders.iter().zip(0..) {
            record = record.maybe(&ladder.id, sight.stage(scope, index).map(|(rung, _)| rung));
        }
    }
    record
}
