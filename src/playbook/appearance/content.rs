//! `content`: by language, something to read for each thing that is drawn.

use std::cell::Cell;

use crate::engine::Value;

use super::super::fields::{Fields, Names};
use super::super::known::Known;
use super::super::source::{Node, Source};
use super::drawn::Drawn;
use super::image;
use super::languages::{self, Written};
use super::words::{self, Style};

pub(in crate::playbook) const CONTENT: Names = Names::of(&[
    "title", "body", "image", "actions", "fields", "options", "steps", "submit", "consent", "thanks",
    "close", "next", "back", "done", "low", "high", "talk", "share", "copied", "sent", "kept",
]);
/// Of a step, and of what is shared.
pub(in crate::playbook) const PASSAGE: Names = Names::of(&["title", "body"]);

/// What is said, in all languages, of an appearance that has all else.
pub(super) fn read(
    source: &Source<'_>,
    known: &Known,
    node: Node<'_>,
    drawn: &Drawn<'_>,
    appearance: &Value,
) -> Option<Value> {
    let fields = Fields::open(source, node, "content, by language")?;
    let mut written = Vec::new();
    let mut whole = drawn.is_whole();
    // A language that cannot be read at all may have whatever is missing.
    let mut is_complete = true;
    if fields.entries().count() > languages::MOST {
        source.wrong(node, format!("there are words in more than {} languages", languages::MOST), None);
        return None;
    }
    for (property, node) in fields.entries() {
        let language = property.name.as_str();
        if let Err((message, hint)) = languages::read_tag(language) {
            source.wrong_name(property, message, hint);
            whole = false;
        }
        let reader = Reader { source, known, drawn, failed: Cell::new(false) };
        match reader.read(node) {
            Some(words) => written.push(Written { language, node, words }),
            None => is_complete = false,
        }
        whole &= !reader.failed.get();
    }
    whole &= is_complete;
    if written.is_empty() && is_complete && drawn.kind.is_some() && !drawn.is_headless() {
        source.expected(node, "the words of a language at least, such as {\"en\": {\"title\": \"…\"}}");
    }
    if is_complete {
        languages::require(source, &written, &drawn.required(), appearance);
    }
    if whole {
        languages::warn(source, &written, appearance);
    }
    let entries = written.into_iter().map(|each| (each.language.to_owned(), each.words)).collect();
    whole.then_some(Value::Map(entries))
}

/// Reads the words of one language.
struct Reader<'a, 's> {
    source: &'a Source<'s>,
    known: &'a Known,
    drawn: &'a Drawn<'a>,
    /// Something could not be read. A text stands there empty then: it is wrong, and not missing.
    failed: Cell<bool>,
}

impl Reader<'_, '_> {
    fn read(&self, node: Node<'_>) -> Option<Value> {
        let fields = Fields::read(self.source, node, "the content", &CONTENT)?;
        let mut words = Value::Map(Vec::new());
        for (property, node) in fields.entries() {
            let name = property.name.as_str();
            words.set(name.to_owned(), self.or_empty(self.part(name, node)));
        }
        Some(words)
    }

    fn or_empty(&self, read: Option<Value>) -> Value {
        self.failed.set(self.failed.get() || read.is_none());
        read.unwrap_or_else(|| Value::Text(String::new()))
    }

    fn part(&self, name: &str, node: Node<'_>) -> Option<Value> {
        let drawn = self.drawn;
        match name {
            "actions" => {
                let part = ("action", drawn.is_read("actions"));
                self.labels(node, part, &drawn.actions.ids, |node| self.label(node))
            }
            "fields" => {
                let part = ("field", drawn.is_read("form"));
                self.labels(node, part, &drawn.fields(), |node| self.label(node))
            }
            "steps" => {
                let part = ("step", drawn.is_read("steps"));
                self.labels(node, part, &drawn.steps, |node| self.passage(node, "the words of a step"))
            }
            "options" => {
                let choices = drawn.choices();
                let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
                let is_read = drawn.is_read("form") && drawn.is_read("question");
                self.by_name(node, ("choice", is_read), &names, |name, node| {
                    let options = choices.iter().find(|(known, _)| *known == name);
                    let options = options.map_or(&[][..], |(_, options)| options);
                    self.labels(node, ("option", is_read), options, |node| self.label(node))
                })
            }
            "share" => self.passage(node, "what is shared"),
            "image" => image::read(self.source, self.known, node),
            "body" | "consent" | "thanks" => self.text(node, "a text", Style::Rich),
            _ => self.text(node, "a text", Style::Plain),
        }
    }

    fn text(&self, node: Node<'_>, expected: &str, style: Style) -> Option<Value> {
        words::read(self.source, self.known, node, expected, style)
    }

    fn label(&self, node: Node<'_>) -> Option<Value> {
        self.text(node, "a label", Style::Plain)
    }

    /// A title, and perhaps more.
    fn passage(&self, node: Node<'_>, what: &str) -> Option<Value> {
        let fields = Fields::read(self.source, node, what, &PASSAGE)?;
        let mut words = Value::Map(Vec::new());
        for (name, style) in [("title", Style::Plain), ("body", Style::Rich)] {
            if let Some(node) = fields.get(name) {
                words.set(name.to_owned(), self.or_empty(self.text(node, "a text", style)));
            }
        }
        Some(words)
    }

    fn labels(
        &self,
        node: Node<'_>,
        part: (&str, bool),
        names: &[&str],
        read: impl Fn(Node<'_>) -> Option<Value>,
    ) -> Option<Value> {
        self.by_name(node, part, names, |_, node| read(node))
    }

    /// What is said of each of some things that have names, of which all are known or only some.
    fn by_name(
        &self,
        node: Node<'_>,
        (what, are_all): (&str, bool),
        names: &[&str],
        read: impl Fn(&str, Node<'_>) -> Option<Value>,
    ) -> Option<Value> {
        let fields = Fields::open(self.source, node, "the labels")?;
        let mut labels = Value::Map(Vec::new());
        for (property, node) in fields.entries() {
            let name = property.name.as_str();
            if are_all && !names.contains(&name) {
                let near = self.source.hint(name, names.iter().copied());
                self.source.wrong_name(property, format!("there is no {what} `{name}` to label"), near);
                self.failed.set(true);
                continue;
            }
            labels.set(name.to_owned(), self.or_empty(read(name, node)));
        }
        Some(labels)
    }
}
