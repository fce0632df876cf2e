//! The form of a signal, and the events that it is about.

use crate::engine::{Form, Matcher, Part, Scope, Span, Window};

use super::super::compile::Draft;
use super::super::events;
use super::super::fields::Fields;
use super::super::source::{Node, Source};
use super::super::spans;

/// Values that `distinct`, `sessions` and `people` remember.
const OF_A_PERSON: u32 = 1_024;
const OF_AN_ACCOUNT: u32 = 100_000;

/// What a signal says of its value, but for the window and the scope.
pub(super) struct Reading<'f> {
    form: &'f str,
    /// Of the forms that look at a property.
    path: Vec<String>,
    span: Option<Span>,
    of: Vec<Matcher>,
}

pub(super) fn read<'f>(
    source: &Source<'_>,
    draft: &Draft<'_>,
    fields: &Fields<'_>,
    form: &'f str,
    value: Node<'_>,
) -> Option<Reading<'f>> {
    let events = |node| events::matcher(source, &draft.names, &draft.known, node);
    let one = |matcher: Option<Matcher>| matcher.map(|matcher| vec![matcher]);
    let (path, of) = match form {
        // That `of` is missing has been said.
        "distinct" | "sum" | "max" | "min" | "last" => {
            (path(source, value), one(fields.get("of").and_then(events)))
        }
        "sequence" => (Some(Vec::new()), steps(source, draft, value)),
        _ => (Some(Vec::new()), one(events(value))),
    };
    let span = fields.get("span").filter(|_| form == "sequence");
    let span = span.map_or(Some(None), |node| spans::span(source, node).map(Some));
    Some(Reading { form, path: path?, span: span?, of: of? })
}

impl Reading<'_> {
    pub(super) fn of(self, scope: Scope, window: Option<Window>) -> (Form, Vec<Matcher>) {
        let most = match scope {
            Scope::Person => OF_A_PERSON,
            Scope::Account => OF_AN_ACCOUNT,
        };
        let form = match self.form {
            "count" => Form::Count(window),
            "days" => Form::Days(window),
            "sessions" => Form::Distinct(Part::Session, most, window),
            "distinct" => Form::Distinct(Part::Property(self.path), most, window),
            "people" => Form::Distinct(Part::Person, most, window),
            "sum" => Form::Sum(self.path, window),
            "max" => Form::Max(self.path, window),
            "min" => Form::Min(self.path, window),
            "sequence" => Form::Sequence(self.span, window),
            "last" => Form::Last(self.path),
            "since" => Form::Since,
            _ => Form::Age,
        };
        (form, self.of)
    }
}

/// A dotted path into the properties of an event.
fn path(source: &Source<'_>, node: Node<'_>) -> Option<Vec<String>> {
    let text = source.string(node, "the name of a property, or a dotted path into the properties")?;
    let path: Vec<String> = text.split('.').map(str::to_owned).collect();
    if path.iter().any(String::is_empty) {
        source.wrong(node, format!("the path \"{text}\" has a key without a name"), None);
        return None;
    }
    if let [root, rest @ ..] = path.as_slice()
        && root == "properties"
        && !rest.is_empty()
    {
        let hint = format!("write \"{}\", unless they have a key `properties`", rest.join("."));
        source.warn(node, "the path begins inside the properties of the event", Some(hint));
    }
    Some(path)
}

/// The steps of a sequence.
fn steps(source: &Source<'_>, draft: &Draft<'_>, node: Node<'_>) -> Option<Vec<Matcher>> {
    let Some(array) = node.as_array() else {
        source.expected(node, "a list of steps, each the events that do it");
        return None;
    };
    let steps: Vec<_> =
        array.elements.iter().map(|step| events::matcher(source, &draft.names, &draft.known, step)).collect();
    if steps.len() < 2 {
        let found = if steps.is_empty() { "none" } else { "one" };
        let message = format!("a sequence has two steps at least, this one has {found}");
        source.wrong(node, message, Some("single events are counted by `count`".into()));
        return None;
    }
    steps.into_iter().collect()
}
