//! What a nudge points at: an element of the page, on which side of it, and how long it waits for it.

use super::super::moments::choice;
use super::super::source::{Node, Source};
use super::selector;

/// `start` and `end` follow the writing direction.
pub(in crate::playbook) const SIDES: [(&str, ()); 4] =
    [("bottom", ()), ("top", ()), ("start", ()), ("end", ())];
/// Whoever comes later has something else on their mind.
pub(in crate::playbook) const MOST_SECONDS: i32 = 60;

/// Reads `anchor`, `side` or `wait`.
pub(super) fn read(source: &Source<'_>, name: &str, node: Node<'_>) {
    match name {
        "anchor" => drop(selector::read(source, node)),
        "side" => drop(choice(source, node, &SIDES)),
        _ => drop(source.integer(node, 0, MOST_SECONDS)),
    }
}
