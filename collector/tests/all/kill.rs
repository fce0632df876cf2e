//! The collector is killed while events arrive. What it acknowledged is there, once.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::sync::mpsc;
use std::thread;

use serde_json::{Value, json};

use crate::support::{Process, http, new_folder, sequenced};

const SENDERS: usize = 4;
const EVENTS: usize = 20;
/// Batches that are acknowledged before it is killed.
const ENOUGH: usize = 40;
const ROUNDS: usize = 6;

struct Sent {
    stream: String,
    /// Which of the stream's batches.
    number: usize,
    acknowledged: bool,
}

impl Sent {
    fn ids(&self) -> Vec<String> {
        self.sequences().map(|sequence| format!("{}-{sequence:05}", self.stream)).collect()
    }

    fn sequences(&self) -> Range<usize> {
        self.number * EVENTS..(self.number + 1) * EVENTS
    }

    /// One event more is taken than was sent, and one is given up, with each batch.
    fn body(&self) -> String {
        let events: Vec<Value> =
            self.sequences().map(|sequence| sequenced(&self.stream, sequence as u64)).collect();
        let (taken, dropped) = ((self.number + 1) * EVENTS + 1, self.number + 1);
        let streams = json!([{"stream": self.stream, "taken": taken, "dropped": {"refused": dropped}}]);
        json!({"writeKey": "key", "batch": events, "streams": streams}).to_string()
    }
}

/// Sends from several threads at once until the collector is killed in the midst of it.
fn send_until_killed(process: &mut Process, round: usize) -> Vec<Sent> {
    let (tell, told) = mpsc::channel();
    let senders: Vec<_> = (0..SENDERS)
        .map(|sender| {
            let (address, tell) = (process.address.clone(), tell.clone());
            thread::spawn(move || send(&address, &format!("{round}-{sender}"), &tell))
        })
        .collect();
    drop(tell);
    for _ in 0..ENOUGH {
        told.recv().expect("the senders go on until it is killed");
    }
    process.kill();
    senders.into_iter().flat_map(|sender| sender.join().unwrap()).collect()
}

/// Batch after batch, until one is not answered.
fn send(address: &str, name: &str, tell: &mpsc::Sender<()>) -> Vec<Sent> {
    let mut sent: Vec<Sent> = Vec::new();
    loop {
        let mut next = Sent { stream: name.to_owned(), number: sent.len(), acknowledged: false };
        let answer = http(address, "POST", "/v1/batch", &next.body());
        next.acknowledged = answer.is_ok_and(|(status, _)| status == 200);
        let acknowledged = next.acknowledged;
        sent.push(next);
        if !acknowledged {
            return sent;
        }
        let _ = tell.send(());
    }
}

/// How often each id is in the log, as `export` prints it.
fn exported(folder: &Path) -> HashMap<String, usize> {
    let output = Process::command(folder).arg("export").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut counts = HashMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let event: Value = serde_json::from_str(line).unwrap();
        *counts.entry(event["messageId"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    counts
}

/// What is known of each stream, as `losses` prints it.
fn losses(folder: &Path) -> HashMap<String, Value> {
    let output = Process::command(folder).args(["losses", "--json"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    let streams = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    streams.map(|losses| (losses["stream"].as_str().unwrap().to_owned(), losses)).collect()
}

/// Counters were committed with their batch: of what is in the log nothing is unheard, and of nothing else is heard.
fn heard_as_stored(stored: &HashMap<String, usize>, losses: &HashMap<String, Value>, sent: &[Sent]) {
    for batch in sent {
        let there = batch.ids().iter().filter(|id| stored.contains_key(*id)).count();
        assert!(there == 0 || there == EVENTS, "a batch is there wholly or not at all: {there}");
        let known = losses.get(&batch.stream);
        let given_up = known.and_then(|known| known["dropped"]["refused"].as_u64()).unwrap_or(0);
        assert_eq!(given_up > batch.number as u64, there > 0, "{}: {known:?}", batch.number);
    }
    for (stream, known) in losses {
        let arrived = stored.keys().filter(|id| id.starts_with(&format!("{stream}-"))).count() as u64;
        assert_eq!(known["arrived"].as_u64(), Some(arrived), "{known}");
        assert_eq!(known["taken"].as_u64(), Some(arrived + 1), "{known}");
    }
}

#[test]
fn c05_c06_what_was_acknowledged_survives_sigkill_exactly_once() {
    let folder = new_folder();
    let mut sent = Vec::new();
    for round in 0..ROUNDS {
        let mut process = Process::start(folder.path());
        sent.extend(send_until_killed(&mut process, round));
        let stored = exported(folder.path());
        assert!(stored.values().all(|count| *count == 1), "no event twice");
        for id in sent.iter().filter(|batch| batch.acknowledged).flat_map(Sent::ids) {
            assert!(stored.contains_key(&id), "{id} was acknowledged in a round up to {round}, and is gone");
        }
        heard_as_stored(&stored, &losses(folder.path()), &sent);
    }
    assert!(sent.iter().any(|batch| !batch.acknowledged), "it was killed in the midst of it");

    // The clients do not know what became of the last ones: they send again, here all of it.
    let process = Process::start(folder.path());
    for batch in &sent {
        let (status, answer) = process.post(&batch.body()).unwrap();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(status, 200, "{answer}");
        let (accepted, duplicates) = (&answer["accepted"], &answer["duplicates"]);
        if batch.acknowledged {
            assert_eq!((accepted.as_u64(), duplicates.as_u64()), (Some(0), Some(EVENTS as u64)));
        } else {
            // A batch is one transaction: there wholly or not at all.
            assert!(accepted == 0 || duplicates == 0, "{answer}");
        }
    }
    let stored = exported(folder.path());
    assert_eq!(stored.len(), sent.len() * EVENTS);
    assert!(stored.values().all(|count| *count == 1));
    heard_as_stored(&stored, &losses(folder.path()), &sent);
}
