//! The `context` that some of Segment's clients write once for a batch, and that belongs to each of its messages.

use serde_json::{Map, Value};

/// What is to be in the context of every message that does not say otherwise.
#[derive(Debug, Default)]
pub(crate) struct SharedContext {
    entries: Map<String, Value>,
    bytes: usize,
}

impl SharedContext {
    /// Anything but an object says nothing.
    pub(super) fn read(text: Option<&str>) -> SharedContext {
        match text.map(|text| (serde_json::from_str(text), text.len())) {
            Some((Ok(Value::Object(entries)), bytes)) if !entries.is_empty() => {
                SharedContext { entries, bytes }
            }
            _ => SharedContext::default(),
        }
    }

    /// By what library the batch was made, if it says so.
    pub(crate) fn library(&self) -> Option<&Value> {
        self.entries.get("library")
    }

    /// Whether it says nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Its size as it came; 0 if it says nothing.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Writes it into a message, key by key, below what the message has itself. Says whether it changed anything.
    pub(super) fn write_into(&self, message: &mut Map<String, Value>) -> bool {
        if self.entries.is_empty() {
            return false;
        }
        let context = message.entry("context").or_insert(Value::Null);
        if context.is_null() {
            *context = Value::Object(Map::new());
        }
        let Value::Object(own) = context else { return false };
        let mut changed = false;
        for (key, value) in &self.entries {
            if !own.contains_key(key) {
                own.insert(key.clone(), value.clone());
                changed = true;
            }
        }
        changed
    }
}
