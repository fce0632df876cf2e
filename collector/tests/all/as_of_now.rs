//! Who is told as of now, since the playbook looks at their account, and has done something of which the collector did not know
//! yet: in this hour it counts where it happened. What is older counts in this hour, until the page is told again, and the
//! page knows that it was late: no cause that nobody knows is counted.

use ripen::engine::{Device, Event};
use ripen::playbook::for_pages;
use ripen::replay::read_event;
use ripen_collector::snapshot::Cause;
use serde_json::json;

use crate::snapshot::{Scene, bytes_of, event, signal};
use crate::support::NOW;

const PLAYBOOK: &str = r#"{
    "signals": {
        "lately": {"count": "task_created", "within": "2h"},
        "just_now": {"count": "task_created", "within": "1h"},
        "team_tasks": {"count": "task_created", "scope": "account"}
    },
    "segments": {
        "eager": {"when": {"signals.just_now": {"$gte": 1}, "signals.lately": {"$gte": 1}}},
        "busy_team": {"when": {"signals.team_tasks": {"$gte": 3}}}
    }
}"#;

/// What the page makes of its own event, so many minutes ago, and how the page and the collector are of one mind then.
async fn with_an_event_of_its_own(minutes: i64) -> (Option<f64>, u32, Option<f64>, Vec<Cause>) {
    let mut scene = Scene::of(PLAYBOOK);
    // By which something was otherwise when its hour was over.
    scene.send(&[event("one", 0, 130, "task_created")]).await;
    scene.fold();
    let pages = for_pages(&scene.playbook).playbook;
    let told = scene.ask(json!({})).await;
    let own = event("one", 1, minutes, "task_created");
    let read: Event = read_event(own.to_string().as_bytes()).unwrap();
    let mut device = Device::default();
    device.set_present("ada");
    assert!(device.adopt(&pages, &bytes_of(&told), vec![read], NOW));
    let (seen, late) = (signal(&device, &pages, "lately"), device.late());
    scene.send(&[own]).await;
    scene.fold();
    let page = json!({"at": NOW.0, "stages": {}, "signals": {"lately": seen}, "late": late,
        "since": NOW.0 - 5 * 3_600_000, "asOf": NOW.0});
    let told = scene.ask(json!({"known": told.json()["tag"], "page": page, "streams": ["one"]})).await;
    scene.settled(1).await;
    let right = signal(&scene.device(&told), &pages, "lately");
    (seen, late, right, scene.disagreements().into_keys().collect())
}

#[tokio::test]
async fn what_is_older_than_the_hour_of_who_is_told_as_of_now_is_late_and_told_again() {
    // Of those 13 minutes of the hour that are over.
    assert_eq!(NOW.0 % 3_600_000, 800_000);
    assert_eq!(with_an_event_of_its_own(5).await, (Some(1.0), 0, Some(1.0), vec![Cause::Agreed]));
    assert_eq!(with_an_event_of_its_own(100).await, (Some(1.0), 1, Some(0.0), vec![Cause::Late]));
}

#[tokio::test]
async fn who_is_as_of_now_and_as_they_were_is_not_told_again_in_the_same_hour() {
    let mut scene = Scene::of(PLAYBOOK);
    scene.send(&[event("one", 0, 60 * 30, "task_created")]).await;
    scene.fold();
    let tag = scene.ask(json!({})).await.json()["tag"].clone();
    assert_eq!(scene.ask(json!({"known": tag})).await.status, 204);
}
