//! What placeholders speak of: it has to be there, and fit how it is written.

use std::cell::Cell;

use crate::engine::Form;

use super::super::super::known::Known;
use super::super::super::near::nearest;
use super::super::super::source::{Node, Source};
use super::MOST;
use super::placeholder::{Format, Placeholder};

/// What of the view a text may show.
const HEADS: [&str; 5] = ["user", "account", "signals", "stages", "scores"];
const EXPECTED: &str = "`user.…`, `account.…`, `signals.NAME`, `stages.LADDER` or `scores.NAME`";

/// Whether all that is spoken of is known.
pub(super) fn check(
    source: &Source<'_>,
    known: &Known,
    node: Node<'_>,
    placeholders: &[Placeholder],
) -> bool {
    let names = Names { source, known, node, warned: Cell::new(0) };
    let mut wrong = 0;
    for placeholder in placeholders {
        if wrong < MOST {
            wrong += usize::from(names.check(placeholder).is_none());
        }
    }
    wrong == 0
}

struct Names<'a, 's> {
    source: &'a Source<'s>,
    known: &'a Known,
    node: Node<'a>,
    warned: Cell<usize>,
}

impl Names<'_, '_> {
    fn check(&self, placeholder: &Placeholder) -> Option<()> {
        let Names { source, known, node, .. } = self;
        let Placeholder { at, of, format, .. } = placeholder;
        let (head, rest) = of.split_once('.').unwrap_or((of, ""));
        let wrong = |message: String, hint: Option<String>| {
            source.wrong_within(node, *at, message, hint);
            None
        };
        let missing = |what: &str, near: Option<String>| match known.broken.contains(rest) {
            true => None,
            false => wrong(format!("there is no {what} `{rest}`"), near),
        };
        if !HEADS.contains(&head) || rest.split('.').any(str::is_empty) {
            let near = nearest(head, HEADS).filter(|near| *near != head);
            let hint =
                near.map_or_else(|| format!("there is {EXPECTED}"), |near| format!("did you mean `{near}`?"));
            return wrong(format!("a text cannot show `{of}`"), Some(hint));
        }
        match head {
            "signals" => match known.signals.get(rest) {
                Some((.., form)) => self.warn_of_date(placeholder, form),
                None => return missing("signal", source.hint(rest, known.written.signals.names())),
            },
            "stages" => {
                if known.ladders.get(rest).is_none() {
                    return missing("ladder", source.hint(rest, known.written.ladders.names()));
                }
                if let Some(format) = format {
                    self.warn(
                        placeholder,
                        format!("a stage is a word, and never a {}: its default is drawn", format.name()),
                    );
                }
            }
            "scores" => {
                if known.scores.get(rest).is_none() {
                    return missing("score", source.hint(rest, known.written.scores.names()));
                }
                if matches!(format, Some(Format::Date)) {
                    self.warn(placeholder, "a score is points, and no date".to_owned());
                }
            }
            _ => {}
        }
        Some(())
    }

    /// A property may be a date. What is counted is none.
    fn warn_of_date(&self, placeholder: &Placeholder, form: &Form) {
        let is_property = matches!(form, Form::Last(_) | Form::Max(..) | Form::Min(..) | Form::Sum(..));
        if !is_property && matches!(placeholder.format, Some(Format::Date)) {
            self.warn(
                placeholder,
                format!("`{}` is a count or a length of time, and no date", placeholder.of),
            );
        }
    }

    fn warn(&self, placeholder: &Placeholder, message: String) {
        self.warned.update(|warned| warned + 1);
        if self.warned.get() > MOST {
            return;
        }
        self.source.warn_within(self.node, placeholder.at, message, None);
    }
}
