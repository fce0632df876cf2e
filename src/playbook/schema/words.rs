//! The words of a nudge, in one language.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::super::appearance::tables::MOST_PIXELS;
use super::text::{Address, Said};

/// The words in one language. All may have placeholders, such as `{{user.name|there}}`; longer texts a little markup:
/// **strong**, *emphasis*, `code`, [a link](/plans), and lists of lines that begin with "- ".
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Content {
    /// What it is about.
    title: Option<Said>,
    /// The text.
    body: Option<Said>,
    /// A picture.
    image: Option<Image>,
    /// The labels of the actions, by their ids.
    actions: Option<BTreeMap<String, Said>>,
    /// The labels of the form's fields, by their names.
    fields: Option<BTreeMap<String, Said>>,
    /// The labels of options, by the field (or "question") and the option. Who has none is shown as it is.
    options: Option<BTreeMap<String, BTreeMap<String, Said>>>,
    /// The words of the steps, by their ids.
    steps: Option<BTreeMap<String, Passage>>,
    /// The label of the button that sends the form or the answer.
    submit: Option<Said>,
    /// What happens with what is sent, beside the button.
    consent: Option<Said>,
    /// What is said after it was sent.
    thanks: Option<Said>,
    /// The name of the closing button.
    close: Option<Said>,
    /// The label of the button to the next step.
    next: Option<Said>,
    /// Of the button to the step before.
    back: Option<Said>,
    /// Of the button that ends the last step.
    done: Option<Said>,
    /// What the lower end of a scale means.
    low: Option<Said>,
    /// And its upper end.
    high: Option<Said>,
    /// The label of the box "may we talk to you about it?".
    talk: Option<Said>,
    /// What is shared: the subject, and the text.
    share: Option<Passage>,
    /// What is said when it is on the clipboard.
    copied: Option<Said>,
    /// The heading of what is sent with a form, where the form says what that is.
    sent: Option<Said>,
    /// What is said where a form could not be sent yet.
    kept: Option<Said>,
}

/// A title, and perhaps a text.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Passage {
    /// What it is about.
    title: Option<Said>,
    /// The text.
    body: Option<Said>,
}

/// A picture. Its size is kept free until it is there.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Image {
    /// Where it is: of your own origin, or of one that `init({ images })` names.
    src: Address,
    /// What it shows, in words.
    alt: Said,
    /// In pixels.
    #[schemars(range(min = 1), extend("maximum" = MOST_PIXELS))]
    width: i64,
    /// In pixels.
    #[schemars(range(min = 1), extend("maximum" = MOST_PIXELS))]
    height: i64,
}
