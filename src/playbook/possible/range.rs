//! What a field can be at all, from its definition.

use crate::engine::{Field, Form, Momentum, Scope, Unit, Value, Window};

use super::super::known::Known;
use super::example::Example;

/// What a field can be, if it is not absent.
pub(super) enum Range {
    /// A number within bounds, perhaps a whole one.
    Numbers(Bounds),
    /// One of these.
    These(Vec<Example>),
    /// A string, a number or a truth value.
    Scalar,
    /// Anything that JSON can say.
    Anything,
}

/// Bounds of a number, and why.
pub(in crate::playbook) struct Bounds {
    pub(super) least: f64,
    pub(in crate::playbook) most: f64,
    pub(super) is_whole: bool,
    /// Why it is never more, where that is not plain.
    pub(super) because: Option<String>,
}

impl Bounds {
    const ANY: Bounds = Bounds { least: f64::MIN, most: f64::MAX, is_whole: false, because: None };
    const WHOLE: Bounds = Bounds { is_whole: true, ..Bounds::ANY };
    const COUNT: Bounds = Bounds { least: 0.0, ..Bounds::WHOLE };
}

/// What a field can be.
pub(super) fn of(known: &Known, field: &Field) -> Range {
    match field {
        Field::Trait(..) | Field::Property(_) | Field::Page(_) => Range::Anything,
        Field::Signal(scope, index) => {
            let signal = known.of(*scope).signals.get(usize::from(*index));
            signal.map_or(Range::Anything, |signal| of_form(*scope, &signal.form))
        }
        Field::Segment(..) | Field::Moment(..) => {
            Range::These([false, true].map(|flag| Example::Value(Value::Bool(flag))).to_vec())
        }
        Field::Momentum => {
            let names = Momentum::ALL.into_iter().filter(|name| known.rhythm || *name != Momentum::AtRisk);
            Range::These(names.map(|momentum| Example::text(momentum.name())).collect())
        }
        Field::Alive => Range::Numbers(Bounds { least: 0.0, most: 1.0, ..Bounds::ANY }),
        Field::Score(scope, index) => Range::Numbers(points(known, *scope, *index)),
        Field::Band(scope, index) => {
            let most = points(known, *scope, *index).most;
            let score = known.of(*scope).scores.get(usize::from(*index));
            let bands = score.into_iter().flat_map(|score| &score.bands);
            Range::These(
                bands.filter(|(_, least)| *least <= most).map(|(name, _)| Example::text(name)).collect(),
            )
        }
        Field::Stage(scope, index) => {
            let rungs = known.rungs(*scope, *index).iter().zip(0..);
            Range::These(rungs.map(|(id, position)| Example::Stage(id.clone(), position)).collect())
        }
        Field::Reached(Scope::Person, ..) => Range::Numbers(Bounds::COUNT),
        Field::Reached(Scope::Account, ..) => Range::Numbers(Bounds::WHOLE),
        Field::Weekday => Range::Numbers(Bounds { least: 1.0, most: 7.0, ..Bounds::WHOLE }),
        Field::HourOfDay => Range::Numbers(Bounds { most: 23.0, ..Bounds::COUNT }),
    }
}

fn of_form(scope: Scope, form: &Form) -> Range {
    Range::Numbers(match form {
        Form::Days(Some(window)) => {
            let most = days(*window);
            Bounds { most: most.into(), because: Some(in_window(*window)), ..Bounds::COUNT }
        }
        Form::Distinct(_, most, _) => Bounds {
            most: f64::from(*most),
            because: Some(format!("it remembers the {most} values seen last, and so never says more")),
            ..Bounds::COUNT
        },
        Form::Until(_) => Bounds::WHOLE,
        // Members may see it on a clock of theirs.
        Form::Since | Form::Age if scope == Scope::Account => Bounds::WHOLE,
        Form::Count(_) | Form::Days(None) | Form::Sequence(..) | Form::Members | Form::Since | Form::Age => {
            Bounds::COUNT
        }
        Form::Sum(..) | Form::Max(..) | Form::Min(..) | Form::Ratio(..) => Bounds::ANY,
        Form::Last(_) => return Range::Scalar,
    })
}

/// On how many days the hours of a window can be.
fn days(window: Window) -> u16 {
    match window.unit {
        Unit::Days => window.length,
        Unit::Hours => (window.length + 22) / 24 + 1,
    }
}

fn in_window(window: Window) -> String {
    let unit = if window.unit == Unit::Days { "d" } else { "h" };
    let most = days(window);
    let days = if most == 1 { "day" } else { "days" };
    format!("its window of \"{}{unit}\" has {most} {days} at most", window.length)
}

/// What a score can add up to.
pub(in crate::playbook) fn points(known: &Known, scope: Scope, index: u16) -> Bounds {
    let score = known.of(scope).scores.get(usize::from(index));
    let added = || score.into_iter().flat_map(|score| &score.points).map(|(_, add)| i128::from(*add));
    let sum = |least: bool| added().filter(|add| (*add < 0) == least).sum::<i128>() as f64 / 1e6;
    // A sum beyond this is rounded otherwise than here.
    let is_exact = added().map(i128::abs).sum::<i128>() < 1 << 53;
    if !is_exact {
        return Bounds::ANY;
    }
    let most = sum(false);
    Bounds {
        least: sum(true),
        most,
        is_whole: false,
        because: Some(format!("its points add up to {most} at most")),
    }
}
