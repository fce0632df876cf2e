//! What JSON can say: traits, properties, and what conditions compare them with.

use super::wire::wire_enum;

/// A JSON value. Numbers are doubles, as in JavaScript; a map keeps the order written.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// `null`, and what is absent.
    #[default]
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A finite number.
    Number(f64),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object, each key once.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// The value of a key of a map.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            // As in JavaScript, where conditions come from: `tags.0` is the first of a list.
            Value::List(values) => values.get(index(key)?),
            _ => None,
        }
    }

    /// The value at the end of a path; null where there is none.
    pub fn at(&self, path: &[String]) -> &Value {
        path.iter().try_fold(self, |value, key| value.get(key)).unwrap_or(&Value::Null)
    }

    /// Takes a key out of a map.
    pub fn take(&mut self, key: &str) -> Value {
        match self {
            Value::Map(entries) => match entries.iter_mut().find(|(name, _)| name == key) {
                Some((_, value)) => std::mem::take(value),
                None => Value::Null,
            },
            _ => Value::Null,
        }
    }

    /// Takes a string that is not empty out of a map.
    pub fn take_id(&mut self, key: &str) -> Option<String> {
        match self.take(key) {
            Value::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// Sets a key; what is not a map becomes one.
    pub fn set(&mut self, key: String, value: Value) {
        if !matches!(self, Value::Map(_)) {
            *self = Value::Map(Vec::new());
        }
        if let Value::Map(entries) = self {
            match entries.iter_mut().find(|(name, _)| *name == key) {
                Some((_, old)) => *old = value,
                None => entries.push((key, value)),
            }
        }
    }

    /// Merges traits into a map, key by key; `null` removes. Says whether anything changed.
    pub fn merge(&mut self, traits: Value) -> bool {
        let Value::Map(changes) = traits else { return false };
        let mut changed = false;
        for (key, value) in changes {
            if self.get(&key).unwrap_or(&Value::Null) == &value {
                continue;
            }
            changed = true;
            match (value, &mut *self) {
                (Value::Null, Value::Map(entries)) => {
                    let position = entries.iter().position(|(name, _)| *name == key);
                    position.map(|position| entries.remove(position));
                }
                (value, map) => map.set(key, value),
            }
        }
        changed
    }
}

fn index(key: &str) -> Option<usize> {
    let canonical = key == "0" || (!key.starts_with("0") && !key.is_empty());
    if !canonical || key.len() > 7 {
        return None;
    }
    let mut index = 0;
    for byte in key.bytes() {
        if !byte.is_ascii_digit() {
            return None;
        }
        index = index * 10 + usize::from(byte - b'0');
    }
    Some(index)
}

wire_enum!(Value or Value::Null, { 0 => Null, 1 => Bool(flag), 2 => Number(number), 3 => Text(text), 4 => List(values), 5 => Map(entries) });

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> Value {
        Value::Text(value.to_owned())
    }

    #[test]
    fn traits_merge_key_by_key_and_null_removes() {
        let mut traits = Value::default();
        assert!(traits.merge(Value::Map(vec![("a".into(), text("1")), ("b".into(), text("2"))])));
        assert!(!traits.merge(Value::Map(vec![("a".into(), text("1")), ("c".into(), Value::Null)])));
        assert!(traits.merge(Value::Map(vec![("a".into(), Value::Null), ("b".into(), text("3"))])));
        assert_eq!(traits, Value::Map(vec![("b".into(), text("3"))]));
    }

    #[test]
    fn a_path_goes_through_maps_and_lists() {
        let list = Value::List(vec![text("x"), text("y")]);
        let map = Value::Map(vec![("tags".into(), list)]);
        assert_eq!(map.at(&["tags".into(), "1".into()]), &text("y"));
        assert_eq!(map.at(&["tags".into(), "01".into()]), &Value::Null);
        assert_eq!(map.at(&["tags".into(), "2".into()]), &Value::Null);
    }
}
