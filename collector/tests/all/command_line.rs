//! The binary's words and exit codes.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::support::{Process, batch_of, new_folder, track};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Process::command(folder).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_playbook_with_mistakes_does_not_start_and_all_are_named_with_their_places() {
    let folder = new_folder();
    let mistakes =
        "{\n  \"signals\": {\n    \"a\": { \"coutn\": \"x\" },\n    \"b\": { \"count\": 5 }\n  }\n}\n";
    fs::write(folder.path().join("bad.json"), mistakes).unwrap();
    fs::write(folder.path().join("broken.json"), "{").unwrap();
    let playbooks =
        ["--playbook", "one=bad.json", "--playbook", "two=broken.json", "--playbook", "three=absent.json"];
    let output = run(folder.path(), &[&["serve", "--listen", "127.0.0.1:0"], &playbooks[..]].concat());
    assert_eq!(output.status.code(), Some(1));
    let errors = text(&output.stderr);
    for place in ["bad.json:3:", "bad.json:4:", "broken.json:1:", "absent.json:"] {
        assert!(errors.contains(place), "{place} in {errors}");
    }
    assert_eq!(text(&output.stdout), "");
    assert!(!folder.path().join("ripen.db").exists(), "and nothing was begun");
}

#[test]
fn the_playbook_of_the_sample_product_starts_and_is_served_compiled() {
    let folder = new_folder();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/playbook.json");
    fs::copy(sample, folder.path().join("playbook.json")).unwrap();
    let process = Process::start(folder.path());
    let (status, health) = crate::support::http(&process.address, "GET", "/v1/health", "").unwrap();
    assert_eq!((status, health.contains(r#""status":"ok""#)), (200, true));
}

#[test]
fn an_export_is_the_events_as_they_came_in_order_of_receipt() {
    let folder = new_folder();
    let process = Process::start(folder.path());
    process.post(&batch_of(["z", "a"])).unwrap();
    process.post(&batch_of(["m"])).unwrap();
    // While it runs.
    let output = run(folder.path(), &["export", "--database", "ripen.db", "--write-key", "key"]);
    assert!(output.status.success());
    let expected: String = ["z", "a", "m"].map(|id| format!("{}\n", track(id))).concat();
    assert_eq!(text(&output.stdout), expected);

    let unknown = run(folder.path(), &["export", "--write-key", "stranger"]);
    assert_eq!((unknown.status.code(), text(&unknown.stdout)), (Some(1), String::new()));
    assert!(text(&unknown.stderr).contains("stranger"));
}

#[test]
fn an_export_of_nothing_says_so_and_makes_nothing() {
    let folder = new_folder();
    let output = run(folder.path(), &["export", "--database", "absent.db"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("absent.db"));
    assert!(!folder.path().join("absent.db").exists());
}

#[test]
fn what_cannot_work_is_said_before_anything_is_begun() {
    let folder = new_folder();
    let key = ["--playbook", "key=playbook.json"];
    let table: [(&[&str], i32, &str); 5] = [
        (&["serve"], 2, "--playbook"),
        (&["serve", "--playbook", "nonsense"], 2, "KEY=FILE"),
        (&["serve", key[0], key[1], key[0], key[1]], 1, "given twice"),
        (&["serve", key[0], key[1], "--www", "absent"], 1, "absent"),
        (&["serve", key[0], key[1], "--listen", "nonsense"], 1, "nonsense"),
    ];
    for (arguments, code, word) in table {
        let output = run(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert!(text(&output.stderr).contains(word), "{arguments:?}: {}", text(&output.stderr));
    }
}

#[test]
fn every_flag_is_an_environment_variable_too() {
    let folder = new_folder();
    let output = Process::command(folder.path())
        .arg("serve")
        .env("RIPEN_LISTEN", "nonsense")
        .env("RIPEN_DATABASE", "other.db")
        .env("RIPEN_PLAYBOOK", "key=playbook.json,second=playbook.json")
        .env("RIPEN_WWW", ".")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("--listen nonsense"), "{}", text(&output.stderr));
    let exported =
        Process::command(folder.path()).arg("export").env("RIPEN_DATABASE", "other.db").output().unwrap();
    assert!(text(&exported.stderr).contains("key, second"), "two tenants: {}", text(&exported.stderr));
}
