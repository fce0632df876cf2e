//! One node of the tree. All are of one shape, so that who draws them needs one function.

use crate::engine::{Millis, Value};

/// What a node is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number.
    Signal,
    /// Who somebody is.
    Segment,
    /// A sum of points.
    Score,
    /// What adds to a score if it holds.
    Point,
    /// How far somebody has come: its rungs are the parts.
    Ladder,
    /// A rung of a ladder.
    Rung,
    /// Where it comes together.
    Moment,
    /// Something to show: the parts are all that could hold it back.
    Nudge,
    /// What could hold a nudge back; it holds if it does not.
    Reason,
    /// Each part has to hold.
    All,
    /// One part has to hold.
    Any,
    /// The part must not hold.
    Not,
    /// Of its parts so many have to hold.
    Count,
    /// A comparison of what is seen at a field.
    Test,
}

impl Kind {
    /// As JSON names it.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Signal => "signal",
            Kind::Segment => "segment",
            Kind::Score => "score",
            Kind::Point => "point",
            Kind::Ladder => "ladder",
            Kind::Rung => "rung",
            Kind::Moment => "moment",
            Kind::Nudge => "nudge",
            Kind::Reason => "reason",
            Kind::All => "all",
            Kind::Any => "any",
            Kind::Not => "not",
            Kind::Count => "count",
            Kind::Test => "test",
        }
    }
}

/// One node of the tree: a definition, a reason, a joint of a condition, or a test.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What it is about.
    pub kind: Kind,
    /// Of a definition its dotted id, of a reason its name in decisions, of a test the path of its field.
    pub id: Option<String>,
    /// The verdict; none where there is nothing to be true or false.
    pub holds: Option<bool>,
    /// A sentence for people.
    pub text: String,
    /// Of a test: what is there, and what is wanted of it, in words.
    pub test: Option<(Value, String)>,
    /// Of a rung when it was met, of a moment when it fired last.
    pub since: Option<Millis>,
    /// Of a moment that has fired: not again before this.
    pub rests_until: Option<Millis>,
    /// When the verdict turns if nothing happens, and not before; none if it would not in the time that was looked at.
    pub turns: Option<Millis>,
    /// Of a nudge: what it waits for.
    pub on: Vec<String>,
    /// What it follows from.
    pub parts: Vec<Explanation>,
}

impl Explanation {
    pub(super) fn new(kind: Kind, holds: Option<bool>, text: String) -> Explanation {
        Explanation {
            kind,
            id: None,
            holds,
            text,
            test: None,
            since: None,
            rests_until: None,
            turns: None,
            on: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// What holds a nudge back, the first first.
    pub fn blocked_by(&self) -> impl Iterator<Item = &str> {
        let reasons = self.parts.iter().filter(|part| part.kind == Kind::Reason && part.holds == Some(false));
        reasons.filter_map(|reason| reason.id.as_deref())
    }
}
