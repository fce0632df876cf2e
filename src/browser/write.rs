//! From the engine's values to JavaScript's.

use wasm_bindgen::JsValue;

use super::js::{List, Plain};
use crate::engine::Value;

/// A plain object in the making.
pub(super) struct Record(Plain);

impl Record {
    pub(super) fn new() -> Record {
        Record(Plain::new())
    }

    /// Sets a property.
    pub(super) fn with(self, key: &str, value: impl Into<JsValue>) -> Record {
        self.0.set(key, &value.into());
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

/// A value as JavaScript has it.
pub(super) fn value(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(flag) => JsValue::from_bool(*flag),
        Value::Number(number) => JsValue::from_f64(*number),
        Value::Text(text) => JsValue::from_str(text),
        Value::List(values) => {
            let list = List::new();
            for value in values {
                list.push(&self::value(value));
            }
            list.into()
        }
        Value::Map(entries) => {
            let mut record = Record::new();
            for (key, value) in entries {
                record = record.with(key, self::value(value));
            }
            record.into()
        }
    }
}
