//! Definitions that need each other: a cycle cannot be put into any order.

use std::collections::{BTreeMap, BTreeSet};

use jsonc_parser::ast::{ObjectProp, Value};

use super::cycles::cycles;
use super::ladders::JOURNEY;
use super::source::Source;

/// `segments.power`, `ladders.journey`, `moments.outgrown`
type Id = (&'static str, String);

/// Reports each cycle among segments, ladders and moments, once.
pub(super) fn check(source: &Source<'_>, root: &Value<'_>) {
    let mut graph: BTreeMap<Id, (&ObjectProp<'_>, Vec<Id>)> = BTreeMap::new();
    let journey = ("ladders", JOURNEY.to_owned());
    let mut success = Vec::new();
    for kind in ["segments", "scores", "ladders", "moments"] {
        let section =
            root.as_object().and_then(|root| root.properties.iter().find(|p| p.name.as_str() == kind));
        let Some(section) = section.and_then(|section| section.value.as_object()) else { continue };
        for property in &section.properties {
            let id = (kind, property.name.as_str().to_owned());
            let mut uses = Vec::new();
            match property.value.as_object().filter(|_| kind == "segments") {
                // What success is belongs to the ladder whose rungs it changes.
                Some(segment) => {
                    for part in &segment.properties {
                        let is_success = part.name.as_str() == "success";
                        let (within, uses) =
                            if is_success { (&journey, &mut success) } else { (&id, &mut uses) };
                        collect(&part.value, within, uses);
                    }
                }
                None => collect(&property.value, &id, &mut uses),
            }
            graph.insert(id, (property, uses));
        }
    }
    if let Some((_, uses)) = graph.get_mut(&journey) {
        uses.append(&mut success);
    }
    let places: BTreeMap<&Id, usize> = graph.keys().zip(0..).collect();
    let uses: Vec<Vec<usize>> = graph
        .values()
        .map(|(_, uses)| {
            let unique: BTreeSet<usize> = uses.iter().filter_map(|id| places.get(id).copied()).collect();
            unique.into_iter().collect()
        })
        .collect();
    let nodes: Vec<(&Id, &ObjectProp<'_>)> =
        graph.iter().map(|(id, (property, _))| (id, *property)).collect();
    for cycle in cycles(&uses) {
        let ids: Vec<_> = cycle.iter().filter_map(|node| nodes.get(*node)).collect();
        let Some((_, property)) = ids.first() else { continue };
        let names: Vec<String> = ids.iter().map(|((kind, name), _)| format!("{kind}.{name}")).collect();
        let message = format!("a cycle: {} needs itself", names.join(" → "));
        source.wrong_name(property, message, Some("take one of these out of the other's condition".into()));
    }
}

/// What a definition's conditions name. A rung may ask when lower ones of its own ladder were reached.
fn collect(value: &Value<'_>, within: &Id, uses: &mut Vec<Id>) {
    match value {
        Value::Object(object) => {
            for property in &object.properties {
                let name = property.name.as_str();
                let mut parts = name.split('.');
                match (parts.next(), parts.next()) {
                    (Some("scores" | "bands"), Some(score)) => uses.push(("scores", score.to_owned())),
                    (Some("stages"), Some(ladder)) => uses.push(("ladders", ladder.to_owned())),
                    (Some("reached"), Some(ladder)) if *within != ("ladders", ladder.to_owned()) => {
                        uses.push(("ladders", ladder.to_owned()));
                    }
                    (Some("segments"), None) => strings(&property.value, "segments", uses),
                    (Some("moments"), None) => strings(&property.value, "moments", uses),
                    _ => {}
                }
                collect(&property.value, within, uses);
            }
        }
        Value::Array(array) => array.elements.iter().for_each(|element| collect(element, within, uses)),
        _ => {}
    }
}

fn strings(value: &Value<'_>, kind: &'static str, uses: &mut Vec<Id>) {
    match value {
        Value::StringLit(text) => uses.push((kind, text.value.to_string())),
        Value::Array(array) => array.elements.iter().for_each(|element| strings(element, kind, uses)),
        Value::Object(object) => object.properties.iter().for_each(|p| strings(&p.value, kind, uses)),
        _ => {}
    }
}
