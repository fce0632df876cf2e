//! Texts that people read: taken apart here, once, so that no page parses any.
//!
//! A text has placeholders (`placeholder`, `plural`) and, where there is room for more than a line, a tiny markup
//! (`markup`). It never has HTML: `<b>` is text. It becomes a list of pieces (`piece`), or a string where it is nothing but
//! words. What a placeholder speaks of has to be defined (`names`).

mod fault;
mod markup;
mod names;
mod piece;
mod placeholder;
mod plural;
mod signs;

#[cfg(test)]
mod tests;

use crate::engine::Value;

use super::super::known::Known;
use super::super::source::{Node, Source};
use markup::Parsed;
use piece::compiled;

/// What a text may have besides words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Placeholders: a title, a label.
    Plain,
    /// Placeholders and markup.
    Rich,
}

/// Of one text that many mistakes of each sort are said, and that many warnings.
const MOST: usize = 10;

/// In characters: no nudge has room for more.
pub(in crate::playbook) const LONGEST: usize = 10_000;

/// A text as it is drawn.
pub(super) fn read(
    source: &Source<'_>,
    known: &Known,
    node: Node<'_>,
    expected: &str,
    style: Style,
) -> Option<Value> {
    let text = source.string(node, expected)?;
    if text.chars().nth(LONGEST).is_some() {
        source.wrong(node, format!("this is longer than {LONGEST} characters: nobody reads that"), None);
        return None;
    }
    let Parsed { pieces, placeholders, faults, doubts } = markup::parse(text, style);
    for doubt in doubts.into_iter().take(MOST) {
        source.warn_within(node, doubt.at, doubt.message, doubt.hint);
    }
    let is_read = faults.is_empty();
    for fault in faults {
        source.wrong_within(node, fault.at, fault.message, fault.hint);
    }
    let are_known = names::check(source, known, node, &placeholders);
    (is_read && are_known).then(|| compiled(&pieces))
}
