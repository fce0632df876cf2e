//! What conditions on properties are about: those of an event (`where`), those of an element of a list (`$elemMatch`).

use super::condition::{Document, Drift, Seen};
use super::field::Field;

/// The properties in a value; the empty path is the value itself.
pub(super) struct Inside<'a>(pub(super) Seen<'a>);

impl Document for Inside<'_> {
    fn seen(&self, field: &Field) -> Seen<'_> {
        match (field, self.0) {
            (Field::Property(path), Seen::Tree(value)) => Seen::of(value.at(path)),
            (Field::Property(path), seen) if path.is_empty() => seen,
            _ => Seen::Absent,
        }
    }

    fn drift(&self, _: &Field, _: &mut dyn FnMut(Seen<'_>) -> bool) -> Drift {
        Drift::Still
    }
}
