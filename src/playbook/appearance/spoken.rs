//! What of a person's view is spoken of by what is drawn: steps of a checklist, and placeholders. Pages need to have it.

use crate::engine::Value;

/// What is named, by where it stands in the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::playbook) enum Spoken<'a> {
    Signal(&'a str),
    Segment(&'a str),
    Score(&'a str),
    Ladder(&'a str),
}

/// Each name in the compiled appearance of a nudge or a variant.
pub(in crate::playbook) fn each<'a>(appearance: &'a Value, f: &mut dyn FnMut(Spoken<'a>)) {
    if let Some(Value::List(steps)) = appearance.get("steps") {
        for step in steps {
            if let Some(Value::Text(id)) = step.get("segment") {
                f(Spoken::Segment(id));
            }
            if let Some(Value::Text(name)) = step.get("signal") {
                f(Spoken::Signal(name));
            }
        }
    }
    appearance.get("content").into_iter().for_each(|content| texts(content, f));
}

/// Placeholders stand in lists of pieces, and nothing else does: labels are in maps, whatever they are called.
fn texts<'a>(words: &'a Value, f: &mut dyn FnMut(Spoken<'a>)) {
    match words {
        Value::Map(entries) => entries.iter().for_each(|(_, inner)| texts(inner, f)),
        Value::List(pieces) => pieces.iter().for_each(|piece| match (piece.get("of"), piece.get("or")) {
            (Some(Value::Text(path)), Some(_)) => at_path(path, f),
            _ => texts(piece, f),
        }),
        _ => {}
    }
}

fn at_path<'a>(path: &'a str, f: &mut dyn FnMut(Spoken<'a>)) {
    match path.split_once('.') {
        Some(("signals", name)) => f(Spoken::Signal(name)),
        Some(("stages", name)) => f(Spoken::Ladder(name)),
        Some(("scores", name)) => f(Spoken::Score(name)),
        _ => {}
    }
}
