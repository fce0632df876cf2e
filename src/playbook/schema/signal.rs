//! Signals: one object with all properties, and rules on which belong together.

use schemars::JsonSchema;
use serde_json::{Value, json};

use super::super::signals::{FORMS, LOOKED_UP, OTHERS, WITH_OF, WITHOUT_WINDOW};
use super::condition::OfView;
use super::events::Events;
use super::text::{Id, Path, Span, Text, Trait, Window};

/// A value about a person, nearly always a number. It has one of `count`, `days`, `sessions`, `distinct`, `people`, `sum`,
/// `max`, `min`, `sequence`, `last`, `since`, `age`, `until`, `members` and `ratio`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend("oneOf" = forms(), "dependencies" = {"ago": ["within"]}))]
pub(super) struct Signal {
    /// The number of events.
    count: Option<Events>,
    /// The number of different days, on the person's own clock, with such an event.
    days: Option<Events>,
    /// The number of different sessions with such an event. (The 1,024 seen last are remembered.)
    sessions: Option<Events>,
    /// The number of different values of a property; `of` says of which events. (The 1,024 seen last are remembered.)
    distinct: Option<Path>,
    /// The number of different persons; only with `"scope": "account"`.
    people: Option<Events>,
    /// The sum of a property, exact to six decimals; `of` says of which events.
    sum: Option<Path>,
    /// The largest value of a property; `of` says of which events.
    max: Option<Path>,
    /// The smallest value of a property; `of` says of which events.
    min: Option<Path>,
    /// How often these steps were done one after the other; other events may lie between.
    #[schemars(length(min = 2))]
    sequence: Option<Vec<Events>>,
    /// The newest value of a property: a string, a number, or true or false; `of` says of which events.
    last: Option<Path>,
    /// Hours since the last such event; absent if there was none.
    since: Option<Events>,
    /// Hours since the first such event; absent if there was none.
    age: Option<Events>,
    /// Hours until the time that a trait holds, negative once it is past.
    until: Option<Trait>,
    /// The number of persons of the account who meet a condition; only with `"scope": "account"`.
    members: Option<OfView>,
    /// The first by the second, each a signal written earlier or the path of a trait. Absent if the second is 0.
    #[schemars(length(min = 2, max = 2))]
    ratio: Option<Vec<Text>>,
    /// The events whose property is looked at.
    of: Option<Events>,
    /// How long a run of the `sequence` may take. Without it there is no limit.
    span: Option<Span>,
    /// A window that moves with the clock: "28d" is the last 28 days, today among them, "1d" is today. "1d" to "400d",
    /// or "1h" to "168h". Without it the signal is about all of the past.
    within: Option<Window>,
    /// Lets the window end so much earlier, to compare with the time before. Of the same unit as `within`.
    ago: Option<Window>,
    /// An event that sets the signal back to nothing. (A `sequence` keeps its count, and gives up the runs in progress.)
    without: Option<Events>,
    /// "account" counts the events of all members.
    #[schemars(extend("enum" = ["person", "account"], "default" = "person"))]
    scope: Option<Id>,
}

/// One of the forms, each with what does not go with it.
fn forms() -> Value {
    FORMS.map(form).to_vec().into()
}

fn form(name: &str) -> Value {
    let mut required = vec![name];
    let mut refused: Vec<&str> = Vec::new();
    if LOOKED_UP.contains(&name) {
        refused.extend(OTHERS);
    } else {
        if WITH_OF.contains(&name) {
            required.push("of");
        } else {
            refused.push("of");
        }
        refused.extend((name != "sequence").then_some("span"));
        refused.extend(["within", "ago"].into_iter().filter(|_| WITHOUT_WINDOW.contains(&name)));
    }
    let mut properties: serde_json::Map<String, Value> =
        refused.into_iter().map(|name| (name.to_owned(), false.into())).collect();
    if ["people", "members"].contains(&name) {
        required.push("scope");
        properties.insert("scope".into(), json!({ "const": "account" }));
    }
    json!({ "required": required, "properties": properties })
}
