//! What is found at a field, so far as the playbook tells: it says what may be compared with it.

use crate::engine::Form;

use super::super::near::list;

/// What is found at a field, as far as the playbook tells.
pub(in crate::playbook) enum Kind {
    /// Anything that JSON can say.
    Any,
    /// Nobody knows: the field is not there, or wrong itself. What a playbook defines is no list and no object at least.
    Unknown { is_defined: bool },
    /// A string, a number or a boolean.
    Scalar,
    /// A number.
    Number,
    /// A number of hours, which may be compared with a span.
    Hours,
    /// A string.
    Text,
    /// One of these.
    OneOf(Vec<String>),
    /// One of these rungs, from the bottom.
    Stage(Vec<String>),
}

impl Kind {
    pub(in crate::playbook) fn of_signal(form: &Form) -> Kind {
        match form {
            Form::Since | Form::Age | Form::Until(_) => Kind::Hours,
            Form::Last(_) => Kind::Scalar,
            _ => Kind::Number,
        }
    }

    pub(super) fn expected(&self) -> String {
        match self {
            Kind::Any | Kind::Unknown { is_defined: false } => "a value".into(),
            Kind::Scalar | Kind::Unknown { is_defined: true } => {
                "a string, a number, or `true` or `false`".into()
            }
            Kind::Number => "a number".into(),
            Kind::Hours => "a number of hours, or a length of time such as \"3d\"".into(),
            Kind::Text => "a string".into(),
            Kind::OneOf(names) | Kind::Stage(names) => {
                format!("one of {}", list(&names.iter().map(String::as_str).collect::<Vec<_>>()))
            }
        }
    }
}
