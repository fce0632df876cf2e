//! The forms that are not about events: a time that a trait holds, a ratio, the members of an account.

use crate::engine::{DEEPEST_RATIO, Field, Form, Owner, Scope};

use super::super::compile::Draft;
use super::super::condition::{self, Reach};
use super::super::fields::Fields;
use super::super::known::{Known, add};
use super::super::possible;
use super::super::source::{Node, Source};

/// Of what comes with the other forms, nothing belongs to these.
pub(in crate::playbook) const OTHERS: [&str; 5] = ["of", "span", "within", "ago", "without"];

pub(super) fn read(
    source: &Source<'_>,
    draft: &mut Draft<'_>,
    id: &str,
    form: &str,
    fields: &Fields<'_>,
    value: Node<'_>,
    written: Option<Scope>,
) -> Option<()> {
    let mut whole = true;
    // Where it is written wrong, a person's, who sees the most.
    let scope = written.unwrap_or(Scope::Person);
    for (name, node) in OTHERS.into_iter().filter_map(|name| Some((name, fields.get(name)?))) {
        source.wrong(node, format!("`{form}` is not about events and takes no `{name}`"), None);
        whole = false;
    }
    let form = match form {
        "until" => Form::Until(of_trait(source, scope, value)?),
        "ratio" => ratio(source, draft, scope, value)?,
        _ if written == Some(Scope::Person) => {
            let message = "`members` counts the persons of an account, and this signal is a person's";
            source.wrong(value, message, Some("give it `\"scope\": \"account\"`".into()));
            return None;
        }
        // It may name whatever is defined later: `read_members` comes back to it.
        _ => Form::Members,
    };
    whole &= written.is_some();
    if whole {
        super::define(source, draft, id, fields.node, scope, (form, Vec::new(), None));
    }
    whole.then_some(())
}

/// What the accounts count their members by, when all that a person has is known.
pub(in super::super) fn read_members(source: &Source<'_>, draft: &mut Draft<'_>, signals: &Fields<'_>) {
    for (property, node) in signals.entries() {
        let name = property.name.as_str();
        let value = node.as_object().and_then(|object| {
            object
                .properties
                .iter()
                .find(|property| property.name.as_str() == "members")
                .map(|property| &property.value)
        });
        let known = draft.known.signals.get(name).filter(|(_, _, _, form)| *form == Form::Members);
        let signal = known.map(|(_, _, signal, _)| *signal);
        // What else is wrong with the signal does not hide what is wrong in it.
        let Some(value) = value.filter(|_| signal.is_some() || draft.known.broken.contains(name)) else {
            continue;
        };
        let condition = condition::read(source, &draft.known, Reach::View(Scope::Person), value);
        if let (Some(signal), Some(condition)) = (signal, condition) {
            possible::warn(source, &draft.known, value, &condition, "this counts nobody, ever");
            let definitions = draft.of(Scope::Person);
            let when = add(definitions, condition, Owner::Members);
            definitions.members.push((when, signal));
        }
    }
}

/// `user.…` or `account.…`
fn of_trait(source: &Source<'_>, scope: Scope, node: Node<'_>) -> Option<Field> {
    const EXPECTED: &str = "the path of a trait, such as \"user.trial_ends\" or \"account.renews\"";
    let path = trait_path(source.string(node, EXPECTED)?);
    if path.is_none() {
        source.expected(node, EXPECTED);
    }
    seen_by(source, scope, path?, node)
}

/// An account sees no trait of a person.
fn seen_by(source: &Source<'_>, scope: Scope, field: Field, node: Node<'_>) -> Option<Field> {
    if let (Scope::Account, Field::Trait(Scope::Person, _)) = (scope, &field) {
        source.wrong(node, "what is of an account does not see `user`", None);
        return None;
    }
    Some(field)
}

fn trait_path(text: &str) -> Option<Field> {
    let (head, rest) = text.split_once('.')?;
    let path: Vec<String> = rest.split('.').map(str::to_owned).collect();
    let whole = path.iter().all(|key| !key.is_empty());
    match head {
        "user" if whole => Some(Field::Trait(Scope::Person, path)),
        "account" if whole => Some(Field::Trait(Scope::Account, path)),
        _ => None,
    }
}

fn ratio(source: &Source<'_>, draft: &Draft<'_>, scope: Scope, node: Node<'_>) -> Option<Form> {
    let parts = node.as_array().map(|array| array.elements.as_slice());
    let Some([one, other]) = parts else {
        source.expected(
            node,
            "a list of two: each the name of a signal written earlier, or the path of a trait",
        );
        return None;
    };
    let (one, other) = (part(source, &draft.known, scope, one), part(source, &draft.known, scope, other));
    let (one, other) = one.zip(other)?;
    let form = Form::Ratio(one, other);
    if depth(draft, &form) > usize::from(DEEPEST_RATIO) {
        source.wrong(node, format!("ratios of ratios go {DEEPEST_RATIO} deep at the most"), None);
        return None;
    }
    Some(form)
}

fn part(source: &Source<'_>, known: &Known, scope: Scope, node: Node<'_>) -> Option<Field> {
    let name = source.string(node, "the name of a signal written earlier, or the path of a trait")?;
    if let Some(field) = trait_path(name) {
        return seen_by(source, scope, field, node);
    }
    match known.signals.get(name) {
        Some((_, Scope::Person, ..)) if scope == Scope::Account => {
            let message = format!("the signal `{name}` is a person's: what is of an account does not see it");
            source.wrong(node, message, None);
            None
        }
        Some((_, of, index, _)) => Some(Field::Signal(*of, *index)),
        None if known.broken.contains(name) => None,
        None if known.written.signals.has(name) => {
            let message =
                format!("the signal `{name}` is not known here: a ratio is of signals written before it");
            source.wrong(node, message, None);
            None
        }
        None => {
            let near = source.hint(name, known.written.signals.names());
            source.wrong(node, format!("there is no signal `{name}`"), near);
            None
        }
    }
}

/// How many ratios one goes through to its last part.
fn depth(draft: &Draft<'_>, form: &Form) -> usize {
    let Form::Ratio(one, other) = form else { return 0 };
    let of = |field: &Field| match field {
        Field::Signal(of, index) => {
            let signal = draft.known.of(*of).signals.get(usize::from(*index));
            signal.map_or(0, |signal| depth(draft, &signal.form))
        }
        _ => 0,
    };
    1 + of(one).max(of(other))
}
