//! The binary itself, and HTTP over a plain socket.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use tempfile::TempDir;

/// A folder with a playbook in it.
pub fn new_folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("playbook.json"), r#"{"signals":{"tasks":{"count":"task_created"}}}"#)
        .unwrap();
    folder
}

/// A collector that serves `ripen.db` of a folder; killed when dropped.
pub struct Process {
    child: Child,
    pub address: String,
}

impl Process {
    /// Returns once it takes connections.
    pub fn start(folder: &Path) -> Process {
        Self::serve(folder, &["--listen", "127.0.0.1:0", "--playbook", "key=playbook.json"])
    }

    /// The same with other words.
    pub fn serve(folder: &Path, arguments: &[&str]) -> Process {
        let mut command = Self::command(folder);
        command.arg("serve").args(arguments);
        Self::started(command)
    }

    /// By a command that serves.
    pub fn started(mut command: Command) -> Process {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit_once("http://").expect(&line).1.to_owned();
        Process { child, address }
    }

    /// One that was started otherwise.
    pub fn of(child: Child, address: &str) -> Process {
        Process { child, address: address.to_owned() }
    }

    /// The binary, run in a folder, with nothing from the environment.
    pub fn command(folder: &Path) -> Command {
        let mut command = Command::new(PathBuf::from(env!("CARGO_BIN_EXE_ripen-collector")));
        command.current_dir(folder).env_clear().env("RIPEN_LOG", "warn");
        command
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop, as an init system does.
    pub fn terminate(&self) {
        let status = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(status.success());
    }

    pub fn wait(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    pub fn post(&self, body: &str) -> io::Result<(u16, String)> {
        http(&self.address, "POST", "/v1/batch", body)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One request on a connection of its own: status and body, or how it was cut off.
pub fn http(address: &str, method: &str, path: &str, body: &str) -> io::Result<(u16, String)> {
    let (head, body) = exchange(address, method, path, body)?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(cut)?;
    Ok((status, body))
}

/// The status of a `GET` by a token.
pub fn status_by(address: &str, path: &str, token: &str) -> io::Result<u16> {
    let (head, _) = exchange_with(address, "GET", path, &format!("authorization: Bearer {token}\r\n"), "")?;
    head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(cut)
}

/// One request on a connection of its own: the head of the answer.
pub fn http_head(address: &str, method: &str, path: &str, body: &str) -> io::Result<String> {
    Ok(exchange(address, method, path, body)?.0)
}

fn exchange(address: &str, method: &str, path: &str, body: &str) -> io::Result<(String, String)> {
    exchange_with(address, method, path, "", body)
}

fn exchange_with(
    address: &str,
    method: &str,
    path: &str,
    headers: &str,
    body: &str,
) -> io::Result<(String, String)> {
    let mut stream = TcpStream::connect(address)?;
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n{headers}content-length: {length}\r\n\r\n{body}"
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    // A compiled playbook is no text.
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(cut)?;
    Ok((head.to_owned(), body.to_owned()))
}

fn cut() -> io::Error {
    io::Error::from(io::ErrorKind::UnexpectedEof)
}
