//! From the engine's values to JavaScript's.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::engine::Value;

/// A plain object in the making.
pub(super) struct Record(Object);

impl Record {
    pub(super) fn new() -> Record {
        Record(Object::new())
    }

    /// Sets a property. (That fails on frozen objects, which this is not.)
    pub(super) fn with(self, key: &str, value: impl Into<JsValue>) -> Record {
        let _ = Reflect::set(&self.0, &JsValue::from_str(key), &value.into());
        self
    }

    /// Sets a property, if there is a value.
    pub(super) fn maybe<T: Into<JsValue>>(self, key: &str, value: Option<T>) -> Record {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }
}

impl From<Record> for JsValue {
    fn from(record: Record) -> JsValue {
        record.0.into()
    }
}

/// A plain array.
pub(super) fn list<T: Into<JsValue>>(items: impl IntoIterator<Item = T>) -> Array {
    items.into_iter().map(Into::into).collect()
}

/// A value as JavaScript has it.
pub(super) fn value(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(flag) => JsValue::from_bool(*flag),
        Value::Number(number) => JsValue::from_f64(*number),
        Value::Text(text) => JsValue::from_str(text),
        Value::List(values) => list(values.iter().map(self::value)).into(),
        Value::Map(entries) => {
            let add = |record: Record, (key, inner): &(String, Value)| record.with(key, self::value(inner));
            entries.iter().fold(Record::new(), add).into()
        }
    }
}
