//! Export and erasure of a person, over HTTP and at the machine; and what never gets in.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Method, Request};
use ripen_collector::access::Kind;
use serde_json::{Value, json};

use crate::support::{Doors, Process, batch_of, http, new_folder, track};

/// After this a test fails instead of waiting for ever.
const PATIENCE: Duration = Duration::from_secs(60);

fn identified(id: &str, user: &str, anonymous: &str, secret: &str) -> Value {
    let mut event = track(id);
    event["userId"] = json!(user);
    event["anonymousId"] = json!(anonymous);
    event["properties"] = json!({"note": secret});
    event
}

fn batch(events: &[Value]) -> String {
    json!({"writeKey": "key", "batch": events}).to_string()
}

/// Whether the words are in any file of a folder.
fn on_disk(folder: &Path, word: &str) -> bool {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files.filter(|path| path.is_file()).any(|path| {
        let bytes = fs::read(path).unwrap();
        bytes.windows(word.len()).any(|window| window == word.as_bytes())
    })
}

#[tokio::test]
async fn c43_an_administrator_exports_and_erases_a_person() {
    let doors = Doors::open();
    let admin = doors.token("key", Kind::Admin);
    let events = [identified("m1", "ann", "a1", "one"), track("m2"), identified("m3", "ben", "b1", "three")];
    assert_eq!(doors.post(batch(&events)).await.counts(), (3, 0, 0));
    let export = doors.asked(Method::GET, "/v1/persons/a1/export", &admin, Value::Null).await;
    assert_eq!((export.status.as_u16(), export.header("content-type")), (200, "application/x-ndjson"));
    let text = String::from_utf8(export.body.to_vec()).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0], json!({"kind": "person", "userId": "ann", "anonymousIds": ["a1"]}));
    assert_eq!((lines.len(), &lines[1]["message"]), (2, &events[0]));

    let erased = doors.asked(Method::DELETE, "/v1/persons/ann", &admin, Value::Null).await;
    assert_eq!(erased.status.as_u16(), 200, "{:?}", erased.body);
    let receipt = erased.json();
    assert_eq!(receipt["erased"]["events"], json!(1));
    assert!(!receipt.to_string().contains("ann"), "{receipt}");
    assert_eq!(doors.log().len(), 2);
    let receipts = doors.asked(Method::GET, "/v1/receipts", &admin, Value::Null).await.json();
    assert_eq!(receipts["receipts"], json!([receipt]));
    let again = doors.asked(Method::DELETE, "/v1/persons/ann", &admin, Value::Null).await;
    assert_eq!(again.refusal(), (404, "nobody".to_owned()));
    assert_eq!(doors.post(batch(&events)).await.counts(), (0, 3, 0), "and nothing of it comes back");
    // Who did it, without whom.
    let audit = doors.asked(Method::GET, "/v1/audit", &admin, Value::Null).await.json().to_string();
    assert!(audit.contains("person.exported") && audit.contains("person.erased"), "{audit}");
    assert!(!audit.contains("ann") && !audit.contains("a1\""), "{audit}");
}

#[tokio::test]
async fn nobody_but_an_administrator_sees_or_erases_a_person_and_only_their_own() {
    let doors = Doors::open();
    doors.post(batch(&[identified("m1", "ann", "a1", "one")])).await;
    let (read, stranger) = (doors.token("key", Kind::Read), doors.token("other", Kind::Admin));
    for (method, path) in [
        (Method::GET, "/v1/persons/ann/export"),
        (Method::DELETE, "/v1/persons/ann"),
        (Method::GET, "/v1/receipts"),
    ] {
        let bare = doors.method(method.clone(), path).await;
        assert_eq!(bare.status.as_u16(), 401, "{path}");
        assert_eq!(bare.header("access-control-allow-origin"), "", "no page gets an answer from here");
        assert_eq!(
            doors.asked(method.clone(), path, &read, Value::Null).await.status.as_u16(),
            403,
            "{path}"
        );
        if path != "/v1/receipts" {
            let other = doors.asked(method, path, &stranger, Value::Null).await;
            assert_eq!(other.refusal(), (404, "nobody".to_owned()), "{path}");
        }
    }
    assert_eq!(doors.log().len(), 1);
}

#[tokio::test]
async fn no_address_gets_in_whatever_says_it() {
    let doors = Doors::open();
    let mut event = track("m1");
    event["context"] = json!({"ip": "198.51.100.7", "page": {"path": "/"}});
    let shared = json!({"ip": "198.51.100.8", "library": {"name": "x"}});
    let body = json!({"writeKey": "key", "batch": [event, track("m2")], "context": shared}).to_string();
    let request = Request::post("/v1/batch")
        .header("x-forwarded-for", "198.51.100.9")
        .header("forwarded", "for=198.51.100.10")
        .header("user-agent", "Mozilla/5.0 Firefox/128.0 198.51.100.11");
    assert_eq!(doors.ask(request.body(Body::from(body)).unwrap()).await.counts(), (2, 0, 0));
    assert!(doors.log()[0].entry.message.contains(r#""page""#));
    let bytes = doors.database_bytes();
    assert!(!bytes.windows(10).any(|window| window == b"198.51.100"));
    assert!(bytes.windows(7).any(|window| window == b"Firefox"), "the family is what remains");
}

#[test]
fn c43_erased_bytes_are_gone_from_the_disk_while_it_runs() {
    let folder = new_folder();
    let process = Process::start(folder.path());
    let long = "tell-tale-".repeat(2_000);
    let events: Vec<Value> = (0..40)
        .map(|n| identified(&format!("m{n}"), "ann-of-the-test", &format!("browser-of-ann-{}", n % 3), &long))
        .collect();
    for chunk in events.chunks(10) {
        assert_eq!(process.post(&batch(chunk)).unwrap().0, 200);
    }
    process.post(&batch_of((0..200).map(|n| format!("others-{n}")))).unwrap();
    let forget = json!({"writeKey": "key", "userId": "ann-of-the-test"}).to_string();
    assert_eq!(http(&process.address, "POST", "/v1/forget", &forget).unwrap().0, 202);
    assert!(on_disk(folder.path(), "ann-of-the-test") && on_disk(folder.path(), "tell-tale"));

    let run = |arguments: &[&str]| {
        let output = Process::command(folder.path()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let exported = run(&["export", "--user", "ann-of-the-test"]);
    assert_eq!(exported.lines().filter(|line| line.contains(r#""kind":"event""#)).count(), 40);
    let receipt: Value = serde_json::from_str(&run(&["erase", "--request", "1"])).unwrap();
    assert_eq!((&receipt["erased"]["events"], &receipt["by"]), (&json!(40), &json!("cli")));
    for word in ["ann-of-the-test", "browser-of-ann", "tell-tale"] {
        assert!(!on_disk(folder.path(), word), "{word}");
    }
    assert!(on_disk(folder.path(), "others-199"));
    // Proven, without a list of names.
    let proof: Value = serde_json::from_str(&run(&["receipts", "--of", "browser-of-ann-1"])).unwrap();
    assert_eq!(proof["receipt"], receipt["receipt"]);
    assert_eq!(run(&["receipts", "--of", "others-199"]), "");
    assert!(run(&["erasures"]).contains("done"));
    let done = Process::command(folder.path()).args(["erase", "--request", "1"]).output().unwrap();
    assert_eq!(done.status.code(), Some(1), "it names nobody any more");
    // It goes on.
    assert_eq!(process.post(&batch(&events[..1])).unwrap().0, 200);
    assert!(!run(&["export"]).contains("ann-of-the-test"));
}

/// What is folded, as of an instant that has passed.
fn views(folder: &Path) -> Vec<Value> {
    let arguments = ["views", "--at", "2024-06-01T00:00:00Z"];
    let output = Process::command(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Waits until what is folded is so.
fn wait_for_views(folder: &Path, is_so: impl Fn(&[Value]) -> bool) -> Vec<Value> {
    let begun = Instant::now();
    loop {
        let views = views(folder);
        if is_so(&views) {
            return views;
        }
        assert!(begun.elapsed() < PATIENCE, "{views:?}");
    }
}

#[test]
fn c43_who_shares_an_account_with_the_erased_is_folded_as_if_they_had_never_been() {
    let folder = new_folder();
    let playbook = json!({"signals": {
        "tasks": {"count": "task_created"},
        "team_tasks": {"count": "task_created", "scope": "account"},
        "people": {"people": "task_created", "scope": "account"},
    }});
    fs::write(folder.path().join("playbook.json"), playbook.to_string()).unwrap();
    let process = Process::start(folder.path());
    let at_work = |id: &str, user: &str| {
        let mut event = identified(id, user, &format!("browser-of-{user}"), "x");
        event["context"] = json!({"groupId": "acme"});
        event
    };
    let events = [at_work("1", "ann"), at_work("2", "ben"), at_work("3", "ann"), at_work("4", "cyd")];
    assert_eq!(process.post(&batch(&events)).unwrap().0, 200);
    let of = |views: &[Value], kind: &str, id: &str| views.iter().find(|view| view[kind] == id).cloned();
    let people = |views: &[Value]| of(views, "account", "acme").map(|view| view["signals"]["people"].clone());
    let before = wait_for_views(folder.path(), |views| people(views) == Some(json!(3)));
    assert_eq!(of(&before, "person", "ann").unwrap()["signals"]["tasks"], json!(2));

    let erase = Process::command(folder.path()).args(["erase", "--user", "ann"]).output().unwrap();
    assert!(erase.status.success(), "{}", String::from_utf8_lossy(&erase.stderr));
    // Somebody works on meanwhile.
    assert_eq!(process.post(&batch(&[at_work("5", "ben")])).unwrap().0, 200);
    let after = wait_for_views(folder.path(), |views| {
        let tasks = of(views, "account", "acme").map(|view| view["signals"]["team_tasks"].clone());
        tasks == Some(json!(3))
    });
    assert_eq!((of(&after, "person", "ann"), people(&after)), (None, Some(json!(2))));
    assert_eq!(of(&after, "person", "ben").unwrap()["signals"]["tasks"], json!(2));
    drop(process);
    let rebuild = Process::command(folder.path()).arg("rebuild").output().unwrap();
    assert!(rebuild.status.success(), "{}", String::from_utf8_lossy(&rebuild.stderr));
    assert_eq!(views(folder.path()), after, "the log says the same");
}
