//! How long hostile playbooks take: as long as their text is, and not its square.

#![expect(clippy::disallowed_methods, reason = "it measures time")]

use std::time::{Duration, Instant};

use ripen::playbook::compile;

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

/// What this thread has had of a core, whoever else wants it; where the system does not tell, the time since `begin`.
fn spent(begin: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| begin.elapsed(), Duration::from_nanos)
}

/// `cargo test --release --test growth -- --ignored --nocapture`: not in every run, since time is no fixed thing.
#[test]
#[ignore = "it measures time"]
fn twice_as_much_takes_twice_as_long() {
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
    let begin = Instant::now();
    for (what, size, text) in shapes {
        let [(small, once), (large, twice)] = [size, 2 * size].map(|size| {
            let text = text(size);
            let length = text.len();
            let best = (0..3).map(|_| {
                let start = spent(begin);
                drop(compile(&text));
                spent(begin) - start
            });
            (length, best.min().unwrap())
        });
        println!("{what:28} {small:9} bytes {once:9.1?}   {large:9} bytes {twice:9.1?}");
        let growth = twice.as_secs_f64() / once.as_secs_f64();
        assert!(
            growth < 3.0 * large as f64 / small as f64 / 2.0 || twice.as_millis() < 50,
            "{what}: {growth}"
        );
    }
}
