//! Groups: lists of values with a name, for `$inGroup`.

use std::cell::{Cell, OnceCell};

use jsonc_parser::ast::ObjectProp;

use crate::engine::Value;

use super::document::value;
use super::fields::Fields;
use super::named::{ByName, Named};
use super::source::{Node, Source};

/// The groups of a playbook, or none where they cannot be read. A test on membership has the values themselves, so the
/// engine knows of no groups.
#[derive(Default)]
pub(super) struct Groups(OnceCell<Option<ByName<Group>>>);

struct Group {
    name: String,
    values: Vec<Value>,
    /// The same, for the text of definitions.
    written: serde_json::Value,
    is_used: Cell<bool>,
}

impl Named for Group {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Groups {
    /// Reads `"groups"`.
    pub(super) fn read(&self, source: &Source<'_>, node: Node<'_>) {
        let groups = Fields::open(source, node, "`groups`").map(|fields| {
            let one = |(property, node): (&ObjectProp<'_>, Node<'_>)| {
                if property.name.as_str().is_empty() {
                    source.wrong_name(property, "a group needs a name", None);
                }
                Group::read(source, property.name.as_str(), node)
            };
            fields.entries().map(one).collect()
        });
        // It is read once.
        let _ = self.0.set(groups);
    }

    /// The values of a group; none, after saying so, if there is no such group.
    pub(super) fn members(&self, source: &Source<'_>, node: Node<'_>) -> Option<Vec<Value>> {
        let name = source.string(node, "the name of a group")?;
        let Some(group) = self.find(name) else {
            if self.0.get().is_some_and(Option::is_none) {
                return Some(Vec::new());
            }
            let names =
                self.0.get().into_iter().flatten().flat_map(ByName::iter).map(|group| group.name.as_str());
            let near = source.hint(name, names).or_else(|| Some("`groups` of the playbook has none".into()));
            source.wrong(node, format!("there is no group `{name}`"), near);
            return Some(Vec::new());
        };
        group.is_used.set(true);
        source.expand(node, group.values.len())?;
        Some(group.values.clone())
    }

    /// Warns of groups that no condition asks about.
    pub(super) fn warn_of_unused(&self, source: &Source<'_>, node: Node<'_>) {
        let Some(fields) = node.as_object() else { return };
        for property in &fields.properties {
            if self.find(property.name.as_str()).is_some_and(|group| !group.is_used.get()) {
                source.warn(&property.value, "no condition uses this group", None);
            }
        }
    }

    /// Puts the values of groups in the place of their names, so that a definition is another one if its group is.
    pub(super) fn write_out(&self, definition: &mut serde_json::Value) {
        match definition {
            serde_json::Value::Array(values) => values.iter_mut().for_each(|value| self.write_out(value)),
            serde_json::Value::Object(entries) => {
                for (key, value) in entries.iter_mut() {
                    let asks = ["$inGroup", "$notInGroup"].contains(&key.as_str());
                    let group = value.as_str().filter(|_| asks).and_then(|name| self.find(name));
                    match group {
                        Some(group) => *value = group.written.clone(),
                        None => self.write_out(value),
                    }
                }
            }
            _ => {}
        }
    }

    fn find(&self, name: &str) -> Option<&Group> {
        self.0.get()?.as_ref()?.get(name)
    }
}

impl Group {
    fn read(source: &Source<'_>, name: &str, node: Node<'_>) -> Group {
        let list = node.as_array();
        match list {
            None => source.expected(node, "a list of values"),
            Some(list) if list.elements.is_empty() => {
                source.warn(node, "this group is empty: nobody is in it", None);
            }
            Some(_) => {}
        }
        let values = list.into_iter().flat_map(|list| &list.elements).filter_map(|element| {
            let value = value(source, element)?;
            let is_scalar = matches!(value, Value::Text(_) | Value::Number(_) | Value::Bool(_));
            if !is_scalar {
                source.expected(element, "a string, a number or a truth value");
            }
            is_scalar.then_some(value)
        });
        Group {
            name: name.to_owned(),
            values: values.collect(),
            written: serde_json::from_str(&source.canonical(node)).unwrap_or_default(),
            is_used: Cell::new(false),
        }
    }
}
