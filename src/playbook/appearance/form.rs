//! `form`: what is asked of somebody who wants to talk, or where they pick a time, or what the application does then.

use super::super::fields::{Fields, Names};
use super::super::moments::choice;
use super::super::near::list;
use super::super::source::{Node, Source};
use super::MOST;
use super::actions::A_CALL;
use super::address::{self, Leads};

pub(in crate::playbook) const FORM: Names = Names::of(&["fields", "schedule", "call"]);
pub(in crate::playbook) const FIELD: Names = Names::of(&["name", "type", "required", "prefill", "options"]);
/// With whether there is something to choose from.
pub(in crate::playbook) const FIELD_TYPES: [(&str, bool); 5] =
    [("text", false), ("email", false), ("tel", false), ("long_text", false), ("choice", true)];

/// A form.
pub(super) struct Form<'s> {
    /// None where it is a link or a call.
    pub(super) fields: Option<Vec<Field<'s>>>,
}

/// A field, and what there is to choose from.
pub(super) struct Field<'s> {
    pub(super) name: &'s str,
    pub(super) options: Vec<&'s str>,
}

/// What can be read of it, and whether that is all.
pub(super) fn read<'s>(source: &Source<'_>, node: Node<'s>) -> (Option<Form<'s>>, bool) {
    let Some(form) = Fields::read(source, node, "a form", &FORM) else { return (None, false) };
    let said: Vec<_> = FORM.known.iter().filter_map(|name| Some((*name, form.get(name)?))).collect();
    let mut read = Form { fields: None };
    let mut whole = true;
    for (name, what) in &said {
        match *name {
            "schedule" => address::read(source, what, Leads::Away),
            "call" => whole &= source.string(what, A_CALL).is_some(),
            _ => {
                let (fields, are_whole) = fields(source, what);
                whole &= are_whole;
                read.fields = Some(fields);
            }
        }
    }
    match said.as_slice() {
        [_] => return (Some(read), whole),
        [(name, _), (other, second), ..] => {
            let message = format!("a form is one thing: it has `{name}` already, and `{other}`");
            source.wrong(second, message, None);
        }
        [] => source.wrong(node, format!("a form needs one of {}", list(FORM.known)), None),
    }
    (Some(read), false)
}

fn fields<'s>(source: &Source<'_>, node: Node<'s>) -> (Vec<Field<'s>>, bool) {
    let (nodes, mut whole) = source.list(node, &format!("a list of at most {MOST} fields"), 0..=MOST);
    let mut fields: Vec<Field<'s>> = Vec::new();
    for node in nodes {
        let Some(field) = field(source, node) else {
            whole = false;
            continue;
        };
        if fields.iter().any(|before| before.name == field.name) {
            source.wrong(node, format!("there is a field `{}` already", field.name), None);
        }
        fields.push(field);
    }
    (fields, whole)
}

fn field<'s>(source: &Source<'_>, node: Node<'s>) -> Option<Field<'s>> {
    let fields = Fields::read(source, node, "a field", &FIELD)?;
    let name = fields.require(source, "name", "a field");
    let name = name.and_then(|node| source.string(node, "the name of the field"));
    let chosen =
        fields.require(source, "type", "a field").and_then(|node| choice(source, node, &FIELD_TYPES));
    let options = match (fields.get("options"), chosen) {
        (None, Some(false) | None) => Some(Vec::new()),
        (Some(node), Some(false)) => {
            source.wrong(node, "only a `choice` has `options`", None);
            Some(Vec::new())
        }
        (None, Some(true)) => {
            fields.require(source, "options", "a choice");
            None
        }
        (Some(node), Some(true) | None) => options(source, node, 1),
    };
    if let Some(node) = fields.get("required") {
        source.boolean(node);
    }
    if let Some(node) = fields.get("prefill") {
        const EXPECTED: &str = "a trait such as \"user.email\"";
        let path = source.string(node, EXPECTED);
        if path.is_some_and(|path| !path.starts_with("user.") && !path.starts_with("account.")) {
            source.expected(node, EXPECTED);
        }
    }
    chosen?;
    Some(Field { name: name?, options: options? })
}

/// What there is to choose from, each once.
pub(super) fn options<'s>(source: &Source<'_>, node: Node<'s>, least: usize) -> Option<Vec<&'s str>> {
    let expected = format!("a list of {least} to {MOST} texts to choose from");
    let (nodes, fits) = source.list(node, &expected, least..=MOST);
    let mut options = Vec::new();
    for element in nodes {
        let Some(text) = source.string(element, "a text") else { continue };
        if options.contains(&text) {
            source.wrong(element, format!("there is an option `{text}` already"), None);
        }
        options.push(text);
    }
    (fits && options.len() == nodes.len()).then_some(options)
}
