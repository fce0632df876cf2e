//! A disk that is full, and then has room again: nothing is acknowledged that is not kept, and nobody has to restart.
//!
//! A small file system where one may be mounted (as root on Linux), else a limit on the size of files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Process, http, new_folder};

/// What the disk has room for at first.
const SMALL: &str = "4m";
/// More than it takes to fill it.
const MANY: usize = 400;

/// A file system of its own; gone when dropped.
struct Disk {
    mount: PathBuf,
    _folder: TempDir,
}

impl Disk {
    /// None where it may not be mounted.
    fn mount() -> Option<Disk> {
        let folder = tempfile::tempdir().unwrap();
        let mount = folder.path().join("disk");
        std::fs::create_dir(&mount).unwrap();
        let options = format!("size={SMALL}");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(&mount).output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Disk { mount, _folder: folder })
    }

    fn grow(&self) {
        let grown = Command::new("mount").args(["-o", "remount,size=64m"]).arg(&self.mount).status();
        assert!(grown.unwrap().success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.mount).status();
    }
}

fn body(number: usize) -> String {
    let event = json!({
        "type": "track", "event": "task_created", "messageId": format!("m{number}"), "userId": "u",
        "timestamp": "2024-01-01T10:00:00Z", "properties": {"text": "x".repeat(10_000)},
    });
    json!({"writeKey": "key", "batch": [event]}).to_string()
}

fn exported(folder: &Path, database: &str) -> Vec<String> {
    let output = Process::command(folder).args(["export", "--database", database]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let id =
        |line: &str| serde_json::from_str::<Value>(line).unwrap()["messageId"].as_str().unwrap().to_owned();
    String::from_utf8(output.stdout).unwrap().lines().map(id).collect()
}

/// Fills the disk until it says so; what was acknowledged.
fn fill(process: &Process) -> BTreeSet<String> {
    let mut acknowledged = BTreeSet::new();
    for number in 0..MANY {
        let (status, answer) = process.post(&body(number)).unwrap();
        if status == 503 {
            assert!(answer.contains("not_stored"), "{answer}");
            return acknowledged;
        }
        assert_eq!(status, 200, "{answer}");
        acknowledged.insert(format!("m{number}"));
    }
    panic!("the disk is not full: {} were stored", acknowledged.len());
}

/// While it is full, and once there is room again.
fn goes_on(folder: &Path, database: &str, process: &Process, make_room: impl FnOnce()) {
    let acknowledged = fill(process);
    assert!(acknowledged.len() > 10, "{}", acknowledged.len());
    let refused = format!("m{}", acknowledged.len());
    for _ in 0..3 {
        assert_eq!(process.post(&body(acknowledged.len())).unwrap().0, 503);
        assert_eq!(
            http(&process.address, "GET", "/v1/health", "").unwrap().0,
            503,
            "and it says that it is not well"
        );
    }
    let stored: Vec<String> = exported(folder, database);
    assert_eq!(stored.iter().cloned().collect::<BTreeSet<_>>(), acknowledged, "it can be read all the same");
    assert!(!stored.contains(&refused));

    make_room();
    // Nobody restarts it, and no event is needed for it to notice.
    let begun = Instant::now();
    while http(&process.address, "GET", "/v1/health", "").unwrap().0 != 200 {
        assert!(begun.elapsed().as_secs() < 60, "it does not notice that there is room");
    }
    let more = acknowledged.len() + 5;
    for number in 0..more {
        let (status, answer) = process.post(&body(number)).unwrap();
        assert_eq!(status, 200, "{answer}");
    }
    let stored = exported(folder, database);
    assert_eq!((stored.len(), stored.iter().collect::<BTreeSet<_>>().len()), (more, more), "each once");
}

/// A collector whose database is on a small disk.
struct Scene {
    disk: Disk,
    folder: TempDir,
    database: String,
    process: Process,
}

impl Scene {
    /// None, told loudly, where there can be no such disk.
    fn open() -> Option<Scene> {
        let Some(disk) = Disk::mount() else {
            println!("SKIPPED a full disk: no file system can be mounted here");
            return None;
        };
        let folder = new_folder();
        let database = disk.mount.join("ripen.db").to_str().unwrap().to_owned();
        let process = serve(&folder, &database);
        Some(Scene { disk, folder, database, process })
    }
}

fn serve(folder: &TempDir, database: &str) -> Process {
    let arguments = ["--listen", "127.0.0.1:0", "--playbook", "key=playbook.json", "--database", database];
    Process::serve(folder.path(), &arguments)
}

#[test]
fn a_full_disk_acknowledges_nothing_and_room_is_noticed() {
    let Some(Scene { disk, folder, database, mut process }) = Scene::open() else { return };
    let database = database.as_str();
    goes_on(folder.path(), database, &process, || disk.grow());
    process.terminate();
    assert_eq!(process.wait().code(), Some(0));
    assert_eq!(
        exported(folder.path(), database).len(),
        exported(folder.path(), database).iter().collect::<BTreeSet<_>>().len()
    );
}

#[test]
fn killed_while_the_disk_is_full_it_comes_back_with_what_it_acknowledged() {
    let Some(Scene { disk, folder, database, mut process }) = Scene::open() else { return };
    let database = database.as_str();
    let acknowledged = fill(&process);
    process.kill();
    disk.grow();
    assert_eq!(exported(folder.path(), database).into_iter().collect::<BTreeSet<_>>(), acknowledged);
    let process = serve(&folder, database);
    assert_eq!(process.post(&body(MANY)).unwrap().0, 200);
}
