//! The binary's words and exit codes.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};

use crate::support::{Process, batch_of, http, new_folder, sequenced, track};

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
fn what_is_missing_of_each_page_load_is_printed_while_it_runs() {
    let folder = new_folder();
    let process = Process::start(folder.path());
    let events = [sequenced("whole", 0), sequenced("gap", 0), sequenced("gap", 2)];
    let streams = json!([
        {"stream": "gap", "taken": 5, "dropped": {"refused": 1}, "untaken": {"bad_name": 2, "too_large": 1}},
    ]);
    let body = json!({"writeKey": "key", "batch": events, "streams": streams}).to_string();
    assert_eq!(process.post(&body).unwrap().0, 200);

    let lines = |arguments: &[&str]| {
        let output = run(folder.path(), arguments);
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let all: Vec<Value> =
        lines(&["losses", "--json"]).iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let names: Vec<_> = all.iter().map(|line| line["stream"].as_str().unwrap()).collect();
    assert_eq!(names, ["gap", "whole"]);
    let mut gap = all[0].clone();
    let heard = gap.as_object_mut().unwrap().remove("heard").unwrap();
    assert!(heard.as_str().unwrap().ends_with('Z'), "{heard}");
    let expected = json!({
        "stream": "gap", "taken": 5, "arrived": 2, "dropped": {"refused": 1},
        "untaken": {"bad_name": 2, "too_large": 1}, "missing": 2,
    });
    assert_eq!(gap, expected);
    assert_eq!(lines(&["losses", "--json", "--missing", "--write-key", "key"]).len(), 1);

    let table = lines(&["losses"]);
    let words: Vec<Vec<&str>> = table.iter().map(|row| row.split_whitespace().collect()).collect();
    assert_eq!(words[0], ["stream", "taken", "arrived", "missing", "heard", "dropped", "untaken"]);
    assert_eq!(words[1][..4], ["gap", "5", "2", "2"]);
    assert!(table[1].ends_with("bad_name 2, too_large 1") && table[1].contains("refused 1"), "{}", table[1]);
    assert_eq!((words[2][..4].to_vec(), words[2].last()), (vec!["whole", "1", "1", "0"], Some(&"-")));
    assert_eq!(words[3], ["2", "streams", "6", "3", "2", "1", "3"]);
    assert_eq!(lines(&["losses", "--missing"]).len(), 3);
    assert_eq!(run(folder.path(), &["losses", "--write-key", "stranger"]).status.code(), Some(1));
}

#[test]
fn c43_who_asked_to_be_forgotten_is_listed_for_the_administrator() {
    let folder = new_folder();
    let process = Process::start(folder.path());
    for whom in [json!({"anonymousId": "a"}), json!({"anonymousId": "b\u{1b}[2J", "userId": "u"})] {
        let mut body = whom;
        body["writeKey"] = json!("key");
        let (status, _) = http(&process.address, "POST", "/v1/forget", &body.to_string()).unwrap();
        assert_eq!(status, 202);
    }
    let table = text(&run(folder.path(), &["erasures"]).stdout);
    let words: Vec<Vec<&str>> = table.lines().map(|row| row.split_whitespace().collect()).collect();
    assert_eq!(words[0], ["id", "received", "state", "anonymousId", "userId"]);
    assert_eq!((words[1][0], &words[1][2..]), ("1", &["open", "a", "-"][..]));
    assert_eq!((words[2][0], &words[2][2..]), ("2", &["open", "b\\u{1b}[2J", "u"][..]));
    let json = text(&run(folder.path(), &["erasures", "--json", "--write-key", "key"]).stdout);
    let mut last: Value = serde_json::from_str(json.lines().last().unwrap()).unwrap();
    assert!(last.as_object_mut().unwrap().remove("received").is_some());
    assert_eq!(
        last,
        json!({"id": 2, "state": "open", "verified": false, "anonymousId": "b\u{1b}[2J", "userId": "u"})
    );
    let dismiss = |which: &str| run(folder.path(), &["erasures", "--dismiss", which]);
    for wrong in ["0x1", "9-7", "-", "1-", "all"] {
        assert_eq!(dismiss(wrong).status.code(), Some(2), "{wrong}");
    }
    assert_eq!(text(&dismiss("2-900").stdout), "1 dismissed\n");
    assert_eq!(text(&dismiss("2").stdout), "0 dismissed\n");
    let table = text(&run(folder.path(), &["erasures"]).stdout);
    let words: Vec<Vec<&str>> = table.lines().map(|row| row.split_whitespace().collect()).collect();
    assert_eq!((words[1][2], &words[2][2..]), ("open", &["dismissed", "-", "-"][..]));
}

#[test]
fn what_cannot_work_is_said_before_anything_is_begun() {
    let folder = new_folder();
    let key = ["--playbook", "key=playbook.json"];
    let table: [(&[&str], i32, &str); 5] = [
        (&["serve"], 1, "--playbook"),
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
        .env("RIPEN_LISTEN", "192.0.2.1:8787")
        .env("RIPEN_DATABASE", "other.db")
        .env("RIPEN_PLAYBOOK", "key=playbook.json,second=playbook.json")
        .env("RIPEN_WWW", ".")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("--listen 192.0.2.1:8787"), "{}", text(&output.stderr));
    let exported =
        Process::command(folder.path()).arg("export").env("RIPEN_DATABASE", "other.db").output().unwrap();
    assert!(text(&exported.stderr).contains("key, second"), "two tenants: {}", text(&exported.stderr));
}
