//! Signals: which number, of which events, in which window.

use crate::engine::{Form, Scope, Signal, Unit, Window, fnv1a};

use super::compile::Draft;
use super::events;
use super::fields::{Fields, Names};
use super::near::list;
use super::source::{Node, Source};
use super::spans;

const FORMS: [&str; 4] = ["count", "days", "since", "age"];
const NAMES: Names = Names {
    known: &["count", "days", "since", "age", "within", "ago", "without", "scope"],
    not_yet: &[
        "sessions", "distinct", "of", "people", "sum", "max", "min", "sequence", "span", "last", "until",
        "members", "ratio",
    ],
};

pub(super) fn read(source: &Source<'_>, draft: &mut Draft<'_>, id: &str, node: Node<'_>) -> Option<()> {
    let fields = Fields::read(source, node, "a signal", &NAMES)?;
    let scope = scope(source, &fields)?;
    let mut forms = FORMS.into_iter().filter_map(|form| Some((form, fields.get(form)?)));
    let Some((form, of)) = forms.next() else {
        // What is not there yet has been said already.
        if !NAMES.not_yet.iter().any(|name| fields.has(name)) {
            source.wrong(node, format!("a signal needs one of {}", list(&FORMS)), None);
        }
        return None;
    };
    if let Some((other, second)) = forms.next() {
        source.wrong(second, format!("a signal is one number: it has `{form}` already, and `{other}`"), None);
        return None;
    }
    let of = events::matcher(source, &draft.names, &draft.known, of)?;
    let without = match fields.get("without") {
        Some(node) => Some(events::matcher(source, &draft.names, &draft.known, node)?),
        None => None,
    };
    let window = spans::window(source, &fields);
    if fields.has("within") && window.is_none() {
        return None;
    }
    let form = match form {
        "count" => Form::Count(window),
        "days" => Form::Days(window),
        form => {
            if let Some(within) = fields.get("within") {
                let message = format!("`{form}` looks at all of the past and takes no `within`");
                source.wrong(
                    within,
                    message,
                    Some("compare it in a condition instead, as in {\"$lte\": \"7d\"}".into()),
                );
                return None;
            }
            if form == "since" { Form::Since } else { Form::Age }
        }
    };
    if let (Scope::Account, Some(Window { unit: Unit::Hours, length: 1, ago: 0 })) = (scope, window) {
        let message = "an account is evaluated at the start of an hour, which sees nothing of that hour";
        source.warn(fields.get("within").unwrap_or(node), message, Some("take at least \"2h\"".into()));
    }
    let definition = fnv1a(source.canonical(node).as_bytes());
    let definitions = draft.of(scope);
    definitions.signals.push(Signal { name: id.to_owned(), definition, form, of, without });
    let index = (definitions.signals.len() - 1) as u16;
    draft.known.signals.push((id.to_owned(), scope, index, form));
    Some(())
}

/// `"scope": "account"`, or a person's.
pub(super) fn scope(source: &Source<'_>, fields: &Fields<'_>) -> Option<Scope> {
    let Some(node) = fields.get("scope") else { return Some(Scope::Person) };
    match node.as_string_lit().map(|text| text.value.as_ref()) {
        Some("account") => Some(Scope::Account),
        Some("person") => Some(Scope::Person),
        _ => {
            source.expected(node, "\"account\" (or \"person\", which is the default)");
            None
        }
    }
}
