//! The whole document.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde_json::Value;

use super::definitions::{Ladder, Moment, Rhythm, Score, Segment};
use super::events::Events;
use super::nudge::Nudge;
use super::policy::Policy;
use super::signal::Signal;
use super::text::{Days, ID, Text, UserTrait};

/// What to count about the people who use your product, how far somebody has come, when it would help them (or you) to
/// hear something, and what exactly they then see.
///
/// Each part may use what stands before it: signals, segments, momentum, scores, ladders, moments, nudges.
#[derive(JsonSchema)]
#[schemars(title = "Ripen playbook", deny_unknown_fields)]
pub(super) struct Playbook {
    /// Where your editor finds this schema. Ripen itself does not look at it.
    #[schemars(rename = "$schema")]
    schema: Option<Text>,
    /// Values about a person (or an account), nearly always numbers, always up to date. By name.
    #[schemars(extend("propertyNames" = {"pattern": ID}))]
    signals: Option<BTreeMap<String, Signal>>,
    /// Lists of values that have a name, for `$inGroup`.
    groups: Option<BTreeMap<String, Vec<Scalar>>>,
    /// Who somebody is. By id; the order written matters.
    #[schemars(extend("propertyNames" = {"pattern": ID}))]
    segments: Option<BTreeMap<String, Segment>>,
    /// Points for each condition that holds, and the bands that they fall into: keep fit, usage and intent apart. By id.
    #[schemars(extend("propertyNames" = {"pattern": ID}))]
    scores: Option<BTreeMap<String, Score>>,
    /// How far somebody has come. By name; by convention `journey`, `readiness`, `account`.
    #[schemars(extend("propertyNames" = {"pattern": ID}))]
    ladders: Option<BTreeMap<String, Ladder>>,
    /// Where it comes together: each fires once when its condition begins to hold. By id.
    #[schemars(extend("propertyNames" = {"pattern": ID}))]
    moments: Option<BTreeMap<String, Moment>>,
    /// What is shown. By id.
    #[schemars(extend("propertyNames" = {"pattern": ID}))]
    nudges: Option<BTreeMap<String, Nudge>>,
    /// What protects the user, above all nudges.
    policy: Option<Policy>,
    /// Which events count as being active. By default all.
    #[schemars(extend("default" = "*"))]
    activity: Option<Events>,
    /// By which momentum is measured: active in this one, in the one before, in neither.
    #[schemars(extend("default" = "7d"))]
    interval: Option<Days>,
    /// The trait that says since when somebody is a customer, so that nobody is new on the day of installing.
    first_seen: Option<UserTrait>,
    /// How often your customers come, as `ripen fit` estimates it from their events. With it there is `alive`, and
    /// momentum knows `at_risk`.
    rhythm: Option<Rhythm>,
}

/// A string, a number, or true or false.
#[derive(JsonSchema)]
#[schemars(inline, untagged, extend("type" = ["string", "number", "boolean"]), transform = only_type)]
pub(super) enum Scalar {
    Value(Value),
}

fn only_type(schema: &mut schemars::Schema) {
    schema.remove("anyOf");
}
