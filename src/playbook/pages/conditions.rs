//! Every place of a playbook that speaks of another one, to change it.

use crate::engine::{Aim, Condition, ConditionId, Edge, Field, Form, Playbook, Scope};

/// Each field that a condition of persons, a ratio or a nudge looks at. (What a `where` looks at is in the event.)
pub(super) fn each_field(playbook: &mut Playbook, f: &mut dyn FnMut(&mut Field)) {
    for signal in &mut playbook.person.signals {
        match &mut signal.form {
            Form::Ratio(one, other) => {
                f(one);
                f(other);
            }
            Form::Until(field) => f(field),
            _ => {}
        }
    }
    playbook.person.conditions.iter_mut().for_each(|condition| in_condition(condition, f));
    playbook.policy.never.iter_mut().for_each(|never| in_condition(&mut never.when, f));
    for nudge in &mut playbook.nudges {
        in_condition(&mut nudge.when, f);
        moment(nudge.moment.as_mut().map(|(scope, index)| (*scope, index)), f);
        for edge in &mut nudge.on {
            match edge {
                Edge::Page(condition) => in_condition(condition, f),
                Edge::Moment(scope, index) => moment(Some((*scope, index)), f),
                _ => {}
            }
        }
    }
}

/// A moment that a nudge names, as if a condition asked for it.
fn moment(named: Option<(Scope, &mut u16)>, f: &mut dyn FnMut(&mut Field)) {
    let Some((scope, index)) = named else { return };
    let mut field = Field::Moment(scope, *index);
    f(&mut field);
    if let Field::Moment(_, now) = field {
        *index = now;
    }
}

fn in_condition(condition: &mut Condition, f: &mut dyn FnMut(&mut Field)) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::Count(parts, _) => {
            parts.iter_mut().for_each(|part| in_condition(part, f));
        }
        Condition::Not(part) => in_condition(part, f),
        Condition::Test(field, _) => f(field),
    }
}

/// Each place that names a condition of persons.
pub(super) fn each_id(playbook: &mut Playbook, f: &mut dyn FnMut(&mut ConditionId)) {
    let person = &mut playbook.person;
    person.segments.iter_mut().for_each(|segment| f(&mut segment.when));
    let points = person.scores.iter_mut().flat_map(|score| &mut score.points);
    points.for_each(|(when, _)| f(when));
    for rung in person.ladders.iter_mut().flat_map(|ladder| &mut ladder.rungs) {
        rung.when.iter_mut().for_each(&mut *f);
        rung.success.iter_mut().for_each(|(_, when)| f(when));
    }
    person.moments.iter_mut().for_each(|moment| f(&mut moment.when));
    for goal in playbook.nudges.iter_mut().filter_map(|nudge| nudge.goal.as_mut()) {
        if let Aim::When(when) = &mut goal.aim {
            f(when);
        }
    }
}
