//! `question`: the one thing that an `ask` asks.

use super::super::fields::{Fields, Names};
use super::super::moments::choice;
use super::super::near::list;
use super::super::source::{Node, Source};
use super::form::options;

pub(in crate::playbook) const QUESTION: Names =
    Names::of(&["type", "from", "to", "options", "several", "talk"]);
/// A scale has eleven points at most, as that of the Net Promoter Score.
const LONGEST: i32 = 10;
pub(in crate::playbook) const FURTHEST: i32 = 100;

/// How it is answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::playbook) enum Answer {
    Scale,
    Choice,
    Text,
}

pub(in crate::playbook) const ANSWERS: [(&str, Answer); 3] =
    [("scale", Answer::Scale), ("choice", Answer::Choice), ("text", Answer::Text)];

impl Answer {
    /// What is said of it besides.
    pub(in crate::playbook) const fn takes(self) -> &'static [&'static str] {
        match self {
            Answer::Scale => &["from", "to"],
            Answer::Choice => &["options", "several"],
            Answer::Text => &[],
        }
    }

    /// What has to be said of it.
    #[cfg(feature = "schema")]
    pub(in crate::playbook) const fn needs(self) -> &'static [&'static str] {
        match self {
            Answer::Scale => &["from", "to"],
            Answer::Choice => &["options"],
            Answer::Text => &[],
        }
    }
}

/// A question.
pub(super) struct Question<'s> {
    pub(super) options: Vec<&'s str>,
    /// It has a box to tick: may we talk to you about it?
    pub(super) talk: bool,
}

pub(super) fn read<'s>(source: &Source<'_>, node: Node<'s>) -> Option<Question<'s>> {
    let fields = Fields::read(source, node, "a question", &QUESTION)?;
    let answer = fields.require(source, "type", "a question").and_then(|node| choice(source, node, &ANSWERS));
    let talk = fields.get("talk").is_some_and(|node| source.boolean(node) == Some(true));
    let Some(answer) = answer else {
        of_any_type(source, &fields);
        return None;
    };
    let name = ANSWERS.iter().find(|(_, known)| *known == answer).map_or("", |(name, _)| name);
    for (property, _) in fields.entries() {
        let said = property.name.as_str();
        if QUESTION.known.contains(&said)
            && !["type", "talk"].contains(&said)
            && !answer.takes().contains(&said)
        {
            let may = [answer.takes(), &["talk"]].concat();
            let hint = format!("it may have {}", list(&may));
            source.wrong_name(property, format!("a question of type `{name}` has no `{said}`"), Some(hint));
        }
    }
    let mut question = Question { options: Vec::new(), talk };
    match answer {
        Answer::Scale => scale(source, &fields)?,
        Answer::Choice => {
            fields.get("several").map(|node| source.boolean(node));
            question.options = options(source, fields.require(source, "options", "a choice")?, 2)?;
        }
        Answer::Text => {}
    }
    Some(question)
}

/// What can be said of a question whose type is not known.
fn of_any_type(source: &Source<'_>, fields: &Fields<'_>) {
    for end in ["from", "to"] {
        fields.get(end).map(|node| source.integer(node, -FURTHEST, FURTHEST));
    }
    fields.get("several").map(|node| source.boolean(node));
    fields.get("options").map(|node| options(source, node, 2));
}

fn scale(source: &Source<'_>, fields: &Fields<'_>) -> Option<()> {
    let end = |name| {
        fields.require(source, name, "a scale").and_then(|node| source.integer(node, -FURTHEST, FURTHEST))
    };
    let (from, to) = (end("from"), end("to"));
    if !(1..=LONGEST).contains(&(to? - from?)) {
        let message =
            format!("a scale of {} to {} has no room: `to` is 1 to {LONGEST} more than `from`", from?, to?);
        source.wrong(fields.node, message, Some("such as 1 to 5, or 0 to 10".into()));
    }
    Some(())
}
