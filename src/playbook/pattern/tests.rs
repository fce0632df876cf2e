//! Patterns against the crate `regex`, and what is refused.

use proptest::prelude::*;
use regex::RegexBuilder;

use super::{Mistake, compile};

/// A pattern, ours and as the crate writes it: its classes know Unicode.
type Both = (String, String);

fn both(text: &str) -> Both {
    (text.to_owned(), text.to_owned())
}

/// A class of ASCII, whose case is not ignored.
fn ascii(ours: &str, theirs: &str) -> Both {
    (ours.to_owned(), format!("(?-i:{theirs})"))
}

fn atom() -> impl Strategy<Value = Both> {
    let text = prop::sample::select(vec![
        "a", "b", "k", "s", "B", "é", "É", "K", "1", "_", " ", "-", r"\.", r"\n", r"\x61", r"\u00e9", r"\/",
        ".", "[ab]", "[^a]", "[a-zé]", "[^B-é]", r"[\]k-]", "()", "",
    ]);
    let class = prop::sample::select(vec![
        ascii(r"\d", "[0-9]"),
        ascii(r"\D", "[^0-9]"),
        ascii(r"\w", "[0-9A-Za-z_]"),
        ascii(r"\W", "[^0-9A-Za-z_]"),
        ascii(r"\s", r"[\t-\r ]"),
        ascii(r"[^\s]", r"[^\t-\r ]"),
        ascii(r"[\d_]", "[0-9_]"),
    ]);
    let place = prop::sample::select(vec![
        both("^"),
        (r"$".into(), r"\z".into()),
        (r"\b".into(), r"(?-u:\b)".into()),
        (r"\B".into(), r"(?-u:\B)".into()),
    ]);
    prop_oneof![6 => text.prop_map(both), 2 => class, 1 => place]
}

fn pattern() -> impl Strategy<Value = Both> {
    atom().prop_recursive(4, 24, 4, |inner| {
        let join = |parts: Vec<Both>, between: &str| {
            let (ours, theirs): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
            (ours.join(between), theirs.join(between))
        };
        let times =
            prop::sample::select(vec!["?", "*", "+", "{0}", "{2}", "{1,}", "{0,2}", "{2,3}", "*?", "+?"]);
        let group = |(ours, theirs): Both| (format!("({ours})"), format!("(?:{theirs})"));
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(move |parts| join(parts, "")),
            prop::collection::vec(inner.clone(), 1..4).prop_map(move |parts| group(join(parts, "|"))),
            (inner, times).prop_map(|((ours, theirs), times)| {
                (format!("(?:{ours}){times}"), format!("(?:{theirs}){times}"))
            }),
        ]
    })
}

fn text() -> impl Strategy<Value = String> {
    let letter = prop::sample::select(vec![
        'a', 'b', 'k', 's', 'B', 'é', 'É', 'K', 'ſ', '1', '_', ' ', '-', '\n', '😀', 'K',
    ]);
    prop::collection::vec(letter, 0..8).prop_map(|letters| letters.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_pattern_matches_what_the_crate_regex_says(
        (ours, theirs) in pattern(),
        texts in prop::collection::vec(text(), 8),
        ignore_case in any::<bool>(),
    ) {
        let compiled = compile(&ours, ignore_case).map_err(|mistake| TestCaseError::fail(mistake.message))?;
        let model = RegexBuilder::new(&theirs).case_insensitive(ignore_case).build().unwrap();
        for text in &texts {
            // (Its `is_match` stops at a `(?-u:\B)` within a character, and says no.)
            prop_assert_eq!(compiled.matches(text), model.find(text).is_some(), "{:?} {:?}", theirs, text);
        }
    }
}

#[track_caller]
fn mistake(pattern: &str) -> Mistake {
    match compile(pattern, false) {
        Ok(program) => panic!("{pattern} is taken: {program:?}"),
        Err(mistake) => mistake,
    }
}

#[test]
fn what_a_linear_time_engine_does_not_have_is_refused_at_its_place() {
    for (pattern, at) in [("ab(?=c)", 2), ("(?!a)b", 0), ("x(?<=a)b", 1), ("(?<!a)b", 0)] {
        let mistake = mistake(pattern);
        assert_eq!((mistake.at, mistake.message.as_str()), (at, "a pattern cannot look ahead or behind"));
    }
    for (pattern, at) in [(r"(a)\1", 3), (r"(?<n>a)\k<n>", 7)] {
        let mistake = mistake(pattern);
        assert_eq!((mistake.at, mistake.message.as_str()), (at, "a pattern has no back-references"));
    }
}

#[test]
fn what_means_something_else_in_javascript_is_refused() {
    for pattern in [
        "(?i)a",
        "(?i:a)",
        "(?m)^a",
        "(?x) a",
        r"\Aa",
        r"a\z",
        r"\b{start}a",
        r"\<a",
        r"\pL",
        r"\p{Greek}",
        r"[\pL]",
        "[[:alpha:]]",
        "[a[b]]",
        "[a&&b]",
        "[a--b]",
        "[]a]",
        "[^]a]",
        r"\x{61}",
        r"\u{61}",
        r"\U00000061",
        r"\a",
        "a{,3}",
        "a{ 2 }",
        "a**",
        "a{2}{3}",
        "^*",
        r"\b+",
        "(?P<n>a)",
        "(",
        "a)",
        "*a",
        "[z-a]",
        "[a",
        r"\",
        r"\e",
        "a{3,2}",
        "a{x",
    ] {
        mistake(pattern);
    }
}

#[test]
fn a_repetition_that_gets_too_long_is_refused_at_its_place() {
    for (pattern, at) in [
        ("a{1000}{1000}", 7),
        ("x(a{1000}){1000}", 10),
        ("a{4000000000}", 1),
        ("((a{0,900}){0,900}){0,900}", 11),
        ("a{1500}|b{1500}", 0),
    ] {
        let mistake = mistake(pattern);
        assert!(mistake.message.contains("more than 2000 steps"), "{}", mistake.message);
        assert_eq!(mistake.at, at, "{pattern}");
    }
    for pattern in ["(){4000000000}", "(|(){9}){0}", "((((){99999}){99999}){99999}){99999}"] {
        assert!(compile(pattern, false).is_ok_and(|pattern| pattern.matches("")), "{pattern}");
    }
    assert!(compile(&"(".repeat(10_000), false).is_err());
    assert!(compile(&"a".repeat(2_001), false).is_err());
}

#[test]
fn the_end_is_the_very_end_and_classes_are_ascii() {
    let matches =
        |pattern: &str, text: &str| compile(pattern, false).is_ok_and(|pattern| pattern.matches(text));
    assert!(matches("a$", "ba") && !matches("a$", "a\n"));
    assert!(matches(r"^\d+$", "42") && !matches(r"\d", "٤"));
    assert!(!matches(r"\w", "é") && !matches(r"\s", "\u{a0}"));
    assert!(matches("^.$", "😀") && matches("^.$", "\r") && !matches("^.$", "\n"));
}
