//! The fold step by step over a store, without a thread: what arrives in any order, in pages of any size, with restarts
//! in between and time passing meanwhile, comes to what a replay of the same log says.

use std::path::Path;

use ripen::engine::Playbook;
use ripen::replay::{Options, Recording, replay};
use ripen_collector::access::{Actor, By};
use ripen_collector::clock::{Clock, Millis};
use ripen_collector::fold::{Folder, Task, fingerprints, rebuild, views};
use ripen_collector::limits::ERASED_AT_ONCE;
use ripen_collector::privacy;
use ripen_collector::store::{
    Batch, Entry, Person, Position, Report, ReportId, Reported, SqliteStore, Store, TenantId,
};
use serde_json::Value;
use tempfile::TempDir;

use super::generated::{HOUR, PLAYBOOK, Random, START, events, playbook};

/// A store with one tenant, and who folds it.
pub struct Bench {
    folder: TempDir,
    pub store: SqliteStore,
    pub tenant: TenantId,
    folding: Folder,
    pub now: Millis,
}

pub struct At(pub Millis);

impl Clock for At {
    fn now(&self) -> Millis {
        self.0
    }
}

fn open(folder: &Path) -> SqliteStore {
    SqliteStore::open(&folder.join("ripen.db")).unwrap()
}

impl Bench {
    pub fn open(text: &str) -> Bench {
        let folder = tempfile::tempdir().unwrap();
        let mut store = open(folder.path());
        let tenant = store.directory().tenant("key").unwrap();
        let mut bench = Bench { folder, store, tenant, folding: Folder::default(), now: Millis(START) };
        bench.publish(text);
        bench
    }

    pub fn publish(&mut self, text: &str) {
        let compiled = ripen::playbook::compile(text).unwrap();
        self.store.folds().fold_by(self.tenant, compiled.playbook.revision, &compiled.bytes).unwrap();
    }

    pub fn append(&mut self, events: &[Value]) {
        let entry = |event: &Value| Entry {
            message_id: event["messageId"].as_str().unwrap().to_owned(),
            user_id: event["userId"].as_str().map(str::to_owned),
            anonymous_id: event["anonymousId"].as_str().map(str::to_owned),
            happened: ripen::engine::parse_timestamp(event["timestamp"].as_str().unwrap()).unwrap(),
            message: event.to_string(),
        };
        let entries = events.iter().map(entry).collect();
        let batch = Batch { entries, ..Batch::new(self.tenant, self.now) };
        self.store.log().append(&[batch]).unwrap();
    }

    /// A step; whether there was anything to do.
    pub fn step(&mut self, task: Task) -> bool {
        let Some(step) = self.folding.step(&mut self.store, self.tenant, task, self.now).unwrap() else {
            return false;
        };
        assert!(self.store.folds().commit(self.tenant, step.turn, &step.folded).unwrap());
        self.folding.committed(step);
        true
    }

    pub fn steps(&mut self, task: Task) {
        while self.step(task) {}
    }

    /// As after a kill: what was not committed is gone, and what is remembered.
    pub fn restart(&mut self) {
        self.folding = Folder::default();
        self.store = open(self.folder.path());
    }

    /// Whether what had been folded is being folded again.
    pub fn is_folding_again(&mut self) -> bool {
        self.store.folds().progress(self.tenant).unwrap().again.is_some()
    }

    /// Erases a user, as an administrator does.
    pub fn erase(&mut self, user: &str) {
        let whom = Person { user_id: Some(user.to_owned()), anonymous_id: None };
        let subject = self.store.personal().subject(self.tenant, &whom).unwrap();
        let by = By { who: Actor::Cli, at: self.now };
        subject.into_iter().for_each(|subject| {
            privacy::erase(&mut self.store, self.tenant, subject, by).unwrap();
        });
    }

    /// Whether a word is anywhere in the files of the store.
    pub fn has_on_disk(&self, word: &str) -> bool {
        std::fs::read_dir(self.folder.path()).unwrap().any(|file| {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            bytes.windows(word.len()).any(|window| window == word.as_bytes())
        })
    }

    /// A step of retention; how many events it erased.
    pub fn retain_since(&mut self, horizon: Millis) -> u64 {
        self.store.retention().erase_received_before(self.tenant, horizon, ERASED_AT_ONCE).unwrap()
    }

    /// As retention does, whatever is kept of them.
    pub fn delete_before(&mut self, horizon: Millis) {
        let connection = rusqlite::Connection::open(self.folder.path().join("ripen.db")).unwrap();
        connection.execute("DELETE FROM event WHERE happened_at < ?1", [horizon.0]).unwrap();
        connection.execute("UPDATE fold SET turn = turn + 1", []).unwrap();
    }

    pub fn lines(&mut self, at: Millis) -> Vec<String> {
        views(&mut self.store, self.tenant, at).unwrap()
    }

    pub fn reports(&mut self) -> Vec<Report> {
        let reports = self.store.folds().reports(self.tenant, ReportId::START, usize::MAX).unwrap();
        reports.into_iter().map(|(_, report)| report).collect()
    }

    /// What a replay makes of the log.
    pub fn replayed(&mut self, playbook: &Playbook, at: Millis) -> Vec<String> {
        let mut recording = Recording::default();
        for event in self.store.log().read(self.tenant, Position::START, usize::MAX).unwrap() {
            recording.push(event.entry.message.as_bytes());
            recording.push(b"\n");
        }
        replay(playbook, recording, Options { at: Some(at), timeline: false })
    }
}

/// Events come as they happened but for some that are later, by minutes or for weeks; in steps of all kinds.
fn live_through(bench: &mut Bench, random: &mut Random, events: Vec<Value>) {
    live_through_with(bench, random, events, 1, &mut |_| {});
}

/// The same, and something else happens after each step. Each takes at least so many events, if there are.
pub fn live_through_with(
    bench: &mut Bench,
    random: &mut Random,
    mut events: Vec<Value>,
    least: usize,
    meanwhile: &mut dyn FnMut(&mut Bench),
) {
    let time =
        |event: &Value| ripen::engine::parse_timestamp(event["timestamp"].as_str().unwrap()).unwrap().0;
    let mut arrivals: Vec<(i64, Value)> = events
        .drain(..)
        .map(|event| {
            let late = match random.below(10) {
                0 => random.below(400 * HOUR as u64) as i64,
                1 | 2 => random.below(3 * HOUR as u64) as i64,
                // The clock of the sender is ahead.
                3 => -(random.below(2 * HOUR as u64) as i64),
                _ => random.below(20_000) as i64,
            };
            (time(&event) + late, event)
        })
        .collect();
    arrivals.sort_by_key(|(at, _)| *at);
    while !arrivals.is_empty() {
        let count = (1 + random.below(9) as usize).min(arrivals.len());
        let page: Vec<(i64, Value)> = arrivals.drain(..count).collect();
        bench.now = Millis(bench.now.0.max(page.last().unwrap().0));
        let page: Vec<Value> = page.into_iter().map(|(_, event)| event).collect();
        bench.append(&page);
        match random.below(6) {
            0 => bench.restart(),
            1 => bench.steps(Task::Time),
            2 => {}
            _ => {
                bench.step(Task::Events(least.max(1 + random.below(12) as usize)));
            }
        }
        meanwhile(bench);
    }
    bench.now = Millis(bench.now.0 + (random.below(300) as i64) * HOUR / 2 + 2 * HOUR);
}

#[test]
fn whatever_order_it_comes_in_the_fold_is_what_a_replay_says_and_a_rebuild_has_the_same_bytes() {
    let playbook = playbook(PLAYBOOK);
    for seed in 0..40 {
        let mut random = Random(seed);
        let mut bench = Bench::open(PLAYBOOK);
        let (count, crowds) = (10 + random.below(150), 1 + random.below(4));
        let events = events(&mut random, count, crowds);
        live_through(&mut bench, &mut random, events);
        bench.steps(Task::Events(7));
        if random.below(2) == 0 {
            bench.steps(Task::Time);
        }
        let at = bench.now;
        assert_eq!(bench.lines(at), bench.replayed(&playbook, at), "seed {seed}");
        let (tenant, now) = (bench.tenant, bench.now);
        let before = fingerprints(&mut bench.store, tenant, at).unwrap();
        assert!(!before.is_empty());
        // What nobody has looked for yet is news to a rebuild, too.
        bench.steps(Task::Time);
        let reports = bench.reports();
        let seen = rebuild(&mut bench.store, tenant, &At(now), |_| {}).unwrap();
        assert_eq!(seen.events as u64, count, "seed {seed}");
        assert_eq!(fingerprints(&mut bench.store, tenant, at).unwrap(), before, "seed {seed}");
        assert_eq!(bench.lines(at), bench.replayed(&playbook, at), "seed {seed}");
        assert_eq!(bench.reports(), reports, "a rebuild reports nothing");
        // And as of an earlier time, of which nobody has kept a state.
        let earlier = Millis(START + (at.0 - START) / 3);
        assert_eq!(bench.lines(earlier), bench.replayed(&playbook, earlier), "seed {seed}");
    }
}

#[test]
fn nothing_is_reported_twice() {
    let playbook = playbook(PLAYBOOK);
    let cooldown = |account: bool, id: &str| {
        let scope = if account { ripen::engine::Scope::Account } else { ripen::engine::Scope::Person };
        let moment = playbook.of(scope).moments.iter().find(|moment| moment.id == id).unwrap();
        moment.cooldown.millis()
    };
    let (mut moments, mut found_late) = (0, 0);
    for seed in 100..130 {
        let mut random = Random(seed);
        let mut bench = Bench::open(PLAYBOOK);
        let events = events(&mut random, 120, 2);
        live_through(&mut bench, &mut random, events);
        bench.steps(Task::Events(5));
        bench.steps(Task::Time);
        let reports = bench.reports();
        let mut fired: Vec<(bool, String, String, i64)> = Vec::new();
        for report in &reports {
            if let Reported::Moment { moment, standing } = &report.what {
                assert!(!standing.is_empty());
                fired.push((report.account, report.subject.clone(), moment.clone(), report.happened.0));
                moments += 1;
                found_late += usize::from(report.reported.0 - report.happened.0 > 5 * HOUR);
            }
        }
        let all = fired.len();
        fired.sort();
        fired.dedup();
        assert_eq!(fired.len(), all, "seed {seed}: the same firing twice");
        for pair in fired.windows(2) {
            let [one, other] = pair else { unreachable!() };
            let same = (one.0, &one.1, &one.2) == (other.0, &other.1, &other.2);
            assert!(
                !same || other.3 - one.3 >= HOUR.min(cooldown(one.0, &one.2)),
                "seed {seed}: {one:?} {other:?}"
            );
        }
    }
    assert!(moments > 200 && found_late > 10, "{moments} {found_late}");
}
