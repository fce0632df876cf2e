//! What a nudge draws besides its words: what there is to label, and what has to have a label.

use super::actions::Actions;
use super::form::Form;
use super::languages::Required;
use super::placement::Kind;
use super::question::Question;

/// All of it, as far as it could be read: what is wrong with one part hides nothing of the others.
pub(super) struct Drawn<'s> {
    pub(super) kind: Option<Kind>,
    pub(super) actions: Actions<'s>,
    pub(super) form: Option<Form<'s>>,
    pub(super) steps: Vec<&'s str>,
    pub(super) question: Option<Question<'s>>,
    /// The parts with something wrong in them: of what they have, not all is known.
    pub(super) unread: Vec<&'static str>,
}

/// What the question is called among what has options.
pub(super) const QUESTION: &str = "question";

impl<'s> Drawn<'s> {
    /// The host draws, and asks for the words that it needs.
    pub(super) fn is_headless(&self) -> bool {
        self.kind == Some(Kind::Headless)
    }

    /// Whether all of a part is known.
    pub(super) fn is_read(&self, part: &str) -> bool {
        !self.unread.contains(&part)
    }

    pub(super) fn is_whole(&self) -> bool {
        self.kind.is_some() && self.unread.is_empty()
    }

    /// The names of the form's fields.
    pub(super) fn fields(&self) -> Vec<&'s str> {
        let fields = self.form.iter().filter_map(|form| form.fields.as_ref()).flatten();
        fields.map(|field| field.name).collect()
    }

    /// The fields with something to choose from, and the question.
    pub(super) fn choices(&self) -> Vec<(&'s str, &[&'s str])> {
        let fields = self.form.iter().filter_map(|form| form.fields.as_ref()).flatten();
        let fields = fields.map(|field| (field.name, field.options.as_slice()));
        let question = self.question.iter().map(|question| (QUESTION, question.options.as_slice()));
        question.chain(fields).filter(|(_, options)| !options.is_empty()).collect()
    }

    /// The texts without which something could not be drawn.
    pub(super) fn required(&self) -> Vec<Required> {
        // Of what kind it is says whether anything has to be there.
        if self.is_headless() || self.kind.is_none() {
            return Vec::new();
        }
        let needs = |text: &str, what: &str| Required {
            text: text.to_owned(),
            message: format!("{what} needs `{text}`, and has none"),
        };
        let label = |what: &str, section: &str, name: &str| Required {
            text: format!("{section}.{name}"),
            message: format!("the {what} `{name}` has no label in `{section}`"),
        };
        let mut required = vec![needs("title", "the content")];
        required.extend(self.actions.ids.iter().map(|id| label("action", "actions", id)));
        if self.form.as_ref().is_some_and(|form| form.fields.is_some()) {
            required.extend(self.fields().into_iter().map(|name| label("field", "fields", name)));
            required.extend(["submit", "thanks"].map(|text| needs(text, "the content of a form")));
        }
        required.extend(self.steps.iter().map(|id| Required {
            text: format!("steps.{id}.title"),
            message: format!("the step `{id}` has no title in `steps`"),
        }));
        if let Some(question) = &self.question {
            required.push(needs("submit", "the content of a question"));
            if question.talk {
                required.push(needs("talk", "the content of a question that asks whether one may talk"));
            }
        }
        if self.actions.share {
            required.push(needs("share.title", "the content of what is shared"));
        }
        // One text may be needed twice.
        let mut seen = std::collections::BTreeSet::new();
        required.retain(|each| seen.insert(each.text.clone()));
        required
    }
}
