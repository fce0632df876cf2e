//! Reading an object by the names of its properties: unknown ones are mistakes, and so are names said twice.

use jsonc_parser::ast::{Object, ObjectProp};

use super::near::list;
use super::source::{Node, Source};

/// The properties of an object that has a fixed set of them.
pub(super) struct Fields<'s> {
    pub(super) node: Node<'s>,
    object: &'s Object<'s>,
}

/// A table of the names that an object may have.
pub(super) struct Names {
    pub(super) known: &'static [&'static str],
}

impl Names {
    pub(super) const fn of(known: &'static [&'static str]) -> Names {
        Names { known }
    }
}

impl<'s> Fields<'s> {
    /// Reads an object; all its names have to be in the table.
    pub(super) fn read(source: &Source<'_>, node: Node<'s>, what: &str, names: &Names) -> Option<Fields<'s>> {
        let fields = Fields::open(source, node, what)?;
        for (property, _) in fields.entries() {
            let name = property.name.as_str();
            if names.known.contains(&name) {
                continue;
            }
            let message = format!("{what} has no `{name}`");
            let near = source.hint(name, names.known.iter().copied());
            let near = near.or_else(|| Some(format!("it may have {}", list(names.known))));
            source.wrong_name(property, message, near);
        }
        Some(fields)
    }

    /// Reads an object whose names are free.
    pub(super) fn open(source: &Source<'_>, node: Node<'s>, what: &str) -> Option<Fields<'s>> {
        let Some(object) = node.as_object() else {
            source.expected(node, &format!("{what}, an object"));
            return None;
        };
        let fields = Fields { node, object };
        let mut seen = std::collections::BTreeSet::new();
        for (property, _) in fields.entries() {
            if !seen.insert(property.name.as_str()) {
                let message = format!("`{}` is said twice", property.name.as_str());
                source.wrong_name(property, message, None);
            }
        }
        Some(fields)
    }

    /// The properties in the order written.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'s ObjectProp<'s>, Node<'s>)> {
        self.object.properties.iter().map(|property| (property, &property.value))
    }

    pub(super) fn get(&self, name: &str) -> Option<Node<'s>> {
        self.entries().find(|(property, _)| property.name.as_str() == name).map(|(_, node)| node)
    }

    /// A property that has to be there.
    pub(super) fn require(&self, source: &Source<'_>, name: &str, what: &str) -> Option<Node<'s>> {
        let node = self.get(name);
        if node.is_none() {
            source.wrong(self.node, format!("{what} needs `{name}`, and has none"), None);
        }
        node
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

/// A property of an object, if it is one and has it.
pub(super) fn property<'s>(node: Node<'s>, name: &str) -> Option<Node<'s>> {
    let object = node.as_object()?;
    object.properties.iter().find(|property| property.name.as_str() == name).map(|property| &property.value)
}
