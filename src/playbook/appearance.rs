//! What of a nudge is drawn. The engine hands it on; here it is only made sure that it can be drawn.

use crate::engine::Value;

use super::document::value;
use super::fields::{Fields, Names};
use super::moments::choice;
use super::source::{Node, Source};

/// Of actions, and of fields: no nudge has room for more.
pub(in crate::playbook) const MOST: usize = 100;
pub(in crate::playbook) const PLACEMENT: Names =
    Names { known: &["kind", "position"], not_yet: &["anchor", "slot"] };
pub(in crate::playbook) const CONTENT: Names = Names {
    known: &["title", "body", "actions", "fields", "submit", "consent", "thanks", "close"],
    not_yet: &["image", "steps"],
};
pub(in crate::playbook) const ACTION: Names = Names {
    known: &["id", "open", "track", "dismiss", "snooze"],
    not_yet: &["call", "checkout", "apply", "next", "back", "talk"],
};
pub(in crate::playbook) const FORM: Names = Names { known: &["fields"], not_yet: &["schedule", "call"] };
pub(in crate::playbook) const FIELD: Names = Names::of(&["name", "type", "required", "prefill", "options"]);
pub(in crate::playbook) const FIELD_TYPES: [(&str, bool); 5] =
    [("text", false), ("email", false), ("tel", false), ("long_text", false), ("choice", true)];

/// What is drawn.
pub(super) const PARTS: [&str; 4] = ["placement", "content", "actions", "form"];

/// Where what is drawn stands: in the nudge, and what a variant has of it there.
pub(super) struct Parts<'a, 's> {
    pub(super) nudge: &'a Fields<'s>,
    pub(super) variant: Option<&'a Fields<'s>>,
}

impl<'s> Parts<'_, 's> {
    fn get(&self, name: &str) -> Option<Node<'s>> {
        self.variant.and_then(|variant| variant.get(name)).or_else(|| self.nudge.get(name))
    }

    fn require(&self, source: &Source<'_>, name: &str, what: &str) -> Option<Node<'s>> {
        self.get(name).or_else(|| self.nudge.require(source, name, what))
    }
}

/// `placement`, `content`, `actions` and `form`, as one value.
pub(super) fn read(source: &Source<'_>, nudge: &Parts<'_, '_>) -> Option<Value> {
    let kind = nudge.require(source, "placement", "a nudge").and_then(|node| placement(source, node));
    let actions = nudge.get("actions").map_or(Some(Vec::new()), |node| actions(source, node));
    let form = nudge.get("form").map_or(Some(Vec::new()), |node| form(source, node));
    if let (Some(node), Some("banner")) = (nudge.get("form"), kind) {
        source.wrong(node, "a banner has no room for a form: its `placement` has to be a modal", None);
    }
    let content = nudge.require(source, "content", "a nudge")?;
    let (actions, form) = (actions?, form?);
    for (_, node) in Fields::open(source, content, "content, by language")?.entries() {
        words(source, node, &actions, &form);
    }
    let mut appearance = Value::Map(Vec::new());
    for name in PARTS {
        if let Some(node) = nudge.get(name) {
            appearance.set(name.to_owned(), value(source, node)?);
        }
    }
    kind.map(|_| appearance)
}

fn placement<'s>(source: &Source<'_>, node: Node<'s>) -> Option<&'static str> {
    let fields = Fields::read(source, node, "a placement", &PLACEMENT)?;
    let kind = fields.require(source, "kind", "a placement")?;
    const LATER: [&str; 9] =
        ["slide_out", "toast", "tooltip", "hotspot", "checklist", "slot", "tour", "ask", "headless"];
    if let Some(later) =
        kind.as_string_lit().and_then(|text| LATER.into_iter().find(|kind| *kind == text.value))
    {
        source.wrong(
            kind,
            format!("the placement `{later}` is not there yet"),
            Some("there is `banner` and `modal`".into()),
        );
        return None;
    }
    let kind = choice(source, kind, &[("banner", "banner"), ("modal", "modal")])?;
    match fields.get("position") {
        Some(position) if kind == "modal" => {
            source.wrong(position, "a modal is in the middle and has no `position`", None);
            return None;
        }
        Some(position) => choice(source, position, &[("top", ()), ("bottom", ())])?,
        None => {}
    }
    Some(kind)
}

/// The ids of the actions.
fn actions<'s>(source: &Source<'_>, node: Node<'s>) -> Option<Vec<&'s str>> {
    let Some(array) = node.as_array().filter(|array| array.elements.len() <= MOST) else {
        source.expected(node, &format!("a list of at most {MOST} actions"));
        return None;
    };
    let mut ids = Vec::new();
    for node in &array.elements {
        let fields = Fields::read(source, node, "an action", &ACTION)?;
        let id = source.string(fields.require(source, "id", "an action")?, "the id of the action")?;
        if ids.contains(&id) {
            source.wrong(node, format!("there is an action `{id}` already"), None);
        }
        let said = ["open", "track", "dismiss", "snooze"].into_iter().filter(|name| fields.has(name));
        if said.clone().count() == 0 {
            source.wrong(node, "an action does something: `open`, `track`, `dismiss` or `snooze`", None);
        }
        for name in said {
            let Some(node) = fields.get(name) else { continue };
            match name {
                "open" => url(source, node),
                "track" => drop(source.string(node, "the name of an event")),
                _ => drop(source.boolean(node)),
            }
        }
        ids.push(id);
    }
    Some(ids)
}

/// A link of a playbook leads to a page, and never runs a script.
fn url(source: &Source<'_>, node: Node<'_>) {
    let Some(text) = source.string(node, "where the action leads, a string") else { return };
    let scheme = text.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let scheme = scheme.filter(|scheme| !scheme.contains(['/', '?', '#']));
    if scheme.is_some_and(|scheme| !["https", "http", "mailto"].contains(&scheme.as_str())) {
        let message = format!("expected a path, or an address with https: or mailto:, found \"{text}\"");
        source.wrong(node, message, None);
    }
}

/// The names of the fields of a form.
fn form<'s>(source: &Source<'_>, node: Node<'s>) -> Option<Vec<&'s str>> {
    let fields = Fields::read(source, node, "a form", &FORM)?;
    let list = fields.require(source, "fields", "a form")?;
    let Some(array) = list.as_array().filter(|array| array.elements.len() <= MOST) else {
        source.expected(list, &format!("a list of at most {MOST} fields"));
        return None;
    };
    let mut names = Vec::new();
    for node in &array.elements {
        let fields = Fields::read(source, node, "a field", &FIELD)?;
        let name = source.string(fields.require(source, "name", "a field")?, "the name of the field")?;
        let chosen = choice(source, fields.require(source, "type", "a field")?, &FIELD_TYPES)?;
        options(source, &fields, chosen);
        if let Some(node) = fields.get("required") {
            source.boolean(node)?;
        }
        if let Some(node) = fields.get("prefill") {
            let path = source.string(node, "a trait such as \"user.email\"")?;
            if !path.starts_with("user.") && !path.starts_with("account.") {
                source.expected(node, "a trait such as \"user.email\"");
            }
        }
        names.push(name);
    }
    Some(names)
}

/// What there is to choose from, for a choice and nothing else.
fn options(source: &Source<'_>, field: &Fields<'_>, chosen: bool) {
    match (field.get("options"), chosen) {
        (None, false) => {}
        (Some(node), false) => source.wrong(node, "only a `choice` has `options`", None),
        (None, true) => {
            field.require(source, "options", "a choice");
        }
        (Some(node), true) => match node.as_array().filter(|array| !array.elements.is_empty()) {
            None => source.expected(node, "a list of texts to choose from"),
            Some(array) => {
                for element in &array.elements {
                    source.string(element, "a text");
                }
            }
        },
    }
}

/// The words of one language: something to read for each thing that is drawn.
fn words(source: &Source<'_>, node: Node<'_>, actions: &[&str], form: &[&str]) -> Option<()> {
    let fields = Fields::read(source, node, "the content", &CONTENT)?;
    source.string(fields.require(source, "title", "the content")?, "a text")?;
    for name in ["body", "submit", "consent", "thanks", "close"] {
        if let Some(node) = fields.get(name) {
            source.string(node, "a text");
        }
    }
    for (section, names, what) in [("actions", actions, "action"), ("fields", form, "field")] {
        let labels = fields.get(section).and_then(|node| Fields::open(source, node, "the labels"));
        for name in names {
            match labels.as_ref().and_then(|labels| labels.get(name)) {
                Some(node) => drop(source.string(node, "a label")),
                None => source.wrong(node, format!("the {what} `{name}` has no label in `{section}`"), None),
            }
        }
        for (property, _) in labels.iter().flat_map(Fields::entries) {
            let name = property.name.as_str();
            if !names.contains(&name) {
                let near = source.hint(name, names.iter().copied());
                source.wrong_name(property, format!("there is no {what} `{name}` to label"), near);
            }
        }
    }
    if !form.is_empty() {
        fields.require(source, "submit", "the content of a form");
        fields.require(source, "thanks", "the content of a form");
    }
    Some(())
}
