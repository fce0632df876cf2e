//! Real usage through the real door of a real process, in any order, again and again, killed in between: everybody's
//! final view is what a replay of the file says, and what a browser comes to that folded the same by itself.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use flate2::read::GzDecoder;
use ripen::engine::{Device, Event, Past, Playbook, Scope, Sight};
use ripen::replay::{Options, Recording, read_event, replay};
use ripen_collector::clock::{Clock, Millis, SystemClock};
use ripen_collector::fold::{Playbooks, standing};
use ripen_collector::store::{Position, SqliteStore, Store, TenantId};

use super::generated::{PLAYBOOK, Random, events, playbook};
use crate::support::Process;

/// Far more than it takes.
const PATIENCE: Duration = Duration::from_secs(300);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The lines of a file that is not in the repository.
fn recorded(name: &str) -> Option<Vec<String>> {
    let path = root().join(format!("../shared/data/{name}.ndjson.gz"));
    let Ok(packed) = fs::read(path) else {
        println!("SKIPPED: there is no ../shared/data/{name}.ndjson.gz");
        return None;
    };
    let mut text = String::new();
    GzDecoder::new(packed.as_slice()).read_to_string(&mut text).unwrap();
    Some(text.lines().map(str::to_owned).collect())
}

/// Every sixth person; all of them with `FOLD_ALL=1` (`npm run test:matrix`).
fn some(lines: Vec<String>) -> Vec<String> {
    let is_all = std::env::var_os("FOLD_ALL").is_some();
    let sixth = |line: &str| {
        let event = read_event(line.as_bytes()).unwrap();
        event.person().bytes().map(usize::from).sum::<usize>() % 6 == 0
    };
    lines.into_iter().filter(|line| is_all || sixth(line)).collect()
}

/// Batches of these lines in any order, many of them twice.
fn batches(lines: &[String], size: usize, random: &mut Random) -> Vec<String> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    let copies: Vec<usize> = order.iter().copied().filter(|_| random.below(5) == 0).collect();
    order.extend(copies);
    random.shuffle(&mut order);
    let batch = |places: &[usize]| {
        let events: Vec<&str> = places.iter().filter_map(|place| Some(lines.get(*place)?.as_str())).collect();
        format!(r#"{{"writeKey":"key","batch":[{}]}}"#, events.join(","))
    };
    let mut batches: Vec<String> = order.chunks(size).map(batch).collect();
    let again: Vec<String> = batches.iter().filter(|_| random.below(10) == 0).cloned().collect();
    batches.extend(again);
    batches
}

/// Returns once all that is in the log is folded.
fn wait_until_folded(folder: &Path) -> (SqliteStore, TenantId) {
    let mut store = SqliteStore::open_existing(&folder.join("ripen.db")).unwrap();
    let tenant = store.directory().tenant("key").unwrap();
    let begin = Instant::now();
    let mut reached = Position::START;
    while begin.elapsed() < PATIENCE {
        reached = store.folds().progress(tenant).unwrap().position;
        if reached > Position::START && store.log().read(tenant, reached, 1).unwrap().is_empty() {
            return (store, tenant);
        }
        std::thread::yield_now();
    }
    panic!("it is folded up to {reached:?} only");
}

/// Sends all of it; the process is stopped, or killed in the midst of what it does, as often as this.
fn send(folder: &Path, batches: &[String], restarts: usize, random: &mut Random) {
    let mut process = Process::start(folder);
    let mut stops: Vec<usize> = (0..restarts).map(|_| random.below(batches.len() as u64) as usize).collect();
    stops.sort_unstable();
    for (number, batch) in batches.iter().enumerate() {
        let (status, answer) = process.post(batch).unwrap();
        assert_eq!(status, 200, "{answer}");
        while stops.first() == Some(&number) {
            stops.remove(0);
            if random.below(4) == 0 {
                process.terminate();
                assert!(process.wait().success());
            } else {
                process.kill();
            }
            process = Process::start(folder);
        }
    }
    drop(wait_until_folded(folder));
    let refused = Process::command(folder).arg("rebuild").output().unwrap();
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success() && said.contains("stop it first"), "{said}");
    process.kill();
}

/// What `views` prints as of an instant.
fn views(folder: &Path, at: Millis) -> Vec<String> {
    let at = ripen::replay::format_timestamp(at);
    let output = Process::command(folder).args(["views", "--at", &at]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

fn replayed(playbook: &Playbook, lines: &[String], at: Millis) -> Vec<String> {
    let mut recording = Recording::default();
    for line in lines {
        recording.push(line.as_bytes());
        recording.push(b"\n");
    }
    replay(playbook, recording, Options { at: Some(at), timeline: false })
}

/// One by one, so that a difference is short.
fn compare(found: &[String], wanted: &[String]) {
    for (found, wanted) in found.iter().zip(wanted) {
        assert_eq!(found, wanted);
    }
    assert_eq!(found.len(), wanted.len());
    assert!(!wanted.is_empty());
}

/// Sends the lines under a playbook, and compares.
fn try_out(text: &str, lines: &[String], size: usize, seed: u64) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("playbook.json"), text).unwrap();
    let mut random = Random(seed);
    let batches = batches(lines, size, &mut random);
    send(folder.path(), &batches, 6, &mut random);
    let at = SystemClock.now();
    let wanted = replayed(&playbook(text), lines, at);
    compare(&views(folder.path(), at), &wanted);
    let output = Process::command(folder.path()).arg("rebuild").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // It has let time pass since.
    let at = SystemClock.now();
    compare(&views(folder.path(), at), &replayed(&playbook(text), lines, at));
    folder
}

fn file(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

#[test]
fn c05_c06_generated_usage_in_any_order_with_copies_and_kills() {
    let mut random = Random(7);
    let lines: Vec<String> = events(&mut random, 600, 5).iter().map(ToString::to_string).collect();
    try_out(PLAYBOOK, &lines, 15, 7);
}

#[test]
fn c05_c06_seven_years_of_contributions_in_any_order_with_copies_and_kills() {
    let Some(lines) = recorded("contributions") else { return };
    try_out(&file("tests/contributions/playbook.whole.json"), &lines, 250, 8);
}

#[test]
fn c05_c06_a_year_of_a_store_in_any_order_with_copies_and_kills_is_what_browsers_come_to() {
    let Some(lines) = recorded("store").map(some) else { return };
    let text = file("tests/store/playbook.json");
    let folder = try_out(&text, &lines, 1_000, 9);
    let playbook = playbook(&text);
    let (mut store, tenant) = wait_until_folded(folder.path());
    let events: Vec<Event> = lines.iter().map(|line| read_event(line.as_bytes()).unwrap()).collect();
    let mut users: Vec<&str> = events.iter().filter_map(|event| event.user.as_deref()).collect();
    users.sort_unstable();
    users.dedup();
    assert!(users.len() >= 100, "{}", users.len());
    let now = SystemClock.now();
    for user in users.into_iter().step_by(7) {
        let mut browser = Device::default();
        browser.set_present(user);
        for event in events.iter().filter(|event| event.user.as_deref() == Some(user)) {
            browser.fold(&playbook, event, None);
        }
        browser.advance(&playbook, now);
        let snapshot =
            standing::snapshot(&mut store, &Playbooks::default(), tenant, user, now).unwrap().unwrap();
        assert_eq!(snapshot.person, user);
        let mut other = Device::restore(&playbook, &snapshot.snapshot, Past::default()).unwrap();
        assert_eq!(other.present(), user);
        other.advance(&playbook, now);
        let views = [&browser, &other].map(|device| view(&playbook, device.sight(&playbook, now).unwrap()));
        assert_eq!(views[0], views[1], "{user}");
    }
}

/// All that a view has of a person.
fn view(playbook: &Playbook, sight: Sight<'_>) -> Vec<String> {
    let of = &playbook.person;
    let signals =
        (0..of.signals.len() as u16).map(|index| format!("{:?}", sight.signal(Scope::Person, index)));
    let segments =
        (0..of.segments.len() as u16).map(|index| format!("{:?}", sight.segment(Scope::Person, index)));
    let stages = (0..of.ladders.len() as u16).map(|index| format!("{:?}", sight.stage(Scope::Person, index)));
    let fired = (0..of.moments.len() as u16).map(|index| format!("{:?}", sight.fired(Scope::Person, index)));
    let rest = format!("{:?} {:?}", sight.momentum(), sight.alive());
    signals.chain(segments).chain(stages).chain(fired).chain([rest]).collect()
}
