//! Many people on one line of time: written down anywhere and read again, passed in pieces, united, they are what they
//! would be if it had all come in one go; and what replay says of them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::prelude::*;
use ripen::engine::{Event, Kind, Millis, Offset, Playbook, Value};
use ripen::fold::{Island, Reported};
use ripen::playbook::compile;
use ripen::replay::{Options, Recording, final_lines, replay, timeline_lines};

use crate::usage::{HOUR, event};

fn playbook() -> &'static Playbook {
    static COMPILED: LazyLock<Playbook> = LazyLock::new(|| compile(PLAYBOOK).unwrap().playbook);
    &COMPILED
}

const PLAYBOOK: &str = include_str!("islands.playbook.json");

/// What is drawn for an event.
type Drawn = (i64, u8, u8, u8, u8, u8);

/// Some weeks of a few people, in order: known and unknown, some in accounts, some sharing a browser.
fn usage(people: &'static str) -> impl Strategy<Value = Vec<Event>> {
    let step = prop_oneof![1 => Just(0), 5 => 0..2 * HOUR, 3 => HOUR..30 * HOUR, 1 => 30 * HOUR..200 * HOUR];
    let drawn = (step, 0..4_u8, 0..8_u8, 0..9_u8, 0..6_u8, 0..5_u8);
    prop::collection::vec(drawn, 1..50).prop_map(move |drawn| written(people, drawn))
}

fn written(people: &str, drawn: Vec<Drawn>) -> Vec<Event> {
    let mut time = 1_700_000_000_000;
    let id = |kind: &str, number: u8| Some(format!("{people}{kind}{number}"));
    let make = |(number, (step, who, kind, what, group, zone)): (usize, Drawn)| {
        time += step;
        let mut event = event(number, time, if kind % 2 == 0 { "a" } else { "b" });
        event.id = format!("{people}{}", event.id);
        let offset = [None, None, Some(0.0), Some(330.0), Some(-60.0)][usize::from(zone)];
        event.offset = offset.and_then(Offset::from_minutes);
        event.properties.set("size".into(), Value::Number(f64::from(what)));
        event.context_group = if group < 2 { id("g", group) } else { None };
        // A user, a browser, or both; twice as often a browser alone as both.
        event.user = if what < 6 { id("u", who) } else { None };
        event.anonymous = if what > 4 { id("b", who % 2) } else { None };
        match kind {
            4 => {
                event.kind = Kind::Group;
                event.name = None;
                event.group = id("g", group % 3);
                event
                    .traits
                    .set("plan".into(), Value::Text(if what % 2 == 0 { "pro" } else { "free" }.into()));
            }
            5 if event.user.is_some() => {
                event.kind = Kind::Alias;
                event.name = None;
                event.previous = id("b", who / 2);
            }
            6 => {
                event.name = Some(if what % 2 == 0 { "$nudge_shown" } else { "$nudge_dismissed" }.into());
                let nudge = if group % 2 == 0 { "one" } else { "two" };
                event.properties.set("nudge".into(), Value::Text(nudge.into()));
            }
            _ => {}
        }
        event
    };
    drawn.into_iter().enumerate().map(make).collect()
}

fn island<'p>(playbook: &'p Playbook, known: &[Event]) -> Island<'p> {
    let mut island = Island::new(playbook);
    known.iter().for_each(|event| island.foresee_event(event));
    island
}

fn fold(island: &mut Island<'_>, events: &[Event]) {
    for event in events {
        assert!(!island.is_late(event) && island.entangles(event).is_empty());
        island.fold(event);
    }
}

fn end(events: &[Event], wait: i64) -> Millis {
    Millis(events.last().map_or(0, |event| event.time.0) + wait * HOUR / 3)
}

/// As they are reported, in an order that does not tell in which pieces they came.
fn in_order(playbook: &Playbook, mut changes: Vec<Reported>) -> Vec<String> {
    changes.sort_by(|one, other| {
        let key = |reported: &Reported| (reported.news.at(), !reported.account, reported.id.clone());
        key(one).cmp(&key(other))
    });
    timeline_lines(playbook, changes)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn folding_all_is_folding_some_writing_reading_and_folding_the_rest(
        events in usage(""), cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..40_i64), 0..4), wait in 0..400_i64,
    ) {
        let (playbook, end) = (playbook(), end(&events, wait));
        let mut whole = island(playbook, &events);
        fold(&mut whole, &events);
        whole.pass(end);
        let mut cuts: Vec<(usize, i64)> = cuts.iter().map(|(at, wait)| (at.index(events.len()), *wait)).collect();
        cuts.sort_unstable();
        let mut pieces = island(playbook, &events);
        let (mut done, mut changes, mut sightings) = (0, Vec::new(), Vec::new());
        for (cut, wait) in cuts {
            fold(&mut pieces, &events[done..cut.max(done)]);
            done = cut.max(done);
            // As far as it is known that nothing happens.
            pieces.pass(Millis(events[done].time.0.min(end.0) - 1 - wait * HOUR));
            changes.extend(pieces.take_changes());
            sightings.extend(pieces.take_sightings());
            pieces = Island::read(playbook, &pieces.write()).unwrap();
            events.iter().for_each(|event| pieces.foresee_event(event));
        }
        fold(&mut pieces, &events[done..]);
        pieces.pass(end);
        prop_assert_eq!(pieces.next_turn(), whole.next_turn());
        prop_assert_eq!(pieces.write(), whole.write());
        changes.extend(pieces.take_changes());
        prop_assert_eq!(in_order(playbook, changes), in_order(playbook, whole.take_changes()));
        sightings.extend(pieces.take_sightings());
        let key = |sighting: &ripen::fold::Sighting| (sighting.at, sighting.account, sighting.id.clone(), sighting.moment, sighting.standing.clone());
        let mut wanted = whole.take_sightings();
        wanted.sort_by_key(key);
        sightings.sort_by_key(key);
        prop_assert_eq!(sightings, wanted);
    }

    #[test]
    fn an_island_is_what_a_replay_says(events in usage(""), wait in 0..400_i64) {
        let (playbook, end) = (playbook(), end(&events, wait));
        let mut island = island(playbook, &events);
        fold(&mut island, &events);
        let mut island = Island::read(playbook, &island.write()).unwrap();
        island.pass(end);
        let lines = final_lines(playbook, &island.finished(end), end);
        let mut recording = Recording::default();
        events.iter().for_each(|event| recording.push(message(event).as_bytes()));
        prop_assert_eq!(lines, replay(playbook, recording, Options { at: Some(end), timeline: false }));
    }

    #[test]
    fn islands_that_do_not_touch_united_are_one(
        one in usage("x"), other in usage("k"), cut in any::<prop::sample::Index>(), wait in 0..400_i64,
    ) {
        let playbook = playbook();
        let mut events: Vec<Event> = one.iter().chain(&other).cloned().collect();
        events.sort_by(|one, other| (one.time, &one.id).cmp(&(other.time, &other.id)));
        let end = end(&events, wait);
        let (before, after) = events.split_at(cut.index(events.len()));
        let mut whole = island(playbook, &events);
        fold(&mut whole, &events);
        whole.pass(end);
        let mut parts = ["x", "k"].map(|people| {
            let own: Vec<Event> = before.iter().filter(|event| event.id.starts_with(people)).cloned().collect();
            let mut part = island(playbook, &events);
            fold(&mut part, &own);
            part.pass(Millis(after[0].time.0 - 1));
            part
        });
        let [united, second] = &mut parts;
        united.unite(second.clone());
        fold(united, after);
        united.pass(end);
        prop_assert_eq!(united.write(), whole.write());
        prop_assert_eq!(in_order(playbook, united.take_changes()), in_order(playbook, whole.take_changes()));
    }

    /// However late an event or a join is heard of: folded anew from any state that it does not change, all is as if
    /// everything had been known.
    #[test]
    fn what_is_late_or_entangled_is_told(events in usage(""), order in Just(()).prop_flat_map(|()| prop::collection::vec(any::<u32>(), 50))) {
        let playbook = playbook();
        let mut arrived: Vec<&Event> = events.iter().collect();
        arrived.sort_by_key(|event| order[event.id[1..].parse::<usize>().unwrap() % 50]);
        let mut known: BTreeMap<(Millis, String), Event> = BTreeMap::new();
        let mut live = Island::new(playbook);
        for event in arrived {
            let anew = live.is_late(event) || !live.entangles(event).is_empty();
            known.insert((event.time, event.id.clone()), event.clone());
            if anew {
                let all: Vec<Event> = known.values().cloned().collect();
                live = island(playbook, &all);
                fold(&mut live, &all);
            } else {
                live.foresee_event(event);
                live.fold(event);
            }
        }
        let mut wanted = island(playbook, &events);
        fold(&mut wanted, &events);
        prop_assert_eq!(live.write(), wanted.write());
    }

    #[test]
    fn damage_is_found_or_harmless(events in usage(""), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let playbook = playbook();
        let mut island = island(playbook, &events);
        fold(&mut island, &events);
        let mut bytes = island.write();
        let at = at.index(bytes.len());
        prop_assert!(Island::read(playbook, &bytes[..at]).is_none());
        bytes[at] = byte;
        if let Some(mut damaged) = Island::read(playbook, &bytes) {
            damaged.pass(end(&events, 3));
        }
    }
}

fn message(event: &Event) -> String {
    let kind = match event.kind {
        Kind::Group => "group",
        Kind::Alias => "alias",
        _ => "track",
    };
    let json = |value: &Value| match value {
        Value::Number(number) => serde_json::json!(number),
        Value::Text(text) => serde_json::json!(text),
        _ => serde_json::Value::Null,
    };
    let map = |value: &Value| match value {
        Value::Map(entries) => entries.iter().map(|(key, value)| (key.clone(), json(value))).collect(),
        _ => serde_json::Map::new(),
    };
    let message = serde_json::json!({
        "type": kind, "messageId": event.id, "timestamp": ripen::replay::format_timestamp(event.time),
        "userId": event.user, "anonymousId": event.anonymous, "previousId": event.previous, "groupId": event.group,
        "event": event.name, "properties": map(&event.properties), "traits": map(&event.traits),
        "context": {"groupId": event.context_group, "timezoneOffset": event.offset.map(Offset::minutes)},
    });
    message.to_string() + "\n"
}

#[test]
fn most_of_what_is_generated_meets_in_accounts_and_fires() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut fired, mut of_accounts, mut joined) = (0, 0, 0);
    for _ in 0..50 {
        let events = usage("").new_tree(&mut runner).unwrap().current();
        let mut island = island(playbook(), &events);
        fold(&mut island, &events);
        let sightings = island.take_sightings();
        fired += sightings.iter().filter(|sighting| !sighting.account).count();
        of_accounts += sightings.iter().filter(|sighting| sighting.account).count();
        joined += events.iter().flat_map(Event::joins).count();
    }
    assert!(fired > 50 && of_accounts > 10 && joined > 100, "{fired} {of_accounts} {joined}");
}
