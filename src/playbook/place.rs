//! Where in the document something is: by line and column, and by the names on the way to it.

use jsonc_parser::ast::Value;
use jsonc_parser::common::{Range, Ranged};

/// A place in the text, from which one goes on: counting from the start for each mistake would take its square.
#[derive(Default)]
pub(super) struct Place {
    at: usize,
    /// Counted from 0.
    pub(super) line: usize,
    /// In characters, counted from 0.
    pub(super) column: usize,
}

impl Place {
    pub(super) fn go_on(&mut self, text: &str, to: usize) {
        let between = text.get(self.at..to).unwrap_or_default();
        self.at = to;
        self.line += between.matches('\n').count();
        match between.rsplit_once('\n') {
            Some((_, line)) => self.column = line.chars().count(),
            None => self.column += between.chars().count(),
        }
    }
}

/// The path to what stands at an offset, for example `ladders.journey.rungs.1.when`.
pub(super) fn path_to(root: &Value<'_>, offset: usize) -> String {
    let (mut node, mut path) = (root, Vec::new());
    // Entries are in order: of those that begin at the offset or before it, the last.
    let is_around = |range: Range| (range.start..range.end).contains(&offset);
    loop {
        let next = match node {
            Value::Object(object) => {
                let after = object.properties.partition_point(|property| property.range().start <= offset);
                let property = after.checked_sub(1).and_then(|index| object.properties.get(index));
                property
                    .filter(|property| is_around(property.range()))
                    .map(|property| (property.name.as_str().to_owned(), &property.value))
            }
            Value::Array(array) => {
                let after = array.elements.partition_point(|element| element.range().start <= offset);
                let element =
                    after.checked_sub(1).and_then(|index| Some((index, array.elements.get(index)?)));
                element
                    .filter(|(_, element)| is_around(element.range()))
                    .map(|(index, element)| (index.to_string(), element))
            }
            _ => None,
        };
        let Some((name, child)) = next else { return path.join(".") };
        path.push(name);
        node = child;
    }
}
