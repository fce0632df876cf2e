//! The dependency index: what has to be looked at again when something changes.

use crate::engine::{Definitions, Dependents, Field, Form, Names, Scope, Signal};

/// Indexes the definitions of one scope.
pub(super) fn index(definitions: &mut Definitions, scope: Scope, names: usize) {
    let mut dependents = Dependents {
        events: vec![Vec::new(); names],
        signals: vec![Vec::new(); definitions.signals.len()],
        segments: vec![Vec::new(); definitions.segments.len()],
        scores: vec![Vec::new(); definitions.scores.len()],
        ladders: vec![Vec::new(); definitions.ladders.len()],
        moments: vec![Vec::new(); definitions.moments.len()],
        ..Dependents::default()
    };
    for (signal, position) in definitions.signals.iter().zip(0..) {
        let sets: Vec<&Names> =
            signal.of.iter().chain(&signal.without).map(|matcher| &matcher.names).collect();
        if sets.contains(&&Names::Any) {
            dependents.any_event.push(position);
            continue;
        }
        for set in sets {
            let Names::These(ids) = set else { continue };
            for id in ids {
                let list = dependents.events.get_mut(usize::from(*id));
                list.into_iter().for_each(|list| push(list, position));
            }
        }
    }
    for (condition, id) in definitions.conditions.iter().zip(0..) {
        condition.fields(&mut |field| {
            each_part(&definitions.signals, scope, field, &mut |field| {
                let own = |of: &Scope| *of == scope;
                let list = match field {
                    Field::Trait(of, _) if own(of) => Some(&mut dependents.traits),
                    Field::Signal(of, signal) if own(of) => dependents.signals.get_mut(usize::from(*signal)),
                    Field::Segment(of, segment) if own(of) => {
                        dependents.segments.get_mut(usize::from(*segment))
                    }
                    Field::Stage(of, ladder) | Field::Reached(of, ladder, _) if own(of) => {
                        dependents.ladders.get_mut(usize::from(*ladder))
                    }
                    Field::Moment(of, moment) if own(of) => dependents.moments.get_mut(usize::from(*moment)),
                    Field::Score(of, score) | Field::Band(of, score) if own(of) => {
                        dependents.scores.get_mut(usize::from(*score))
                    }
                    Field::Momentum => Some(&mut dependents.momentum),
                    Field::Alive => Some(&mut dependents.alive),
                    Field::Property(_) | Field::Weekday | Field::HourOfDay | Field::Page(_) => None,
                    // All else is of the person's account.
                    _ => Some(&mut dependents.account),
                };
                if let Some(list) = list {
                    push(list, id);
                }
            })
        });
    }
    // Whether a person is in an ICP decides which condition a rung has.
    let rungs = definitions.ladders.iter().flat_map(|ladder| &ladder.rungs);
    for rung in rungs.filter(|rung| !rung.success.is_empty()) {
        let conditions: Vec<_> =
            rung.when.into_iter().chain(rung.success.iter().map(|(_, id)| *id)).collect();
        let icps = definitions.segments.iter().zip(&mut dependents.segments);
        for (_, list) in icps.filter(|(segment, _)| segment.is_icp) {
            conditions.iter().for_each(|id| push(list, *id));
        }
    }
    definitions.dependents = dependents;
}

/// A field, and what it is computed of.
fn each_part(signals: &[Signal], scope: Scope, field: &Field, f: &mut dyn FnMut(&Field)) {
    f(field);
    let Field::Signal(of, index) = field else { return };
    let signal = signals.get(usize::from(*index)).filter(|_| *of == scope);
    match signal.map(|signal| &signal.form) {
        Some(Form::Until(part)) => f(part),
        Some(Form::Ratio(one, other)) => {
            each_part(signals, scope, one, f);
            each_part(signals, scope, other, f);
        }
        _ => {}
    }
}

fn push(list: &mut Vec<u16>, id: u16) {
    if list.last() != Some(&id) {
        list.push(id);
    }
}
