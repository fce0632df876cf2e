//! What of a nudge is drawn. The engine hands it on; here it is made sure that it can be drawn, and its texts are taken
//! apart, so that no page parses any.
//!
//! [`read`] reads the parts (`placement`, `actions`, `form`, `steps`, `question`), so that it is known what there is to
//! label (`drawn`), and then the words (`content`), a language at a time: each text (`words`), and what a language lacks
//! (`languages`).

mod actions;
mod address;
mod anchor;
mod content;
mod drawn;
mod fit;
mod form;
mod image;
mod languages;
mod parts;
mod placement;
mod question;
mod selector;
mod spoken;
mod steps;
mod words;

use crate::engine::Value;

use super::document::value;
use super::known::Known;
use super::source::Source;
use actions::Actions;
use drawn::Drawn;

pub use languages::{NudgeWords, Words, words as words_of};
pub(super) use languages::{of_policy as languages_of, warn_of_idle as warn_of_idle_languages};
pub(super) use parts::{PARTS, Parts};
pub(super) use selector::read as selector;
pub(super) use spoken::{Spoken as SpokenOf, each as each_spoken};

/// Of actions, of fields and of options: no nudge has room for more.
pub(super) const MOST: usize = 100;

/// What the schema is made of.
#[cfg(feature = "schema")]
pub(super) mod tables {
    pub(in crate::playbook) use super::MOST;
    pub(in crate::playbook) use super::actions::{BESIDES, DEEDS, OUTCOMES, SHARES};
    pub(in crate::playbook) use super::anchor::{MOST_SECONDS, SIDES};
    pub(in crate::playbook) use super::form::FIELD_TYPES;
    pub(in crate::playbook) use super::image::MOST_PIXELS;
    pub(in crate::playbook) use super::languages::{MOST as MOST_LANGUAGES, PATTERN as LANGUAGE};
    pub(in crate::playbook) use super::placement::{KINDS, Kind, TOAST_SECONDS};
    pub(in crate::playbook) use super::question::{ANSWERS, Answer, FURTHEST};
    pub(in crate::playbook) use super::steps::MOST_STEPS;
    pub(in crate::playbook) use super::words::LONGEST;
    #[cfg(test)]
    pub(in crate::playbook) use super::{
        actions::ACTION,
        content::{CONTENT, PASSAGE},
        form::{FIELD, FORM},
        image::IMAGE,
        placement::PLACEMENT,
        question::QUESTION,
        steps::STEP,
    };
}

/// All of what is drawn, as one value.
pub(super) fn read(source: &Source<'_>, known: &Known, parts: &Parts<'_, '_>) -> Option<Value> {
    let placement = parts.require(source, "placement", "a nudge");
    let content = parts.require(source, "content", "a nudge");
    let kind = placement.and_then(|node| placement::read(source, node));
    let (actions, whole_actions) = match parts.get("actions") {
        Some(node) => actions::read(source, node, kind),
        None => (Actions::default(), true),
    };
    let (form, whole_form) = parts.get("form").map_or((None, true), |node| form::read(source, node));
    let (steps, whole_steps) = match parts.get("steps") {
        Some(node) => steps::read(source, known, node, kind),
        None => (Vec::new(), true),
    };
    let question = parts.get("question").map(|node| question::read(source, node));
    let mut unread = Vec::new();
    unread.extend((!whole_actions).then_some("actions"));
    unread.extend((!whole_form).then_some("form"));
    unread.extend((!whole_steps).then_some("steps"));
    unread.extend(matches!(question, Some(None)).then_some("question"));
    let drawn = Drawn { kind, actions, form, steps, question: question.flatten(), unread };
    fit::check(source, parts, &drawn);
    let mut appearance = Value::Map(Vec::new());
    let mut whole = drawn.is_whole();
    for name in PARTS.into_iter().filter(|name| *name != "content") {
        match parts.get(name).map(|node| value(source, node)) {
            Some(Some(value)) => appearance.set(name.to_owned(), value),
            Some(None) => whole = false,
            None => {}
        }
    }
    let words = content::read(source, known, content?, &drawn, &appearance)?;
    appearance.set("content".to_owned(), words);
    whole.then_some(appearance)
}
