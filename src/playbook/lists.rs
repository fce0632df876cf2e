//! `segments` and `moments`: lists of the ids that hold. What is asked of a list becomes tests of single ids.

use crate::engine::{Condition, Field, Index, Predicate, Scope, Seen, Value};

use super::condition::Reach;
use super::known::Known;
use super::named::ByName;
use super::operators::{self, Kind};
use super::source::{Node, Source};

pub(super) const OPERATORS: [&str; 6] = ["$in", "$nin", "$all", "$elemMatch", "$size", "$not"];

/// Reads what is asked of `segments` or `moments`.
pub(super) fn read(
    source: &Source<'_>,
    known: &Known,
    reach: Reach,
    head: &str,
    node: Node<'_>,
) -> Option<Condition> {
    Ids { source, known, reach, head }.read(node)
}

/// One of the lists, as it can be seen from somewhere.
struct Ids<'a, 's> {
    source: &'a Source<'s>,
    known: &'a Known,
    reach: Reach,
    head: &'a str,
}

impl Ids<'_, '_> {
    fn read(&self, node: Node<'_>) -> Option<Condition> {
        let (source, head) = (self.source, self.head);
        let expected = "`{\"$in\": [ids]}`, `{\"$nin\": [ids]}` or `{\"$all\": [ids]}`";
        let Some(object) = node.as_object() else {
            source.wrong(node, format!("`{head}` is a list of ids: expected {expected}"), None);
            return None;
        };
        let mut parts = Vec::new();
        for property in &object.properties {
            let value = &property.value;
            parts.push(match property.name.as_str() {
                "$in" => self.several(value).map(any),
                "$nin" => self.several(value).map(|ids| not(any(ids))),
                "$all" => self.several(value).map(Condition::All),
                "$elemMatch" => self.some(value),
                "$size" => {
                    let size = operators::size(source, value);
                    self.all(value).map(|ids| Condition::Count(ids, size))
                }
                "$not" => self.read(value).map(not),
                operator => {
                    let message =
                        format!("`{head}` is a list of ids: expected {expected}, found `{operator}`");
                    source.wrong_name(property, message, source.hint(operator, OPERATORS));
                    None
                }
            });
        }
        parts.into_iter().collect::<Option<_>>().map(Condition::All)
    }

    /// For each element of a list, that it holds; operators stand for the ids that meet them.
    fn several(&self, node: Node<'_>) -> Option<Vec<Condition>> {
        let Some(array) = node.as_array() else {
            self.source.expected(node, "a list of ids");
            return None;
        };
        let ids: Vec<_> = array.elements.iter().map(|element| self.held(element)).collect();
        ids.into_iter().collect()
    }

    /// `$elemMatch`: one of the ids that meet the operators holds.
    fn some(&self, node: Node<'_>) -> Option<Condition> {
        if !operators::are_operators(node) {
            let expected = "operators on an id, such as `{\"$eq\": \"power\"}` or `{\"$regex\": \"^power\"}`";
            self.source.expected(node, expected);
            return None;
        }
        if !self.are_ids(node) {
            return None;
        }
        self.source.expand(node, self.entries().len())?;
        let wanted = operators::read(self.source, &Kind::Text, node);
        let ids = self.visible().filter(|(id, _)| wanted.holds(Seen::Text(id)));
        Some(any(ids.map(|(_, field)| test(field)).collect()))
    }

    /// Checks the ids that operators compare with.
    fn are_ids(&self, node: Node<'_>) -> bool {
        let mut whole = true;
        for property in node.as_object().into_iter().flat_map(|object| &object.properties) {
            whole &= match (property.name.as_str(), property.value.as_array()) {
                ("$eq" | "$ne", _) => self.held(&property.value).is_some(),
                ("$in" | "$nin", Some(_)) => self.several(&property.value).is_some(),
                ("$not", _) if operators::are_operators(&property.value) => self.are_ids(&property.value),
                _ => true,
            };
        }
        whole
    }

    /// That an id holds.
    fn held(&self, node: Node<'_>) -> Option<Condition> {
        let Ids { source, known, .. } = self;
        let id = source.string(node, "an id")?;
        let (written, what) = match self.head {
            "segments" => (&known.written.segments, "segment"),
            _ => (&known.written.moments, "moment"),
        };
        if let Some((_, scope, index)) = self.entries().get(id).filter(|(_, scope, _)| self.sees(*scope)) {
            return Some(test(self.field(*scope, *index)));
        }
        if known.broken.contains(id) {
            return None;
        }
        if written.has(id) {
            let message =
                format!("the {what} `{id}` is not known here: only what is written before can be used");
            source.wrong(node, message, None);
        } else {
            let near = source.hint(id, written.names());
            source.wrong(node, format!("there is no {what} `{id}`"), near);
        }
        None
    }

    fn all(&self, node: Node<'_>) -> Option<Vec<Condition>> {
        self.source.expand(node, self.entries().len())?;
        Some(self.visible().map(|(_, field)| test(field)).collect())
    }

    /// The ids that can be seen from here, each with its field.
    fn visible(&self) -> impl Iterator<Item = (&str, Field)> {
        let visible = self.entries().iter().filter(|(_, scope, _)| self.sees(*scope));
        visible.map(|(id, scope, index)| (id.as_str(), self.field(*scope, *index)))
    }

    fn entries(&self) -> &ByName<(String, Scope, Index)> {
        if self.head == "segments" { &self.known.segments } else { &self.known.moments }
    }

    fn sees(&self, scope: Scope) -> bool {
        self.reach != Reach::View(Scope::Account) || scope == Scope::Account
    }

    fn field(&self, scope: Scope, index: Index) -> Field {
        match self.head {
            "segments" => Field::Segment(scope, index),
            _ => Field::Moment(scope, index),
        }
    }
}

fn test(field: Field) -> Condition {
    Condition::Test(field, Predicate::Equals(Value::Bool(true)))
}

fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

/// One of these holds. (GrowthBook's empty `$or` holds, its empty `$in` does not.)
fn any(conditions: Vec<Condition>) -> Condition {
    match conditions.is_empty() {
        true => not(Condition::ALWAYS),
        false => Condition::Any(conditions),
    }
}
