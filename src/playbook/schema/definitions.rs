//! Segments, scores, ladders, moments and the rhythm.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde_json::{Value, json};

use super::super::ladders::MOST_RUNGS;
use super::super::moments::{MOTIONS, QUALIFICATIONS};
use super::super::scores::{MOST_BANDS, MOST_POINTS};
use super::condition::OfView;
use super::names;
use super::text::{ID, Id, Span};

/// Who somebody is. With `success` it is an ideal customer profile (ICP).
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Segment {
    /// Who is in it.
    when: OfView,
    /// What success is for these people: in the ladder `journey` these take the place of the rungs' own conditions.
    success: Option<Success>,
    /// "account": a segment of accounts.
    #[schemars(extend("enum" = ["person", "account"], "default" = "person"))]
    scope: Option<Id>,
}

/// The four signals of success of an ideal customer profile.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Success {
    /// Set up: the rung `set_up`.
    set_up: Option<OfView>,
    /// First value: the rung `activated`.
    aha: Option<OfView>,
    /// Lasting value: the rung `habitual`.
    habit: Option<OfView>,
    /// They bring others: the rung `champion`.
    team: Option<OfView>,
}

/// Points for each condition that holds, and bands.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Score {
    /// All that hold are added up.
    #[schemars(extend("maxItems" = MOST_POINTS))]
    points: Vec<Point>,
    /// The least score of each band, as in {"A": 60, "B": 30}.
    #[schemars(extend("propertyNames" = {"pattern": ID}, "maxProperties" = MOST_BANDS))]
    bands: Option<BTreeMap<String, f64>>,
    /// "account": a score of accounts.
    #[schemars(extend("enum" = ["person", "account"], "default" = "person"))]
    scope: Option<Id>,
}

/// Points for a condition.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Point {
    /// When it is added.
    when: OfView,
    /// How much; it may be less than 0.
    #[schemars(range(min = -9.0e12, max = 9.0e12))]
    add: f64,
}

/// How far somebody has come, rung by rung.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Ladder {
    /// From the bottom. The first is met at once and has no `when`; all others need one.
    #[schemars(length(min = 1), extend("maxItems" = MOST_RUNGS, "items" = [first_rung()], "additionalItems" = rung_above()))]
    rungs: Vec<Rung>,
    /// "in_order": the stage is the last rung of the unbroken run of met ones. "highest": the highest one met.
    #[schemars(extend("enum" = ["in_order", "highest"], "default" = "in_order"))]
    climb: Option<Id>,
    /// "account": a ladder of accounts.
    #[schemars(extend("enum" = ["person", "account"], "default" = "person"))]
    scope: Option<Id>,
}

/// It is met at once.
fn first_rung() -> Value {
    json!({ "allOf": [{ "$ref": "#/definitions/Rung" }], "properties": { "when": false } })
}

fn rung_above() -> Value {
    json!({ "allOf": [{ "$ref": "#/definitions/Rung" }], "required": ["when"] })
}

/// A rung of a ladder.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Rung {
    /// Names it: `stages.LADDER` is one of these.
    id: Id,
    /// When it is met.
    when: Option<OfView>,
    /// true: met once, met for good. false: met while its condition holds.
    #[schemars(extend("default" = true))]
    keep: Option<bool>,
}

/// Where it comes together: it fires once when its condition begins to hold.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Moment {
    /// What has to hold.
    when: OfView,
    /// Who acts: "self_serve" (the user, by themselves) or "sales" (a person of yours).
    #[schemars(extend("enum" = names(&MOTIONS)))]
    motion: Id,
    /// What it makes of somebody: a product-qualified lead (pql) or account (pqa), an account ready to expand (eqa), one
    /// that may leave (churn_risk).
    #[schemars(extend("enum" = names(&QUALIFICATIONS)))]
    qualifies: Option<Id>,
    /// It does not fire again before.
    #[schemars(extend("default" = "30d"))]
    cooldown: Option<Span>,
    /// "account": a moment of accounts.
    #[schemars(extend("enum" = ["person", "account"], "default" = "person"))]
    scope: Option<Id>,
}

/// How often your customers come: four parameters, and the line below which somebody is at risk.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Rhythm {
    /// `ripen fit` estimates it.
    #[schemars(extend("exclusiveMinimum" = 0))]
    r: f64,
    /// `ripen fit` estimates it, in days.
    #[schemars(extend("exclusiveMinimum" = 0))]
    alpha: f64,
    /// `ripen fit` estimates it.
    #[schemars(extend("exclusiveMinimum" = 0))]
    a: f64,
    /// `ripen fit` estimates it.
    #[schemars(extend("exclusiveMinimum" = 0))]
    b: f64,
    /// Whose `alive` is below this is at risk.
    #[schemars(range(min = 0.0, max = 1.0))]
    at_risk_below: f64,
}
