//! Which events.

use schemars::JsonSchema;

use super::condition::OfProperties;
use super::text::Text;

/// Which events: a name, "*" for all, a list of names, or a name with a condition on the event's properties.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Events {
    /// The name of an event, or "*" for every event. A page view is "$page".
    Named(Text),
    /// Any of these.
    AnyOf(#[schemars(length(min = 1))] Vec<Text>),
    /// Those whose properties meet a condition.
    Where(Where),
}

/// Events whose properties meet a condition.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Where {
    /// The name of an event, "*" for all, or a list of names.
    event: Named,
    /// What has to hold of the event's properties.
    #[schemars(rename = "where")]
    condition: Option<OfProperties>,
}

#[derive(JsonSchema)]
#[schemars(untagged, inline)]
enum Named {
    One(Text),
    AnyOf(#[schemars(length(min = 1))] Vec<Text>),
}
