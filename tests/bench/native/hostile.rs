//! How long hostile playbooks take by their size: as long as their text is, and not its square.

use ripen::playbook::compile;
use serde_json::Value as Json;

use crate::rounds::{Case, measure};

/// Entries with commas between them.
fn many(count: usize, entry: impl Fn(usize) -> String) -> String {
    (0..count).map(entry).collect::<Vec<_>>().join(",")
}

/// What is large, how large, and the text.
type Shape = (&'static str, usize, fn(usize) -> String);

fn section(name: &str, entries: String) -> String {
    format!(r#"{{"{name}": {{{entries}}}}}"#)
}

fn segment(number: usize, when: String) -> String {
    format!(r#""s{number}": {{"when": {when}}}"#)
}

/// For each shape a group: its nanoseconds a byte, and those of one that is twice as large.
pub(crate) fn hostile(rounds: usize) -> Vec<Json> {
    let shapes: [Shape; 13] = [
        ("signals", 5_000, |n| section("signals", many(n, |n| format!(r#""s{n}": {{"count": "e{n}"}}"#)))),
        ("a chain of segments", 5_000, |n| {
            section(
                "segments",
                many(n, |n| match n {
                    0 => segment(n, "{}".into()),
                    n => segment(n, format!(r#"{{"segments": {{"$in": ["s{}"]}}}}"#, n - 1)),
                }),
            )
        }),
        ("a ring of segments", 5_000, |all| {
            section(
                "segments",
                many(all, |n| segment(n, format!(r#"{{"segments": {{"$in": ["s{}"]}}}}"#, (n + 1) % all))),
            )
        }),
        ("rings through one segment", 5_000, |all| {
            section(
                "segments",
                many(all, |n| match n {
                    0 => segment(
                        n,
                        format!(
                            r#"{{"segments": {{"$in": [{}]}}}}"#,
                            many(all - 1, |n| format!("\"s{}\"", n + 1))
                        ),
                    ),
                    n => segment(n, r#"{"segments": {"$in": ["s0"]}}"#.into()),
                }),
            )
        }),
        ("names that are not there", 5_000, |n| {
            format!(
                r#"{{"signals": {{{}}}, "segments": {{{}}}}}"#,
                many(n, |n| format!(r#""a{n}": {{"count": "e"}}"#)),
                many(n, |n| segment(n, format!(r#"{{"signals.b{n}": 1}}"#)))
            )
        }),
        ("a list of numbers", 1_000_000, |n| {
            section(
                "segments",
                segment(0, format!(r#"{{"user.a": {{"$in": [{}]}}}}"#, many(n, |n| n.to_string()))),
            )
        }),
        ("a list of wrong ids", 400_000, |n| {
            section(
                "segments",
                segment(0, format!(r#"{{"segments": {{"$in": [{}]}}}}"#, many(n, |n| format!("\"x{n}\"")))),
            )
        }),
        ("an object of many keys", 300_000, |n| {
            section(
                "segments",
                segment(0, format!(r#"{{"user.a": {{{}}}}}"#, many(n, |n| format!("\"k{n}\": {n}")))),
            )
        }),
        ("unknown keys", 300_000, |n| format!("{{{}}}", many(n, |n| format!("\"k{n}\": {n}")))),
        ("labels without actions", 200_000, |n| {
            section(
                "nudges",
                format!(
                    r#""n": {{"purpose": "help", "on": {{"event": "e"}}, "placement": {{"kind": "modal"}}, "content": {{"en": {{"title": "t", "actions": {{{}}}}}}}}}"#,
                    many(n, |n| format!("\"k{n}\": \"l\""))
                ),
            )
        }),
        ("one string", 5_000_000, |n| {
            section("signals", format!(r#""s": {{"count": "{}"}}"#, "x".repeat(n)))
        }),
        ("alternatives without end", 500, |n| {
            let any =
                |number| format!(r#"{{"$or": [{}]}}"#, many(40, |n| format!(r#"{{"user.t{number}": {n}}}"#)));
            section("segments", many(n, |n| segment(n, format!(r#"{{"$and": [{}]}}"#, many(40, any)))))
        }),
        ("brackets", 5_000_000, |n| "[".repeat(n)),
    ];
    let groups = shapes.into_iter().map(|(what, size, text)| {
        let texts = [("once", size), ("twice", 2 * size)].map(|(name, size)| (name, text(size)));
        let cases =
            texts.iter().map(|(name, text)| Case::new(*name, text.len(), || (), |()| drop(compile(text))));
        measure(&format!("hostile: {what}"), cases.collect(), rounds)
    });
    groups.collect()
}
