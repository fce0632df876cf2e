//! The collector's own clock jumps, back and far ahead: what arrives is kept, once, with a time that can be written.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use ripen_collector::clock::{Clock, Millis};
use ripen_collector::fold::standing::{PersonSnapshot, snapshot};
use ripen_collector::fold::{Playbooks, Task, rebuild};
use ripen_collector::housekeeping::{Horizons, begins, round};
use ripen_collector::readers::Readers;
use ripen_collector::store::{Report, Reported, SqliteStore};
use ripen_collector::writer::Writer;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::fold::generated::{HOUR, PLAYBOOK, Random, events, playbook};
use crate::fold::steps::{At, Bench};
use crate::support::{Doors, NOW, Process, batch_of, http, http_head, new_folder};

struct Jumping(AtomicI64);

impl Clock for Jumping {
    fn now(&self) -> Millis {
        Millis(self.0.load(Ordering::SeqCst))
    }
}

#[tokio::test]
async fn whatever_the_clock_shows_events_are_kept_once_and_have_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("ripen.db")).unwrap();
    let clock = Arc::new(Jumping(AtomicI64::new(NOW.0)));
    let doors = Doors::before(store, 16, Arc::clone(&clock) as Arc<dyn Clock>);
    let timeless = |id: usize| json!({"writeKey": "key", "messageId": id.to_string(), "userId": "u"});
    // An hour, a year and a century back; ahead; the beginning of time as it counts; as far as it can count.
    let jumps =
        [NOW.0 - 3_600_000, NOW.0 - 31_536_000_000, NOW.0 - 3_153_600_000_000, NOW.0 * 2, 0, -1, NOW.0];
    for (id, now) in jumps.into_iter().enumerate() {
        clock.0.store(now, Ordering::SeqCst);
        assert_eq!(doors.post(batch_of([format!("m{id}")])).await.counts(), (1, 0, 0), "{now}");
        assert_eq!(
            doors.post(batch_of(["m0".to_owned(), format!("m{id}")])).await.counts(),
            (0, 2, 0),
            "{now}"
        );
        assert_eq!(doors.post_to("/v1/track", timeless(id).to_string()).await.counts(), (1, 0, 0), "{now}");
    }
    let mut store = SqliteStore::open_existing(&folder.path().join("ripen.db")).unwrap();
    let log = Doors::log_in(&mut store, "key");
    assert_eq!(log.len(), 2 * jumps.len());
    for (event, now) in log.iter().zip(jumps.iter().flat_map(|now| [*now; 2])) {
        assert_eq!(event.received, Millis(now));
        let message: Value = serde_json::from_str(&event.entry.message).unwrap();
        let text = message["timestamp"].as_str().unwrap();
        assert_eq!(ripen::engine::parse_timestamp(text), Some(event.entry.happened), "{text}");
    }
    let positions: Vec<_> = log.iter().map(|event| event.position).collect();
    assert!(positions.is_sorted(), "in order of receipt, whatever the clock says");
}

const DAY: i64 = 24 * HOUR;

/// Events come while the clock is a year ahead, and the collector is begun anew under it, again and again: what they are stamped
/// with is no evidence of the time. Nothing goes by age, and nothing that comes is too old.
#[tokio::test]
async fn a_clock_that_is_ahead_when_events_come_and_the_collector_is_begun_anew_erases_nothing_by_age() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ripen.db");
    let clock = Arc::new(Jumping(AtomicI64::new(NOW.0)));
    let horizons = Horizons::new(Some(90));
    let mut passed = Vec::new();
    for (start, ahead) in [0, 400, 400, 400, 400, 0].into_iter().enumerate() {
        clock.0.store(NOW.0 + ahead * DAY + start as i64 * 60_000, Ordering::SeqCst);
        let mut store = SqliteStore::open(&path).unwrap();
        let reached = begins(&mut store, clock.now()).unwrap();
        horizons.pass(reached);
        passed.push(reached.0 - NOW.0);
        let readers = Readers::open(&store, 1).unwrap();
        let (writer, thread) = Writer::start(Box::new(store), 8).unwrap();
        let done = round(&writer, &readers, clock.as_ref(), reached, &horizons, false).await;
        assert_eq!(done.failures, 0);
        drop((writer, readers));
        thread.join().unwrap();
        let store = SqliteStore::open(&path).unwrap();
        let doors = Doors::keeping_in(store, horizons.clone(), Arc::clone(&clock) as Arc<dyn Clock>);
        // By clients whose clocks are right.
        let mut event =
            json!({"type": "track", "event": "a", "messageId": format!("m{start}"), "userId": "u"});
        event["timestamp"] = json!(ripen::replay::format_timestamp(Millis(NOW.0 - DAY)));
        let batch = json!({"writeKey": "key", "batch": [event]}).to_string();
        assert_eq!(doors.post(batch).await.counts(), (1, 0, 0), "start {start}");
    }
    let mut store = SqliteStore::open(&path).unwrap();
    let log = Doors::log_in(&mut store, "key");
    assert_eq!(log.len(), 6);
    assert!(log.iter().any(|event| event.received.0 > NOW.0 + 399 * DAY), "stamped by the clock");
    assert_eq!(passed, [0, 0, 0, 0, 0, 0], "time passes while it runs, not by being begun");
}

/// Everybody who is named in the events, as they are now.
fn snapshots(bench: &mut Bench, events: &[Value]) -> Vec<PersonSnapshot> {
    let mut users: Vec<&str> = events.iter().filter_map(|event| event["userId"].as_str()).collect();
    users.sort_unstable();
    users.dedup();
    let (tenant, now) = (bench.tenant, bench.now);
    let found = |user| snapshot(&mut bench.store, &Playbooks::default(), tenant, user, now).unwrap();
    // How far each log is folded is no part of how they stand.
    let found: Vec<_> = users.into_iter().filter_map(found).collect();
    assert!(!found.is_empty());
    found
}

/// All but when it was found out.
fn word_for_word(report: Report) -> String {
    let Report { happened, account, subject, what, .. } = report;
    let what = match what {
        Reported::Stage { ladder, before, after } => format!("{ladder} {before:?} {after:?}"),
        Reported::Moment { moment, .. } => moment,
    };
    format!("{} {account} {subject} {what}", happened.0)
}

#[test]
fn a_clock_that_was_ahead_for_a_while_makes_nobody_older_than_they_are() {
    let mut random = Random(11);
    let all = events(&mut random, 300, 5);
    let (before, after) = all.split_at(240);
    let last = |events: &[Value]| {
        ripen::engine::parse_timestamp(events.last().unwrap()["timestamp"].as_str().unwrap()).unwrap()
    };
    let (mut right, mut jumped) = (Bench::open(PLAYBOOK), Bench::open(PLAYBOOK));
    let both = |right: &mut Bench, jumped: &mut Bench, what: &mut dyn FnMut(&mut Bench)| {
        what(right);
        what(jumped);
    };
    let same = |right: &mut Bench, jumped: &mut Bench, when: &str| {
        assert!(snapshots(right, before) == snapshots(jumped, before), "{when}");
        let now = right.now;
        assert_eq!(right.lines(now), jumped.lines(now), "{when}");
        assert_eq!(right.lines(now), right.replayed(&playbook(PLAYBOOK), now), "{when}");
    };
    let lived = |now: Millis| {
        move |bench: &mut Bench| {
            bench.now = now;
            bench.steps(Task::Events(50));
            bench.steps(Task::Time);
        }
    };
    both(&mut right, &mut jumped, &mut |bench| bench.append(before));
    both(&mut right, &mut jumped, &mut lived(Millis(last(before).0 + HOUR)));
    same(&mut right, &mut jumped, "before");
    let now = right.now;
    jumped.now = Millis(now.0 + 400 * 24 * HOUR);
    jumped.steps(Task::Time);
    jumped.now = now;
    same(&mut right, &mut jumped, "right again");
    jumped.restart();
    same(&mut right, &mut jumped, "and begun again");
    for (number, some) in after.chunks(10).enumerate() {
        both(&mut right, &mut jumped, &mut |bench| bench.append(some));
        both(&mut right, &mut jumped, &mut lived(Millis(last(some).0 + HOUR)));
        same(&mut right, &mut jumped, &format!("{number}"));
    }
    // What marks say is no later than now either.
    let now = right.now;
    jumped.now = Millis(now.0 + 400 * 24 * HOUR);
    jumped.steps(Task::Time);
    jumped.now = now;
    rebuild(&mut jumped.store, jumped.tenant, &At(now), |_| {}).unwrap();
    jumped.restart();
    same(&mut right, &mut jumped, "folded again");
    both(&mut right, &mut jumped, &mut lived(Millis(now.0 + 30 * 24 * HOUR)));
    same(&mut right, &mut jumped, "a month later");
    // What was reported ahead of its time comes to pass then, and is no news.
    let mut told: Vec<String> = jumped.reports().into_iter().map(word_for_word).collect();
    let all = told.len();
    told.sort();
    told.dedup();
    assert_eq!(told.len(), all, "something is reported twice");
}

/// After this a test fails instead of waiting for ever.
const PATIENCE: Duration = Duration::from_secs(60);

/// A clock for the binary itself: a library between it and the system, which is told in a file how far it is off.
struct Fake {
    library: PathBuf,
    folder: TempDir,
}

impl Fake {
    /// None where the library is not installed.
    fn new() -> Option<Fake> {
        let mut places: Vec<PathBuf> =
            fs::read_dir("/usr/lib").ok()?.filter_map(|entry| Some(entry.ok()?.path())).collect();
        places.push(PathBuf::from("/usr/local/lib"));
        let library = |place: PathBuf| place.join("faketime/libfaketimeMT.so.1");
        let library = places.into_iter().map(library).find(|library| library.is_file())?;
        let folder = new_folder();
        let fake = Fake { library, folder };
        fake.set("+0d");
        Some(fake)
    }

    fn set(&self, offset: &str) {
        // As a whole: the library reads it at any time.
        let (new, file) = (self.folder.path().join("offset.new"), self.folder.path().join("offset"));
        fs::write(&new, offset).unwrap();
        fs::rename(new, file).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Process::command(self.folder.path());
        command
            .env("LD_PRELOAD", &self.library)
            .env("FAKETIME_TIMESTAMP_FILE", self.folder.path().join("offset"))
            .env("FAKETIME_NO_CACHE", "1")
            // What waits a second waits a second.
            .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
            .args(arguments);
        command
    }

    fn serve(&self) -> Process {
        let serve = ["serve", "--listen", "127.0.0.1:0", "--playbook", "key=playbook.json"];
        Process::started(self.command(&serve))
    }

    fn run(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Waits until so many events are counted of `u`, by the clock as it is; what `views` says then.
    fn counted(&self, count: i64, when: &str) -> Value {
        let begun = Instant::now();
        loop {
            let views = self.run(&["views"]);
            let view = views.lines().next().map_or(Value::Null, |line| serde_json::from_str(line).unwrap());
            if view["signals"]["tasks"] == json!(count) {
                return view;
            }
            assert!(begun.elapsed() < PATIENCE, "{when}: {views}");
        }
    }
}

#[test]
fn the_binary_keeps_and_counts_all_once_whatever_its_clock_does() {
    let Some(fake) = Fake::new() else {
        println!(
            "SKIPPED the binary under a clock that jumps: there is no libfaketime (apt-get install libfaketime)"
        );
        return;
    };
    let mut process = fake.serve();
    let year = |clock: &Process| {
        let head = http_head(&clock.address, "GET", "/v1/health", "").unwrap();
        let date = head.lines().find_map(|line| line.strip_prefix("date: ")).unwrap().to_owned();
        date.split(' ').nth(3).unwrap().parse::<i64>().unwrap()
    };
    let now = year(&process);
    // Without a time of their own: when they come.
    let event = |id: &str| json!({"type": "track", "event": "task_created", "messageId": id, "userId": "u"});
    let send = |process: &Process, ids: &[&str]| {
        let events: Vec<Value> = ids.iter().map(|id| event(id)).collect();
        let (status, answer) =
            process.post(&json!({"writeKey": "key", "batch": events}).to_string()).unwrap();
        assert_eq!(status, 200, "{answer}");
        let answer: Value = serde_json::from_str(&answer).unwrap();
        (answer["accepted"].as_i64().unwrap(), answer["duplicates"].as_i64().unwrap())
    };
    assert_eq!(send(&process, &["a", "b"]), (2, 0));
    fake.counted(2, "before");
    fake.set("+800d");
    assert!(year(&process) >= now + 2, "the clock is another");
    assert_eq!(send(&process, &["a", "c"]), (1, 1));
    fake.counted(3, "two years ahead");
    fake.set("-800d");
    assert!(year(&process) <= now - 2);
    assert_eq!(send(&process, &["a", "b", "c", "d"]), (1, 3));
    fake.counted(1, "two years back: all else is later than now");
    fake.set("+0d");
    assert_eq!(send(&process, &["c", "d", "e"]), (1, 2));
    fake.counted(4, "right again: one event will be");
    process.kill();
    fake.set("+800d");
    let process = fake.serve();
    assert_eq!(send(&process, &["a", "b", "c", "d", "e"]), (0, 5));
    fake.counted(5, "begun two years ahead");
    fake.set("+0d");
    let folded = fake.counted(4, "and right again");
    assert_eq!(http(&process.address, "GET", "/v1/health", "").unwrap().0, 200);
    drop(process);
    fake.run(&["rebuild"]);
    let rebuilt = fake.counted(4, "rebuilt");
    assert_eq!(rebuilt["signals"], folded["signals"]);
    assert_eq!(fake.run(&["export"]).lines().count(), 5);
}
