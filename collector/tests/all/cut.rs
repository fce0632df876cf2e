//! A proxy that cuts the connection after the commit and before the answer: the client cannot know, sends again, and
//! what it sent is there once.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;

use serde_json::Value;

use crate::support::{Process, batch_of, new_folder};

/// Passes one request on, waits for the answer, and keeps it to itself. The answer is what the test gets instead.
fn cut_after_the_answer(collector: &str) -> (String, thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let collector = collector.to_owned();
    let proxy = thread::spawn(move || {
        let (client, _) = listener.accept().unwrap();
        let mut server = TcpStream::connect(collector).unwrap();
        let (mut from, mut to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
        let passing = thread::spawn(move || std::io::copy(&mut from, &mut to));
        let mut answer = Vec::new();
        server.read_to_end(&mut answer).unwrap();
        client.shutdown(Shutdown::Both).unwrap();
        let _ = passing.join().unwrap();
        String::from_utf8(answer).unwrap()
    });
    (address, proxy)
}

/// What the client gets.
fn send(address: &str, path: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    answer
}

#[test]
fn c05_c06_an_answer_that_is_lost_on_the_way_costs_no_event_and_makes_none() {
    let folder = new_folder();
    let process = Process::start(folder.path());
    let single = r#"{"writeKey":"key","userId":"u","event":"e","timestamp":"2024-01-01T10:00:00Z"}"#;
    for (path, body, events) in
        [("/v1/batch", batch_of(["m1", "m2"]), 2), ("/v1/track", single.to_owned(), 1)]
    {
        for attempt in 0..3 {
            let (address, proxy) = cut_after_the_answer(&process.address);
            assert_eq!(send(&address, path, &body), "", "nothing comes of it");
            let answer = proxy.join().unwrap();
            assert!(answer.starts_with("HTTP/1.1 200"), "it was committed: {answer}");
            let (_, answer) = answer.split_once("\r\n\r\n").unwrap();
            let answer: Value = serde_json::from_str(answer).unwrap();
            let (accepted, duplicates) = if attempt == 0 { (events, 0) } else { (0, events) };
            assert_eq!(
                (answer["accepted"].as_u64(), answer["duplicates"].as_u64()),
                (Some(accepted), Some(duplicates))
            );
        }
    }
    let output = Process::command(folder.path()).arg("export").output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 3);
}
