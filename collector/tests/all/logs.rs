//! What is logged: lines for programs, and nothing of anybody.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::{Process, http, http_head, new_folder};

/// Words of a request that must not be in any line.
const TELL_TALES: [&str; 10] = [
    "user-of-the-test",
    "browser-of-the-test",
    "message-of-the-test",
    "event-of-the-test",
    "value-of-the-test",
    "session-of-the-test",
    "198.51.100.77",
    "Firefox/128",
    "agent-of-the-test",
    "path-of-the-test",
];

#[test]
fn logs_are_json_and_hold_nothing_of_anybody_and_metrics_neither() {
    let folder = new_folder();
    let mut child = Process::command(folder.path())
        .args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--metrics-listen",
            "127.0.0.1:0",
            "--playbook",
            "key=playbook.json",
        ])
        .args(["--log", "debug", "--log-format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut errors = BufReader::new(child.stderr.take().unwrap());
    let mut lines = Vec::new();
    let metrics = loop {
        let mut line = String::new();
        assert!(errors.read_line(&mut line).unwrap() > 0, "it ended: {lines:?}");
        let value: Value = serde_json::from_str(&line).unwrap();
        lines.push(line);
        if value["message"] == "metrics are told" {
            break value["bound"].as_str().unwrap().to_owned();
        }
    };
    let mut ready = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut ready).unwrap();
    let process = Process::of(child, ready.trim().rsplit_once("http://").unwrap().1);

    let event = json!({
        "type": "track", "event": "event-of-the-test", "messageId": "message-of-the-test",
        "anonymousId": "browser-of-the-test", "userId": "user-of-the-test",
        "properties": {"p": "value-of-the-test"}, "context": {"sessionId": "session-of-the-test", "ip": "198.51.100.77"},
    });
    let bad = json!({"type": "track", "messageId": "message-of-the-test", "properties": "value-of-the-test"});
    let batch =
        json!({"writeKey": "key", "batch": [event, bad], "streams": ["value-of-the-test"]}).to_string();
    let mut stream = TcpStream::connect(&process.address).unwrap();
    write!(
        stream,
        "POST /v1/batch HTTP/1.1\r\nhost: a\r\nconnection: close\r\nx-forwarded-for: 198.51.100.77\r\n\
         user-agent: Firefox/128.0 agent-of-the-test\r\ncontent-length: {}\r\n\r\n{batch}",
        batch.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.contains(r#""accepted":1"#), "{answer}");
    let forget = json!({"writeKey": "key", "userId": "user-of-the-test"}).to_string();
    assert_eq!(http(&process.address, "POST", "/v1/forget", &forget).unwrap().0, 202);
    assert_eq!(
        http(&process.address, "POST", "/v1/batch", r#"{"batch":["value-of-the-test"#).unwrap().0,
        400
    );
    assert_eq!(http(&process.address, "GET", "/path-of-the-test", "").unwrap().0, 404);
    assert_eq!(http(&process.address, "GET", "/v1/playbook/user-of-the-test", "").unwrap().0, 404);

    let head = http_head(&metrics, "GET", "/metrics", "").unwrap();
    assert!(head.contains("application/openmetrics-text"), "{head}");
    let told = http(&metrics, "GET", "/metrics", "").unwrap().1;
    for line in [
        "ripen_requests_total{path=\"/v1/batch\",status=\"200\"} 1",
        "ripen_requests_total{path=\"/v1/batch\",status=\"400\"} 1",
        "ripen_requests_total{path=\"/v1/playbook/{write_key}\",status=\"404\"} 1",
        "ripen_events_total{outcome=\"accepted\",transport=\"foreign\",library=\"none\",version=\"none\",browser=\"Firefox\"} 1",
        "ripen_events_rejected_total{code=\"no_person\"} 1",
        "ripen_append_seconds_count 1",
        "ripen_stored_events 1",
        "ripen_store_readable 1",
        "# EOF",
    ] {
        assert!(told.lines().any(|found| found == line), "{line} in\n{told}");
    }
    assert_eq!(http(&metrics, "GET", "/v1/health", "").unwrap().0, 404, "nothing else is at this address");
    assert_eq!(http(&process.address, "GET", "/metrics", "").unwrap().0, 404, "nor this at the other");

    process.terminate();
    let mut rest = String::new();
    errors.read_to_string(&mut rest).unwrap();
    lines.extend(rest.lines().map(str::to_owned));
    assert!(lines.len() > 4, "{lines:?}");
    for line in &lines {
        let value: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"));
        assert!(value["level"].is_string() && value["timestamp"].is_string(), "{line}");
    }
    for word in TELL_TALES {
        assert!(!told.contains(word), "{word} in {told}");
        assert!(lines.iter().all(|line| !line.contains(word)), "{word} in {lines:?}");
    }
}
