//! The collector is killed while events arrive. What it acknowledged is there, once.

use std::collections::HashMap;
use std::path::Path;
use std::sync::mpsc;
use std::thread;

use serde_json::Value;

use crate::support::{Process, batch_of, new_folder};

const SENDERS: usize = 4;
const EVENTS: usize = 20;
/// Batches that are acknowledged before it is killed.
const ENOUGH: usize = 40;

struct Sent {
    ids: Vec<String>,
    acknowledged: bool,
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
        let ids: Vec<String> = (0..EVENTS).map(|id| format!("{name}-{}-{id}", sent.len())).collect();
        let answer = crate::support::http(address, "POST", "/v1/batch", &batch_of(&ids));
        let acknowledged = answer.is_ok_and(|(status, _)| status == 200);
        sent.push(Sent { ids, acknowledged });
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

#[test]
fn c05_c06_what_was_acknowledged_survives_sigkill_exactly_once() {
    let folder = new_folder();
    let mut sent = Vec::new();
    for round in 0..3 {
        let mut process = Process::start(folder.path());
        sent.extend(send_until_killed(&mut process, round));
        let stored = exported(folder.path());
        assert!(stored.values().all(|count| *count == 1), "no event twice");
        for id in sent.iter().filter(|batch| batch.acknowledged).flat_map(|batch| &batch.ids) {
            assert!(stored.contains_key(id), "{id} was acknowledged in a round up to {round}, and is gone");
        }
    }
    assert!(sent.iter().any(|batch| !batch.acknowledged), "it was killed in the midst of it");

    // The clients do not know what became of the last ones: they send again, here all of it.
    let process = Process::start(folder.path());
    for batch in &sent {
        let (status, answer) = process.post(&batch_of(&batch.ids)).unwrap();
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
}
