//! Signals, segments, scores, ladders with their rungs, and moments.

use super::explanation::{Explanation, Kind};
use super::forecast::instant;
use super::ids::{Definition, name};
use super::nudges;
use super::tree::Explainer;
use super::words::{self, ago, time};
use crate::engine::{
    ConditionId, Field, Form, Index, Millis, Part, Predicate, Rung, Scope, Seen, Sight, Signal,
};
use crate::playbook::{path, printed};

/// Explains a definition.
pub(super) fn explain(explainer: &Explainer<'_>, definition: Definition) -> Option<Explanation> {
    explain_at(explainer, definition, 0)
}

/// The same, below others.
pub(super) fn explain_at(
    explainer: &Explainer<'_>,
    definition: Definition,
    depth: u8,
) -> Option<Explanation> {
    let id = name(explainer.about, definition)?;
    let mut explanation = match definition {
        Definition::Signal(scope, index) => signal(explainer, &id, scope, index)?,
        Definition::Segment(scope, index) => {
            let when = explainer.about.playbook.of(scope).segments.get(usize::from(index))?.when;
            let holds = sight(explainer, scope)?.segment(scope, index);
            let text = format!("{id} {}", if holds { "holds" } else { "does not hold" });
            let mut segment = Explanation::new(Kind::Segment, Some(holds), text);
            segment.turns = explainer.forecast.condition(scope, when).and_then(|track| track.turns(0));
            segment
        }
        Definition::Score(scope, index) => score(explainer, &id, scope, index)?,
        Definition::Ladder(scope, index) => {
            let stage = sight(explainer, scope)?.stage(scope, index).map_or("absent", |(stage, _)| stage);
            Explanation::new(Kind::Ladder, None, format!("{id} is at {stage}"))
        }
        Definition::Rung(scope, ladder, rung) => self::rung(explainer, &id, scope, ladder, rung)?,
        Definition::Moment(scope, index) => moment(explainer, &id, scope, index)?,
        Definition::Nudge(index) => nudges::explain(explainer, &id, index)?,
    };
    explanation.id = Some(id);
    if explanation.parts.is_empty() {
        explanation.parts = parts(explainer, definition, depth);
    }
    Some(explanation)
}

/// What a definition rests on.
pub(super) fn parts(explainer: &Explainer<'_>, definition: Definition, depth: u8) -> Vec<Explanation> {
    let of = |scope: Scope| explainer.about.playbook.of(scope);
    let when = match definition {
        Definition::Segment(scope, index) => {
            of(scope).segments.get(usize::from(index)).map(|segment| (scope, segment.when))
        }
        Definition::Moment(scope, index) => {
            of(scope).moments.get(usize::from(index)).map(|moment| (scope, moment.when))
        }
        Definition::Rung(scope, ladder, rung) => {
            let ladder = of(scope).ladders.get(usize::from(ladder));
            let rung = ladder.and_then(|ladder| ladder.rungs.get(usize::from(rung)));
            let sight = explainer.about.sight(scope);
            let when = rung.zip(sight).and_then(|(rung, sight)| sight.subject.condition_of(of(scope), rung));
            when.map(|when| (scope, when))
        }
        Definition::Score(scope, index) => {
            let points = of(scope).scores.get(usize::from(index)).map(|score| score.points.as_slice());
            let point = |(when, add): &(ConditionId, i64)| point(explainer, scope, *when, *add, depth);
            return points.unwrap_or_default().iter().filter_map(point).collect();
        }
        Definition::Ladder(scope, index) => {
            let count = of(scope).ladders.get(usize::from(index)).map_or(0, |ladder| ladder.rungs.len());
            let rungs = (0..).take(count).map(|rung| Definition::Rung(scope, index, rung));
            return rungs.filter_map(|rung| explain_at(explainer, rung, depth)).collect();
        }
        Definition::Signal(..) | Definition::Nudge(_) => None,
    };
    when.map(|(scope, when)| explainer.condition(scope, when, depth)).unwrap_or_default()
}

/// What is seen of a scope: an account of which only the outside is known, by the eyes of the person.
fn sight<'a>(explainer: &'a Explainer<'_>, scope: Scope) -> Option<Sight<'a>> {
    let about = explainer.about;
    about.sight(scope).or_else(|| about.sight(about.scope()))
}

fn signal(explainer: &Explainer<'_>, id: &str, scope: Scope, index: Index) -> Option<Explanation> {
    let playbook = explainer.about.playbook;
    let signal = playbook.of(scope).signals.get(usize::from(index))?;
    let field = Field::Signal(scope, index);
    let seen = words::Words::about(playbook, &field).seen(sight(explainer, scope)?.signal(scope, index));
    let text = format!("{id} is {seen}: {}", form(explainer, signal));
    Some(Explanation::new(Kind::Signal, None, text))
}

/// What a signal is, in words.
fn form(explainer: &Explainer<'_>, signal: &Signal) -> String {
    let playbook = explainer.about.playbook;
    let steps: Vec<String> = signal.of.iter().map(|of| words::names(playbook, &of.names)).collect();
    let names = steps.join(", ");
    let of = |path: &[String]| format!("{} of {names}", path.join("."));
    let what = match &signal.form {
        // What only the collector knows is left out of what pages load.
        Form::Count(_) | Form::Since if signal.of.is_empty() => "as the collector counts it".to_owned(),
        Form::Count(_) => format!("how often {names}"),
        Form::Days(_) => format!("days with {names}"),
        Form::Distinct(Part::Property(path), ..) => format!("different {}", of(path)),
        Form::Distinct(Part::Session, ..) => format!("sessions with {names}"),
        Form::Distinct(Part::Person, ..) => format!("people with {names}"),
        Form::Sum(path, _) => format!("sum of {}", of(path)),
        Form::Max(path, _) => format!("largest {}", of(path)),
        Form::Min(path, _) => format!("smallest {}", of(path)),
        Form::Sequence(span, _) => {
            let within = span.map(|span| format!(", each within {}", words::span(span))).unwrap_or_default();
            format!("how often {}{within}", steps.join(", then "))
        }
        Form::Last(path) => format!("newest {}", of(path)),
        Form::Since => format!("time since the last {names}"),
        Form::Age => format!("time since the first {names}"),
        Form::Until(field) => format!("time until {}", path(playbook, field)),
        Form::Ratio(one, other) => {
            format!("{} / {}", path(playbook, one), path(playbook, other))
        }
        Form::Members => "members of whom its condition holds".to_owned(),
    };
    let within = signal.form.window().map(|window| format!(" in {}", words::window(window)));
    let without = signal
        .without
        .as_ref()
        .map(|without| format!(", from the last {} on", words::names(playbook, &without.names)));
    format!("{what}{}{}", within.unwrap_or_default(), without.unwrap_or_default())
}

fn score(explainer: &Explainer<'_>, id: &str, scope: Scope, index: Index) -> Option<Explanation> {
    let definition = explainer.about.playbook.of(scope).scores.get(usize::from(index))?;
    let sight = sight(explainer, scope)?;
    let value = sight.score(scope, index).map_or("absent".to_owned(), printed);
    let band = match (sight.band(scope, index), definition.bands.is_empty()) {
        (Some(band), _) => format!(", in band {band}"),
        (None, false) => ", in no band".to_owned(),
        (None, true) => String::new(),
    };
    let bands = definition.bands.iter().map(|(name, least)| format!("{name} from {}", printed(*least)));
    let bands: Vec<String> = bands.collect();
    let bands = if bands.is_empty() { String::new() } else { format!(" ({})", bands.join(", ")) };
    let mut explanation = Explanation::new(Kind::Score, None, format!("{id} is {value}{band}{bands}"));
    let turns = |(when, _): &(ConditionId, i64)| explainer.forecast.condition(scope, *when)?.turns(0);
    explanation.turns = definition.points.iter().filter_map(turns).min();
    Some(explanation)
}

fn point(
    explainer: &Explainer<'_>,
    scope: Scope,
    when: ConditionId,
    add: i64,
    depth: u8,
) -> Option<Explanation> {
    let holds = explainer.forecast.condition(scope, when)?.holds(0)?;
    let text = format!("{} points", printed(add as f64 / 1e6));
    let mut explanation = Explanation::new(Kind::Point, Some(holds), text);
    explanation.turns = explainer.forecast.condition(scope, when).and_then(|track| track.turns(0));
    explanation.parts = explainer.condition(scope, when, depth);
    Some(explanation)
}

fn rung(
    explainer: &Explainer<'_>,
    id: &str,
    scope: Scope,
    ladder: Index,
    position: u8,
) -> Option<Explanation> {
    let about = explainer.about;
    let rung = about.playbook.of(scope).ladders.get(usize::from(ladder))?.rungs.get(usize::from(position))?;
    let reached = sight(explainer, scope)?.reached(scope, ladder, position);
    let text = match (reached, rung.keep && rung.when.is_some()) {
        (None, _) => format!("{id} is not met{}", by_icp(explainer, scope, rung)),
        (Some(hours), keep) => {
            let since = if hours < 1.0 {
                "within this hour".to_owned()
            } else {
                format!("{} ago", words::hours(hours))
            };
            let good = if keep { ", for good" } else { "" };
            format!("{id} was met {since}{good}{}", by_icp(explainer, scope, rung))
        }
    };
    let mut explanation = Explanation::new(Kind::Rung, Some(reached.is_some()), text);
    explanation.since = reached.and_then(|hours| {
        let sight = sight(explainer, scope)?;
        Some(instant(sight.subject, crate::engine::Hour(sight.now.0 - hours as i32)))
    });
    explanation.turns = explainer.forecast.rung(scope, ladder, position);
    Some(explanation)
}

/// Whose success it is, where that is an ICP's.
fn by_icp(explainer: &Explainer<'_>, scope: Scope, rung: &Rung) -> String {
    let about = explainer.about;
    let definitions = about.playbook.of(scope);
    let icp = about.sight(scope).and_then(|sight| sight.subject.icp(definitions));
    let own = icp.filter(|icp| rung.success.iter().any(|(segment, _)| segment == icp));
    let segment = own.and_then(|icp| definitions.segments.get(usize::from(icp)));
    segment.map(|segment| format!(", as segments.{} has it", segment.id)).unwrap_or_default()
}

fn moment(explainer: &Explainer<'_>, id: &str, scope: Scope, index: Index) -> Option<Explanation> {
    let about = explainer.about;
    let definition = about.playbook.of(scope).moments.get(usize::from(index))?;
    let sight = sight(explainer, scope)?;
    let holds = sight.moment(scope, index);
    let fired = sight.fired(scope, index);
    let mut text = format!("{id} {}", if holds { "holds" } else { "does not hold" });
    if let Some(fired) = fired {
        text += &format!("; fired {}", ago(fired, about.now));
    }
    let again = fired.map(|fired| Millis(fired.0.saturating_add(definition.cooldown.millis())));
    if let Some(again) = again.filter(|again| *again > about.now) {
        text += &format!(", and can again from {}", time(again));
    }
    let mut explanation = Explanation::new(Kind::Moment, Some(holds), text);
    explanation.since = fired;
    explanation.rests_until = again;
    explanation.turns = explainer.forecast.condition(scope, definition.when).and_then(|track| track.turns(0));
    Some(explanation)
}

/// What a test of a ladder's stage wants, for reasons that are no condition.
pub(super) fn stage_test(explainer: &Explainer<'_>, ladder: Index, at_least: u8) -> Option<String> {
    let field = Field::Stage(Scope::Person, ladder);
    let sight = sight(explainer, Scope::Person)?;
    let seen =
        sight.stage(Scope::Person, ladder).map_or(Seen::Absent, |(id, position)| Seen::Stage(id, position));
    let words = words::Words::about(explainer.about.playbook, &field);
    Some(words.sentence(seen, &Predicate::AtLeast(at_least)))
}
