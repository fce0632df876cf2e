//! What of a nudge is drawn.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde_json::{Value, json};

use super::super::appearance::{FIELD_TYPES, MOST};
use super::names;
use super::text::{Prefill, Text};

/// Where it is drawn.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend("if" = {"properties": {"kind": {"const": "modal"}}}, "then" = {"properties": {"position": false}}))]
pub(super) struct Placement {
    /// "banner": along an edge of the page. "modal": in the middle, over the page; it alone has room for a form.
    #[schemars(extend("enum" = ["banner", "modal"]))]
    kind: Text,
    /// Where a banner is.
    #[schemars(extend("enum" = ["top", "bottom"], "default" = "bottom"))]
    position: Option<Text>,
}

/// The words in one language. Plain text.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Content {
    /// What it is about.
    title: Text,
    /// The text.
    body: Option<Text>,
    /// The labels of the actions, by their ids.
    actions: Option<BTreeMap<String, Text>>,
    /// The labels of the form's fields, by their names.
    fields: Option<BTreeMap<String, Text>>,
    /// The label of the button that sends the form.
    submit: Option<Text>,
    /// What happens with what is sent, beside the button.
    consent: Option<Text>,
    /// What is said after the form was sent.
    thanks: Option<Text>,
    /// The name of the closing button.
    close: Option<Text>,
}

/// A button, and what it does. What neither snoozes nor dismisses counts as acted on.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend("anyOf" = deeds()))]
pub(super) struct Action {
    /// Names it: its label is in `content`.
    id: Text,
    /// Goes to an address: of your own origin, https: or mailto:.
    open: Option<Text>,
    /// Tracks an event of this name.
    track: Option<Text>,
    /// Closes it for good, or for as long as `limits.dismissed` says.
    dismiss: Option<bool>,
    /// Closes it for a while, as `limits.snoozed` says.
    snooze: Option<bool>,
}

/// An action does something.
fn deeds() -> Value {
    ["open", "track", "dismiss", "snooze"].map(|name| json!({ "required": [name] })).to_vec().into()
}

/// A form, in a modal.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Form {
    /// What is asked.
    #[schemars(extend("maxItems" = MOST))]
    fields: Vec<Field>,
}

/// A field of a form.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend(
    "if" = {"properties": {"type": {"const": "choice"}}, "required": ["type"]},
    "then" = {"required": ["options"]},
    "else" = {"properties": {"options": false}},
))]
pub(super) struct Field {
    /// Names it: its label is in `content`, and what is typed arrives under this name.
    name: Text,
    /// What is typed there.
    #[schemars(rename = "type", extend("enum" = names(&FIELD_TYPES)))]
    kind: Text,
    /// Whether it has to be filled in.
    required: Option<bool>,
    /// The trait that it is filled with at first.
    prefill: Option<Prefill>,
    /// What there is to choose from.
    #[schemars(length(min = 1))]
    options: Option<Vec<Text>>,
}
