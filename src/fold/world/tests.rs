//! A large account costs each of its events the same: counted in turns, since time is no fixed thing.

use super::*;
use crate::engine::{Kind, Value};

const HOUR_MS: i64 = 3_600_000;
const PEOPLE: i64 = 3_000;
const HOURS: i64 = 4;

/// The turns that time alone took, while each of the people came once, evenly over the hours.
fn turns(playbook: &str) -> usize {
    let playbook = crate::playbook::compile(playbook).unwrap().playbook;
    let mut world = World::new(&playbook);
    for number in 0..PEOPLE {
        let event = Event {
            id: format!("m{number}"),
            time: Millis(number * HOURS * HOUR_MS / PEOPLE),
            kind: Kind::Track,
            user: Some(format!("u{number}")),
            anonymous: None,
            previous: None,
            group: None,
            context_group: Some("large".into()),
            offset: None,
            session: None,
            name: Some("a".into()),
            properties: Value::Null,
            traits: Value::Null,
        };
        world.fold(event.person(), &event);
    }
    let (_, account) = world.accounts().next().unwrap();
    assert!(account.view().version() >= HOURS as u32 - 1, "it has been published each hour");
    world.schedule.taken
}

#[test]
fn nobody_is_woken_by_an_account_that_they_do_not_look_at() {
    let taken = turns(
        r#"{"activity": "never", "signals": {"p": {"people": "a", "within": "24h", "scope": "account"}}}"#,
    );
    assert!(taken <= HOURS as usize, "{taken} turns: the account's hours and no more");
}

#[test]
fn who_looks_at_their_account_is_woken_once_an_hour() {
    let taken = turns(
        r#"{"activity": "never", "signals": {"p": {"people": "a", "within": "24h", "scope": "account"}},
            "segments": {"crowd": {"when": {"signals.p": {"$gte": 1e9}}}}}"#,
    );
    // In the first of the hours nothing is known yet; in each other one those who have come so far.
    let once_an_hour = (PEOPLE * (HOURS - 1) / 2 + HOURS) as usize;
    assert!(taken <= once_an_hour, "{taken} turns, and {once_an_hour} would be once an hour");
    assert!(taken > PEOPLE as usize, "{taken} turns: they are woken");
}
