//! Nudges.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde_json::{Value, json};

use super::super::appearance::tables::{LANGUAGE, MOST as MOST_ACTIONS, MOST_STEPS};
use super::super::nudges::PURPOSES;
use super::super::nudges::tables::{MOST_SECONDS, MOST_VARIANTS, ON};
use super::appearance::{Action, Form, Placement, Question, Step};
use super::condition::{OfNudge, OfPage, OfView};
use super::events::Events;
use super::names;
use super::text::{Id, Instant, Span, Text, Window};
use super::words::Content;

/// Something to show: for what, at which edge, if what holds, how often, where, and the words.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Nudge {
    /// What it is for, from the gentlest to the most commercial: help, adopt, ask, upgrade, talk.
    #[schemars(extend("enum" = names(&PURPOSES)))]
    purpose: Text,
    /// When it is decided on: what just happens.
    on: Edges,
    /// What has to hold at that instant.
    when: Option<OfNudge>,
    /// A moment that has to hold at that instant.
    moment: Option<Text>,
    /// The higher comes first.
    #[schemars(range(min = -1_000_000, max = 1_000_000), extend("default" = 0))]
    priority: Option<i64>,
    /// When it may be shown at all.
    schedule: Option<Schedule>,
    /// What each outcome does to it.
    limits: Option<Limits>,
    /// What it is to bring about: then it is converted.
    goal: Option<Goal>,
    /// Whom variants and holdout tell apart.
    #[schemars(extend("enum" = ["person", "device", "account"], "default" = "person"))]
    by: Option<Text>,
    /// Several forms of it, each for a part of the people.
    #[schemars(length(min = 1), extend("maxItems" = MOST_VARIANTS))]
    variants: Option<Vec<Variant>>,
    /// The share of people who never see it.
    #[schemars(range(min = 0.0, max = 1.0), extend("default" = 0))]
    holdout: Option<f64>,
    /// Where it is drawn.
    placement: Placement,
    /// The words, by language, as in "en" or "de-AT". Each text that the user's language lacks comes from it without its
    /// region, then from the languages of the policy ("en" unless it says otherwise), then from the first one written.
    #[schemars(extend("propertyNames" = {"pattern": LANGUAGE}))]
    content: BTreeMap<String, Content>,
    /// The buttons.
    #[schemars(extend("maxItems" = MOST_ACTIONS))]
    actions: Option<Vec<Action>>,
    /// What is asked of who wants to talk: at once in a modal and a slide-out, elsewhere behind an action `talk`.
    form: Option<Form>,
    /// The steps of a checklist or a tour.
    #[schemars(length(min = 1), extend("maxItems" = MOST_STEPS))]
    steps: Option<Vec<Step>>,
    /// The question of an `ask`.
    question: Option<Question>,
}

#[derive(JsonSchema)]
#[schemars(untagged, inline)]
enum Edges {
    One(Edge),
    /// Any of these.
    AnyOf(#[schemars(length(min = 1))] Vec<Edge>),
}

/// What just happens.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Edge {
    /// A page load, a change of route, or a return by the back button.
    Load(#[schemars(extend("const" = "load"))] Text),
    Happening(Happening),
}

/// What just happens: one of these.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend("oneOf" = edges()))]
pub(super) struct Happening {
    /// An event.
    event: Option<Events>,
    /// A condition on `page` begins to hold.
    page: Option<OfPage>,
    /// A moment fires.
    moment: Option<Text>,
    /// An element comes into view: a selector.
    element: Option<Text>,
    /// The application asks, by this name.
    call: Option<Text>,
}

fn edges() -> Value {
    ON.known.iter().map(|name| json!({ "required": [name] })).collect()
}

/// When it may be shown at all.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Schedule {
    /// Not before. Without a zone it is each user's own time.
    from: Option<Instant>,
    /// Not from then on. Without a zone it is each user's own time.
    to: Option<Instant>,
    /// 1 (Monday) to 7, on the user's own clock.
    #[schemars(length(min = 1), inner(range(min = 1, max = 7)))]
    weekdays: Option<Vec<i64>>,
    /// From an hour up to, and without, another, on the user's own clock; [22, 6] goes over midnight.
    #[schemars(length(min = 2, max = 2), inner(range(min = 0, max = 24)))]
    hours: Option<Vec<i64>>,
}

/// What each outcome does to it. Who is not spoken of keeps the default.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Limits {
    /// It was on screen.
    #[schemars(extend("default" = {"at_most": 3}))]
    shown: Option<Limit>,
    /// It was not acted on for `ignore_after`, or the user left.
    ignored: Option<Limit>,
    /// The user closed it.
    #[schemars(extend("default" = {"rest": "30d"}))]
    dismissed: Option<Limit>,
    /// The user wants it later.
    #[schemars(extend("default" = {"rest": "1d"}))]
    snoozed: Option<Limit>,
    /// The user did what it offered.
    acted: Option<Limit>,
    /// Its goal was reached.
    #[schemars(extend("default" = "stop"))]
    converted: Option<Limit>,
    /// Seconds on screen after which it counts as ignored.
    #[schemars(range(min = 1), extend("maximum" = MOST_SECONDS, "default" = 60))]
    ignore_after: Option<i64>,
    /// "account": the outcomes of all members count.
    #[schemars(extend("enum" = ["person", "account"], "default" = "person"))]
    per: Option<Text>,
}

/// What an outcome does.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Limit {
    /// Never again.
    Stop(#[schemars(extend("const" = "stop"))] Text),
    Counted(Counted),
}

/// So many times, or not again for a while.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend("oneOf" = [
    {"required": ["at_most"], "properties": {"rest": false}},
    {"required": ["rest"], "properties": {"at_most": false, "within": false}},
]))]
pub(super) struct Counted {
    /// So many times.
    #[schemars(range(min = 0, max = 1_000_000))]
    at_most: Option<i64>,
    /// In this window; without it for ever.
    within: Option<Window>,
    /// Not again for so long after the last time.
    rest: Option<Span>,
}

/// What it is to bring about.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend(
    "oneOf" = [{"required": ["event"]}, {"required": ["when"]}],
    "dependencies" = {"value": ["event"]},
))]
pub(super) struct Goal {
    /// One of these events.
    event: Option<Events>,
    /// This begins to hold.
    when: Option<OfView>,
    /// In so much time from when it was shown.
    #[schemars(extend("default" = "7d"))]
    within: Option<Span>,
    /// The property of the event that says what it was worth.
    value: Option<Text>,
}

/// A form of the nudge for a part of the people, and what differs in it.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend(
    "if" = {"properties": {"show": {"const": false}}, "required": ["show"]},
    "then" = {"properties": {"placement": false, "content": false, "actions": false, "form": false,
        "steps": false, "question": false}},
))]
pub(super) struct Variant {
    /// Names it.
    id: Id,
    /// Its share. All of them have one, or none.
    #[schemars(range(min = 0.0, max = 1e6))]
    weight: Option<f64>,
    /// false: it shows nothing.
    #[schemars(extend("default" = true))]
    show: Option<bool>,
    /// Where it is drawn, if elsewhere.
    placement: Option<Placement>,
    /// Other words.
    #[schemars(extend("propertyNames" = {"pattern": LANGUAGE}))]
    content: Option<BTreeMap<String, Content>>,
    /// Other buttons.
    #[schemars(extend("maxItems" = MOST_ACTIONS))]
    actions: Option<Vec<Action>>,
    /// Another form.
    form: Option<Form>,
    /// Other steps.
    #[schemars(length(min = 1), extend("maxItems" = MOST_STEPS))]
    steps: Option<Vec<Step>>,
    /// Another question.
    question: Option<Question>,
}
