//! SIGTERM: what is under way is finished, nothing new is begun, everything is in its place.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Instant;

use ripen_collector::limits;

use crate::support::{Process, batch_of, http, new_folder};

#[test]
fn a_request_that_is_under_way_is_finished_before_it_ends() {
    let folder = new_folder();
    let mut process = Process::start(folder.path());
    let body = batch_of(["m"]);
    let mut stream = TcpStream::connect(&process.address).unwrap();
    let length = body.len();
    write!(
        stream,
        "POST /v1/batch HTTP/1.1\r\nhost: a\r\ncontent-length: {length}\r\nexpect: 100-continue\r\n\r\n"
    )
    .unwrap();
    // It asks for the body: so the request is under way.
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");

    process.terminate();
    let asked = Instant::now();
    while TcpStream::connect(&process.address).is_ok() {
        assert!(asked.elapsed() < limits::DRAIN_DEADLINE, "it still takes connections");
        std::thread::yield_now();
    }
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains(r#""accepted":1"#), "{answer}");

    assert_eq!(process.wait().code(), Some(0));
    assert!(!folder.path().join("ripen.db-wal").exists(), "all of it is in the database");
    let output = Process::command(folder.path()).arg("export").output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 1);
}

#[test]
fn an_idle_connection_does_not_keep_it_from_ending() {
    let folder = new_folder();
    let mut process = Process::start(folder.path());
    let mut idle = TcpStream::connect(&process.address).unwrap();
    write!(idle, "GET /v1/health HTTP/1.1\r\nhost: a\r\n\r\n").unwrap();
    assert_eq!(http(&process.address, "GET", "/v1/health", "").unwrap().0, 200);
    process.terminate();
    assert_eq!(process.wait().code(), Some(0));
}
