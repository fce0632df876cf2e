//! What `check` says that the state of somebody can take at most is more than it ever takes: of long random usage, and
//! of seven years of real events.
#![expect(clippy::disallowed_methods, reason = "a test reads playbooks and recorded events")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to say so")]

use std::io::Read as _;
use std::path::Path;

use proptest::prelude::*;
use ripen::engine::{Bound, Millis, Person, Playbook};
use ripen::playbook::compile;
use ripen::replay::{Recording, stand};
use serde_json::{Value, json};

fn total(bounds: &[Bound]) -> usize {
    bounds.iter().map(|bound| bound.bytes).sum()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn playbook(path: &str) -> Playbook {
    compile(&std::fs::read_to_string(root().join(path)).unwrap()).unwrap().playbook
}

/// Every form and everything that is remembered besides, small enough that random usage fills it.
fn everything() -> Playbook {
    let window = |form: &str, of: Value| json!({form: of, "within": "3d", "ago": "2d"});
    let property = |form: &str| json!({form: "p", "of": "*", "within": "20h"});
    let nudge = |limits: Value| {
        json!({
            "purpose": "ask", "on": {"event": "a"}, "limits": limits, "goal": {"event": "never"},
            "placement": {"kind": "banner"}, "content": {"en": {"title": "t"}}
        })
    };
    let text = json!({
        "interval": "2d",
        "signals": {
            "count": {"count": "*"}, "counts": window("count", json!("*")), "days": {"days": "*"},
            "dayss": window("days", json!("*")), "sessions": window("sessions", json!("*")),
            "distinct": {"distinct": "p", "of": "*"}, "distincts": property("distinct"),
            "sum": {"sum": "p", "of": "*"}, "sums": property("sum"), "max": property("max"), "min": property("min"),
            "runs": {"sequence": ["a", "b"], "within": "3d"}, "last": {"last": "p", "of": "*"},
            "since": {"since": "b"}, "age": {"age": "*"}, "ratio": {"ratio": ["count", "days"]}
        },
        "segments": {"s": {"when": {"signals.counts": {"$gte": 3}}}},
        "scores": {"x": {"points": [{"when": {"signals.sums": {"$gt": 1}}, "add": 0.5}], "bands": {"A": 0.5}}},
        "ladders": {"l": {"rungs": [{"id": "a"}, {"id": "b", "when": {"signals.since": {"$gte": 3}}, "keep": false}]}},
        "moments": {"m": {"when": {"signals.counts": {"$gte": 5}}, "motion": "sales", "cooldown": "1h"}},
        "nudges": {
            "one": nudge(json!({"shown": {"at_most": 9, "within": "3d"}, "ignored": {"at_most": 9, "within": "9h"}})),
            "two": nudge(json!({"dismissed": {"rest": "1d"}, "acted": {"at_most": 2, "within": "2d"}}))
        },
        "policy": {"help_first": false}
    });
    compile(&text.to_string()).unwrap().playbook
}

/// An event some hours after the one before.
fn event() -> impl Strategy<Value = (u32, &'static str, Value)> {
    let names = vec![
        "a",
        "b",
        "c",
        "$nudge_shown",
        "$nudge_ignored",
        "$nudge_dismissed",
        "$nudge_snoozed",
        "$nudge_acted",
    ];
    let property = prop_oneof![
        any::<f64>().prop_map(Value::from),
        (-9.0e12..9.0e12).prop_map(Value::from),
        "[a-z]{0,30}".prop_map(Value::from)
    ];
    let properties = (property, any::<bool>())
        .prop_map(|(p, one)| json!({"p": p, "nudge": if one { "one" } else { "two" }}));
    (0..9_u32, prop::sample::select(names), properties)
}

fn line(index: usize, hour: u64, name: &str, properties: &Value) -> String {
    let day = 20_000 + hour / 24;
    json!({
        "type": "track", "event": name, "properties": properties, "messageId": format!("{index:06}"), "userId": "ada",
        "timestamp": format!("{}T{:02}:00:00.000Z", date(day), hour % 24),
        "context": {"sessionId": format!("s{}", index / 3), "groupId": "acme", "timezoneOffset": -600}
    })
    .to_string()
}

/// A day since 1970 (H. Hinnant, days from civil, backwards).
fn date(day: u64) -> String {
    let shifted = day + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let (of_month, month) =
        (of_year - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    format!("{}-{month:02}-{of_month:02}", era * 400 + year + u64::from(month <= 2))
}

fn events(usage: &[(u32, &str, Value)]) -> Vec<ripen::engine::Event> {
    let mut recording = Recording::default();
    let mut hour = 0;
    for (index, (later, name, properties)) in usage.iter().enumerate() {
        hour += u64::from(*later);
        recording.push((line(index, hour, name, properties) + "\n").as_bytes());
    }
    assert_eq!(recording.malformed(), 0);
    recording.finish()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_takes_more(usage in prop::collection::vec(event(), 1..400)) {
        let playbook = everything();
        let most = total(&playbook.person_bounds());
        let mut person = Person::new(&playbook);
        let mut largest = 0;
        for event in events(&usage) {
            person.fold(&playbook, &event);
            person.evaluate(&playbook, None, event.time);
            largest = largest.max(person.bytes());
        }
        prop_assert!(largest <= most, "{largest} of {most}");
    }

    #[test]
    fn no_account_takes_more(usage in prop::collection::vec(event(), 1..400)) {
        let text = std::fs::read_to_string(root().join("tests/contributions/playbook.account.json")).unwrap();
        let text = text.replace("change_authored", "a").replace("change_merged", "b").replace("pairing_credited", "c");
        let playbook = compile(&text).unwrap().playbook;
        let mut recording = Recording::default();
        let mut hour = 0;
        for (index, (later, name, properties)) in usage.iter().enumerate() {
            hour += u64::from(*later);
            recording.push((line(index, hour, name, properties) + "\n").as_bytes());
        }
        let standing = stand(&playbook, recording, None).unwrap();
        let account = standing.world.find_account("acme").unwrap();
        let most = total(&playbook.account_bounds());
        prop_assert!(account.bytes() <= most, "{} of {most}", account.bytes());
    }
}

#[test]
fn a_bound_is_not_far_from_what_is_taken() {
    let playbook = everything();
    // Sixty an hour for five days; a value of which the newest is the longest is not tried.
    let usage: Vec<_> = (0..8_000)
        .map(|index| {
            let names = [
                "a",
                "b",
                "$nudge_shown",
                "$nudge_ignored",
                "$nudge_dismissed",
                "$nudge_snoozed",
                "$nudge_acted",
            ];
            let nudge = if index % 2 == 0 { "one" } else { "two" };
            (
                u32::from(index % 60 == 0),
                names[index % names.len()],
                json!({"p": index as f64 * 1.000_001e9, "nudge": nudge}),
            )
        })
        .collect();
    let mut person = Person::new(&playbook);
    for event in events(&usage) {
        person.fold(&playbook, &event);
        person.evaluate(&playbook, None, event.time);
    }
    let bounds = playbook.person_bounds();
    let last = bounds.iter().find(|bound| bound.part == "signals.last").unwrap().bytes;
    let most = total(&bounds) - last;
    assert!(person.bytes() * 4 > most, "{} of {most}", person.bytes());
}

/// Seven years of `contributions`, by the sample product's names.
fn of_the_sample(text: &str) -> String {
    text.replace("change_authored", "task_created")
        .replace("change_merged", "task_completed")
        .replace("pairing_credited", "teammate_invited")
}

/// `cargo test --test bounds -- seven_years --nocapture`
#[test]
fn seven_years_take_no_more() {
    let path = root().join("../shared/data/contributions.ndjson.gz");
    let Ok(file) = std::fs::File::open(&path) else {
        println!("SKIPPED: there is no ../shared/data/contributions.ndjson.gz");
        return;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    for (name, text) in [
        ("www/playbook.json", of_the_sample(&text)),
        ("tests/contributions/playbook.json", text.clone()),
        ("tests/contributions/playbook.whole.json", text.clone()),
    ] {
        let playbook = playbook(name);
        let mut recording = Recording::default();
        recording.push(text.as_bytes());
        recording.end_line();
        let standing = stand(&playbook, recording, None::<Millis>).unwrap();
        let most = total(&playbook.person_bounds());
        let sizes: Vec<(usize, usize, &str)> = standing
            .world
            .persons()
            .map(|(id, person, _)| (person.bytes(), person.bytes_of_traits(), id))
            .collect();
        let (largest, traits, id) = sizes.iter().max().unwrap();
        let all: usize = sizes.iter().map(|(bytes, ..)| bytes).sum();
        println!(
            "{name}: of {} people {id} takes most, {largest} bytes (and {traits} of traits), {} on average; at most {most}",
            sizes.len(),
            all / sizes.len(),
        );
        assert!(*largest <= most);
    }
}
