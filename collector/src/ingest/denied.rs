//! What an event may not bring in, whatever it says: network addresses, and what the operator denies.

use std::collections::HashMap;
use std::fmt;

use serde_json::{Map, Value};

use crate::leads;
use crate::store::TenantId;

/// Where a name is looked for: what hosts put into events. Ids and times are no properties.
const PLACES: [&str; 3] = ["properties", "traits", "context"];

/// Names and paths of what is never kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Denied {
    /// However deep they stand in properties and traits.
    names: Vec<String>,
    /// From the message down.
    paths: Vec<Vec<String>>,
}

/// What each tenant denies.
#[derive(Clone, Debug, Default)]
pub struct Denials {
    everybody: Denied,
    of_tenant: HashMap<TenantId, Denied>,
}

impl Denials {
    /// What holds where a tenant has no list of its own.
    pub fn new(everybody: Denied) -> Denials {
        Denials { everybody, of_tenant: HashMap::new() }
    }

    /// A tenant's own list, instead of everybody's.
    pub fn set(&mut self, tenant: TenantId, denied: Denied) {
        self.of_tenant.insert(tenant, denied);
    }

    pub(crate) fn of(&self, tenant: TenantId) -> &Denied {
        self.of_tenant.get(&tenant).unwrap_or(&self.everybody)
    }
}

/// An entry of the list that means nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadEntry(String);

impl Denied {
    /// `email` is a name, `traits.email` a path.
    ///
    /// # Errors
    /// An entry is empty, or a path that begins elsewhere than in `properties`, `traits` or `context`.
    pub fn new<T: AsRef<str>>(entries: impl IntoIterator<Item = T>) -> Result<Denied, BadEntry> {
        let mut denied = Denied::default();
        for entry in entries {
            let entry = entry.as_ref();
            let path: Vec<String> = entry.split('.').map(str::to_owned).collect();
            let bad = path.iter().any(String::is_empty)
                || (path.len() > 1 && !path.first().is_some_and(|place| PLACES.contains(&place.as_str())));
            if bad {
                return Err(BadEntry(entry.to_owned()));
            }
            match path.len() {
                1 => denied.names.push(entry.to_owned()),
                _ => denied.paths.push(path),
            }
        }
        Ok(denied)
    }

    /// Whether nothing is.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty() && self.paths.is_empty()
    }

    /// Takes out what is denied, and says how much that was. What somebody has written into a form, to be answered, is no
    /// property of theirs that a page recorded: names leave it alone, as those of pages do. A path is said of that very
    /// place.
    pub(super) fn take_out(&self, message: &mut Map<String, Value>) -> u64 {
        let mut taken = 0;
        for path in &self.paths {
            taken += u64::from(remove(message, path));
        }
        if !self.names.is_empty() {
            let mut within =
                |value: Option<&mut Value>| taken += value.map_or(0, |value| self.names_in(value));
            let is_form = message.get("event").and_then(Value::as_str) == Some(leads::FORM);
            within(message.get_mut("traits"));
            within(message.get_mut("context").and_then(|context| context.get_mut("traits")));
            match message.get_mut("properties") {
                Some(Value::Object(properties)) if is_form => taken += self.names_beside_fields(properties),
                properties => within(properties),
            }
        }
        taken
    }

    fn names_beside_fields(&self, properties: &mut Map<String, Value>) -> u64 {
        let before = properties.len();
        properties.retain(|name, _| name == leads::FIELDS || !self.names.contains(name));
        let beside = properties.iter_mut().filter(|(name, _)| *name != leads::FIELDS);
        let inside: u64 = beside.map(|(_, value)| self.names_in(value)).sum();
        (before - properties.len()) as u64 + inside
    }

    /// A message was parsed with a bound on how deep it is.
    fn names_in(&self, value: &mut Value) -> u64 {
        match value {
            Value::Object(entries) => {
                let before = entries.len();
                entries.retain(|name, _| !self.names.contains(name));
                let inside: u64 = entries.values_mut().map(|value| self.names_in(value)).sum();
                (before - entries.len()) as u64 + inside
            }
            Value::Array(values) => values.iter_mut().map(|value| self.names_in(value)).sum(),
            _ => 0,
        }
    }
}

/// Takes out the sender's address, which others' clients may have written down. Says whether there was one.
pub(super) fn take_out_address(message: &mut Map<String, Value>) -> bool {
    let Some(Value::Object(context)) = message.get_mut("context") else { return false };
    context.shift_remove("ip").is_some()
}

fn remove(within: &mut Map<String, Value>, path: &[String]) -> bool {
    match path {
        [] => false,
        [last] => within.shift_remove(last).is_some(),
        [first, rest @ ..] => match within.get_mut(first) {
            Some(Value::Object(inner)) => remove(inner, rest),
            _ => false,
        },
    }
}

impl fmt::Display for BadEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let BadEntry(entry) = self;
        write!(
            f,
            "`{entry}` denies nothing: write the name of a property or trait (\"email\"), or a path that begins with \
             properties, traits or context (\"traits.email\")"
        )
    }
}

impl std::error::Error for BadEntry {}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn message(value: Value) -> Map<String, Value> {
        let Value::Object(message) = value else { unreachable!() };
        message
    }

    #[test]
    fn a_name_is_denied_however_deep_and_a_path_where_it_leads() {
        let denied = Denied::new(["email", "properties.card.number", "context.device.id"]).unwrap();
        let mut event = message(json!({
            "email": "is no property", "userId": "u", "type": "track",
            "properties": {"email": "a@b", "n": 1, "list": [{"email": "c@d", "x": 2}], "card": {"number": 4, "brand": "v"}},
            "traits": {"company": {"email": "e@f"}},
            "context": {"traits": {"email": "g@h"}, "device": {"id": 7, "kind": "phone"}, "email": "not a trait"},
        }));
        assert_eq!(denied.take_out(&mut event), 6);
        let expected = json!({
            "email": "is no property", "userId": "u", "type": "track",
            "properties": {"n": 1, "list": [{"x": 2}], "card": {"brand": "v"}},
            "traits": {"company": {}},
            "context": {"traits": {}, "device": {"kind": "phone"}, "email": "not a trait"},
        });
        assert_eq!(Value::Object(event.clone()), expected);
        assert_eq!(denied.take_out(&mut event), 0);
        assert_eq!(Denied::default().take_out(&mut event), 0);
    }

    #[test]
    fn what_somebody_wrote_into_a_form_is_kept_unless_a_path_says_that_very_place() {
        let form = json!({
            "type": "track", "event": "$lead_submitted",
            "properties": {
                "nudge": "talk", "email": "a@b", "fields": {"email": "c@d", "phone": "1", "company": {"email": "x"}},
                "reasons": {"email": 1, "stages": {"email": 2}},
            },
            "context": {"traits": {"email": "e@f"}},
        });
        let denied = Denied::new(["email", "fields"]).unwrap();
        let mut event = message(form.clone());
        assert_eq!(denied.take_out(&mut event), 4);
        let expected = json!({
            "nudge": "talk", "fields": {"email": "c@d", "phone": "1", "company": {"email": "x"}},
            "reasons": {"stages": {}},
        });
        assert_eq!((&event["properties"], &event["context"]), (&expected, &json!({"traits": {}})));
        let by_path = Denied::new(["properties.fields.phone"]).unwrap();
        let mut event = message(form.clone());
        assert_eq!(by_path.take_out(&mut event), 1);
        assert_eq!(event["properties"]["fields"]["phone"], Value::Null);
        // Under any other name it is a property.
        let mut event = message(form);
        event["event"] = json!("lead_submitted");
        assert_eq!(Denied::new(["email"]).unwrap().take_out(&mut event), 6);
    }

    #[test]
    fn an_address_is_never_kept() {
        let mut event = message(json!({"context": {"a": 1, "ip": "192.0.2.1", "b": 2}}));
        assert!(take_out_address(&mut event));
        assert_eq!(Value::Object(event.clone()).to_string(), r#"{"context":{"a":1,"b":2}}"#);
        assert!(!take_out_address(&mut event));
        assert!(!take_out_address(&mut message(json!({"context": "ip"}))));
    }

    #[test]
    fn an_entry_that_denies_nothing_is_refused() {
        for entry in ["", ".", "traits.", "userId.x", "messageId.a.b"] {
            let refused = Denied::new([entry]).unwrap_err();
            assert!(refused.to_string().contains(&format!("`{entry}`")), "{refused}");
        }
    }
}
