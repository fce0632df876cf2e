//! The view, for JavaScript.

use wasm_bindgen::JsValue;

use super::js::List;
use super::write::{self, Record};
use crate::engine::{AccountView, Device, Millis, Person, Playbook, Scope, Seen, Sight, Value};

const SCOPES: [Scope; 2] = [Scope::Person, Scope::Account];

/// `View` of `js/src/types.ts`, without `state`; undefined before the first event of the person.
pub(super) fn view(playbook: &Playbook, device: &Device, at: Millis) -> JsValue {
    let (Some(person), Some(sight)) = (device.person(), device.sight(playbook, at)) else {
        return JsValue::UNDEFINED;
    };
    let account = device.account().map_or(&Value::Null, AccountView::traits);
    let traits =
        Record::new().with("user", traits(person.subject().traits())).with("account", traits(account));
    Record::new()
        .with("person", device.present())
        .maybe("account", person.account())
        .with("at", at.0 as f64)
        .with("revision", revision(playbook))
        .with("traits", traits)
        .with("signals", signals(&sight))
        .with("segments", segments(&sight))
        .maybe("momentum", sight.momentum().map(|momentum| momentum.name()))
        .maybe("alive", sight.alive())
        .with("scores", scores(&sight, false))
        .with("bands", scores(&sight, true))
        .with("stages", stages(&sight))
        .with("moments", moments(&sight))
        .maybe("since", since(playbook, person))
        .into()
}

/// Since when those signals know that came with a later playbook.
fn since(playbook: &Playbook, person: &Person) -> Option<Record> {
    let mut record = None;
    for (signal, index) in playbook.person.signals.iter().zip(0..) {
        if let Some(since) = person.subject().knows_since(index) {
            record = Some(record.unwrap_or_else(Record::new).with(&signal.name, since.0 as f64));
        }
    }
    record
}

/// The revision, hexadecimal.
fn revision(playbook: &Playbook) -> String {
    let mut digits = String::new();
    for place in (0..16).rev() {
        let digit = (playbook.revision >> (place * 4)) as u8 & 15;
        digits.push(char::from(if digit < 10 { b'0' + digit } else { b'a' + digit - 10 }));
    }
    digits
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
