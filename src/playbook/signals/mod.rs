//! Signals: which value, of which events, in which window.

mod fits;
mod form;
mod looked_up;

use crate::engine::{Form, Matcher, Scope, Signal, Unit, Window, fnv1a};

use super::compile::Draft;
use super::events;
use super::fields::{Fields, Names};
use super::near::list;
use super::source::{Node, Source};
use super::spans;

pub(in crate::playbook) const FORMS: [&str; 15] = [
    "count", "days", "sessions", "distinct", "people", "sum", "max", "min", "sequence", "last", "since",
    "age", "until", "members", "ratio",
];
pub(in crate::playbook) const NAMES: Names = Names::of(&[
    "count", "days", "sessions", "distinct", "people", "sum", "max", "min", "sequence", "last", "since",
    "age", "until", "members", "ratio", "of", "span", "within", "ago", "without", "scope",
]);

/// The forms that are not about events.
pub(in crate::playbook) const LOOKED_UP: [&str; 3] = ["until", "members", "ratio"];

pub(super) fn read(source: &Source<'_>, draft: &mut Draft<'_>, id: &str, node: Node<'_>) -> Option<()> {
    let fields = Fields::read(source, node, "a signal", &NAMES)?;
    let scope = scope(source, &fields);
    let forms: Vec<_> = FORMS.into_iter().filter_map(|form| Some((form, fields.get(form)?))).collect();
    // Each of these is looked at whether or not another is wrong, so that all mistakes are found in one go.
    let (form, value) = match forms.as_slice() {
        [(form, value)] if LOOKED_UP.contains(form) => {
            return looked_up::read(source, draft, id, form, &fields, value, scope);
        }
        [one] => *one,
        _ => {
            not_one(source, draft, &fields, &forms);
            return None;
        }
    };
    let fits = fits::check(source, &fields, form, scope);
    let window = if fits.window { spans::window(source, &fields) } else { None };
    let whole_window = window.is_some() || !fields.has("within");
    let read = form::read(source, draft, &fields, form, value);
    let without = without(source, draft, &fields);
    let (scope, (reading, without)) = scope.zip(read.zip(without)).filter(|_| fits.all && whole_window)?;
    if let (Scope::Account, Some(Window { unit: Unit::Hours, length: 1, ago: 0 })) = (scope, window) {
        let message = "an account is evaluated at the start of an hour, which sees nothing of that hour";
        source.warn(fields.get("within").unwrap_or(node), message, Some("take at least \"2h\"".into()));
    }
    let (form, of) = reading.of(scope, window);
    define(source, draft, id, node, scope, (form, of, without));
    Some(())
}

/// A signal of no form, or of several: what else is wrong with it does not wait until that is decided.
fn not_one(source: &Source<'_>, draft: &Draft<'_>, fields: &Fields<'_>, forms: &[(&'static str, Node<'_>)]) {
    match forms {
        [(form, _), (other, second), ..] => {
            let message = format!("a signal is one value: it has `{form}` already, and `{other}`");
            source.wrong(second, message, None);
        }
        _ => source.wrong(fields.node, format!("a signal needs one of {}", list(&FORMS)), None),
    }
    for (form, value) in forms.iter().filter(|(form, _)| !LOOKED_UP.contains(form)) {
        form::read(source, draft, fields, form, value);
    }
    spans::window(source, fields);
    without(source, draft, fields);
}

fn without(source: &Source<'_>, draft: &Draft<'_>, fields: &Fields<'_>) -> Option<Option<Matcher>> {
    let read = |node| events::matcher(source, &draft.names, &draft.known, node).map(Some);
    fields.get("without").map_or(Some(None), read)
}

/// Puts a signal in its place.
fn define(
    source: &Source<'_>,
    draft: &mut Draft<'_>,
    id: &str,
    node: Node<'_>,
    scope: Scope,
    (form, of, without): (Form, Vec<Matcher>, Option<Matcher>),
) {
    let definition = fnv1a(source.canonical(node).as_bytes());
    let definitions = draft.of(scope);
    definitions.signals.push(Signal { name: id.to_owned(), definition, form: form.clone(), of, without });
    let index = (definitions.signals.len() - 1) as u16;
    draft.known.signals.push((id.to_owned(), scope, index, form));
}

pub(super) use fits::WITH_OF;
#[cfg(feature = "schema")]
pub(super) use fits::WITHOUT_WINDOW;
#[cfg(feature = "schema")]
pub(super) use looked_up::OTHERS;
pub(super) use looked_up::read_members;

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
