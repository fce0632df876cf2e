//! Languages: how they are written, who falls back to which, and what one lacks that another has.

mod built_in;
mod missing;
mod report;
mod tag;

use crate::engine::Nudge;

use super::super::fields::property;
use super::super::source::{Node, Source};

pub(in crate::playbook) use missing::{Required, Written, require, warn};
pub use report::{NudgeWords, Words, words};
#[cfg(feature = "schema")]
pub(in crate::playbook) use tag::PATTERN;
pub(in crate::playbook) use tag::{bases, read as read_tag};

/// Of a nudge, and of the policy: nobody translates into more.
pub(in crate::playbook) const MOST: usize = 100;

/// The languages that everybody falls back to, if the policy says which.
pub(in crate::playbook) fn of_policy(source: &Source<'_>, policy: Option<Node<'_>>) -> Option<Vec<String>> {
    let node = property(policy?, "languages")?;
    let expected = format!("a list of 1 to {MOST} languages, such as [\"en\", \"de\"]");
    let (nodes, fits) = source.list(node, &expected, 1..=MOST);
    let mut languages: Vec<String> = Vec::new();
    for element in nodes {
        let Some(text) = source.string(element, tag::EXPECTED) else { continue };
        if let Err(message) = tag::read(text) {
            source.wrong(element, message.0, message.1);
        }
        if languages.iter().any(|before| before == text) {
            source.wrong(element, format!("there is `{text}` already"), None);
        }
        languages.push(text.to_owned());
    }
    fits.then_some(languages)
}

/// Warns of languages of the policy in which nothing is written.
pub(in crate::playbook) fn warn_of_idle(source: &Source<'_>, policy: Option<Node<'_>>, nudges: &[Nudge]) {
    let node = policy.and_then(|policy| property(policy, "languages"));
    let Some(array) =
        node.and_then(|node| node.as_array()).filter(|_| !source.has_errors() && !nudges.is_empty())
    else {
        return;
    };
    let is_written = |language: &str| {
        let own = nudges.iter().map(|nudge| &nudge.appearance);
        let all =
            own.chain(nudges.iter().flat_map(|nudge| &nudge.variants).map(|variant| &variant.appearance));
        let mut contents = all.filter_map(|appearance| appearance.get("content"));
        contents.any(|content| content.get(language).is_some())
    };
    for element in &array.elements {
        let language = element.as_string_lit().map(|text| text.value.as_ref()).unwrap_or_default();
        if !is_written(language) {
            source.warn(
                element,
                format!("nothing is written in `{language}`, so nobody falls back to it"),
                None,
            );
        }
    }
}
