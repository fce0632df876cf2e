//! From events to active days: each person's, on their own clock, as the engine has them.

use ripen::engine::{Millis, Rhythm, p_alive, parse_timestamp};
use ripen::fit::{Unfit, fit, histories};
use ripen::playbook::compile;
use ripen::replay::{Options, Recording, replay};
use serde_json::{Value as Json, json};

use crate::people::Random;

const RHYTHM: &str = r#""rhythm": {"r": 0.7, "alpha": 9.5, "a": 0.8, "b": 1.9, "at_risk_below": 0.3}"#;

/// People in many zones who travel; what they do is activity or not; some are anonymous at first.
fn recorded(seed: u64, people: u32) -> Vec<u8> {
    let mut random = Random(seed);
    let mut lines = Vec::new();
    for person in 0..people {
        let truth = ripen::fit::Parameters { r: 0.8, alpha: 6.0, a: 0.7, b: 2.0 };
        let start = f64::from(person % 60) + 0.3;
        let visits = random.visits(&truth, 200.0 - start);
        let joins = visits.len() / 3;
        for (number, visit) in visits.into_iter().enumerate() {
            let at = 1_700_000_000_000 + ((start + visit) * 86_400_000.0) as i64;
            let kind = (person as usize + number) % 4;
            let (name, what) =
                [("track", "worked"), ("track", "looked"), ("page", ""), ("identify", "")][kind];
            let mut line = json!({
                "messageId": format!("{person}-{number}"),
                "anonymousId": format!("device-{person}"),
                "timestamp": ripen::replay::format_timestamp(Millis(at)),
                "type": name,
                "event": what,
            });
            if number >= joins {
                line["userId"] = json!(format!("user-{person:04}"));
            }
            if number % 3 != 1 {
                let zone = (i64::from(person) * 210 + number as i64 * 75) % 1440 - 720;
                line["context"] = json!({ "timezoneOffset": zone });
            }
            lines.push(line.to_string());
        }
    }
    lines.join("\n").into_bytes()
}

fn recording(bytes: &[u8]) -> Recording {
    let mut recording = Recording::default();
    recording.push(bytes);
    recording
}

#[test]
fn active_days_are_those_of_the_engine() {
    let bytes = recorded(5, 300);
    for activity in [r#""*""#, r#""worked""#, r#"["looked", "$page"]"#] {
        let text = format!(r#"{{"activity": {activity}, {RHYTHM}}}"#);
        let playbook = compile(&text).unwrap().playbook;
        let rhythm: Rhythm = playbook.rhythm.unwrap();
        let events = recording(&bytes).finish();
        let end = Millis(events.last().unwrap().time.0 + 40 * 3_600_000);
        let ours: Vec<f64> = histories(&playbook, &events, end)
            .iter()
            .map(|history| {
                let seen = history.seen();
                p_alive(&rhythm, f64::from(seen.x), seen.t_x, seen.t)
            })
            .collect();
        let lines = replay(&playbook, recording(&bytes), Options { at: Some(end), timeline: false });
        let engine: Vec<f64> = lines
            .iter()
            .filter_map(|line| serde_json::from_str::<Json>(line).unwrap()["alive"].as_f64())
            .collect();
        assert!(ours.len() > 100, "{activity}: {}", ours.len());
        assert_eq!(ours.len(), engine.len(), "{activity}");
        for (ours, engine) in ours.iter().zip(engine) {
            assert!((ours - engine).abs() < 1e-6, "{activity}: {ours} {engine}");
        }
    }
}

#[test]
fn the_report_is_what_the_events_say() {
    let playbook = compile("{}").unwrap().playbook;
    let report = fit(&playbook, recording(&recorded(6, 2000)), None).unwrap();
    // Some people did nothing but sign in.
    assert!((1700..2000).contains(&report.estimate.people), "{}", report.estimate.people);
    let calibration = report.calibration.as_ref().unwrap().as_ref().unwrap();
    assert_eq!(calibration.length as i32, report.days / 4);
    assert!((calibration.all.predicted / calibration.all.seen - 1.0).abs() < 0.25, "{:?}", calibration.all);
    assert!(report.warnings().is_empty(), "{:?}", report.warnings());
    let json = report.to_json();
    assert_eq!(json["calibration"]["rows"].as_array().unwrap().len(), 8);
    let rhythm = json!({ "rhythm": json["rhythm"] }).to_string();
    assert_eq!(compile(&rhythm).unwrap().warnings, [], "what it prints can be pasted");
}

#[test]
fn what_comes_after_the_end_does_not_exist() {
    let playbook = compile("{}").unwrap().playbook;
    let bytes = recorded(7, 600);
    let at = parse_timestamp("2024-02-01T00:00:00Z").unwrap();
    let cut: Vec<u8> = bytes
        .split(|byte| *byte == b'\n')
        .filter(|line| {
            let time =
                serde_json::from_slice::<Json>(line).unwrap()["timestamp"].as_str().unwrap().to_owned();
            parse_timestamp(&time).unwrap() <= at
        })
        .flat_map(|line| [line, b"\n"].concat())
        .collect();
    assert!(cut.len() < bytes.len());
    assert_eq!(fit(&playbook, recording(&bytes), Some(at)), fit(&playbook, recording(&cut), Some(at)));
}

#[test]
fn no_events_and_no_activity_are_nobody() {
    let empty = compile("{}").unwrap().playbook;
    assert_eq!(fit(&empty, Recording::default(), None), Err(Unfit::Nobody));
    let other = compile(r#"{"activity": "never"}"#).unwrap().playbook;
    assert_eq!(fit(&other, recording(&recorded(8, 20)), None), Err(Unfit::Nobody));
}

#[test]
fn few_people_are_warned_of() {
    let playbook = compile("{}").unwrap().playbook;
    let report = fit(&playbook, recording(&recorded(9, 20)), None).unwrap();
    assert!(report.warnings().iter().any(|warning| warning.contains("few")), "{:?}", report.warnings());
}
