//! Usage to fold: a playbook that uses all that the engine has, and events of one person.

use std::sync::LazyLock;

use proptest::prelude::*;
use ripen::engine::{Event, Kind, Millis, Offset, Playbook, Value};
use ripen::playbook::compile;

pub(crate) const HOUR: i64 = 3_600_000;

/// Compiled once: the laws are tried thousands of times.
pub(crate) fn playbook() -> &'static Playbook {
    static COMPILED: LazyLock<Playbook> = LazyLock::new(|| compile(PLAYBOOK).unwrap().playbook);
    &COMPILED
}

const PLAYBOOK: &str = r#"{
    "signals": {
        "total": {"count": "a"},
        "recent": {"count": ["a", "b"], "within": "3d"},
        "before": {"count": "*", "within": "2d", "ago": "3d"},
        "busy_hours": {"count": "*", "within": "5h"},
        "days": {"days": "*", "within": "14d"},
        "large": {"count": {"event": "a", "where": {"size": {"$gte": 5}}}},
        "streak": {"count": "a", "without": "b"},
        "since": {"since": "b"},
        "age": {"age": "*"},
        "sizes": {"distinct": "size", "of": "*", "within": "2d"},
        "sizes_before": {"distinct": "size", "of": "*", "within": "1d", "ago": "2d"},
        "volume": {"sum": "size", "of": "a", "within": "6h"},
        "largest": {"max": "size", "of": "*", "within": "4d"},
        "smallest_before": {"min": "size", "of": "*", "within": "1d", "ago": "1d"},
        "runs": {"sequence": ["a", "b", "a"], "span": "1d", "within": "3d"},
        "newest": {"last": "size", "of": "a", "without": "b"},
        "trial": {"until": "user.trial_ends"},
        "share": {"ratio": ["large", "total"]},
        "pace": {"ratio": ["age", "since"]}
    },
    "groups": {"odd": [1, 3, 5, 7]},
    "first_seen": "user.since",
    "rhythm": {"r": 0.8, "alpha": 3, "a": 1.2, "b": 2, "at_risk_below": 0.35},
    "scores": {
        "fit": {"bands": {"A": 10}, "points": [
            {"when": {"user.plan": "pro"}, "add": 10.1}, {"when": {"signals.newest": {"$inGroup": "odd"}}, "add": -0.3}
        ]},
        "usage": {"bands": {"A": 15, "B": 1}, "points": [
            {"when": {"signals.volume": {"$gte": 9}}, "add": 20}, {"when": {"alive": {"$lt": 0.5}}, "add": -5},
            {"when": {"bands.fit": "A"}, "add": 1}
        ]}
    },
    "segments": {
        "quiet": {"when": {"signals.since": {"$gte": "2d"}}},
        "busy": {"when": {"$or": [{"signals.recent": {"$gte": 4}}, {"signals.busy_hours": {"$gt": 2}}]}},
        "various": {"when": {"signals.sizes": {"$gt": 2}, "signals.sizes_before": {"$gt": 0}}},
        "heavy": {"when": {"$or": [{"signals.volume": {"$gt": 12}}, {"signals.largest": {"$lt": 7}}]}},
        "repeating": {"when": {"$or": [{"signals.runs": {"$gte": 1}}, {"signals.smallest_before": 0}, {"signals.newest": 3}]}},
        "pro": {"when": {"user.plan": "pro", "segments": {"$nin": ["quiet"]}}},
        "icp": {"when": {"$or": [{"user.plan": "pro"}, {"signals.sizes": {"$gte": 3}}]}, "success": {
            "set_up": {"signals.runs": {"$gte": 1}}, "habit": {"bands.usage": "A"}
        }},
        "trial_ends_soon": {"when": {"signals.trial": {"$lte": "2d"}}}
    },
    "ladders": {
        "journey": {"rungs": [
            {"id": "new"},
            {"id": "set_up", "when": {"signals.total": {"$gte": 1}}},
            {"id": "habitual", "when": {"signals.days": {"$gte": 3}}, "keep": false},
            {"id": "champion", "when": {"reached.journey.set_up": {"$gte": "4d"}, "segments": {"$in": ["busy"]}}}
        ]},
        "mood": {"climb": "highest", "rungs": [
            {"id": "any"}, {"id": "streaky", "when": {"signals.streak": {"$gt": 2}}, "keep": false},
            {"id": "old", "when": {"signals.age": {"$gte": "5d"}}},
            {"id": "heavy", "when": {"signals.largest": {"$gt": 7}, "signals.share": {"$gte": 0.25}}, "keep": false}
        ]},
        "pace": {"rungs": [{"id": "any"}, {"id": "slow", "when": {"signals.pace": {"$gte": 1.5}}, "keep": false}]}
    },
    "moments": {
        "back": {"when": {"momentum": "resurrected"}, "motion": "self_serve", "cooldown": "2d"},
        "fading": {"when": {"momentum": "at_risk"}, "motion": "sales", "cooldown": "1d"},
        "rich": {"when": {"scores.usage": {"$gte": 15}, "stages.pace": {"$below": "slow"}}, "motion": "sales", "cooldown": "5h"},
        "ripe": {"when": {"stages.journey": {"$atLeast": "habitual"}, "signals.large": {"$gte": 1}}, "motion": "sales"}
    },
    "interval": "3d"
}"#;

pub(crate) fn event(number: usize, time: i64, name: &str) -> Event {
    Event {
        id: format!("m{number:05}"),
        time: Millis(time),
        kind: Kind::Track,
        user: Some("u".into()),
        anonymous: None,
        previous: None,
        group: None,
        context_group: None,
        offset: None,
        session: None,
        name: Some(name.into()),
        properties: Value::default(),
        traits: Value::default(),
    }
}

/// Some weeks of one person, in order: bursts and silence, a few zones, a plan that comes and goes.
pub(crate) fn usage() -> impl Strategy<Value = Vec<Event>> {
    let step = prop_oneof![
        4 => 0..2 * HOUR,
        3 => HOUR..30 * HOUR,
        1 => 30 * HOUR..200 * HOUR,
    ];
    let what = (step, 0..6_u8, 0..9_u8, prop::option::of(prop::sample::select(vec![0, 120, 330, -570, 825])));
    prop::collection::vec(what, 1..40).prop_map(|steps| {
        let mut time = 1_700_000_000_000;
        let make = |(number, (step, kind, size, offset)): (usize, (i64, u8, u8, Option<i32>))| {
            time += step;
            let mut event = event(number, time, if kind % 2 == 0 { "a" } else { "b" });
            event.offset = offset.and_then(|offset| Offset::from_minutes(f64::from(offset)));
            event.properties.set("size".into(), Value::Number(f64::from(size)));
            if kind == 5 {
                event.kind = Kind::Identify;
                event.name = None;
                let plan = if size % 2 == 0 { Value::Text("pro".into()) } else { Value::Null };
                event.traits.set("plan".into(), plan);
                let day = Value::Text(format!("2023-11-{:02}", 10 + size));
                event.traits.set(if number % 2 == 0 { "trial_ends" } else { "since" }.into(), day);
            }
            event
        };
        steps.into_iter().enumerate().map(make).collect()
    })
}
