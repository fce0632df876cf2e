//! Nudges: every reason that could hold one back, in the order in which the arbiter asks, with what it rests on.

use super::definitions;
use super::explanation::{Explanation, Kind};
use super::ids::Definition;
use super::subject::About;
use super::tree::Explainer;
use super::words::{ago, counted, names, span, window};
use crate::engine::{
    Block, Limit, Matcher, Millis, Nudge, Outcome, Person, Purpose, Scope, Sight, Span, Surroundings, reasons,
};

pub(super) fn explain(explainer: &Explainer<'_>, id: &str, index: usize) -> Option<Explanation> {
    let about = explainer.about;
    let nudge = about.playbook.nudges.get(index)?;
    let (person, surroundings) = about.person?;
    let found = reasons(about.playbook, person, about.company.view(), index, surroundings, about.now);
    let track = explainer.forecast.reasons(index);
    let mut parts = Vec::new();
    // The track begins with whether it is held back at all.
    for (position, (block, holds_back)) in (1..).zip(found) {
        let Some(text) = sentence(explainer, index, nudge, block, holds_back) else { continue };
        let mut reason =
            Explanation::new(Kind::Reason, Some(!holds_back), format!("{}: {text}", block.name()));
        reason.id = Some(block.name().to_owned());
        reason.turns = track.and_then(|track| track.turns(position));
        reason.parts = below(explainer, index, nudge, block, surroundings);
        parts.push(reason);
    }
    let mut explanation = Explanation::new(Kind::Nudge, None, String::new());
    explanation.parts = parts;
    let blocks: Vec<&str> = explanation.blocked_by().collect();
    let verdict = match blocks.as_slice() {
        [] => "is held back by nothing".to_owned(),
        [only] => format!("is held back by {only}"),
        [first, rest @ ..] => format!("is held back by {first}, and by {}", rest.join(", ")),
    };
    explanation.holds = Some(blocks.is_empty());
    explanation.text = format!("{id} ({}) {verdict}", nudge.purpose.name());
    explanation.turns = track.and_then(|track| track.turns(0));
    explanation.on = nudge.on.iter().map(|on| edge(about, on)).collect();
    Some(explanation)
}

/// When a reason could let go by time alone, or a step nearer to it.
pub(super) fn lets_go(about: &About<'_>, index: usize, block: Block) -> Option<Millis> {
    let (person, _) = about.person?;
    let (policy, memory) = (&about.playbook.policy, person.memory());
    let after = |last: Option<Millis>, span: Span| Some(Millis(last?.0.saturating_add(span.millis())));
    match block {
        Block::Gap => after(memory.last_shown(), policy.gap),
        Block::Quiet => after(memory.last_dismissed(), policy.quiet),
        Block::Limits(outcome) => {
            let tally = memory.tally(index, outcome)?;
            match about.playbook.nudges.get(index)?.limit(outcome)? {
                Limit::Rest(span) => after(tally.last(), span),
                Limit::AtMost(_, Some(window)) => {
                    let clock = person.subject().clock();
                    Some(tally.next_edge(window, clock.read(about.now))?.start(clock.offset()))
                }
                Limit::AtMost(_, None) | Limit::Stop => None,
            }
        }
        Block::HelpFirst | Block::PerSession | Block::When | Block::Slot => None,
    }
}

/// An occasion, in words.
fn edge(about: &About<'_>, on: &Matcher) -> String {
    let names = names(about.playbook, &on.names);
    if on.when.is_some() { format!("{names} (with certain properties)") } else { names }
}

/// What a reason says; none where it does not concern the nudge.
fn sentence(
    explainer: &Explainer<'_>,
    index: usize,
    nudge: &Nudge,
    block: Block,
    holds_back: bool,
) -> Option<String> {
    let about = explainer.about;
    let (person, surroundings) = about.person?;
    let policy = &about.playbook.policy;
    let exempt = nudge.purpose == Purpose::Help;
    let since = |last: Option<Millis>, what: &str, rest: Span| match last {
        Some(last) => format!("one was {what} {}, wanted ≥ {} ago", ago(last, about.now), span(rest)),
        None => format!("none was {what} yet"),
    };
    match block {
        Block::HelpFirst if nudge.purpose.is_commercial() => {
            let first = policy.help_first?;
            definitions::stage_test(explainer, first.ladder, first.at_least)
        }
        Block::PerSession if !exempt => {
            let shown = person.memory().shown_in(surroundings.session.as_deref());
            Some(format!("{shown} of {} in this session", policy.per_session))
        }
        Block::Gap if !exempt => Some(since(person.memory().last_shown(), "shown", policy.gap)),
        Block::Quiet => Some(since(person.memory().last_dismissed(), "dismissed", policy.quiet)),
        Block::Limits(outcome) => limit(about, person, index, nudge, outcome),
        Block::When => Some(
            if holds_back { "what it asks for does not hold" } else { "what it asks for holds" }.to_owned(),
        ),
        Block::Slot if holds_back => Some("something else is on screen".to_owned()),
        Block::HelpFirst | Block::PerSession | Block::Gap | Block::Slot => None,
    }
}

fn limit(
    about: &About<'_>,
    person: &Person,
    index: usize,
    nudge: &Nudge,
    outcome: Outcome,
) -> Option<String> {
    let tally = person.memory().tally(index, outcome)?;
    let hour = person.subject().clock().read(about.now);
    let done = match outcome {
        Outcome::Shown => "shown",
        Outcome::Dismissed => "dismissed",
        Outcome::Snoozed => "put off",
        Outcome::Acted => "acted on",
    };
    Some(match nudge.limit(outcome)? {
        Limit::AtMost(most, within) => {
            let within_words = within.map(|within| format!(" in {}", window(within))).unwrap_or_default();
            format!("{done} {} of {}{within_words}", tally.count(within, hour), counted(most.into(), "time"))
        }
        Limit::Rest(rest) => match tally.last() {
            Some(last) => format!("{done} {}, wanted ≥ {} ago", ago(last, about.now), span(rest)),
            None => format!("never {done}"),
        },
        Limit::Stop => match tally.last() {
            Some(last) => format!("{done} {}, and so never again", ago(last, about.now)),
            None => format!("never {done}"),
        },
    })
}

/// What a reason rests on.
fn below(
    explainer: &Explainer<'_>,
    index: usize,
    nudge: &Nudge,
    block: Block,
    surroundings: &Surroundings,
) -> Vec<Explanation> {
    match block {
        Block::HelpFirst => {
            let Some(first) = explainer.about.playbook.policy.help_first else { return Vec::new() };
            let rungs = (0..=first.at_least).map(|rung| Definition::Rung(Scope::Person, first.ladder, rung));
            let explained = rungs.filter_map(|rung| definitions::explain_at(explainer, rung, 1));
            explained.filter(|rung| rung.holds == Some(false)).collect()
        }
        Block::When => {
            let moment = nudge.moment.map(|(scope, index)| Definition::Moment(scope, index));
            let mut parts: Vec<Explanation> =
                moment.and_then(|moment| definitions::explain_at(explainer, moment, 1)).into_iter().collect();
            if let Some(sight) = explainer.about.sight(Scope::Person) {
                let sight = Sight { page: &surroundings.page, ..sight };
                parts.append(&mut explainer.parts(&nudge.when, sight, explainer.forecast.when(index), 0));
            }
            parts
        }
        _ => Vec::new(),
    }
}
