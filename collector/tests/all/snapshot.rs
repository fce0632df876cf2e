//! `POST /v1/snapshot`: what a page is told of its person, and nobody else.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ripen::engine::{Device, Event, Millis, Past, Playbook, Scope, Seen};
use ripen::playbook::{compile, for_pages};
use ripen::replay::{format_timestamp, read_event};
use ripen_collector::access::{Actor, By};
use ripen_collector::fold::{Folder, Task};
use ripen_collector::identity::Purpose;
use ripen_collector::limits::SNAPSHOT_LAG;
use ripen_collector::privacy;
use ripen_collector::snapshot::Cause;
use ripen_collector::store::{Batch, Entry, Person, Store, TenantId};
use serde_json::{Value, json};

use crate::support::{Answer, Doors, NOW, member_signed_by, signed_by, token_by};

const PLAYBOOK: &str = r#"{
    "signals": {
        "tasks": {"count": "task_created"},
        "days": {"days": "*"},
        "team_tasks": {"count": "task_created", "scope": "account"},
        "team_size": {"people": "*", "scope": "account"}
    },
    "ladders": {"journey": {"rungs": [{"id": "new"}, {"id": "set_up", "when": {"signals.tasks": {"$gte": 3}}}]}},
    "segments": {"busy_team": {"when": {"signals.team_tasks": {"$gte": 3}}}},
    "moments": {"grown": {
        "scope": "account", "when": {"signals.team_size": {"$gte": 50}}, "motion": "sales", "qualifies": "pqa"
    }},
    "nudges": {"tip": {
        "purpose": "help", "on": {"event": "opened"}, "placement": {"kind": "banner"},
        "content": {"en": {"title": "A tip"}}, "limits": {"shown": {"at_most": 1}}
    }},
    "policy": {"help_first": false}
}"#;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// Doors of which `key` has secrets, and what folds behind them.
pub struct Scene {
    pub doors: Doors,
    folder: Folder,
    pub tenant: TenantId,
    pub playbook: Playbook,
}

impl Scene {
    pub fn open() -> Scene {
        Scene::of(PLAYBOOK)
    }

    pub fn of(playbook: &str) -> Scene {
        let doors = Doors::open();
        let mut store = doors.store();
        let tenant = store.directory().tenant("key").unwrap();
        store.identities().create_secret(tenant, Purpose::Signatures, "s", NOW).unwrap();
        store.identities().create_secret(tenant, Purpose::Tokens, "t", NOW).unwrap();
        let compiled = compile(playbook).unwrap();
        store.folds().fold_by(tenant, compiled.playbook.revision, &compiled.bytes).unwrap();
        Scene { doors, folder: Folder::default(), tenant, playbook: compiled.playbook }
    }

    /// Events of a page load, signed.
    pub async fn send(&self, events: &[Value]) {
        let body = json!({"writeKey": "key", "batch": events}).to_string();
        let answer = self.doors.post(body).await;
        assert_eq!(answer.counts().2, 0, "{}", answer.json());
    }

    pub fn fold(&mut self) {
        for task in [Task::Events(1000), Task::Time] {
            while self.step(task) {}
        }
    }

    /// A step; whether there was anything to do.
    fn step(&mut self, task: Task) -> bool {
        let mut store = self.doors.store();
        let Some(step) = self.folder.step(&mut store, self.tenant, task, NOW).unwrap() else { return false };
        assert!(store.folds().commit(self.tenant, step.turn, &step.folded).unwrap());
        self.folder.committed(step);
        true
    }

    fn question(&self) -> Value {
        json!({
            "writeKey": "key", "userId": "ada", "signature": signed_by("s", "ada"),
            "revision": for_pages(&self.playbook).revision, "format": 4,
            "streams": ["one", "two", "three"],
        })
    }

    pub async fn ask(&self, more: Value) -> Answer {
        let mut body = self.question();
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.doors.post_to("/v1/snapshot", body.to_string()).await
    }

    /// What the page makes of the answer.
    pub fn device(&self, answer: &Answer) -> Device {
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
        let pages = for_pages(&self.playbook).playbook;
        Device::restore(&pages, &bytes_of(answer), Past::default()).unwrap()
    }

    pub fn disagreements(&self) -> BTreeMap<Cause, u64> {
        let all = self.doors.store().disagreements().disagreements(self.tenant, 0).unwrap();
        all.into_iter().map(|found| (found.cause, found.times)).collect()
    }
}

pub fn bytes_of(answer: &Answer) -> Vec<u8> {
    STANDARD.decode(answer.json()["snapshot"].as_str().unwrap()).unwrap()
}

/// What happened on a device of ada's, so many minutes before now.
pub fn event(stream: &str, sequence: u64, minutes: i64, name: &str) -> Value {
    json!({
        "type": "track", "event": name, "messageId": format!("{stream}-{sequence:05}"), "userId": "ada",
        "anonymousId": format!("device of {stream}"),
        "timestamp": format_timestamp(Millis(NOW.0 - minutes * MINUTE)),
        "context": {"stream": stream, "sequence": sequence, "groupId": "acme", "signature": signed_by("s", "ada"),
            "groupSignature": member_signed_by("s", "ada", "acme")},
    })
}

pub fn signal(device: &Device, playbook: &Playbook, name: &str) -> Option<f64> {
    let sight = device.sight(playbook, NOW)?;
    [Scope::Person, Scope::Account].into_iter().find_map(|scope| {
        let index = playbook.of(scope).signals.iter().position(|signal| *signal.name == *name)?;
        match sight.signal(scope, index as u16) {
            Seen::Number(number) => Some(number),
            _ => None,
        }
    })
}

fn stage(device: &Device, playbook: &Playbook) -> Option<String> {
    device.sight(playbook, NOW)?.stage(Scope::Person, 0).map(|(rung, _)| rung.to_owned())
}

#[tokio::test]
async fn c17_c30_a_second_device_is_told_stage_limits_account_and_since_when() {
    let mut scene = Scene::open();
    let mut shown = event("one", 3, 200, "$nudge_shown");
    shown["properties"] = json!({"nudge": "tip"});
    let mut events: Vec<Value> = (0..3).map(|at| event("one", at, 300 - at as i64, "task_created")).collect();
    events.push(shown);
    scene.send(&events).await;
    scene.fold();
    let answer = scene.ask(json!({})).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let body = answer.json();
    assert_eq!(
        (&body["account"], &body["lead"], &body["since"]),
        (&json!("acme"), &json!(false), &json!(NOW.0 - 300 * MINUTE))
    );
    assert_eq!(body["asOf"], json!(NOW.0 - NOW.0 % HOUR));
    assert_eq!(body["streams"], json!({"one": [[0, 3]], "two": [], "three": []}));
    let pages = for_pages(&scene.playbook).playbook;
    let device = scene.device(&answer);
    assert_eq!((device.present(), stage(&device, &pages).as_deref()), ("ada", Some("set_up")));
    assert_eq!(signal(&device, &pages, "tasks"), Some(3.0));
    assert_eq!(signal(&device, &pages, "team_tasks"), Some(3.0), "as the account was last evaluated");
    let tip = device.person().unwrap().memory().tally(0, ripen::engine::Outcome::Shown);
    assert!(tip.is_some(), "what was shown there is shown");
    assert!(bytes_of(&answer).len() < 600, "{} bytes", bytes_of(&answer).len());
}

#[tokio::test]
async fn what_is_not_in_it_and_what_is_are_all_and_nothing_twice() {
    let mut scene = Scene::open();
    let all: Vec<Value> = [
        event("one", 0, 90, "task_created"),
        event("one", 1, 80, "task_created"),
        event("two", 0, 70, "task_created"),
        event("one", 3, 60, "task_created"),
        event("two", 1, 50, "task_created"),
        event("two", 2, 40, "task_created"),
        // Its time has not come.
        event("one", 4, -HOUR / MINUTE, "task_created"),
    ]
    .to_vec();
    let (early, late) = all.split_at(4);
    scene.send(early).await;
    scene.send(&all[6..]).await;
    scene.fold();
    // Acknowledged, and not folded yet.
    scene.send(&late[..2]).await;
    let answer = scene.ask(json!({})).await;
    let streams = &answer.json()["streams"];
    assert_eq!(*streams, json!({"one": [[0, 1], [3, 3]], "two": [[0, 0]], "three": []}));
    let is_all = async |streams: Value| {
        let answer = scene.ask(json!({"streams": streams})).await;
        answer.json()["isAll"].as_bool().unwrap()
    };
    assert!(is_all(json!(["three", "unheard"])).await);
    // Of the one its time has not come, the other is not folded.
    assert!(!is_all(json!(["three", "one"])).await && !is_all(json!(["two"])).await);

    let runs = |stream: &str| -> Vec<RangeInclusive<u64>> {
        let runs = streams[stream].as_array().unwrap();
        runs.iter().map(|run| run[0].as_u64().unwrap()..=run[1].as_u64().unwrap()).collect()
    };
    let is_in = |event: &Value| {
        let (stream, sequence) =
            (event["context"]["stream"].as_str().unwrap(), &event["context"]["sequence"]);
        runs(stream).iter().any(|run| run.contains(&sequence.as_u64().unwrap()))
    };
    let read = |event: &Value| -> Event { read_event(event.to_string().as_bytes()).unwrap() };
    let others: Vec<Event> = all.iter().filter(|event| !is_in(event)).map(read).collect();
    assert_eq!(others.len(), 3);
    let pages = for_pages(&scene.playbook).playbook;
    let mut device = Device::default();
    device.set_present("ada");
    assert!(device.adopt(&pages, &bytes_of(&answer), others, Millis(NOW.0 + 2 * HOUR)));
    assert_eq!(signal(&device, &pages, "tasks"), Some(7.0));

    scene.fold();
    let answer = scene.ask(json!({})).await;
    assert_eq!(answer.json()["streams"]["two"], json!([[0, 2]]));
    assert_eq!(scene.ask(json!({"streams": ["two"]})).await.json()["isAll"], json!(true));
    assert_eq!(signal(&scene.device(&answer), &pages, "tasks"), Some(6.0));
}

#[tokio::test]
async fn what_was_done_before_signing_in_is_hers_once_the_collector_knows_that() {
    let mut scene = Scene::open();
    let mut before = event("two", 0, 60, "task_created");
    before.as_object_mut().unwrap().remove("userId");
    scene.send(&[event("one", 0, 90, "task_created"), before]).await;
    scene.fold();
    let pages = for_pages(&scene.playbook).playbook;
    let page = json!({"anonymousId": "device of two"});
    let answer = scene.ask(page.clone()).await;
    // It is folded, and not hers.
    assert_eq!(answer.json()["streams"]["two"], json!([[0, 0]]));
    assert_eq!(
        (answer.json()["joined"].clone(), signal(&scene.device(&answer), &pages, "tasks")),
        (json!(false), Some(1.0))
    );
    scene.send(&[event("two", 1, 50, "looked")]).await;
    scene.fold();
    let answer = scene.ask(page).await;
    assert_eq!(
        (answer.json()["joined"].clone(), signal(&scene.device(&answer), &pages, "tasks")),
        (json!(true), Some(2.0))
    );
    assert_eq!(scene.ask(json!({"anonymousId": "device of nobody"})).await.json()["joined"], json!(false));
}

#[tokio::test]
async fn a_form_of_who_was_nobody_yet_is_theirs_once_they_have_signed_in() {
    let mut scene = Scene::open();
    let mut form = event("two", 0, 60, "$lead_submitted");
    form.as_object_mut().unwrap().remove("userId");
    form["properties"] = json!({"nudge": "talk", "fields": {"email": "a@b.c"}});
    form["context"] = json!({"stream": "two", "sequence": 0});
    scene.send(&[event("one", 0, 90, "task_created"), form]).await;
    scene.fold();
    assert_eq!(scene.ask(json!({})).await.json()["lead"], json!(false), "anybody can send one");
    scene.send(&[event("two", 1, 50, "looked")]).await;
    scene.fold();
    assert_eq!(scene.ask(json!({})).await.json()["lead"], json!(true));
}

#[tokio::test]
async fn thousands_that_wait_for_their_time_hide_nothing_of_a_page_that_is_not_theirs() {
    let mut scene = Scene::open();
    let mut store = scene.doors.store();
    let strange = |number: usize| {
        let message = event(&format!("strange-{number}"), 0, -1, "task_created").to_string();
        let message_id = format!("strange-{number}");
        let happened = Millis(NOW.0 + MINUTE);
        Entry { message_id, user_id: Some("eve".to_owned()), anonymous_id: None, happened, message }
    };
    let entries = (0..SNAPSHOT_LAG + 7).map(strange).collect();
    store.log().append(&[Batch { entries, ..Batch::new(scene.tenant, NOW) }]).unwrap();
    // Hers come after all of theirs.
    scene.send(&[event("one", 0, 90, "task_created"), event("one", 1, -2, "task_created")]).await;
    scene.fold();
    let answer = scene.ask(json!({})).await;
    assert_eq!(answer.json()["streams"], json!({"one": [[0, 0]], "two": [], "three": []}));
    assert_eq!(answer.json()["isAll"], json!(false));
    assert_eq!(scene.ask(json!({"streams": ["two"]})).await.json()["isAll"], json!(true));
}

/// Somebody of a large account is erased: the others of it ask later, and nobody else does.
#[tokio::test]
async fn c43_who_is_folded_again_is_told_nothing_until_it_is_over_and_all_others_are_told_as_ever() {
    let mut scene = Scene::open();
    let of = |who: &str, account: &str, stream: &str, number: usize| {
        let at = format_timestamp(Millis(NOW.0 - 300 * MINUTE + number as i64 * 1_000));
        json!({"type": "track", "event": "task_created", "messageId": format!("{stream}-{number}"), "userId": who,
            "timestamp": at, "context": {"stream": stream, "sequence": number, "groupId": account,
                "signature": signed_by("s", who), "groupSignature": member_signed_by("s", who, account)}})
    };
    scene.send(&[of("eve", "acme", "four", 0), of("cat", "zoo", "two", 0)]).await;
    let all: Vec<Value> = (1..SNAPSHOT_LAG + 50).map(|number| of("ada", "acme", "one", number)).collect();
    for some in all.chunks(100) {
        scene.send(some).await;
    }
    scene.fold();
    let whole = scene.device(&scene.ask(json!({})).await);
    let pages = for_pages(&scene.playbook).playbook;
    assert_eq!(signal(&whole, &pages, "tasks"), Some(SNAPSHOT_LAG as f64 + 49.0));
    let mut store = scene.doors.store();
    let whom = Person { user_id: Some("eve".to_owned()), anonymous_id: None };
    let subject = store.personal().subject(scene.tenant, &whom).unwrap().unwrap();
    privacy::erase(&mut store, scene.tenant, subject, By { who: Actor::Cli, at: NOW }).unwrap();
    let cat = json!({"userId": "cat", "signature": signed_by("s", "cat"), "streams": ["two"]});
    // What she does meanwhile waits, however much it is; one of it in a browser in which cat has been, too.
    let mut meanwhile: Vec<Value> =
        (0..SNAPSHOT_LAG).map(|number| of("ada", "acme", "one", SNAPSHOT_LAG + 50 + number)).collect();
    meanwhile.push(of("ada", "acme", "two", 1));
    for some in meanwhile.chunks(100) {
        scene.send(some).await;
        scene.step(Task::Others(100));
    }
    for size in [0, 30, 70] {
        if size > 0 {
            scene.step(Task::Events(size));
            scene.step(Task::Others(10));
        }
        let refused = scene.ask(json!({})).await;
        assert_eq!(refused.refusal(), (503, "behind".to_owned()), "{size}");
        let text = refused.json()["message"].to_string();
        assert!(text.contains("this person"), "{text}");
        let answer = scene.ask(cat.clone()).await;
        assert_eq!(
            (answer.status, answer.json()["streams"]["two"].clone()),
            (axum::http::StatusCode::OK, json!([[0, 0]])),
            "{size}: {}",
            String::from_utf8_lossy(&answer.body)
        );
    }
    let eve = json!({"userId": "eve", "signature": signed_by("s", "eve")});
    assert_eq!(scene.ask(eve).await.status, 204, "of whom nothing is known any more");
    scene.fold();
    let device = scene.device(&scene.ask(json!({})).await);
    assert_eq!(signal(&device, &pages, "tasks"), Some(2.0 * SNAPSHOT_LAG as f64 + 50.0));
}

#[tokio::test]
async fn nobody_reads_anothers() {
    let mut scene = Scene::open();
    scene.send(&[event("one", 0, 90, "task_created")]).await;
    scene.fold();
    let soon = NOW.0 / 1000 + 60;
    let nothing = Value::Null;
    let table = [
        (json!({"signature": nothing}), 401, "not_signed"),
        (json!({"signature": ""}), 401, "not_signed"),
        (json!({"signature": signed_by("s", "eve")}), 401, "not_signed"),
        (json!({"signature": signed_by("guess", "ada")}), 401, "not_signed"),
        (json!({"signature": signed_by("t", "ada")}), 401, "not_signed"),
        (json!({"userId": nothing}), 401, "not_signed"),
        (json!({"userId": "eve"}), 401, "not_signed"),
        (json!({"token": token_by("t", "eve", soon)}), 401, "not_signed"),
        (json!({"token": token_by("s", "ada", soon)}), 401, "not_signed"),
        (json!({"token": "nonsense"}), 401, "not_signed"),
        // A host that gives tokens wants them to end.
        (json!({"token": token_by("t", "ada", soon - 180)}), 401, "token_expired"),
        (json!({"writeKey": "other"}), 404, "no_secret"),
        (json!({"writeKey": "stranger"}), 401, "unknown_write_key"),
        (json!({"writeKey": nothing}), 401, "unknown_write_key"),
        (json!({"streams": "x".repeat(64 * 1024)}), 413, "body_too_large"),
        (json!({"streams": 7}), 400, "bad_request"),
    ];
    for (more, status, code) in table {
        let answer = scene.ask(more.clone()).await;
        assert_eq!(answer.refusal(), (status, code.to_owned()), "{more}");
    }
    for more in [json!({}), json!({"signature": nothing, "token": token_by("t", "ada", soon)})] {
        assert_eq!(scene.ask(more).await.status, 200);
    }
    let bob = json!({"userId": "bob", "signature": signed_by("s", "bob")});
    assert_eq!(scene.ask(bob).await.status, 204, "of whom nothing is known");
    // An anonymous id is nobody's name.
    let device = json!({"userId": "device of one", "signature": signed_by("s", "device of one")});
    assert_eq!(scene.ask(device).await.status, 204);
    assert_eq!(scene.doors.get("/v1/snapshot").await.refusal(), (405, "wrong_method".to_owned()));
    let mut store = scene.doors.store();
    for secret in store.identities().secrets(scene.tenant).unwrap() {
        store.identities().retire_secret(scene.tenant, secret.id, NOW).unwrap();
    }
    assert_eq!(scene.ask(json!({})).await.refusal(), (404, "no_secret".to_owned()));
}

/// Somebody says before her first signature that she is somebody else, or an honest host renames her.
#[tokio::test]
async fn c17_who_was_joined_to_another_user_keeps_her_own_snapshot_and_the_other_learns_nothing_of_her() {
    let mut scene = Scene::open();
    let alias = json!({"type": "alias", "messageId": "alias", "userId": "eve", "previousId": "ada",
        "timestamp": format_timestamp(Millis(NOW.0 - 100 * MINUTE))});
    let own = json!({"type": "track", "event": "task_created", "messageId": "own", "userId": "eve",
        "context": {"signature": signed_by("s", "eve")},
        "timestamp": format_timestamp(Millis(NOW.0 - 80 * MINUTE))});
    let mut form = event("one", 1, 85, "$lead_submitted");
    form["context"].as_object_mut().unwrap().remove("groupId");
    form["properties"] = json!({"fields": {"email": "ada@x.example"}});
    scene.send(&[alias, event("one", 0, 90, "task_created"), form, own]).await;
    scene.fold();
    let answer = scene.ask(json!({})).await;
    assert_eq!(signal(&scene.device(&answer), &for_pages(&scene.playbook).playbook, "tasks"), Some(1.0));
    assert_eq!(answer.json()["lead"], json!(true));
    let eve = json!({"userId": "eve", "signature": signed_by("s", "eve")});
    let told = scene.ask(eve).await.json();
    assert_eq!((&told["lead"], &told["since"]), (&json!(false), &json!(NOW.0 - 100 * MINUTE)));
}

#[tokio::test]
async fn who_is_too_quick_for_the_fold_is_told_so_and_not_that_there_is_nothing() {
    let mut scene = Scene::open();
    scene.send(&[event("one", 0, 1, "task_created")]).await;
    assert_eq!(scene.ask(json!({})).await.refusal(), (503, "behind".to_owned()));
    scene.fold();
    assert_eq!(scene.ask(json!({})).await.status, 200);
}

#[tokio::test]
async fn what_is_as_it_was_is_not_told_again() {
    let mut scene = Scene::open();
    scene.send(&[event("one", 0, 90, "task_created")]).await;
    scene.fold();
    let tag = scene.ask(json!({})).await.json()["tag"].clone();
    let again = scene.ask(json!({"known": tag})).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (204, 0));
    scene.send(&[event("one", 1, 80, "task_created")]).await;
    scene.fold();
    let changed = scene.ask(json!({"known": tag})).await.json()["tag"].clone();
    assert_ne!(changed, tag);
    // Refused, so it is nothing of hers.
    let mut forged = event("one", 2, 70, "task_created");
    forged["context"] = json!({"stream": "one", "sequence": 2, "signature": signed_by("guess", "ada")});
    forged["anonymousId"] = json!("device of eve");
    scene.send(&[forged]).await;
    scene.fold();
    assert_eq!(scene.ask(json!({"known": changed})).await.status, 204);
    let lead = json!({
        "type": "track", "event": "$lead_submitted", "messageId": "lead", "userId": "bob", "anonymousId": "b",
        "timestamp": format_timestamp(Millis(NOW.0 - MINUTE)), "properties": {"email": "bob@example.com"},
        "context": {"groupId": "acme", "signature": signed_by("s", "bob"),
            "groupSignature": member_signed_by("s", "bob", "acme")},
    });
    scene.send(&[lead]).await;
    scene.fold();
    let told = scene.ask(json!({"known": changed})).await;
    assert_eq!(told.json()["lead"], json!(true), "of the account: neither is to be sold to meanwhile");
}

#[tokio::test]
async fn who_has_come_to_something_else_with_the_same_is_told_again() {
    let mut scene = Scene::open();
    scene.send(&[event("one", 0, 90, "task_created")]).await;
    scene.fold();
    let tag = scene.ask(json!({})).await.json()["tag"].clone();
    let ask = async |known: &Value, tasks: f64| {
        scene.ask(json!({"known": known, "page": page(tasks), "streams": ["one"]})).await
    };
    assert_eq!(ask(&tag, 1.0).await.status, 204);
    let again = ask(&tag, 2.0).await;
    let other = again.json()["tag"].clone();
    assert_ne!(other, tag, "so that the page takes it over");
    assert_eq!(bytes_of(&again), bytes_of(&scene.ask(json!({})).await));
    // And again, if that has not helped.
    assert_eq!(ask(&other, 2.0).await.json()["tag"], tag);
}

#[tokio::test]
async fn who_runs_something_else_gets_nothing_and_is_counted() {
    let mut scene = Scene::open();
    scene.send(&[event("one", 0, 90, "task_created")]).await;
    scene.fold();
    let page = json!({"at": NOW.0, "stages": {}, "signals": {}});
    for more in [json!({"revision": "00"}), json!({"format": 3}), json!({"format": null})] {
        let mut more = more;
        assert_eq!(scene.ask(more.clone()).await.status, 204);
        more["page"] = page.clone();
        assert_eq!(scene.ask(more).await.status, 204);
    }
    scene.settled(3).await;
    assert_eq!(scene.disagreements(), BTreeMap::from([(Cause::OtherEngine, 3)]));
    // Who has seen nobody yet says nothing of it: a browser that has lost what it had, say.
    scene.device(&scene.ask(json!({"revision": null})).await);
    // The whole playbook, as an application may bring it along.
    let whole = json!({"revision": format!("{:016x}", scene.playbook.revision)});
    let answer = scene.ask(whole).await;
    assert!(Device::restore(&scene.playbook, &bytes_of(&answer), Past::default()).is_some());
}

impl Scene {
    /// Waits until so many comparisons are counted: nobody waits for them who asks.
    pub async fn settled(&self, count: u64) {
        for _ in 0..10_000 {
            if self.disagreements().values().sum::<u64>() >= count {
                return;
            }
            tokio::task::yield_now().await;
        }
        panic!("{:?}", self.disagreements());
    }
}

fn page(tasks: f64) -> Value {
    let stage = if tasks >= 3.0 { "set_up" } else { "new" };
    json!({
        "at": NOW.0, "stages": {"journey": stage}, "signals": {"tasks": tasks, "days": 1.0},
        "since": NOW.0 - 90 * MINUTE, "late": 0,
    })
}

#[tokio::test]
async fn what_page_and_collector_disagree_about_is_counted_by_its_cause() {
    let compared = async |prepare: &[Value], page: Value, streams: Value| {
        let mut scene = Scene::open();
        scene.send(prepare).await;
        scene.fold();
        scene.ask(json!({"page": page, "streams": streams})).await;
        scene.settled(1).await;
        scene.disagreements().into_keys().collect::<Vec<_>>()
    };
    let own = [event("one", 0, 90, "task_created"), event("one", 1, 80, "task_created")];
    let one = || json!(["one"]);
    assert_eq!(compared(&own, page(2.0), one()).await, [Cause::Agreed]);
    assert_eq!(compared(&own, page(3.0), one()).await, [Cause::Unknown]);
    let mut late = page(3.0);
    late["late"] = json!(1);
    assert_eq!(compared(&own, late, one()).await, [Cause::Late]);
    let torn = [event("one", 0, 90, "task_created"), event("one", 2, 80, "task_created")];
    assert_eq!(compared(&torn, page(3.0), one()).await, [Cause::Lost]);
    assert_eq!(compared(&own, page(3.0), json!(["one", "unheard"])).await, [Cause::Lost]);
    let elsewhere = [own.as_slice(), &[event("two", 0, 30, "task_created")]].concat();
    assert_eq!(compared(&elsewhere, page(2.0), one()).await, [Cause::OtherDevice]);
    // Also where the page load has just begun, of which nothing has come.
    assert_eq!(compared(&elsewhere, page(2.0), json!(["begun", "one"])).await, [Cause::OtherDevice]);
    // It was told of that one.
    let mut told = page(3.0);
    told["asOf"] = json!(NOW.0 - 20 * MINUTE);
    assert_eq!(compared(&elsewhere, told.clone(), one()).await, [Cause::Agreed]);
    told["signals"]["tasks"] = json!(4.0);
    assert_eq!(compared(&elsewhere, told, one()).await, [Cause::Unknown]);
    let weeks_ago = [event("old", 0, 60 * 24 * 30, "task_created"), own[0].clone(), own[1].clone()];
    assert_eq!(compared(&weeks_ago, page(2.0), one()).await, [Cause::ClearedStorage]);
    let mut forged = event("one", 2, 70, "task_created");
    forged["context"]["signature"] = json!("0".repeat(64));
    forged["anonymousId"] = json!("device of eve");
    let all = [own.as_slice(), &[forged]].concat();
    assert_eq!(compared(&all, page(3.0), one()).await, [Cause::Forged]);
    let mut told = page(3.0);
    told["asOf"] = json!(NOW.0 - HOUR);
    assert_eq!(compared(&all, told.clone(), one()).await, [Cause::Forged]);
    // It was refused before the page was told.
    told["asOf"] = json!(NOW.0);
    assert_eq!(compared(&all, told, one()).await, [Cause::Unknown]);
}

#[tokio::test]
async fn what_cannot_be_compared_is_not_counted() {
    let mut scene = Scene::open();
    scene.send(&[event("one", 0, 90, "task_created")]).await;
    scene.fold();
    let mut earlier = page(5.0);
    earlier["at"] = json!(NOW.0 - HOUR);
    scene.ask(json!({"page": earlier})).await;
    // Acknowledged and not folded.
    scene.send(&[event("one", 1, 80, "task_created")]).await;
    scene.ask(json!({"page": page(2.0)})).await;
    for nothing in [json!(false), json!(null), json!("x"), json!({"at": "x"})] {
        assert_eq!(scene.ask(json!({"page": nothing})).await.status, 200);
    }
    scene.fold();
    scene.ask(json!({"page": page(2.0)})).await;
    scene.settled(1).await;
    assert_eq!(scene.disagreements(), BTreeMap::from([(Cause::Agreed, 1)]));

    let mut printed = Vec::new();
    let form = ripen_collector::print::Form::Json;
    ripen_collector::print::disagreements(&mut scene.doors.store(), Some("key"), form, &mut printed).unwrap();
    let expected = "{\"day\":\"2023-11-14\",\"cause\":\"agreed\",\"times\":1}\n";
    assert_eq!(String::from_utf8(printed).unwrap(), expected);
}

/// What goes over the wire for people who have used something for years.
#[test]
fn a_snapshot_of_real_usage_is_small() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    // Of so many people one.
    for (name, playbook, share, most) in [
        ("contributions", "tests/contributions/playbook.json", 1, 2_000),
        ("store", "tests/store/playbook.json", 6, 2_000),
    ] {
        let Ok(packed) = std::fs::read(root.join(format!("../shared/data/{name}.ndjson.gz"))) else {
            println!("SKIPPED: there is no ../shared/data/{name}.ndjson.gz");
            continue;
        };
        let mut text = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(packed.as_slice()), &mut text)
            .unwrap();
        let playbook = compile(&std::fs::read_to_string(root.join(playbook)).unwrap()).unwrap().playbook;
        let mut people: BTreeMap<String, Vec<Event>> = BTreeMap::new();
        for event in text.lines().filter_map(|line| read_event(line.as_bytes())) {
            if event.person().bytes().map(usize::from).sum::<usize>() % share == 0 {
                people.entry(event.person().to_owned()).or_default().push(event);
            }
        }
        let mut sizes: Vec<usize> = people
            .into_iter()
            .map(|(id, mut events)| {
                events.sort_by(|one, other| (one.time, &one.id).cmp(&(other.time, &other.id)));
                let mut person = ripen::engine::Person::new(&playbook);
                for event in &events {
                    person.advance(&playbook, None, event.time);
                    person.fold(&playbook, event);
                    person.evaluate(&playbook, None, event.time);
                }
                let last = events.last().map(|event| (event.time, event.id.clone()));
                Device::snapshot_of(&playbook, &id, &person, None, last).len()
            })
            .collect();
        sizes.sort_unstable();
        let at = |share: usize| sizes[(sizes.len() - 1) * share / 100];
        println!(
            "{name}: {} people, bytes: median {}, p99 {}, most {}",
            sizes.len(),
            at(50),
            at(99),
            at(100)
        );
        assert!(sizes.len() > 50 && at(99) < most, "{}", at(99));
    }
}
