//! Usage made from a seed: people who are known and unknown, alone and in accounts, who share browsers and change zones,
//! and are shown nudges; heard of in any order.

use ripen::engine::Playbook;
use ripen::replay::format_timestamp;
use ripen_collector::clock::Millis;
use serde_json::{Value, json};

/// What happens first happens then.
pub const START: i64 = 1_700_000_000_000;
pub const HOUR: i64 = 3_600_000;

/// SplitMix64 (Steele, Lea, Flood 2014).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ word >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ word >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (word ^ word >> 31) % bound
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for place in (1..list.len()).rev() {
            list.swap(place, self.below(place as u64 + 1) as usize);
        }
    }
}

/// That of the laws of islands.
pub const PLAYBOOK: &str = include_str!("../../../../tests/laws/islands.playbook.json");

pub fn playbook(text: &str) -> Playbook {
    ripen::playbook::compile(text).unwrap().playbook
}

/// So many events of so many groups of people, in order of time, hours apart.
pub fn events(random: &mut Random, count: u64, crowds: u64) -> Vec<Value> {
    let mut time = START;
    let mut events = Vec::new();
    for number in 0..count {
        time += match random.below(9) {
            0 => 0,
            1..6 => random.below(2 * HOUR as u64) as i64,
            6..8 => random.below(30 * HOUR as u64) as i64,
            _ => random.below(100 * HOUR as u64) as i64,
        } / crowds as i64;
        events.push(event(random, number, time, crowds));
    }
    events
}

fn event(random: &mut Random, number: u64, time: i64, crowds: u64) -> Value {
    let crowd = random.below(crowds);
    let id = |kind: &str, number: u64| json!(format!("{crowd}{kind}{number}"));
    let mut event = json!({
        "type": "track", "event": if random.below(2) == 0 { "a" } else { "b" },
        "messageId": format!("m{:05}-{number}", random.below(100_000)),
        "timestamp": format_timestamp(Millis(time)),
        "properties": {"size": random.below(9)}, "context": {},
    });
    let zones = [None, None, Some(0), Some(330), Some(-60)];
    if let Some(zone) = zones[random.below(5) as usize] {
        event["context"]["timezoneOffset"] = json!(zone);
    }
    if random.below(3) == 0 {
        event["context"]["groupId"] = id("g", random.below(2));
    }
    let who = random.below(10);
    if who < 6 {
        event["userId"] = id("u", random.below(4));
    }
    if who > 4 {
        event["anonymousId"] = id("b", random.below(2));
    }
    match random.below(8) {
        4 => {
            event["type"] = json!("group");
            event["groupId"] = id("g", random.below(3));
            event["traits"] = json!({"plan": if random.below(2) == 0 { "pro" } else { "free" }});
        }
        5 if who < 6 => {
            event["type"] = json!("alias");
            event["previousId"] = id("b", random.below(2));
        }
        _ => {}
    }
    event
}
