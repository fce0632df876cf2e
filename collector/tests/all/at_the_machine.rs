//! What an administrator does at the machine itself, beside a running collector.

use std::fs;
use std::path::Path;
use std::process::Output;
use std::time::{Duration, Instant};

use ripen::playbook::compile;

use crate::support::{Process, http, new_folder, status_by};

const NEXT: &str = r#"{"signals": {"next": {"count": "x"}}, "nudges": {"hint": {"purpose": "help", "on": "load", "placement": {"kind": "banner"}, "content": {"en": {"title": "t"}}}}}"#;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Process::command(folder).args(arguments).output().unwrap()
}

/// What it prints, where it succeeds.
fn said(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

/// Why it does not succeed.
fn failed(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    assert!(!output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).unwrap()
}

/// Waits for what a running collector notices within a second, on a machine that may be slow.
fn noticed(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < end, "never: {what}");
        std::thread::yield_now();
    }
}

fn status(process: &Process, path: &str, token: &str) -> u16 {
    status_by(&process.address, path, token).unwrap()
}

#[test]
fn a_token_made_beside_a_running_collector_opens_its_doors_until_it_is_revoked() {
    let folder = new_folder();
    let process = Process::start(folder.path());
    let token = said(folder.path(), &["token", "create", "--kind", "admin", "--name", "deploys"]);
    assert!(token.starts_with("rpn_admin_"), "{token}");
    noticed("the token", || status(&process, "/v1/tokens", &token) == 200);
    let list = said(folder.path(), &["token", "list"]);
    assert!(list.contains("deploys") && !list.contains(&token[10..]), "{list}");
    let new = said(folder.path(), &["token", "rotate", "1", "--overlap", "0s"]);
    noticed("the new one", || status(&process, "/v1/tokens", &new) == 200);
    assert_eq!(status(&process, "/v1/tokens", &token), 401);
    said(folder.path(), &["token", "revoke", "2"]);
    noticed("that it is revoked", || status(&process, "/v1/tokens", &new) == 401);
    assert!(failed(folder.path(), &["token", "rotate", "2"]).contains("no token 2"));
    assert!(failed(folder.path(), &["token", "create", "--kind", "write"]).contains("key create"));
    let audit = said(folder.path(), &["audit"]);
    for act in ["start", "token.created", "token.rotated", "token.revoked"] {
        assert!(audit.contains(act), "{act} in {audit}");
    }
    assert!(!audit.contains(&token[10..]) && !audit.contains(&new[10..]));
}

#[test]
fn a_playbook_published_beside_a_running_collector_is_served_and_can_be_taken_back() {
    let folder = new_folder();
    fs::write(folder.path().join("next.json"), NEXT).unwrap();
    let process = Process::start(folder.path());
    let served = || http(&process.address, "GET", "/v1/playbook/key", "").unwrap().1;
    let (first, next) = (served(), String::from_utf8_lossy(&compile(NEXT).unwrap().bytes).into_owned());
    assert_ne!(first, next);
    assert!(
        failed(folder.path(), &["playbook", "publish", "next.json", "--expect", "7"]).contains("revision 1")
    );
    let told =
        said(folder.path(), &["playbook", "publish", "next.json", "--note", "autumn", "--expect", "1"]);
    assert_eq!(told, "revision 2 is published in place of 1");
    noticed("what is published", || served() == next);
    assert!(said(folder.path(), &["playbook", "list"]).contains("autumn"));
    assert_eq!(said(folder.path(), &["playbook", "show", "2"]), NEXT);
    said(folder.path(), &["nudge", "kill", "hint"]);
    noticed("what is killed", || {
        http(&process.address, "GET", "/v1/killed/key", "").unwrap().1 == r#"["hint"]"#
    });
    assert!(failed(folder.path(), &["nudge", "kill", "hin"]).contains("no nudge hin"));
    said(folder.path(), &["playbook", "rollback", "1"]);
    noticed("what is published again", || served() == first);
    // Mistakes are those of the start, and of the door.
    fs::write(folder.path().join("bad.json"), "{\"signals\": {\"a\": {\"coutn\": \"x\"}}}").unwrap();
    assert!(failed(folder.path(), &["playbook", "publish", "bad.json"]).contains("bad.json:1:"));
}

#[test]
fn a_start_publishes_the_file_if_it_is_not_what_is_published() {
    let folder = new_folder();
    let numbers = |folder: &Path| said(folder, &["playbook", "list"]).lines().count() - 1;
    drop(Process::start(folder.path()));
    assert_eq!(numbers(folder.path()), 1);
    drop(Process::start(folder.path()));
    assert_eq!(numbers(folder.path()), 1, "the same file is no new revision");
    fs::write(folder.path().join("playbook.json"), NEXT).unwrap();
    let process = Process::start(folder.path());
    assert_eq!(numbers(folder.path()), 2);
    let served = http(&process.address, "GET", "/v1/playbook/key", "").unwrap().1;
    assert_eq!(served, String::from_utf8_lossy(&compile(NEXT).unwrap().bytes));
}

#[test]
fn tenants_have_keys_of_their_own() {
    let folder = new_folder();
    let database = folder.path();
    said(database, &["tenant", "create", "shop"]);
    said(database, &["tenant", "create", "blog"]);
    assert!(failed(database, &["tenant", "create", "shop"]).contains("in use"));
    assert!(failed(database, &["key", "create"]).contains("several tenants"));
    let random = said(database, &["key", "create", "--write-key", "shop"]);
    assert_eq!(said(database, &["key", "create", "shop-2", "--write-key", "shop"]), "shop-2");
    assert!(failed(database, &["key", "create", "shop-2", "--write-key", "blog"]).contains("in use"));
    said(database, &["key", "revoke", "shop", "--write-key", "shop-2"]);
    let keys = said(database, &["key", "list", "--write-key", "shop-2"]);
    assert!(keys.contains(&random) && keys.contains("shop-2") && !keys.contains("blog"), "{keys}");
    assert!(keys.lines().any(|line| line.contains("ended") && line.ends_with("shop")), "{keys}");
    assert!(said(database, &["tenant", "list"]).contains("blog"));
}
