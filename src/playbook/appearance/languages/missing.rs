//! What a language lacks that another one of the same nudge has.
//!
//! A page looks for each text by itself: in the user's language, in what that falls back to, in the languages of the
//! policy, in whatever is written, and at last among those it has of its own, in English. So what no language has is a
//! mistake; what some would read in a language that is not theirs is warned of.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::Value;

use super::super::super::source::{Node, Source};
use super::{bases, built_in};

/// The words of one language.
pub(in crate::playbook) struct Written<'s> {
    pub(in crate::playbook) language: &'s str,
    pub(in crate::playbook) node: Node<'s>,
    pub(in crate::playbook) words: Value,
}

/// A text that has to be there, and what is said where it is not.
pub(in crate::playbook) struct Required {
    pub(in crate::playbook) text: String,
    pub(in crate::playbook) message: String,
}

/// Says what is missing and has to be there.
pub(in crate::playbook) fn require(
    source: &Source<'_>,
    written: &[Written<'_>],
    required: &[Required],
    appearance: &Value,
) {
    let Some(first) = written.first() else { return };
    let texts = Texts::of(written.iter().map(|each| (each.language, &each.words)), &[appearance]);
    for Required { text, message } in required {
        // Where labels cannot be read at all, that has been said.
        if !texts.all.contains(text) && !bases_of(text).any(|text| texts.all.contains(text)) {
            source.wrong(first.node, message, None);
        }
    }
}

/// What a text stands in: `actions` of `actions.go`.
fn bases_of(text: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(text.rsplit_once('.'), |(base, _)| base.rsplit_once('.')).map(|(base, _)| base)
}

/// Warns of what a language lacks that another one has.
pub(in crate::playbook) fn warn(source: &Source<'_>, written: &[Written<'_>], appearance: &Value) {
    let texts = Texts::of(written.iter().map(|each| (each.language, &each.words)), &[appearance]);
    for each in written {
        if let Some(warning) = warning(each.language, &texts.lacking(each.language)) {
            let hint = "there it is drawn in another language; `ripen words` shows all that is missing";
            source.warn(each.node, warning, Some(hint.into()));
        }
    }
}

fn warning(language: &str, lacking: &[&str]) -> Option<String> {
    const MOST: usize = 5;
    let more = lacking.len().saturating_sub(MOST);
    let some: Vec<String> = lacking.iter().take(MOST).map(|text| format!("`{text}`")).collect();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!lacking.is_empty())
        .then(|| format!("`{language}` lacks what another language has: {}{more}", some.join(", ")))
}

/// The texts of a nudge, by dotted paths such as `actions.go`. A picture is one: its words are nothing without it.
pub(super) struct Texts<'a> {
    /// Of all languages, in the order written.
    pub(super) all: InOrder,
    by_language: BTreeMap<&'a str, BTreeSet<String>>,
}

impl<'a> Texts<'a> {
    pub(super) fn of(
        written: impl Iterator<Item = (&'a str, &'a Value)>,
        appearances: &[&Value],
    ) -> Texts<'a> {
        let mut texts = Texts { all: InOrder::default(), by_language: BTreeMap::new() };
        for (language, words) in written {
            let own = texts.by_language.entry(language).or_default();
            collect(words, "", &mut |text| {
                texts.all.insert(&text);
                own.insert(text);
            });
        }
        for text in built_in::of(appearances) {
            // What is written in any language comes before what a page has of its own.
            if texts.all.insert(text) {
                let english = texts.by_language.iter_mut().filter(|(language, _)| built_in::speaks(language));
                english.for_each(|(_, own)| own.extend([text.to_owned()]));
            }
        }
        texts
    }

    /// What a language has neither itself nor in what it falls back to by itself, and another one has.
    pub(super) fn lacking(&self, language: &str) -> Vec<&str> {
        let own = std::iter::once(language).chain(bases(language));
        let own: Vec<_> = own.filter_map(|language| self.by_language.get(language)).collect();
        let all = self.all.in_order.iter();
        all.filter(|text| !own.iter().any(|own| own.contains(*text))).map(String::as_str).collect()
    }
}

/// Each once, in the order in which they came.
#[derive(Default)]
pub(super) struct InOrder {
    pub(super) in_order: Vec<String>,
    known: BTreeSet<String>,
}

impl InOrder {
    /// Whether it was not there before.
    fn insert(&mut self, text: &str) -> bool {
        let is_new = self.known.insert(text.to_owned());
        if is_new {
            self.in_order.push(text.to_owned());
        }
        is_new
    }

    fn contains(&self, text: &str) -> bool {
        self.known.contains(text)
    }
}

fn collect(words: &Value, at: &str, found: &mut dyn FnMut(String)) {
    match words {
        Value::Map(entries) if at != "image" => {
            for (name, inner) in entries {
                let path = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
                collect(inner, &path, found);
            }
        }
        _ => found(at.to_owned()),
    }
}
