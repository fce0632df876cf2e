//! What names a signed user without being theirs: a form, an alias. Nobody vouches for it, and it goes with them.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use axum::http::Method;
use ripen_collector::access::Kind;
use ripen_collector::clock::Millis;
use ripen_collector::identity::{Purpose, Trust};
use ripen_collector::store::Store;
use serde_json::{Value, json};

use crate::support::{Doors, Process, new_folder, signed_by, track};

/// After this a test fails instead of waiting for ever.
const PATIENCE: Duration = Duration::from_secs(60);

/// Doors of which `key` signs; `eve` is known as signed, by what her laptop sent.
async fn signing() -> Doors {
    let doors = Doors::open();
    let mut store = doors.store();
    let tenant = store.directory().tenant("key").unwrap();
    store.identities().create_secret(tenant, Purpose::Signatures, "s", Millis(1)).unwrap();
    let mut own = track("own");
    own["userId"] = json!("eve");
    own["anonymousId"] = json!("laptop");
    own["context"] = json!({"signature": signed_by("s", "eve")});
    send(&doors, json!([own])).await;
    doors
}

async fn send(doors: &Doors, batch: Value) {
    let answer = doors.post(json!({"writeKey": "key", "batch": batch}).to_string()).await;
    assert_eq!(answer.counts().2, 0);
}

/// As her telephone sends it, where the host has not signed her in.
fn unsigned_form(id: &str, anonymous: Value) -> Value {
    let mut event = track(id);
    event["event"] = json!("$lead_submitted");
    event["userId"] = json!("eve");
    event["anonymousId"] = anonymous;
    event["properties"] = json!({"fields": {"phone": "+41 79 000 00 00", "message": "please call me"}});
    event
}

async fn asked(doors: &Doors, method: Method, path: &str) -> String {
    let admin = doors.token("key", Kind::Admin);
    let answer = doors.asked(method, path, &admin, Value::Null).await;
    assert_eq!(answer.status.as_u16(), 200, "{path}: {:?}", answer.body);
    String::from_utf8(answer.body.to_vec()).unwrap()
}

#[tokio::test]
async fn c43_a_form_that_names_a_signed_user_is_exported_and_erased_with_them() {
    let doors = signing().await;
    send(&doors, json!([unsigned_form("f1", json!("phone")), unsigned_form("f2", Value::Null)])).await;
    assert_eq!(
        doors.log().iter().map(|event| event.verdict.trust).collect::<Vec<_>>()[1..],
        [Trust::Refused; 2]
    );
    let leads: Value = serde_json::from_str(&asked(&doors, Method::GET, "/v1/leads").await).unwrap();
    let whose = |at: usize| (leads["leads"][at].get("person").cloned(), leads["leads"][at]["named"].clone());
    assert_eq!(whose(0), (Some(json!("phone")), json!("eve")));
    assert_eq!(whose(1), (None, json!("eve")), "nobody's, but it names her");

    let export = asked(&doors, Method::GET, "/v1/persons/eve/export").await;
    let kinds: Vec<Value> =
        export.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["kind"].take()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == json!("lead")).count(), 2, "each once: {export}");
    let receipt: Value =
        serde_json::from_str(&asked(&doors, Method::DELETE, "/v1/persons/eve").await).unwrap();
    assert_eq!((&receipt["erased"]["events"], &receipt["erased"]["leads"]), (&json!(3), &json!(2)));
    let bytes = doors.database_bytes();
    for word in ["please call me", "+41 79", "\"eve\""] {
        assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word}");
    }
}

#[tokio::test]
async fn c43_a_form_whose_event_went_by_age_still_goes_with_whom_it_names() {
    let doors = signing().await;
    send(&doors, json!([unsigned_form("f1", Value::Null)])).await;
    let mut store = doors.store();
    let tenant = store.directory().tenant("key").unwrap();
    assert_eq!(store.retention().erase_received_before(tenant, Millis(i64::MAX), 9).unwrap(), 2);
    drop(store);
    assert!(asked(&doors, Method::GET, "/v1/persons/eve/export").await.contains("please call me"));
    let receipt: Value =
        serde_json::from_str(&asked(&doors, Method::DELETE, "/v1/persons/eve").await).unwrap();
    assert_eq!((&receipt["erased"]["events"], &receipt["erased"]["leads"]), (&json!(0), &json!(1)));
}

#[tokio::test]
async fn c43_what_a_stranger_said_of_somebody_goes_with_them_and_what_they_said_of_others_stays() {
    let doors = signing().await;
    let alias = |id: &str, kind: &str, previous: &str| {
        let mut event = track(id);
        event["type"] = json!(kind);
        event["userId"] = json!("mallory");
        event["anonymousId"] = json!("cellar");
        event["previousId"] = json!(previous);
        event
    };
    // Whatever it calls itself; and one that is believed, of somebody else.
    let batch =
        json!([alias("x1", "alias", "eve"), alias("x2", "track", "eve"), alias("x3", "alias", "attic")]);
    send(&doors, batch).await;
    let trusts: Vec<Trust> = doors.log().iter().map(|event| event.verdict.trust).collect();
    assert_eq!(trusts[1..], [Trust::Stranger, Trust::Stranger, Trust::Word]);
    let receipt: Value =
        serde_json::from_str(&asked(&doors, Method::DELETE, "/v1/persons/eve").await).unwrap();
    assert_eq!(receipt["erased"]["events"], json!(3));
    let left: Vec<String> = doors.log().into_iter().map(|event| event.entry.message_id).collect();
    assert_eq!(left, ["x3"]);
    let bytes = doors.database_bytes();
    assert!(!bytes.windows(5).any(|window| window == b"\"eve\""));
}

/// What is folded, as of an instant that has passed.
fn views(folder: &Path) -> Vec<Value> {
    let output = Process::command(folder).args(["views", "--at", "2024-06-01T00:00:00Z"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn c43_whose_browser_named_the_erased_is_folded_without_what_named_them_and_can_be_rebuilt() {
    let folder = new_folder();
    let playbook = json!({"signals": {"tasks": {"count": "task_created"}}});
    fs::write(folder.path().join("playbook.json"), playbook.to_string()).unwrap();
    let process = Process::start(folder.path());
    let run = |arguments: &[&str]| {
        let output = Process::command(folder.path()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let secret = run(&["secret", "create"]).trim().to_owned();
    let of = |id: &str, user: Value, anonymous: &str, context: Value| {
        let mut event = track(id);
        event["userId"] = user;
        event["anonymousId"] = json!(anonymous);
        event["context"] = context;
        event
    };
    let batch = json!([
        of("own", json!("eve"), "laptop", json!({"signature": signed_by(&secret, "eve")})),
        of("refused", json!("eve"), "phone", json!({})),
        of("nobodys", Value::Null, "phone", json!({})),
    ]);
    assert_eq!(process.post(&json!({"writeKey": "key", "batch": batch}).to_string()).unwrap().0, 200);
    let tasks = |person: &str| {
        let view = views(folder.path()).into_iter().find(|view| view["person"] == person);
        view.map(|view| view["signals"]["tasks"].clone())
    };
    let wait_for = |person: &str, count: Option<u64>| {
        let begun = Instant::now();
        while tasks(person) != count.map(|count| json!(count)) {
            assert!(begun.elapsed() < PATIENCE, "{:?}", views(folder.path()));
        }
    };
    wait_for("phone", Some(2));
    let receipt: Value = serde_json::from_str(&run(&["erase", "--user", "eve"])).unwrap();
    assert_eq!(receipt["erased"]["events"], json!(2));
    wait_for("phone", Some(1));
    assert_eq!(tasks("eve"), None);
    let before = views(folder.path());
    drop(process);
    run(&["rebuild"]);
    assert_eq!(views(folder.path()), before, "the log says the same");
}
