//! Why a nudge is held back, in words: what was seen, and what was wanted.

use super::js::print;
use crate::engine::{
    Block, Field, Hour, Ladder, Millis, Order, Outcome, Playbook, Predicate, Scope, Seen, Span, Surroundings,
    Value, Visitor, Who, explain_when,
};

/// A sentence for people; none where the name of the reason says it all.
pub(super) fn why(
    playbook: &Playbook,
    who: Who<'_>,
    nudge: usize,
    block: Block,
    here: &Surroundings,
    now: Millis,
) -> Option<String> {
    let mut words = Words { playbook, text: String::new() };
    match block {
        Block::HelpFirst => {
            let first = playbook.policy.help_first?;
            let stage = who.person.sight(playbook, who.account, now).stage(Scope::Person, first.ladder);
            let stage = stage.map_or(Seen::Text("not there yet"), |(stage, _)| Seen::Text(stage));
            words.compare(
                &Field::Stage(Scope::Person, first.ladder),
                stage,
                &Predicate::AtLeast(first.at_least),
            );
        }
        Block::PerSession => {
            words.add("one session shows at most ");
            words.number(f64::from(playbook.policy.per_session));
        }
        Block::Gap => words.less_than(playbook.policy.gap, " after the one before"),
        Block::Quiet => words.less_than(playbook.policy.quiet, " after one was dismissed"),
        Block::Limits(outcome) => words.add(match outcome {
            Outcome::Shown => "shown often enough",
            Outcome::Dismissed => "dismissed not long ago",
            Outcome::Snoozed => "put off by the user",
            Outcome::Acted => "acted on already",
            Outcome::Ignored => "ignored not long ago, or often enough",
            Outcome::Converted => "its goal is reached",
        }),
        Block::When => explain_when(playbook, who, nudge, here, &mut words, now),
        Block::Slot => words.add("something else is on screen"),
        Block::Variant => words.add("this variant shows nothing"),
        Block::Consent
        | Block::GlobalHoldout
        | Block::Holdout
        | Block::Never
        | Block::Schedule
        | Block::Anchor => {}
    }
    Some(words.text).filter(|text| !text.is_empty())
}

/// A sentence in the making.
struct Words<'a> {
    playbook: &'a Playbook,
    text: String,
}

/// Each test that fails is told.
impl Visitor for Words<'_> {
    fn test(&mut self, field: &Field, predicate: &Predicate, seen: Seen<'_>, holds: bool, _: Option<Hour>) {
        if !holds {
            if !self.text.is_empty() {
                self.add("; ");
            }
            self.compare(field, seen, predicate);
        }
    }
}

impl<'a> Words<'a> {
    fn add(&mut self, part: &str) {
        self.text.push_str(part);
    }

    /// The platform prints numbers; ours would cost the page more than the rest of this file.
    fn number(&mut self, value: f64) {
        self.add(&print(value));
    }

    fn less_than(&mut self, span: Span, after: &str) {
        let days = span.hours.is_multiple_of(24);
        self.add("less than ");
        self.number(f64::from(if days { span.hours / 24 } else { span.hours }));
        self.add(if days { " d" } else { " h" });
        self.add(after);
    }

    fn compare(&mut self, field: &Field, seen: Seen<'_>, wanted: &Predicate) {
        self.field(field);
        self.add(" is ");
        self.seen(seen);
        self.add(", wanted ");
        self.wanted(field, wanted);
    }

    /// The dotted path of a field, as a playbook writes it.
    fn field(&mut self, field: &Field) {
        let playbook = self.playbook;
        let (section, name) = match field {
            Field::Trait(Scope::Person, path) => return self.path("user", path),
            Field::Trait(Scope::Account, path) => return self.path("account", path),
            Field::Property(path) | Field::Page(path) => return self.path("", path),
            Field::Momentum => return self.add("momentum"),
            Field::Alive => return self.add("alive"),
            Field::Score(scope, index) => {
                ("scores.", playbook.of(*scope).scores.get(usize::from(*index)).map(|score| &score.id))
            }
            Field::Band(scope, index) => {
                ("bands.", playbook.of(*scope).scores.get(usize::from(*index)).map(|score| &score.id))
            }
            Field::Weekday => return self.add("now.weekday"),
            Field::HourOfDay => return self.add("now.hour"),
            Field::Signal(scope, index) => {
                ("signals.", playbook.of(*scope).signals.get(usize::from(*index)).map(|signal| &signal.name))
            }
            Field::Segment(scope, index) => (
                "segments.",
                playbook.of(*scope).segments.get(usize::from(*index)).map(|segment| &segment.id),
            ),
            Field::Moment(scope, index) => {
                ("moments.", playbook.of(*scope).moments.get(usize::from(*index)).map(|moment| &moment.id))
            }
            Field::Stage(..) => ("stages.", self.ladder(field).map(|ladder| &ladder.id)),
            Field::Reached(..) => ("reached.", self.ladder(field).map(|ladder| &ladder.id)),
        };
        self.add(section);
        self.add(name.map_or("?", String::as_str));
        if let Field::Reached(_, _, rung) = field {
            self.add(".");
            self.rung(field, *rung);
        }
    }

    fn path(&mut self, root: &str, path: &[String]) {
        self.add(root);
        for (key, index) in path.iter().zip(0..) {
            if index > 0 || !root.is_empty() {
                self.add(".");
            }
            self.add(key);
        }
    }

    /// The ladder that a field is about.
    fn ladder(&self, field: &Field) -> Option<&'a Ladder> {
        match field {
            Field::Stage(scope, index) | Field::Reached(scope, index, _) => {
                self.playbook.of(*scope).ladders.get(usize::from(*index))
            }
            _ => None,
        }
    }

    fn rung(&mut self, field: &Field, position: u8) {
        let rung = self.ladder(field).and_then(|ladder| ladder.rungs.get(usize::from(position)));
        self.add(rung.map_or("?", |rung| &rung.id));
    }

    fn seen(&mut self, seen: Seen<'_>) {
        match seen {
            Seen::Absent => self.add("absent"),
            Seen::Flag(flag) => self.add(if flag { "true" } else { "false" }),
            Seen::Number(value) => self.number(value),
            Seen::Text(text) | Seen::Stage(text, _) => self.add(text),
            Seen::Tree(_) => self.add("a list"),
        }
    }

    fn value(&mut self, value: &Value) {
        match Seen::of(value) {
            Seen::Tree(_) => self.add("another"),
            seen => self.seen(seen),
        }
    }

    fn wanted(&mut self, field: &Field, predicate: &Predicate) {
        match predicate {
            Predicate::Is { text, .. } => self.add(text),
            Predicate::Matches(wanted) | Predicate::Equals(wanted) => self.value(wanted),
            Predicate::Ordered(order, wanted) => {
                self.add(match order {
                    Order::Less => "< ",
                    Order::AtMost => "≤ ",
                    Order::Greater => "> ",
                    Order::AtLeast => "≥ ",
                });
                self.value(wanted);
            }
            Predicate::In(values) => {
                let mut before = "";
                self.add("one of ");
                for value in values {
                    self.add(before);
                    self.value(value);
                    before = ", ";
                }
            }
            Predicate::Exists(wanted) => self.add(if *wanted { "anything" } else { "nothing" }),
            Predicate::AtLeast(position) => {
                self.add("at least ");
                self.rung(field, *position);
            }
            Predicate::Below(position) => {
                self.add("below ");
                self.rung(field, *position);
            }
            Predicate::All(parts) => {
                let mut before = "";
                for part in parts {
                    self.add(before);
                    self.wanted(field, part);
                    before = " and ";
                }
            }
            Predicate::Not(part) => {
                self.add("not ");
                self.wanted(field, part);
            }
            Predicate::Version(wanted) => {
                self.add("version ");
                self.wanted(field, wanted);
            }
            Predicate::Size(length) => {
                self.add("a length ");
                self.wanted(field, length);
            }
            Predicate::Pattern(_) | Predicate::Type(_) | Predicate::Element { .. } => self.add("another"),
        }
    }
}
