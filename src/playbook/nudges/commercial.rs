//! Asking for money, or for a talk, of somebody who has not used anything yet.

use crate::engine::{Condition, Edge, Field, Nudge, Policy, Purpose};

use super::super::fields::property;
use super::super::source::{Node, Source};

/// Warns of what comes before any readiness: `help_first` is at the first rung, or is off and nothing else waits.
pub(in crate::playbook) fn warn(
    source: &Source<'_>,
    policy: &Policy,
    node: Option<Node<'_>>,
    nudges: &[(Node<'_>, Nudge)],
) {
    let mut commercial = nudges.iter().filter(|(_, nudge)| nudge.purpose.is_commercial());
    let written = node.and_then(|node| property(node, "help_first"));
    match policy.help_first {
        Some(first) if first.at_least == 0 => {
            let Some((nudge, _)) = commercial.next() else { return };
            let at = written.and_then(|node| property(node, "at_least")).or(written).unwrap_or(nudge);
            let message = "everybody is on the first rung from the start, so `help_first` holds back no `upgrade` and no `talk`";
            let hint = "name a rung that is reached by using the product; `\"help_first\": false` says that none is meant";
            source.warn(at, message, Some(hint.into()));
        }
        Some(_) => {}
        None => commercial.filter(|(_, nudge)| is_for_anybody(nudge)).for_each(|(node, nudge)| {
            let what = if nudge.purpose == Purpose::Talk { "a talk" } else { "an upgrade" };
            let message = format!(
                "this may offer {what} to somebody who has used nothing yet: `help_first` is off, and no event, stage, segment or signal has to come first"
            );
            let hint = "ask for a stage or a moment, or let `policy.help_first` hold it back";
            source.warn(property(node, "purpose").unwrap_or(node), message, Some(hint.into()));
        }),
    }
}

/// It waits for nothing that somebody does.
fn is_for_anybody(nudge: &Nudge) -> bool {
    let comes_at_once = |edge: &Edge| matches!(edge, Edge::Load | Edge::Page(_) | Edge::Element(_));
    nudge.moment.is_none() && nudge.on.iter().any(comes_at_once) && !asks_for_usage(&nudge.when)
}

fn asks_for_usage(condition: &Condition) -> bool {
    let mut asks = false;
    condition.fields(&mut |field| {
        asks |= !matches!(field, Field::Trait(..) | Field::Page(_) | Field::Weekday | Field::HourOfDay);
    });
    asks
}
