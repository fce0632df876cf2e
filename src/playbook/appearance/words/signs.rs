//! The signs that mean something, and how one takes its meaning from them.

use super::Style;

/// Between `{{` and `}}`.
pub(super) const OF_PLACEHOLDER: &str = "\\{}|();=#";
/// Of an address.
pub(super) const OF_ADDRESS: &str = "\\()";

impl Style {
    /// What a backslash takes the meaning of. Before anything else it is itself.
    pub(super) const fn signs(self) -> &'static str {
        match self {
            Style::Plain => "\\{}",
            Style::Rich => "\\{}*`[]()-",
        }
    }
}

/// The sign that a text begins with, if a backslash takes its meaning.
pub(super) fn escaped(text: &str, signs: &str) -> Option<char> {
    text.strip_prefix('\\')?.chars().next().filter(|sign| signs.contains(*sign))
}
