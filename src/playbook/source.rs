//! The document as it was written, and the problems found on the way, each with its place.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use jsonc_parser::ast::{ObjectProp, Value};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::groups::Groups;
use super::near;
use super::place::{Place, path_to};
use super::problem::{Problem, Severity};
use super::scan::{self, DEEPEST, Fault};

/// The text, and what is wrong with it.
pub(super) struct Source<'a> {
    text: &'a str,
    found: RefCell<Vec<Found>>,
    groups: Groups,
    /// Of what was found after that: how many errors, and warnings.
    unsaid: Cell<(usize, usize)>,
    failed: Cell<bool>,
    /// How many values and ids conditions stand for beyond those that are written in them.
    expanded: Cell<usize>,
}

/// Of these; a page loads nothing of that size.
const MOST_EXPANDED: usize = 1_000_000;

/// More than anybody reads, and few enough that a hostile playbook costs no more than a huge one.
const MOST: usize = 10_000;
/// After so many mistakes nobody looks at hints: near names take long to find among many.
const MOST_HINTS: usize = 100;
/// In characters: what is shown of a message, a hint or a path that has a name of a megabyte in it.
const LONGEST: usize = 300;

/// A value of the document; it knows its place in the text.
pub(super) type Node<'s> = &'s Value<'s>;

struct Found {
    severity: Severity,
    /// Offset in the text.
    at: usize,
    message: String,
    hint: Option<String>,
}

impl<'a> Source<'a> {
    pub(super) fn new(text: &'a str) -> Source<'a> {
        // Windows puts a mark of the byte order before a text.
        Source {
            text: text.strip_prefix('\u{feff}').unwrap_or(text),
            found: RefCell::default(),
            unsaid: Cell::new((0, 0)),
            failed: Cell::new(false),
            expanded: Cell::new(0),
            groups: Groups::default(),
        }
    }

    /// Parses the text as JSON, strictly.
    pub(super) fn parse(&self) -> Option<Value<'a>> {
        let strict = ParseOptions {
            allow_comments: false,
            allow_loose_object_property_names: false,
            allow_trailing_commas: false,
            allow_missing_commas: false,
            allow_single_quoted_strings: false,
            allow_hexadecimal_numbers: false,
            allow_unary_plus_numbers: false,
            allow_bare_decimal_point_numbers: false,
            allow_non_finite_numbers: false,
            allow_extended_string_escapes: false,
        };
        match parse_to_ast(self.text, &CollectOptions::default(), &strict) {
            Ok(parsed) if parsed.value.is_none() => {
                self.error(Range { start: 0, end: 0 }, "expected a playbook, found nothing".into(), None);
                None
            }
            Ok(parsed) => parsed.value.filter(|_| !self.is_faulty()),
            Err(error)
                if matches!(error.kind(), ParseErrorKind::NestingDepthExceeded) && self.is_faulty() =>
            {
                None
            }
            Err(error) => {
                let start = error.range().start;
                match error.kind() {
                    ParseErrorKind::UnterminatedObject => self.unclosed(start, "object"),
                    ParseErrorKind::UnterminatedArray => self.unclosed(start, "list"),
                    kind => self.not_json(start, &kind.to_string()),
                }
                None
            }
        }
    }

    /// What the parser lets through.
    fn is_faulty(&self) -> bool {
        let fault = scan::fault(self.text);
        match fault {
            Some((at, Fault::Text(what))) => self.not_json(at, what),
            Some((at, Fault::Depth)) => {
                let message = format!("this is nested deeper than {DEEPEST} levels");
                let hint = "no condition that a person can read is";
                self.error(Range { start: at, end: at }, message, Some(hint.into()));
            }
            None => {}
        }
        fault.is_some()
    }

    /// What is missing is missing at the end: where it begins is often the first character of all.
    fn unclosed(&self, start: usize, what: &str) {
        let mut place = Place::default();
        place.go_on(self.text, start);
        let Place { line, column, .. } = place;
        let begins = format!("{}:{}", line + 1, column + 1);
        let what = format!("it ends here, and the {what} that begins at {begins} is not closed");
        self.not_json(self.text.trim_end().len(), &what);
    }

    fn not_json(&self, at: usize, what: &str) {
        let hint = "JSON has double quotes, commas between (not after) entries, and no comments";
        self.error(Range { start: at, end: at }, format!("this is not JSON: {what}"), Some(hint.into()));
    }

    /// Everything that was found, in the order of the text.
    pub(super) fn problems(self, root: Option<&Value<'_>>) -> Vec<Problem> {
        let mut found = self.found.into_inner();
        // A variant takes over what its nudge has: both are read, and what is wrong is said once.
        let mut said = BTreeSet::new();
        found.retain(|found| {
            said.insert((found.at, found.severity == Severity::Error, found.message.clone()))
        });
        found.sort_by_key(|found| found.at);
        let mut place = Place::default();
        let problem = |found: Found| {
            place.go_on(self.text, found.at);
            Problem {
                severity: found.severity,
                line: place.line + 1,
                column: place.column + 1,
                path: root.map(|root| shortened(path_to(root, found.at))).unwrap_or_default(),
                message: shortened(found.message),
                hint: found.hint.map(shortened),
            }
        };
        let mut problems: Vec<Problem> = found.into_iter().map(problem).collect();
        let (errors, warnings) = self.unsaid.get();
        if let Some(last) = problems.last().filter(|_| errors + warnings > 0) {
            let severity = if errors > 0 { Severity::Error } else { Severity::Warning };
            let message =
                format!("there is more than can be said: {errors} more errors and {warnings} more warnings");
            let hint = Some("begin with the first ones".to_owned());
            problems.push(Problem { severity, message, hint, path: String::new(), ..last.clone() });
        }
        problems
    }

    fn found(&self, found: Found) {
        self.failed.set(self.failed.get() || found.severity == Severity::Error);
        let mut all = self.found.borrow_mut();
        if all.len() < MOST {
            all.push(found);
            return;
        }
        let (errors, warnings) = self.unsaid.get();
        self.unsaid.set(match found.severity {
            Severity::Error => (errors + 1, warnings),
            Severity::Warning => (errors, warnings + 1),
        });
    }

    /// Counts what one word stands for, a group or all segments: ten thousand such words could fill any memory. None if
    /// that is too much, which is said once.
    pub(super) fn expand(&self, node: Node<'_>, count: usize) -> Option<()> {
        let before = self.expanded.get();
        let after = before.saturating_add(count);
        self.expanded.set(after);
        if after <= MOST_EXPANDED {
            return Some(());
        }
        if before <= MOST_EXPANDED {
            let message = format!(
                "with this the groups and ids that conditions stand for are more than {MOST_EXPANDED}"
            );
            self.wrong(node, message, Some("make a signal or a segment of what is asked so often".into()));
        }
        None
    }

    /// `did you mean …?`, as long as there are few mistakes.
    pub(super) fn hint<'n>(
        &self,
        found: &str,
        names: impl IntoIterator<Item = &'n str> + Clone,
    ) -> Option<String> {
        if self.found.borrow().len() < MOST_HINTS { near::hint(found, names) } else { None }
    }

    fn error(&self, at: Range, message: String, hint: Option<String>) {
        self.found(Found { severity: Severity::Error, at: at.start, message, hint });
    }

    /// An error at a value.
    pub(super) fn wrong(&self, node: Node<'_>, message: impl Into<String>, hint: Option<String>) {
        self.error(node.range(), message.into(), hint);
    }

    /// An error at the name of a property.
    pub(super) fn wrong_name(
        &self,
        property: &ObjectProp<'_>,
        message: impl Into<String>,
        hint: Option<String>,
    ) {
        self.error(property.range(), message.into(), hint);
    }

    /// An error within a string, so many bytes from its start.
    pub(super) fn wrong_within(
        &self,
        node: Node<'_>,
        at: usize,
        message: impl Into<String>,
        hint: Option<String>,
    ) {
        let Range { end, .. } = node.range();
        self.error(Range { start: self.place_within(node, at), end }, message.into(), hint);
    }

    fn place_within(&self, node: Node<'_>, at: usize) -> usize {
        let Range { start, end } = node.range();
        // Behind the quotation mark; what is escaped takes more than it means.
        let written = self.text.get(start + 1..end).unwrap_or_default();
        start + 1 + place_within(written, at)
    }

    /// The groups of the playbook, if they have been read.
    pub(super) fn groups(&self) -> &Groups {
        &self.groups
    }

    /// What was found there does not fit what was expected.
    pub(super) fn expected(&self, node: Node<'_>, expected: &str) {
        self.wrong(node, format!("expected {expected}, found {}", describe(node)), None);
    }

    /// Legal, and hardly meant.
    pub(super) fn warn(&self, node: Node<'_>, message: impl Into<String>, hint: Option<String>) {
        self.warn_at(node.start(), message, hint);
    }

    /// The same within a string, so many bytes from its start.
    pub(super) fn warn_within(
        &self,
        node: Node<'_>,
        at: usize,
        message: impl Into<String>,
        hint: Option<String>,
    ) {
        self.warn_at(self.place_within(node, at), message, hint);
    }

    /// The same at a place in the text.
    pub(super) fn warn_at(&self, at: usize, message: impl Into<String>, hint: Option<String>) {
        self.found(Found { severity: Severity::Warning, at, message: message.into(), hint });
    }

    pub(super) fn has_errors(&self) -> bool {
        self.failed.get()
    }

    pub(super) fn string<'s>(&self, node: Node<'s>, expected: &str) -> Option<&'s str> {
        let text = node.as_string_lit().map(|text| text.value.as_ref()).filter(|text| !text.is_empty());
        if text.is_none() {
            self.expected(node, expected);
        }
        text
    }

    pub(super) fn boolean(&self, node: Node<'_>) -> Option<bool> {
        let flag = node.as_boolean_lit().map(|flag| flag.value);
        if flag.is_none() {
            self.expected(node, "`true` or `false`");
        }
        flag
    }

    /// A number that a double can hold.
    pub(super) fn number(&self, node: Node<'_>, expected: &str) -> Option<f64> {
        let number = node.as_number_lit().and_then(|number| number.value.parse::<f64>().ok());
        let finite = number.filter(|number| number.is_finite());
        if finite.is_none() {
            self.expected(node, expected);
        }
        finite
    }

    /// The elements of a list, and whether it has as many as it may: those of one that is too short or too long are
    /// read all the same, so that what is wrong in them is not hidden by that.
    pub(super) fn list<'s>(
        &self,
        node: Node<'s>,
        expected: &str,
        sizes: RangeInclusive<usize>,
    ) -> (&'s [Value<'s>], bool) {
        let Some(array) = node.as_array() else {
            self.expected(node, expected);
            return (&[], false);
        };
        let count = array.elements.len();
        let fits = sizes.contains(&count);
        if !fits {
            let found = if count == 0 { describe(node) } else { format!("a list of {count}") };
            self.wrong(node, format!("expected {expected}, found {found}"), None);
        }
        (array.elements.get(..count.min(*sizes.end())).unwrap_or_default(), fits)
    }

    /// A whole number within bounds.
    pub(super) fn integer(&self, node: Node<'_>, least: i32, most: i32) -> Option<i32> {
        let number = node.as_number_lit().and_then(|number| number.value.parse::<f64>().ok());
        let whole = number
            .map(|number| (number, number as i32))
            .filter(|(number, whole)| f64::from(*whole) == *number && (least..=most).contains(whole));
        if whole.is_none() {
            self.expected(node, &format!("a whole number from {least} to {most}"));
        }
        whole.map(|(_, whole)| whole)
    }

    /// The text of a definition, without what has no meaning (space, the order of keys, ways to write a string), and
    /// with the groups that it names.
    pub(super) fn canonical(&self, node: Node<'_>) -> String {
        let text = self.text.get(node.start()..node.end()).unwrap_or_default();
        let mut value: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
        value.sort_all_objects();
        if self.expanded.get() <= MOST_EXPANDED {
            self.groups.write_out(&mut value);
        }
        value.to_string()
    }
}

/// Where in a JSON string, as written, the byte is that comes at a place of what it means.
fn place_within(written: &str, place: usize) -> usize {
    let (mut at, mut meant) = (0, 0);
    while meant < place {
        let Some(rest) = written.get(at..) else { break };
        let (took, means) = match rest.as_bytes() {
            [] => break,
            [b'\\', b'u', ..] => {
                let unit =
                    rest.get(2..6).and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or(0);
                // Each half of a surrogate pair is two bytes of four.
                let is_half = (0xd800..0xe000).contains(&unit);
                (6, if is_half { 2 } else { char::from_u32(unit).map_or(1, char::len_utf8) })
            }
            [b'\\', ..] => (2, 1),
            _ => {
                let length = rest.chars().next().map_or(1, char::len_utf8);
                (length, length)
            }
        };
        at += took;
        meant += means;
    }
    at
}

/// What a value is, for a message.
pub(super) fn describe(value: &Value<'_>) -> String {
    let shortened = |text: &str| match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    };
    match value {
        Value::StringLit(text) if text.value.is_empty() => "an empty string".into(),
        Value::StringLit(text) => format!("the string \"{}\"", shortened(&text.value)),
        Value::NumberLit(number) => format!("the number {}", shortened(number.value)),
        Value::BooleanLit(flag) => format!("`{}`", flag.value),
        Value::Object(object) if object.properties.is_empty() => "an empty object".into(),
        Value::Object(_) => "an object".into(),
        Value::Array(array) if array.elements.is_empty() => "an empty list".into(),
        Value::Array(_) => "a list".into(),
        Value::NullKeyword(_) => "`null`".into(),
    }
}

/// The beginning and the end of a long text.
fn shortened(text: String) -> String {
    if text.len() <= LONGEST {
        return text;
    }
    let (from, to) =
        (text.floor_char_boundary(LONGEST * 2 / 3), text.ceil_char_boundary(text.len() - LONGEST / 3));
    format!("{} … {}", text.get(..from).unwrap_or_default(), text.get(to..).unwrap_or_default())
}
