//! The binary itself, in a process of its own, so that its time is its own.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::load;

/// Killed when dropped.
pub(crate) struct Collector {
    child: Child,
    pub(crate) address: String,
    token: String,
    _folder: TempDir,
}

impl Collector {
    pub(crate) fn start() -> Collector {
        let folder = tempfile::tempdir().unwrap();
        // Without a playbook nothing is folded: what the fold takes is measured by itself.
        std::fs::write(folder.path().join("ripen.toml"), "[tenant.key]\n").unwrap();
        let program = |arguments: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_ripen-collector"));
            command.args(arguments).args(["--config", "ripen.toml"]).current_dir(folder.path()).env_clear();
            command
        };
        assert!(program(&["tenant", "create", "key"]).output().unwrap().status.success());
        let token = program(&["token", "create", "--kind", "read"]).output().unwrap();
        let token = String::from_utf8(token.stdout).unwrap().trim().to_owned();
        let mut child = program(&["serve", "--listen", "127.0.0.1:0", "--log", "warn"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit_once("http://").unwrap().1.to_owned();
        Collector { child, address, token, _folder: folder }
    }

    /// What all its threads have had of processors, in it and for it in the system.
    pub(crate) fn processor(&self) -> Duration {
        /// Of a second; what Linux counts in.
        const TICKS: u64 = 100;
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
        let ticks = |field: usize| fields[field].parse::<u64>().unwrap();
        // utime and stime: fields 14 and 15, of which two are before the name's end.
        Duration::from_millis((ticks(11) + ticks(12)) * 1_000 / TICKS)
    }

    /// How many it says that it has.
    pub(crate) fn events(&self) -> u64 {
        let answer = load::get(&self.address, "/v1/health", &self.token);
        let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
        answer["events"].as_u64().unwrap()
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
