//! Segments: who somebody is.

use crate::engine::Segment;

use super::compile::Draft;
use super::condition::{self, Reach};
use super::fields::{Fields, Names};
use super::known::add;
use super::signals::scope;
use super::source::{Node, Source};

const NAMES: Names = Names { known: &["when", "scope"], not_yet: &["success"] };

pub(super) fn read(source: &Source<'_>, draft: &mut Draft, id: &str, node: Node<'_>) -> Option<()> {
    let fields = Fields::read(source, node, "a segment", &NAMES)?;
    let scope = scope(source, &fields)?;
    let when = fields.require(source, "when", "a segment")?;
    let condition = condition::read(source, &draft.known, Reach::View(scope), when)?;
    let written = draft.known.segments.len() as u16;
    let definitions = draft.of(scope);
    let when = add(definitions, condition);
    definitions.segments.push(Segment { id: id.to_owned(), written, when });
    let index = (definitions.segments.len() - 1) as u16;
    draft.known.segments.push((id.to_owned(), scope, index));
    Some(())
}
