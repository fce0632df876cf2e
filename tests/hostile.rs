//! Playbooks that nobody means: huge, deep, broken, or full of mistakes. Each is refused in a few clear words, or
//! compiles; the stack is that of a thread, the time what reading the text takes.

#![expect(clippy::unwrap_used, reason = "a test, whose cases are its own")]

use std::fmt::Write;
use std::thread;

use ripen::engine::{Field, Form, Playbook, Scope, Unreadable};
use ripen::playbook::{Compiled, Problem, compile};

/// Compiles on the stack that a thread has by default.
fn compiled(text: String) -> Result<Compiled, Vec<Problem>> {
    thread::Builder::new().stack_size(2 << 20).spawn(move || compile(&text)).unwrap().join().unwrap()
}

/// What is said of a text, line by line.
fn said(text: impl Into<String>) -> Vec<String> {
    match compiled(text.into()) {
        Ok(compiled) => compiled.warnings.iter().map(ToString::to_string).collect(),
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

fn says(text: impl Into<String>, wanted: &str) {
    assert_eq!(said(text), [wanted]);
}

/// Entries with commas between them.
fn many(count: usize, entry: impl Fn(usize) -> String) -> String {
    (0..count).map(entry).collect::<Vec<_>>().join(",")
}

#[test]
fn what_is_too_deep_is_refused_at_the_place_where_it_becomes_so() {
    let condition = |open: &str, close: &str, levels: usize| {
        let (open, close) = (open.repeat(levels), close.repeat(levels));
        format!(r#"{{"segments": {{"s": {{"when": {open}{{"user.a": 1}}{close}}}}}}}"#)
    };
    for (open, close) in
        [(r#"{"$not":"#, "}"), (r#"{"$and":["#, "]}"), ("[", "]"), (r#"{"user.a":{"$not":"#, "}}")]
    {
        let [problem] = &said(condition(open, close, 100_000))[..] else { panic!("one problem of {open}") };
        assert!(problem.contains("deeper than 64 levels"), "{problem}");
        assert!(problem.starts_with("1:"), "{problem}");
    }
    says(
        "[".repeat(100_000),
        "1:65: error: this is nested deeper than 64 levels (no condition that a person can read is)",
    );
    // Brackets in strings are no levels.
    let text =
        format!(r#"{{"signals": {{"a": {{"count": "{}\"{}"}}}}}}"#, "[".repeat(1_000), "{".repeat(1_000));
    assert!(said(text).is_empty());
}

#[test]
fn what_is_just_not_too_deep_can_be_read_by_the_page() {
    // Each level costs the binary form two: a negation, and the list in it.
    let levels = 60;
    let text = format!(
        r#"{{"segments": {{"s": {{"when": {}{{"user.a": 1}}{}}}}}}}"#,
        r#"{"user.b": 1, "$not": "#.repeat(levels),
        "}".repeat(levels)
    );
    let compiled = compiled(text).unwrap();
    assert_eq!(Playbook::from_bytes(&compiled.bytes), Ok(compiled.playbook));
    let operators = format!(
        r#"{{"segments": {{"s": {{"when": {{"user.a": {}1{}}}}}}}}}"#,
        r#"{"$exists": true, "$not": "#.repeat(levels),
        "}".repeat(levels)
    );
    let operators = self::compiled(operators.replace("$not\": 1}", "$eq\": 1}")).unwrap();
    assert_eq!(Playbook::from_bytes(&operators.bytes), Ok(operators.playbook));
}

#[test]
fn numbers_that_no_double_holds_are_refused() {
    let with = |number: &str| format!(r#"{{"segments": {{"s": {{"when": {{"user.a": {number}}}}}}}}}"#);
    says(
        with("1e999"),
        "1:40: error: segments.s.when.user.a: expected a number that a double can hold, found the number 1e999",
    );
    let digits = "7".repeat(400);
    let shortened = "7".repeat(40);
    says(
        with(&digits),
        &format!(
            "1:40: error: segments.s.when.user.a: expected a number that a double can hold, found the number {shortened}…"
        ),
    );
    assert!(said(with(&"7".repeat(300))).is_empty(), "many digits are a number yet");
    assert!(said(with(&format!("0.{}", "7".repeat(100_000)))).is_empty());
    for number in ["NaN", "Infinity", "-Infinity", "0x10", "+1", "01", "1.", ".5", "1_000", "-"] {
        let said = said(with(number));
        assert!(said.len() == 1 && said[0].contains("this is not JSON"), "{number}: {said:?}");
    }
}

#[test]
fn ten_thousand_signals_and_nudges_are_the_most() {
    let signals = |count| {
        format!(r#"{{"signals": {{{}}}}}"#, many(count, |n| format!(r#""s{n}": {{"count": "e{n}"}}"#)))
    };
    assert_eq!(compiled(signals(10_000)).unwrap().playbook.person.signals.len(), 10_000);
    says(signals(10_001), "1:13: error: signals: there are 10001 signals: 10000 is the most");

    let nudge = |n| {
        format!(
            r#""n{n}": {{"purpose": "help", "on": {{"event": "e{n}"}}, "when": {{"signals.s{n}": {{"$gte": 1}}}}, "placement": {{"kind": "banner"}}, "content": {{"en": {{"title": "t"}}}}}}"#
        )
    };
    let nudges = |count| {
        let signals = signals(10_000);
        format!(
            r#"{}, "nudges": {{{}}}}}"#,
            signals.trim_end_matches('}').to_owned() + "}}",
            many(count, nudge)
        )
    };
    assert_eq!(compiled(nudges(10_000)).unwrap().playbook.nudges.len(), 10_000);
    let problems = compiled(nudges(10_001)).unwrap_err();
    assert!(problems.iter().any(|problem| problem.message == "there are 10001 nudges: 10000 is the most"));
}

#[test]
fn more_names_of_events_than_there_are_numbers_for_are_refused() {
    let names =
        |count| format!(r#"{{"signals": {{"s": {{"count": [{}]}}}}}}"#, many(count, |n| format!("\"e{n}\"")));
    assert_eq!(compiled(names(60_000)).unwrap().playbook.names.len(), 60_000);
    let [problem] = &said(names(70_000))[..] else { panic!("not one problem") };
    assert!(problem.ends_with("there are 70000 names of events: 65535 is the most"), "{problem}");
}

#[test]
fn long_lists_and_strings_are_no_trouble() {
    let list = many(1_000_000, |n| n.to_string());
    let text = format!(r#"{{"segments": {{"s": {{"when": {{"user.a": {{"$in": [{list}]}}}}}}}}}}"#);
    let compiled = self::compiled(text).unwrap();
    assert!(compiled.bytes.len() > 8_000_000);
    let text = format!(r#"{{"signals": {{"s": {{"count": "{}"}}}}}}"#, "é".repeat(500_000));
    assert_eq!(self::compiled(text).unwrap().playbook.names[0].0.len(), 1_000_000);
}

#[test]
fn a_long_string_does_not_make_a_long_message() {
    let long = "x".repeat(1_000_000);
    for text in [
        format!(r#"{{"{long}": 1}}"#),
        format!(r#"{{"signals": {{"s": {{"{long}": 1}}}}}}"#),
        format!(r#"{{"signals": {{"s": "{long}"}}}}"#),
        format!(r#"{{"signals": {{"a.{long}": {{"count": "a"}}}}}}"#),
        format!(r#"{{"segments": {{"s": {{"when": {{"signals.{long}": 1}}}}}}}}"#),
        format!(r#"{{"segments": {{"s": {{"when": {{"{long}": 1}}}}}}}}"#),
        format!(r#"{{"segments": {{"s": {{"when": {{"user.a": {{"${long}": 1}}}}}}}}}}"#),
        format!(r#"{{"moments": {{"{long}": {{"when": 1, "motion": "{long}"}}}}}}"#),
        long.clone(),
    ] {
        let said = said(text);
        assert!(!said.is_empty());
        assert!(said.iter().all(|line| line.chars().count() < 1_000), "{:.2000}", said[0]);
    }
}

#[test]
fn mistakes_without_end_are_counted() {
    let signal = |n| format!("\"s{n}\": {{\"cuont\": \"a\"}}\n");
    let text = |count| format!(r#"{{"signals": {{{}}}}}"#, many(count, signal));
    let all = said(text(5_000));
    assert_eq!(all.len(), 10_000, "what each has, and what it lacks");
    assert!(all[1].starts_with("1:21: error: signals.s0.cuont: a signal has no `cuont`"), "{}", all[1]);
    assert!(
        all[9_999].starts_with("5000:12: error: signals.s4999.cuont: a signal has no `c"),
        "{}",
        all[9_999]
    );
    let some = said(text(10_000));
    assert_eq!(some.len(), 10_001);
    assert!(some[10_000].contains("there is more than can be said: 10000 more errors"), "{}", some[10_000]);
}

#[test]
fn what_only_looks_like_text_is_refused_at_its_place() {
    for (text, wanted) in [
        ("\u{feff}{}", None),
        ("{\"signals\": {}}\0", Some("1:16: error: this is not JSON")),
        ("\0", Some("1:1: error: this is not JSON")),
        ("{\"a\0b\": 1}", Some("1:4: error: ")),
        ("{} // later", Some("1:4: error: this is not JSON")),
        ("{/* why */}", Some("1:2: error: this is not JSON")),
        ("{\"signals\": {},}", Some("1:15: error: this is not JSON")),
        ("{'signals': {}}", Some("1:2: error: this is not JSON")),
        ("{signals: {}}", Some("1:2: error: this is not JSON")),
        ("{} {}", Some("1:4: error: this is not JSON")),
        ("", Some("1:1: error: ")),
        (r#"{"signals": {"\ud800": {"count": "a"}}}"#, Some("1:15: error: this is not JSON")),
        (r#"{"signals": {"s": {"count": "a\ud800b"}}}"#, Some("1:31: error: this is not JSON")),
    ] {
        let said = said(text);
        match wanted {
            None => assert!(said.is_empty(), "{text:?}: {said:?}"),
            Some(wanted) => assert!(said.len() == 1 && said[0].starts_with(wanted), "{text:?}: {said:?}"),
        }
    }
}

#[test]
fn names_that_mean_something_to_javascript_are_names() {
    let names = ["__proto__", "constructor", "toString", "hasOwnProperty", "é\u{202e}", " "];
    let mut signals = String::new();
    for name in names {
        let comma = if signals.is_empty() { "" } else { "," };
        write!(signals, r#"{comma}"{name}": {{"count": "{name}"}}"#).unwrap();
    }
    let when = names.map(|name| format!(r#"{{"signals.{name}": 1, "user.{name}": 1}}"#)).join(",");
    let text = format!(
        r#"{{"signals": {{{signals}}}, "segments": {{"__proto__": {{"when": {{"$or": [{when}]}}}}}}}}"#
    );
    assert_eq!(said(text), Vec::<String>::new());
}

#[test]
fn what_is_said_twice_is_a_mistake_wherever_it_is() {
    says(r#"{"signals": {}, "signals": {}}"#, "1:17: error: signals: `signals` is said twice");
    let text =
        format!(r#"{{"segments": {{"s": {{"when": {{{}}}}}}}}}"#, many(50_000, |_| r#""user.a": 1"#.into()));
    let said = said(text);
    assert_eq!(said.len(), 10_001);
    assert!(said[10_000].contains("39999 more errors"), "{}", said[10_000]);
}

#[test]
fn a_compiled_playbook_whose_ratios_go_round_is_refused() {
    let text =
        r#"{"signals": {"a": {"count": "a"}, "b": {"ratio": ["a", "a"]}, "c": {"ratio": ["b", "a"]}}}"#;
    let mut playbook = compiled(text.into()).unwrap().playbook;
    assert!(Playbook::from_bytes(&playbook.to_bytes()).is_ok());
    let itself = Field::Signal(Scope::Person, 2);
    playbook.person.signals.last_mut().unwrap().form = Form::Ratio(itself.clone(), itself);
    assert_eq!(Playbook::from_bytes(&playbook.to_bytes()), Err(Unreadable::Damaged));
}

#[test]
fn what_a_word_stands_for_does_not_fill_the_memory() {
    let group = format!(r#""groups": {{"g": [{}]}}"#, many(20_000, |n| n.to_string()));
    let segments = many(1_000, |n| format!(r#""s{n}": {{"when": {{"user.a": {{"$inGroup": "g"}}}}}}"#));
    let said = said(format!(r#"{{{group}, "segments": {{{segments}}}}}"#));
    let [problem] = &said[..] else { panic!("not one problem: {}", said.len()) };
    assert!(problem.contains("segments.s50.when.user.a.$inGroup: with this the groups"), "{problem}");
}
