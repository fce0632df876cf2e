//! What became of a nudge, and what its limits say to that.

use super::subject::About;
use super::words::{ago, counted, span, window};
use crate::engine::{Hour, Limit, Millis, Nudge, Offset, Outcome, Tally};

/// What happened of an outcome, with the clock that it is counted on: the account's where its limits are those of all
/// members.
struct Counted<'a> {
    tally: Option<&'a Tally>,
    hour: Hour,
    offset: Offset,
}

fn counted_of<'a>(about: &About<'a>, index: usize, nudge: &Nudge, outcome: Outcome) -> Option<Counted<'a>> {
    let (who, _) = about.person?;
    let position = u16::try_from(index).ok()?;
    Some(match who.account.filter(|_| nudge.per_account) {
        Some(account) => {
            let hour = Hour::at(about.now, Offset::UTC);
            Counted { tally: account.tallies().get(position, outcome), hour, offset: Offset::UTC }
        }
        None => {
            let clock = who.person.subject().clock();
            let tally = who.person.memory().tally(position, outcome);
            Counted { tally, hour: clock.read(about.now), offset: clock.offset() }
        }
    })
}

/// When a limit could let go by time alone, or a step nearer to it.
pub(super) fn lets_go(about: &About<'_>, index: usize, nudge: &Nudge, outcome: Outcome) -> Option<Millis> {
    let Counted { tally, hour, offset } = counted_of(about, index, nudge, outcome)?;
    match nudge.limit(outcome)? {
        Limit::Rest(span) => Some(Millis(tally?.last().0.saturating_add(span.millis()))),
        Limit::AtMost(_, Some(window)) => Some(tally?.next_edge(window, hour)?.start(offset)),
        Limit::AtMost(_, None) | Limit::Stop => None,
    }
}

/// What a limit says.
pub(super) fn sentence(about: &About<'_>, index: usize, nudge: &Nudge, outcome: Outcome) -> Option<String> {
    let Counted { tally, hour, .. } = counted_of(about, index, nudge, outcome)?;
    let done = outcome.in_words();
    let whom = if nudge.per_account { " in the account" } else { "" };
    let said = match (nudge.limit(outcome)?, tally) {
        (Limit::AtMost(most, within), tally) => {
            let words = within.map(|within| format!(" in {}", window(within))).unwrap_or_default();
            let count = tally.map_or(0, |tally| tally.count(within, hour));
            format!("{done}{whom} {count} of {}{words}", counted(most.into(), "time"))
        }
        (_, None) => format!("never {done}{whom}"),
        (Limit::Rest(rest), Some(tally)) => {
            format!("{done}{whom} {}, wanted ≥ {} ago", ago(tally.last(), about.now), span(rest))
        }
        (Limit::Stop, Some(tally)) => {
            format!("{done}{whom} {}, and so never again", ago(tally.last(), about.now))
        }
    };
    Some(said)
}
