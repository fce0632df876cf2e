//! Where what is drawn stands: in the nudge, and what a variant has of it there.

use super::super::fields::Fields;
use super::super::source::{Node, Source};

/// What is drawn.
pub(in crate::playbook) const PARTS: [&str; 6] =
    ["placement", "content", "actions", "form", "steps", "question"];

/// A nudge, or one of its variants, which says what differs.
pub(in crate::playbook) struct Parts<'a, 's> {
    pub(in crate::playbook) nudge: &'a Fields<'s>,
    pub(in crate::playbook) variant: Option<&'a Fields<'s>>,
}

impl<'s> Parts<'_, 's> {
    pub(super) fn get(&self, name: &str) -> Option<Node<'s>> {
        self.variant.and_then(|variant| variant.get(name)).or_else(|| self.nudge.get(name))
    }

    pub(super) fn require(&self, source: &Source<'_>, name: &str, what: &str) -> Option<Node<'s>> {
        self.get(name).or_else(|| self.nudge.require(source, name, what))
    }

    /// A part that is said here and not taken over: a variant cannot take away what its nudge has.
    pub(super) fn own(&self, name: &str) -> Option<Node<'s>> {
        self.variant.unwrap_or(self.nudge).get(name)
    }
}
