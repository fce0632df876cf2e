//! Backups of a running collector, and what they are good for.

use std::fs;
use std::path::Path;
use std::process::Output;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use rusqlite::Connection;
use serde_json::Value;

use crate::support::{Process, batch_of, new_folder, sequenced, track};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Process::command(folder).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// What is exported: the ids, in order.
fn exported(folder: &Path, database: &str) -> Vec<String> {
    let output = run(folder, &["export", "--database", database]);
    assert!(output.status.success(), "{}", said(&output));
    let text = String::from_utf8(output.stdout).unwrap();
    let id =
        |line: &str| serde_json::from_str::<Value>(line).unwrap()["messageId"].as_str().unwrap().to_owned();
    text.lines().map(id).collect()
}

#[test]
fn a_backup_of_a_collector_under_load_is_one_moment_of_it() {
    let folder = new_folder();
    let process = Process::start(folder.path());
    process.post(&batch_of(["first"])).unwrap();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let sender = scope.spawn(|| {
            let mut sent = 0;
            while !stop.load(Ordering::Relaxed) {
                let events: Vec<Value> = (0..20).map(|n| sequenced("s", sent * 20 + n)).collect();
                let body = serde_json::json!({"writeKey": "key", "batch": events}).to_string();
                assert_eq!(process.post(&body).unwrap().0, 200);
                sent += 1;
            }
        });
        for name in ["one.db", "two.db", "three.db"] {
            let output = run(folder.path(), &["backup", name]);
            assert!(output.status.success() && said(&output).contains("checked"), "{}", said(&output));
        }
        stop.store(true, Ordering::Relaxed);
        sender.join().unwrap();
    });
    let now = exported(folder.path(), "ripen.db");
    for name in ["one.db", "two.db", "three.db"] {
        let then = exported(folder.path(), name);
        assert_eq!(then, now[..then.len()], "{name} is a beginning of the log");
        assert_eq!((then.len() - 1) % 20, 0, "with whole batches");
        // Counters went with their events.
        let arrived: i64 = Connection::open(folder.path().join(name))
            .unwrap()
            .query_row("SELECT coalesce(sum(arrived), 0) FROM stream", [], |row| row.get(0))
            .unwrap();
        assert_eq!(arrived as usize, then.len() - 1);
    }
}

#[test]
fn a_restored_backup_serves_what_it_had_and_knows_what_it_has_seen() {
    let folder = new_folder();
    {
        let mut process = Process::start(folder.path());
        process.post(&batch_of(["kept"])).unwrap();
        assert!(run(folder.path(), &["backup", "backup.db"]).status.success());
        process.post(&batch_of(["lost"])).unwrap();
        process.terminate();
        assert!(process.wait().success());
    }
    let refused = run(folder.path(), &["restore", "backup.db"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("nothing is overwritten"), "{}", said(&refused));
    assert_eq!(exported(folder.path(), "ripen.db"), ["kept", "lost"]);
    fs::rename(folder.path().join("ripen.db"), folder.path().join("broken.db")).unwrap();
    let restored = run(folder.path(), &["restore", "backup.db"]);
    assert!(restored.status.success(), "{}", said(&restored));
    let process = Process::start(folder.path());
    let (_, answer) = process.post(&batch_of(["kept", "lost"])).unwrap();
    assert!(answer.contains(r#""accepted":1,"duplicates":1"#), "{answer}");
}

#[test]
fn c43_who_was_erased_after_the_backup_is_erased_from_what_is_restored() {
    let folder = new_folder();
    let of = |id: &str, user: Option<&str>, browser: &str| {
        let mut event = track(id);
        event["anonymousId"] = browser.into();
        event["userId"] = user.into();
        event
    };
    {
        let mut process = Process::start(folder.path());
        let events = [
            of("1", Some("ann-erased"), "shared"),
            of("2", Some("ben"), "shared"),
            of("3", None, "shared"),
            of("4", None, "cyd-erased"),
            of("5", None, "dan"),
        ];
        let body = serde_json::json!({"writeKey": "key", "batch": events}).to_string();
        assert!(process.post(&body).unwrap().1.contains(r#""accepted":5"#));
        assert!(run(folder.path(), &["backup", "backup.db"]).status.success());
        for whom in [["--user", "ann-erased"], ["--anonymous", "cyd-erased"]] {
            let erased = run(folder.path(), &["erase", whom[0], whom[1]]);
            assert!(erased.status.success(), "{}", said(&erased));
        }
        process.terminate();
        assert!(process.wait().success());
    }
    fs::rename(folder.path().join("ripen.db"), folder.path().join("old.db")).unwrap();
    let restored = run(folder.path(), &["restore", "backup.db", "--erased-in", "old.db"]);
    assert!(restored.status.success() && said(&restored).contains("2 erased again"), "{}", said(&restored));
    assert_eq!(exported(folder.path(), "ripen.db"), ["2", "5"]);
    let bytes = fs::read(folder.path().join("ripen.db")).unwrap();
    assert!(!bytes.windows(7).any(|window| window == b"-erased"));
}

#[test]
fn what_is_no_backup_is_refused_and_nothing_is_left_of_it() {
    let folder = new_folder();
    let at = |name: &str| folder.path().join(name);
    Connection::open(at("foreign.db")).unwrap().execute_batch("CREATE TABLE recipes (name TEXT)").unwrap();
    fs::write(at("text.db"), "no database").unwrap();
    drop(Process::start(folder.path()));
    assert!(run(folder.path(), &["backup", "good.db"]).status.success());
    let connection = Connection::open(at("good.db")).unwrap();
    connection.execute_batch("INSERT INTO tenant (events) VALUES (5)").unwrap();
    drop(connection);
    for (from, why) in [
        ("foreign.db", "not one of Ripen's"),
        ("text.db", "not a database"),
        ("absent.db", "absent.db"),
        ("good.db", "0 events where 5 were counted"),
    ] {
        let output = run(folder.path(), &["restore", from, "--database", "new.db"]);
        assert!(output.status.code() == Some(1) && said(&output).contains(why), "{from}: {}", said(&output));
        let left = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name());
        assert!(left.into_iter().all(|name| !name.to_string_lossy().starts_with("new.db")), "{from}");
    }
    fs::write(at("taken.db"), "mine").unwrap();
    assert_eq!(run(folder.path(), &["backup", "taken.db"]).status.code(), Some(1));
    assert_eq!(fs::read_to_string(at("taken.db")).unwrap(), "mine");
}
