//! `image`: a picture, with what it shows in words, and its size, so that nothing jumps when it comes.

use crate::engine::Value;

use super::super::document::value;
use super::super::fields::{Fields, Names};
use super::super::known::Known;
use super::super::source::{Node, Source};
use super::address::{self, Leads};
use super::words::{self, Style};

pub(in crate::playbook) const IMAGE: Names = Names::of(&["src", "alt", "width", "height"]);
pub(in crate::playbook) const MOST_PIXELS: i32 = 16_384;
/// No page is wider or higher on the screens that people have.
const PAGE: i32 = 4_096;

/// As it is drawn.
pub(super) fn read(source: &Source<'_>, known: &Known, node: Node<'_>) -> Option<Value> {
    let fields = Fields::read(source, node, "an image", &IMAGE)?;
    let mut image = Value::Map(Vec::new());
    let mut whole = true;
    for name in IMAGE.known {
        let node = fields.require(source, name, "an image");
        match node.and_then(|node| part(source, known, name, node)) {
            Some(read) => image.set((*name).to_owned(), read),
            None => whole = false,
        }
    }
    whole.then_some(image)
}

fn part(source: &Source<'_>, known: &Known, name: &str, node: Node<'_>) -> Option<Value> {
    match name {
        "alt" => return words::read(source, known, node, "what the image shows, in words", Style::Plain),
        "src" => address::read(source, node, Leads::ToPicture),
        _ => {
            let pixels = source.integer(node, 1, MOST_PIXELS)?;
            if pixels > PAGE {
                let message = format!("{pixels} pixels are more than any page has: it is drawn smaller");
                source.warn(node, message, Some("give the size at which it is seen".into()));
            }
        }
    }
    value(source, node)
}
