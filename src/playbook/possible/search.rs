//! Conditions, taken apart into tests that would have to hold together.

use crate::engine::{Condition, Field, Predicate, Scope, Value};

use super::super::known::Known;
use super::Conflict;
use super::examples::examples;
use super::range;
use super::verdict::verdict;
use super::words;

/// How many parts and alternatives are looked at; beyond, everything is possible.
const MOST_STEPS: usize = 2_000;
/// How many segments and moments are taken for what they ask.
const MOST_MEANINGS: usize = 64;
/// How many tests there may be at once.
const MOST_TESTS: usize = 128;

/// How many pairs of tests are compared in a whole playbook: some tenths of a second. Thousands of conditions that
/// each cost the most would take an hour.
const MOST_COMPARED: usize = 2_000_000;

/// A condition that has to hold, or must not.
#[derive(Clone, Copy)]
struct Part<'a> {
    condition: &'a Condition,
    holds: bool,
    /// It is what a segment or a moment asks for.
    is_meant: bool,
}

/// A test that has to hold, or must not.
#[derive(Clone, Copy)]
struct Test<'a> {
    field: &'a Field,
    predicate: &'a Predicate,
    holds: bool,
}

/// One of these has to hold (or must not).
type Branch<'a> = Vec<Part<'a>>;

/// Where an attempt stands.
#[derive(Clone, Default)]
struct Attempt<'a> {
    open: Vec<Part<'a>>,
    tests: Vec<Test<'a>>,
    branches: Vec<Branch<'a>>,
}

pub(super) struct Search<'a> {
    known: &'a Known,
    steps: usize,
    meanings: usize,
    /// The first conflict that was found.
    found: Option<Conflict>,
}

impl<'a> Search<'a> {
    pub(super) fn new(known: &'a Known) -> Search<'a> {
        Search { known, steps: 0, meanings: 0, found: None }
    }

    pub(super) fn conflict(mut self, conditions: &[&'a Condition]) -> Option<Conflict> {
        let part = |condition: &&'a Condition| Part { condition, holds: true, is_meant: false };
        let open = conditions.iter().map(part).collect();
        if self.is_possible(Attempt { open, ..Attempt::default() }) { None } else { self.found }
    }

    fn is_possible(&mut self, mut attempt: Attempt<'a>) -> bool {
        while let Some(part) = attempt.open.pop() {
            self.steps += 1;
            if self.steps > MOST_STEPS {
                return true;
            }
            if !self.open(part, &mut attempt) {
                return false;
            }
        }
        if attempt.tests.len() > MOST_TESTS || !self.may_compare(attempt.tests.len()) {
            return true;
        }
        if !self.are_possible(&attempt.tests) {
            return false;
        }
        let Some(branch) = attempt.branches.pop() else { return true };
        branch.into_iter().any(|part| {
            let mut attempt = attempt.clone();
            attempt.open.push(part);
            self.is_possible(attempt)
        })
    }

    /// Counts that each of so many tests will be compared with each. False when the playbook has had its share.
    fn may_compare(&self, tests: usize) -> bool {
        let compared = self.known.compared.get().saturating_add(tests * tests);
        self.known.compared.set(compared);
        compared <= MOST_COMPARED
    }

    /// Takes one part apart. False if it can never be.
    fn open(&mut self, part: Part<'a>, attempt: &mut Attempt<'a>) -> bool {
        let Part { condition, holds, is_meant } = part;
        let each = |parts: &'a [Condition], holds| {
            parts.iter().map(move |condition| Part { condition, holds, is_meant })
        };
        match (condition, holds) {
            (Condition::All(parts), true) => attempt.open.extend(each(parts, true)),
            // An empty one holds, as in GrowthBook.
            (Condition::Any(parts), true) if parts.is_empty() => {}
            (Condition::Any(parts), false) if !parts.is_empty() => attempt.open.extend(each(parts, false)),
            (Condition::Any(parts), true) => attempt.branches.push(each(parts, true).collect()),
            (Condition::All(parts), false) if !parts.is_empty() => {
                attempt.branches.push(each(parts, false).collect());
            }
            (Condition::All(_) | Condition::Any(_), false) => {
                self.found.get_or_insert_with(|| Conflict { field: None, why: words::Why::nothing() });
                return false;
            }
            (Condition::Not(part), _) => {
                attempt.open.push(Part { condition: part, holds: !holds, is_meant });
            }
            (Condition::Count(..), _) => {}
            (Condition::Test(field, predicate), _) => {
                // An account may have changed since its member was evaluated.
                if !(is_meant && is_of_account(field)) {
                    attempt.tests.push(Test { field, predicate, holds });
                }
                if let Some(condition) = self.meaning(field, predicate) {
                    attempt.open.push(Part { condition, holds, is_meant: true });
                }
            }
        }
        true
    }

    /// What the segment or the moment of a test asks for itself.
    fn meaning(&mut self, field: &Field, predicate: &Predicate) -> Option<&'a Condition> {
        let (Predicate::Equals(Value::Bool(true)), false) = (predicate, self.known.is_dead(field)) else {
            return None;
        };
        let definitions = self.known.of(Scope::Person);
        let when = match field {
            Field::Segment(Scope::Person, index) => definitions.segments.get(usize::from(*index))?.when,
            Field::Moment(Scope::Person, index) => definitions.moments.get(usize::from(*index))?.when,
            _ => return None,
        };
        self.meanings += 1;
        definitions.conditions.get(usize::from(when)).filter(|_| self.meanings <= MOST_MEANINGS)
    }

    /// Whether there is a value for each field that meets all its tests.
    fn are_possible(&mut self, tests: &[Test<'a>]) -> bool {
        for (test, index) in tests.iter().zip(0..) {
            if tests.iter().take(index).any(|before| before.field == test.field) {
                continue;
            }
            let of_field: Vec<Test<'_>> =
                tests.iter().copied().filter(|other| other.field == test.field).collect();
            let predicates: Vec<&Predicate> = of_field.iter().map(|test| test.predicate).collect();
            let range = range::of(self.known, test.field);
            let Some(examples) = examples(&range, &predicates) else { continue };
            let meets =
                |example| of_field.iter().all(|test| verdict(test.predicate, example) != Some(!test.holds));
            if !examples.iter().any(meets) {
                let asked: Vec<_> = of_field.iter().map(|test| (test.predicate, test.holds)).collect();
                let (known, field) = (self.known, test.field);
                self.found.get_or_insert_with(|| Conflict {
                    field: Some(field.clone()),
                    why: words::why(known, field, &range, &asked),
                });
                return false;
            }
        }
        true
    }
}

fn is_of_account(field: &Field) -> bool {
    match field {
        Field::Trait(scope, _)
        | Field::Signal(scope, _)
        | Field::Segment(scope, _)
        | Field::Score(scope, _)
        | Field::Band(scope, _)
        | Field::Stage(scope, _)
        | Field::Reached(scope, ..)
        | Field::Moment(scope, _) => *scope == Scope::Account,
        _ => false,
    }
}
