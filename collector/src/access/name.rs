//! What people call a token, a write key or a revision.

use std::fmt;

use crate::limits;

/// A short text on one line, perhaps empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name(String);

/// A text that is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongName {
    /// With its length in bytes.
    TooLong(usize),
    /// A terminal would obey what is in it.
    Control,
}

impl Name {
    /// Takes a text that is one.
    ///
    /// # Errors
    /// See [`WrongName`].
    pub fn new(text: &str) -> Result<Name, WrongName> {
        let text = text.trim();
        if text.len() > limits::NAME_BYTES {
            return Err(WrongName::TooLong(text.len()));
        }
        if text.chars().any(char::is_control) {
            return Err(WrongName::Control);
        }
        Ok(Name(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for WrongName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WrongName::TooLong(found) => {
                write!(out, "it has {found} bytes; at most {} are taken", limits::NAME_BYTES)
            }
            WrongName::Control => out.write_str("it has a control character in it"),
        }
    }
}

impl std::error::Error for WrongName {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_short_line() {
        assert_eq!(Name::new("  sales dashboard ").unwrap().as_str(), "sales dashboard");
        assert_eq!(Name::new("").unwrap(), Name::default());
        assert_eq!(Name::new("\u{1b}[2J"), Err(WrongName::Control));
        assert_eq!(Name::new(&"x".repeat(500)), Err(WrongName::TooLong(500)));
    }
}
