//! The forms of a signal: which value it is (`semantics.md` §3).

use super::units::{Join, ranked};
use crate::engine::exact::nearest;
use crate::engine::field::Field;
use crate::engine::time::{Span, Window};
use crate::engine::wire::wire_enum;

/// The forms of a signal. A path goes into the properties of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Number of events, for ever or in a window.
    Count(Option<Window>),
    /// Number of distinct days, for ever or in a window.
    Days(Option<Window>),
    /// Number of distinct values, and the most that are remembered.
    Distinct(Part, u32, Option<Window>),
    /// Exact sum of the numbers at a path.
    Sum(Vec<String>, Option<Window>),
    /// Largest of the numbers at a path.
    Max(Vec<String>, Option<Window>),
    /// Smallest of the numbers at a path.
    Min(Vec<String>, Option<Window>),
    /// Number of completed runs; none of them longer than the span.
    Sequence(Option<Span>, Option<Window>),
    /// Newest scalar at a path.
    Last(Vec<String>),
    /// Hours since the last event.
    Since,
    /// Hours since the first event.
    Age,
    /// Hours until the time that a trait holds; negative once it is past. Of no events, and nothing is remembered.
    Until(Field),
    /// The first by the second: signals that were written earlier, or traits.
    Ratio(Field, Field),
    /// How many persons of the account meet a condition; whoever folds the persons keeps count.
    Members,
}

/// The part of an event of which a signal counts the distinct values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A scalar in its properties.
    Property(Vec<String>),
    /// `context.sessionId`
    Session,
    /// Whose it is.
    Person,
}

impl Form {
    /// The window, if it has one.
    pub fn window(&self) -> Option<Window> {
        match self {
            Form::Count(window)
            | Form::Days(window)
            | Form::Distinct(_, _, window)
            | Form::Sum(_, window)
            | Form::Max(_, window)
            | Form::Min(_, window)
            | Form::Sequence(_, window) => *window,
            _ => None,
        }
    }

    /// Where in the properties of an event its number or scalar is; of the others nowhere in particular.
    pub(super) fn path(&self) -> &[String] {
        match self {
            Form::Distinct(Part::Property(path), ..)
            | Form::Sum(path, _)
            | Form::Max(path, _)
            | Form::Min(path, _)
            | Form::Last(path) => path,
            _ => &[],
        }
    }

    /// How two amounts become one.
    pub(super) fn join(&self) -> Join {
        match self {
            Form::Days(_) => Join::Days,
            Form::Max(..) => Join::Largest,
            Form::Min(..) => Join::Smallest,
            _ => Join::Sum,
        }
    }

    /// The value that follows from what is inside the window; none of those that do not add up.
    pub(super) fn number(&self, inside: Option<i128>) -> Option<f64> {
        match self {
            Form::Sum(..) => Some(nearest(inside.unwrap_or_default())),
            Form::Max(..) | Form::Min(..) => inside.map(|rank| ranked(rank as i64)),
            // Not remembered but looked up (`Sight`), the latter two; of the others nothing has happened.
            Form::Last(_) | Form::Since | Form::Age | Form::Until(_) | Form::Ratio(..) => None,
            _ => Some(inside.unwrap_or_default() as i64 as f64),
        }
    }
}

wire_enum!(Form or Form::Since, {
    0 => Count(window),
    1 => Days(window),
    2 => Since,
    3 => Age,
    4 => Distinct(part, most, window),
    5 => Sum(path, window),
    6 => Max(path, window),
    7 => Min(path, window),
    8 => Sequence(span, window),
    9 => Last(path),
    10 => Until(field),
    11 => Ratio(one, other),
    12 => Members,
});
wire_enum!(Part or Part::Session, { 0 => Property(path), 1 => Session, 2 => Person });
