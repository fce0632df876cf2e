//! The policy above all nudges.

use schemars::JsonSchema;

use super::super::appearance::tables::MOST_LANGUAGES;
use super::super::nudges::PURPOSES;
use super::condition::OfNudge;
use super::names;
use super::text::{Language, Span, Text};

/// What protects the user, above all nudges.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Policy {
    /// No `upgrade` and no `talk` before somebody is on this rung. false switches it off.
    #[schemars(extend("default" = {"ladder": "readiness", "at_least": "testing"}))]
    help_first: Option<Help>,
    /// So many nudges a session. `help` is exempt and does not use it up.
    #[schemars(range(min = 0, max = 1000), extend("default" = 1))]
    per_session: Option<i64>,
    /// Between any two nudges. `help` does not wait.
    #[schemars(extend("default" = "4h"))]
    gap: Option<Span>,
    /// After a dismissal nothing is shown for so long.
    #[schemars(extend("default" = "1d"))]
    quiet: Option<Span>,
    /// The share of persons who never see any nudge, so that you know what nudges change.
    #[schemars(range(min = 0.0, max = 1.0), extend("default" = 0.05))]
    holdout: Option<f64>,
    /// What is not shown while something holds.
    never: Option<Vec<Never>>,
    /// The languages that everybody falls back to, in this order.
    #[schemars(length(min = 1), extend("maxItems" = MOST_LANGUAGES, "uniqueItems" = true, "default" = ["en"]))]
    languages: Option<Vec<Language>>,
}

#[derive(JsonSchema)]
#[schemars(untagged, inline)]
enum Help {
    Off(#[schemars(extend("const" = false))] bool),
    First(HelpFirst),
}

/// The rung before which nothing commercial is shown.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct HelpFirst {
    /// A ladder of persons.
    ladder: Text,
    /// One of its rungs.
    at_least: Text,
}

/// What is not shown while something holds.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Never {
    /// Nudges of this purpose, or of these.
    purpose: Purposes,
    /// While this holds.
    when: OfNudge,
}

#[derive(JsonSchema)]
#[schemars(untagged, inline)]
enum Purposes {
    One(#[schemars(extend("enum" = names(&PURPOSES)))] Text),
    AnyOf(#[schemars(extend("items" = {"enum": names(&PURPOSES)}))] Vec<Text>),
}
