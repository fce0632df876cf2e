//! From JavaScript's values to the engine's.

use wasm_bindgen::{JsCast, JsValue};

use super::js::{List, Plain};

use crate::engine::{Event, Millis, Surroundings, Value};

/// Deeper than any event that the collector takes; a hostile one must not exhaust the stack.
const DEEPEST: u8 = 127;

/// A value that came from JSON.
pub(super) fn value(js: &JsValue) -> Value {
    nested(js, DEEPEST)
}

fn nested(js: &JsValue, depth: u8) -> Value {
    if let Some(text) = js.as_string() {
        return Value::Text(text);
    }
    if let Some(number) = js.as_f64() {
        return Value::Number(number);
    }
    if let Some(flag) = js.as_bool() {
        return Value::Bool(flag);
    }
    let Some(depth) = depth.checked_sub(1) else { return Value::Null };
    if List::is_array(js) {
        let mut values = Vec::new();
        each(js.unchecked_ref(), &mut |element| values.push(nested(element, depth)));
        return Value::List(values);
    }
    if !js.is_object() {
        return Value::Null;
    }
    let mut entries = Vec::new();
    each(&Plain::entries(js), &mut |entry| {
        let entry: &List = entry.unchecked_ref();
        if let Some(key) = entry.get(0).as_string() {
            entries.push((key, nested(&entry.get(1), depth)));
        }
    });
    Value::Map(entries)
}

/// Goes through an array.
pub(super) fn each(list: &List, f: &mut dyn FnMut(&JsValue)) {
    for index in 0..list.length() {
        f(&list.get(index));
    }
}

/// A message of the journal, with its time as a number.
pub(super) fn event(js: &JsValue) -> Option<Event> {
    let time = get(js, "time").as_f64()?;
    Event::read(value(js), Millis(time as i64))
}

/// Those of a list that are messages.
pub(super) fn events(list: &List) -> Vec<Event> {
    let mut events = Vec::new();
    each(list, &mut |js| {
        if let Some(event) = event(js) {
            events.push(event);
        }
    });
    events
}

/// `Surroundings` of `js/src/module.ts`.
pub(super) fn surroundings(js: &JsValue) -> Surroundings {
    Surroundings::told(value(js))
}

pub(super) fn get(object: &JsValue, key: &str) -> JsValue {
    if object.is_object() { object.unchecked_ref::<Plain>().get(key) } else { JsValue::UNDEFINED }
}
