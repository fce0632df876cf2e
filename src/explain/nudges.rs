//! Nudges: every reason that could hold one back, in the order in which the arbiter asks, with what it rests on.

use super::definitions;
use super::explanation::{Explanation, Kind};
use super::ids::Definition;
use super::subject::About;
use super::tree::Explainer;
use super::words::{ago, in_line, names, span};
use super::{limits, schedule};
use crate::engine::{
    BUCKETS, Block, Bucket, Edge, Field, Millis, Never, Nudge, Purpose, Scope, Sight, Span, Surroundings,
    reasons,
};
use crate::playbook::{path, printed};

pub(super) fn explain(explainer: &Explainer<'_>, id: &str, index: usize) -> Option<Explanation> {
    let about = explainer.about;
    let nudge = about.playbook.nudges.get(index)?;
    let (who, surroundings) = about.person?;
    let found = reasons(about.playbook, who, index, surroundings, about.now);
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
    let (who, _) = about.person?;
    let (policy, memory) = (&about.playbook.policy, who.person.memory());
    let nudge = about.playbook.nudges.get(index)?;
    let after = |last: Millis, span: Span| Some(Millis(last.0.saturating_add(span.millis())));
    match block {
        Block::Gap => after(memory.last_shown()?, policy.gap),
        Block::Quiet => after(memory.last_dismissed()?, policy.quiet),
        Block::Limits(outcome) => limits::lets_go(about, index, nudge, outcome),
        Block::Schedule => {
            schedule::next_edge(nudge.schedule.as_ref()?, who.person.subject().clock(), about.now)
        }
        _ => None,
    }
}

/// An occasion, in words.
fn edge(about: &About<'_>, edge: &Edge) -> String {
    let playbook = about.playbook;
    match edge {
        Edge::Load => "a page load".to_owned(),
        Edge::Event(on) => {
            let names = names(playbook, &on.names);
            if on.when.is_some() { format!("{names} (with certain properties)") } else { names }
        }
        Edge::Page(condition) => format!("a page where {}", in_line(playbook, condition)),
        Edge::Moment(scope, index) => format!("{} to fire", path(playbook, &Field::Moment(*scope, *index))),
        Edge::Element(selector) => format!("the element {selector} in view"),
        Edge::Call(name) => format!("the call {name}"),
    }
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
    let (who, here) = about.person?;
    let policy = &about.playbook.policy;
    let exempt = nudge.purpose == Purpose::Help;
    let since = |last: Option<Millis>, what: &str, rest: Span| match last {
        Some(last) => format!("one was {what} {}, wanted ≥ {} ago", ago(last, about.now), span(rest)),
        None => format!("none was {what} yet"),
    };
    let percent = |below: Bucket| format!("{} %", printed(f64::from(below) * 100.0 / f64::from(BUCKETS)));
    match block {
        Block::Consent if holds_back => Some("the user has not agreed".to_owned()),
        Block::GlobalHoldout if holds_back => {
            Some(format!("one of the {} who see no nudge at all", percent(policy.holdout)))
        }
        Block::Holdout if holds_back => {
            Some(format!("one of the {} who never see this one", percent(nudge.holdout)))
        }
        Block::Variant => {
            let variant = nudge.variants.get(nudge.variant(who, here)?)?;
            let shows = if variant.shows { "" } else { ", which shows nothing" };
            Some(format!("is in the variant {}{shows}", variant.id))
        }
        Block::Never if never(explainer, nudge).next().is_some() => {
            Some(format!("no {} while one of these holds", nudge.purpose.name()))
        }
        Block::OpenLead if holds_back => Some("a lead of theirs, or of their account, is open".to_owned()),
        Block::HelpFirst if nudge.purpose.is_commercial() => {
            let first = policy.help_first?;
            definitions::stage_test(explainer, first.ladder, first.at_least)
        }
        Block::PerSession if !exempt => {
            let shown = who.person.memory().shown_in(here.session.as_deref());
            Some(format!("{shown} of {} in this session", policy.per_session))
        }
        Block::Gap if !exempt => Some(since(who.person.memory().last_shown(), "shown", policy.gap)),
        Block::Quiet => Some(since(who.person.memory().last_dismissed(), "dismissed", policy.quiet)),
        Block::Schedule => {
            schedule::sentence(nudge.schedule.as_ref()?, who.person.subject().clock(), about.now)
        }
        Block::Limits(outcome) => limits::sentence(about, index, nudge, outcome),
        Block::When => Some(
            if holds_back { "what it asks for does not hold" } else { "what it asks for holds" }.to_owned(),
        ),
        Block::Killed if holds_back => Some("it is switched off".to_owned()),
        Block::Anchor if holds_back => Some("what it points at is not on the page".to_owned()),
        Block::Slot if holds_back => Some("something else is on screen".to_owned()),
        _ => None,
    }
}

/// What the policy keeps a nudge from, with its position.
fn never<'a>(explainer: &Explainer<'a>, nudge: &'a Nudge) -> impl Iterator<Item = (usize, &'a Never)> {
    let never = explainer.about.playbook.policy.never.iter().enumerate();
    never.filter(|(_, never)| never.purposes.contains(&nudge.purpose))
}

/// What a reason rests on.
fn below(
    explainer: &Explainer<'_>,
    index: usize,
    nudge: &Nudge,
    block: Block,
    surroundings: &Surroundings,
) -> Vec<Explanation> {
    let sight = explainer.about.sight(Scope::Person).map(|sight| Sight { page: &surroundings.page, ..sight });
    let Some(sight) = sight else { return Vec::new() };
    match block {
        Block::Never => {
            let parts = never(explainer, nudge).flat_map(|(position, never)| {
                let track = explainer.forecast.never(position);
                let mut not = Explanation::new(Kind::Not, None, "not this".to_owned());
                not.parts = explainer.parts(&never.when, sight, track, 0);
                not.holds = track.and_then(|track| track.holds(0)).map(|holds| !holds);
                not.turns = track.and_then(|track| track.turns(0));
                if not.parts.len() > 1 {
                    not.text = "not all of these".to_owned();
                }
                Some(not)
            });
            parts.collect()
        }
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
            parts.append(&mut explainer.parts(&nudge.when, sight, explainer.forecast.when(index), 0));
            parts
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Person, Value};
    use crate::explain::{Company, explain, to_text};
    use crate::playbook::compile;

    #[test]
    fn all_that_a_page_tells_and_that_holds_a_nudge_back_is_said() {
        let text = r#"{"policy": {"help_first": false, "holdout": 0}, "nudges": {"it": {
            "purpose": "upgrade", "on": "load", "placement": {"kind": "banner"}, "content": {"en": {"title": "T"}}}}}"#;
        let playbook = compile(text).unwrap().playbook;
        let person = Person::new(&playbook);
        let said = |told: &[(&str, Value)]| {
            let told = told.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
            let here = Surroundings::told(Value::Map(told));
            let about = About::person(&playbook, "ada", &person, Company::None, &here, Millis(0));
            to_text(&explain(&about, &["nudges.it"]).unwrap())
        };
        let ids = |id: &str| Value::List(vec![Value::Text(id.to_owned())]);
        for (name, value, wanted) in [
            ("killed", ids("it"), "it is switched off"),
            ("openLead", Value::Bool(true), "a lead of theirs, or of their account, is open"),
            ("withoutAnchor", ids("it"), "what it points at is not on the page"),
            ("slotTaken", Value::Bool(true), "something else is on screen"),
            ("withoutConsent", Value::Bool(true), "the user has not agreed"),
        ] {
            let told = said(&[(name, value)]);
            assert!(told.contains("is held back by") && told.contains(wanted), "{name}: {told}");
            assert!(!said(&[]).contains(wanted), "{name}");
        }
        assert!(!said(&[("killed", ids("other"))]).contains("switched off"));
    }
}
