//! The pieces of a text.

use crate::engine::Value;

use super::placeholder::{Format, Placeholder};

/// A piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Marked(Mark, Vec<Piece>),
    Link(Vec<Piece>, String),
    List(Vec<Vec<Piece>>),
    Break,
    Placeholder(Placeholder),
}

/// How words are set off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Strong,
    Emphasis,
    Code,
}

impl Mark {
    /// Before the words, and behind them.
    pub(super) const fn sign(self) -> &'static str {
        match self {
            Mark::Strong => "**",
            Mark::Emphasis => "*",
            Mark::Code => "`",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Mark::Strong => "strong",
            Mark::Emphasis => "em",
            Mark::Code => "code",
        }
    }
}

/// Adds a letter to the text at the end.
pub(super) fn write(pieces: &mut Vec<Piece>, letter: char) {
    match pieces.last_mut() {
        Some(Piece::Text(text)) => text.push(letter),
        _ => pieces.push(Piece::Text(letter.into())),
    }
}

/// As pages get it: a string where it is nothing but words.
pub(super) fn compiled(pieces: &[Piece]) -> Value {
    match pieces {
        [] => Value::Text(String::new()),
        [Piece::Text(text)] => Value::Text(text.clone()),
        _ => list(pieces),
    }
}

fn list(pieces: &[Piece]) -> Value {
    Value::List(pieces.iter().map(one).collect())
}

fn one(piece: &Piece) -> Value {
    let map = |entries: Vec<(&str, Value)>| {
        Value::Map(entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    };
    match piece {
        Piece::Text(text) => Value::Text(text.clone()),
        Piece::Marked(mark, inner) => map(vec![(mark.name(), list(inner))]),
        Piece::Link(inner, address) => map(vec![("a", list(inner)), ("href", Value::Text(address.clone()))]),
        Piece::List(items) => map(vec![("ul", Value::List(items.iter().map(|item| list(item)).collect()))]),
        Piece::Break => map(vec![("br", Value::Bool(true))]),
        Piece::Placeholder(Placeholder { of, or, format, .. }) => {
            let mut entries = vec![("of", Value::Text(of.clone())), ("or", Value::Text(or.clone()))];
            entries.extend(format.iter().map(|format| ("as", Value::Text(format.name().to_owned()))));
            if let Some(Format::Plural(forms)) = format {
                let forms = forms.iter().map(|(category, form)| (*category, Value::Text(form.clone())));
                entries.push(("forms", map(forms.collect())));
            }
            map(entries)
        }
    }
}
