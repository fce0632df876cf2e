//! Definitions that need each other: a cycle cannot be put into any order.

use std::collections::BTreeMap;

use jsonc_parser::ast::{ObjectProp, Value};

use super::source::Source;

/// `segments.power`, `ladders.journey`, `moments.outgrown`
type Id = (&'static str, String);

/// Reports each cycle among segments, ladders and moments, once.
pub(super) fn check(source: &Source<'_>, root: &Value<'_>) {
    let mut graph: BTreeMap<Id, (&ObjectProp<'_>, Vec<Id>)> = BTreeMap::new();
    for kind in ["segments", "scores", "ladders", "moments"] {
        let section =
            root.as_object().and_then(|root| root.properties.iter().find(|p| p.name.as_str() == kind));
        let Some(section) = section.and_then(|section| section.value.as_object()) else { continue };
        for property in &section.properties {
            let id = (kind, property.name.as_str().to_owned());
            let mut uses = Vec::new();
            collect(&property.value, &id, &mut uses);
            graph.insert(id, (property, uses));
        }
    }
    let mut reported: Vec<Id> = Vec::new();
    for (id, (property, _)) in &graph {
        if reported.contains(id) {
            continue;
        }
        if let Some(cycle) = way_back(&graph, id) {
            let names: Vec<String> = cycle.iter().map(|(kind, name)| format!("{kind}.{name}")).collect();
            let message = format!("a cycle: {} needs itself", names.join(" → "));
            source.wrong_name(
                property,
                message,
                Some("take one of these out of the other's condition".into()),
            );
            reported.extend(cycle);
        }
    }
}

/// The shortest way from a definition back to itself.
fn way_back(graph: &BTreeMap<Id, (&ObjectProp<'_>, Vec<Id>)>, start: &Id) -> Option<Vec<Id>> {
    let mut ways = std::collections::VecDeque::from([vec![start.clone()]]);
    let mut seen = Vec::new();
    while let Some(way) = ways.pop_front() {
        let next = way.last().and_then(|last| graph.get(last)).map(|(_, uses)| uses).into_iter().flatten();
        for id in next {
            let longer: Vec<Id> = way.iter().chain([id]).cloned().collect();
            if id == start {
                return Some(longer);
            }
            if !seen.contains(id) {
                seen.push(id.clone());
                ways.push_back(longer);
            }
        }
    }
    None
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
