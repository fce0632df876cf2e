//! What a page goes on from: whatever it has that the collector has not is folded over it in the hour in which it
//! happened.

use ripen::engine::{Device, Event, Past, Playbook};
use ripen::replay::{format_timestamp, read_event, view_line};
use ripen_collector::clock::Millis;
use ripen_collector::fold::{Playbooks, Task, standing};
use serde_json::{Value, json};

use super::generated::{HOUR, START, playbook};
use super::steps::Bench;

/// The start of an hour.
const BEGIN: i64 = START - START % HOUR;
const MINUTE: i64 = HOUR / 60;

const PLAYBOOK: &str = r#"{
    "signals": {
        "recent": {"count": "a", "within": "3h"}, "before": {"count": "a", "within": "2h", "ago": "2h"},
        "quiet": {"since": "a"}, "team": {"people": "a", "scope": "account", "within": "2h"}
    },
    "segments": {"busy": {"when": {"signals.recent": {"$gte": 2}}}},
    "ladders": {"pace": {"rungs": [{"id": "slow"}, {"id": "fast", "when": {"segments": {"$in": ["busy"]}}, "keep": false}]}}
}"#;

fn event(minutes: i64, who: &str) -> Value {
    json!({"type": "track", "event": "a", "messageId": format!("m{minutes:05}"), "userId": who,
        "timestamp": format_timestamp(Millis(BEGIN + minutes * MINUTE)), "context": {"groupId": "acme"}})
}

fn read(event: &Value) -> Event {
    read_event(event.to_string().as_bytes()).unwrap()
}

/// What is the person's own.
fn view(device: &Device, playbook: &Playbook, now: Millis) -> String {
    view_line(playbook, device.person().unwrap().sight(playbook, None, now))
}

/// Folds, and lets so many hours pass one after the other, as the thread does.
fn live(bench: &mut Bench, text: &str, events: &[Value], hours: i64) -> (Playbook, Device) {
    bench.append(events);
    for hour in 0..=hours {
        bench.now = Millis(BEGIN + hour * HOUR + 5 * MINUTE);
        bench.steps(Task::Events(2));
        bench.steps(Task::Time);
    }
    let now = bench.now;
    let found = standing::snapshot(&mut bench.store, &Playbooks::default(), bench.tenant, "ada", now);
    let playbook = playbook(text);
    let device = Device::restore(&playbook, &found.unwrap().unwrap().snapshot, Past::default()).unwrap();
    (playbook, device)
}

#[test]
fn c17_what_a_page_adds_to_its_snapshot_counts_in_the_hour_in_which_it_happened() {
    let known = [event(10, "ada"), event(50, "ada"), event(70, "ada"), event(150, "ben"), event(290, "ben")];
    // Of an hour of which the collector has let the end pass; the last one, of the present hour.
    for unsent in [80, 130, 190, 240, 364] {
        let mut bench = Bench::open(PLAYBOOK);
        let (playbook, mut restored) = live(&mut bench, PLAYBOOK, &known, 6);
        let mut whole = Device::default();
        whole.set_present("ada");
        for event in known.iter().filter(|event| event["userId"] == "ada") {
            whole.fold(&playbook, &read(event), None);
        }
        for device in [&mut restored, &mut whole] {
            device.fold(&playbook, &read(&event(unsent, "ada")), None);
        }
        for hour in 6..14 {
            let now = Millis(BEGIN + hour * HOUR + 5 * MINUTE);
            restored.advance(&playbook, now);
            whole.advance(&playbook, now);
            let (found, wanted) = (view(&restored, &playbook, now), view(&whole, &playbook, now));
            assert_eq!(found, wanted, "{unsent} minutes, as of hour {hour}");
        }
    }
}

#[test]
fn what_follows_from_what_an_account_was_meanwhile_is_in_the_snapshot() {
    // Three hours after her last event there were two of them for two hours.
    let rungs =
        r#""met": {"rungs": [{"id": "alone"}, {"id": "together", "when": {"signals.team": {"$gte": 2}}}]}, "#;
    let text = PLAYBOOK.replace(r#""pace": "#, &format!(r#"{rungs}"pace": "#));
    let known = [event(10, "ada"), event(190, "ben"), event(200, "cyd")];
    let mut bench = Bench::open(&text);
    let (playbook, mut device) = live(&mut bench, &text, &known, 12);
    let now = bench.now;
    device.advance(&playbook, now);
    let view: Value = serde_json::from_str(&view(&device, &playbook, now)).unwrap();
    assert_eq!(view["stages"]["met"], json!("together"));
    let account: Value =
        serde_json::from_str(&view_line(&playbook, device.sight(&playbook, now).unwrap())).unwrap();
    assert_eq!(account["signals"]["team"], json!(0), "as of the last hour");
}
