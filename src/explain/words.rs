//! Fields, values and what is wanted of them, in words.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::engine::{
    Condition, Field, Form, Ladder, Millis, Names, Order, Playbook, Predicate, Seen, Span, Type, Unit, Value,
    Window,
};
use crate::playbook::{path, printed};

const HOUR_MS: i64 = 3_600_000;

/// `1 day`, `2 days`
pub(super) fn counted(count: i64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Hours as people say them: `5 hours`, `3 days`, `2 days 4 hours`.
pub(super) fn hours(value: f64) -> String {
    let whole = value as i64;
    if whole as f64 != value {
        return format!("{} hours", printed(value));
    }
    let sign = if whole < 0 { "-" } else { "" };
    let whole = whole.abs();
    let words = match (whole / 24, whole % 24) {
        (0, hours) => counted(hours, "hour"),
        (days, 0) => counted(days, "day"),
        (days, hours) => format!("{} {}", counted(days, "day"), counted(hours, "hour")),
    };
    format!("{sign}{words}")
}

/// A length of time.
pub(super) fn span(span: Span) -> String {
    hours(f64::from(span.hours))
}

/// `28 days`, `2 days that ended 3 days ago`
pub(super) fn window(window: Window) -> String {
    let unit = match window.unit {
        Unit::Hours => "hour",
        Unit::Days => "day",
    };
    let length = counted(window.length.into(), unit);
    match window.ago {
        0 => format!("the last {length}"),
        ago => format!("{length}, {} ago", counted(ago.into(), unit)),
    }
}

/// An instant, to the minute.
pub(super) fn time(time: Millis) -> String {
    match Timestamp::from_millisecond(time.0) {
        Ok(timestamp) => timestamp.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M UTC").to_string(),
        Err(_) => time.0.to_string(),
    }
}

/// How long ago something was.
pub(super) fn ago(then: Millis, now: Millis) -> String {
    let passed = now.since(then).max(0);
    match (passed / HOUR_MS, passed / 60_000) {
        (0, 0) => "just now".to_owned(),
        (0, minutes) => format!("{} ago", counted(minutes, "minute")),
        (whole, _) if whole < 48 => format!("{} ago", counted(whole, "hour")),
        (whole, _) => format!("{} ago", counted(whole / 24, "day")),
    }
}

/// The names of events: `a`, `a or b`, `any event`.
pub(super) fn names(playbook: &Playbook, names: &Names) -> String {
    match names {
        Names::Any => "any event".to_owned(),
        Names::These(ids) => {
            let name =
                |wanted: &u16| playbook.names.iter().find(|(_, id)| id == wanted).map(|(name, _)| &**name);
            ids.iter().filter_map(name).collect::<Vec<_>>().join(" or ")
        }
    }
}

/// The ladder that a field is about.
pub(super) fn ladder<'a>(playbook: &'a Playbook, field: &Field) -> Option<&'a Ladder> {
    match field {
        Field::Stage(scope, index) | Field::Reached(scope, index, _) => {
            playbook.of(*scope).ladders.get(usize::from(*index))
        }
        _ => None,
    }
}

fn rung<'a>(playbook: &'a Playbook, field: &Field, position: u8) -> &'a str {
    let rung = ladder(playbook, field).and_then(|ladder| ladder.rungs.get(usize::from(position)));
    rung.map_or("?", |rung| &rung.id)
}

/// Whether a number there is in hours.
fn is_hours(playbook: &Playbook, field: &Field) -> bool {
    match field {
        Field::Reached(..) => true,
        Field::Signal(scope, index) => {
            let signal = playbook.of(*scope).signals.get(usize::from(*index));
            signal.is_some_and(|signal| matches!(signal.form, Form::Since | Form::Age | Form::Until(_)))
        }
        _ => false,
    }
}

/// What is wanted of a number that is at no field.
pub(super) fn wanted_of_number(playbook: &Playbook, predicate: &Predicate) -> String {
    Words::about(playbook, &Field::Momentum).wanted(predicate)
}

/// A whole condition in one line: what an element of a list has to be.
pub(super) fn in_line(playbook: &Playbook, condition: &Condition) -> String {
    let all = |parts: &[Condition], between: &str| {
        let words: Vec<String> = parts.iter().map(|part| in_line(playbook, part)).collect();
        words.join(between)
    };
    match condition {
        Condition::All(parts) => all(parts, " and "),
        Condition::Any(parts) => all(parts, " or "),
        Condition::Not(part) => format!("not ({})", in_line(playbook, part)),
        Condition::Count(parts, wanted) => {
            format!("of {} there hold {}", all(parts, ", "), wanted_of_number(playbook, wanted))
        }
        Condition::Test(field, predicate) => {
            let path = path(playbook, field);
            let itself = if path.is_empty() { "it" } else { &path };
            format!("{itself} is {}", Words::about(playbook, field).wanted(predicate))
        }
    }
}

fn kind(wanted: Type) -> &'static str {
    match wanted {
        Type::Null => "nothing",
        Type::Boolean => "true or false",
        Type::Number => "a number",
        Type::String => "a text",
        Type::Array => "a list",
        Type::Object => "an object",
    }
}

/// Words about one field of one playbook.
pub(super) struct Words<'a> {
    playbook: &'a Playbook,
    field: &'a Field,
    hours: bool,
}

impl<'a> Words<'a> {
    pub(super) fn about(playbook: &'a Playbook, field: &'a Field) -> Words<'a> {
        Words { playbook, field, hours: is_hours(playbook, field) }
    }

    /// `signals.tasks is 2, wanted ≥ 3`; of what is true or false: `segments.on_free holds`.
    pub(super) fn sentence(&self, seen: Seen<'_>, predicate: &Predicate) -> String {
        let path = path(self.playbook, self.field);
        match (self.field, seen, predicate) {
            (
                Field::Segment(..) | Field::Moment(..),
                Seen::Flag(holds),
                Predicate::Equals(Value::Bool(true)),
            ) => {
                format!("{path} {}", if holds { "holds" } else { "does not hold" })
            }
            _ => format!("{path} is {}, wanted {}", self.seen(seen), self.wanted(predicate)),
        }
    }

    /// The same field, its numbers as they are.
    fn plain(&self) -> Words<'a> {
        Words { hours: false, ..*self }
    }

    pub(super) fn seen(&self, seen: Seen<'_>) -> String {
        match seen {
            Seen::Absent => "absent".to_owned(),
            Seen::Flag(flag) => flag.to_string(),
            Seen::Number(value) if self.hours => hours(value),
            Seen::Number(value) => printed(value),
            Seen::Text(text) | Seen::Stage(text, _) if text.is_empty() => "empty".to_owned(),
            Seen::Text(text) | Seen::Stage(text, _) => text.to_owned(),
            Seen::Tree(Value::List(values)) => self.list(values),
            Seen::Tree(_) => "an object".to_owned(),
        }
    }

    fn value(&self, value: &Value) -> String {
        self.seen(Seen::of(value))
    }

    fn list(&self, values: &[Value]) -> String {
        let words: Vec<String> = values.iter().map(|value| self.value(value)).collect();
        if words.is_empty() { "an empty list".to_owned() } else { words.join(", ") }
    }

    /// What is wanted: `≥ 3`, `at least testing`, `one of pro, team`.
    pub(super) fn wanted(&self, predicate: &Predicate) -> String {
        match predicate {
            Predicate::Is { text, .. } => self.seen(Seen::Text(text)),
            Predicate::Matches(wanted) | Predicate::Equals(wanted) => self.value(wanted),
            Predicate::Ordered(order, wanted) => {
                let sign = match order {
                    Order::Less => "<",
                    Order::AtMost => "≤",
                    Order::Greater => ">",
                    Order::AtLeast => "≥",
                };
                format!("{sign} {}", self.value(wanted))
            }
            Predicate::In(values) => format!("one of {}", self.list(values)),
            Predicate::Exists(true) => "anything".to_owned(),
            Predicate::Exists(false) => "nothing".to_owned(),
            Predicate::AtLeast(position) => {
                format!("at least {}", rung(self.playbook, self.field, *position))
            }
            Predicate::Below(position) => format!("below {}", rung(self.playbook, self.field, *position)),
            Predicate::All(parts) => {
                let words: Vec<String> = parts.iter().map(|part| self.wanted(part)).collect();
                words.join(" and ")
            }
            Predicate::Not(part) => format!("not {}", self.wanted(part)),
            Predicate::Pattern(_) => "what matches the pattern".to_owned(),
            Predicate::Type(wanted) => kind(*wanted).to_owned(),
            Predicate::Size(length) => format!("a list whose length is {}", self.plain().wanted(length)),
            Predicate::Version(wanted) => format!("as a version {}", self.plain().wanted(wanted)),
            Predicate::Element { condition, .. } => {
                format!("an element of which {}", in_line(self.playbook, condition))
            }
        }
    }
}
