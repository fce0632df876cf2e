//! Bodies that nobody means well with. Each is refused by name or taken; none takes more than an honest one.

use std::io::{Read, Write};
use std::net::TcpStream;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use crate::support::{Doors, Process, batch_of, http, new_folder};

fn event(properties: &str) -> String {
    format!(
        r#"{{"type":"track","event":"e","messageId":"m","userId":"u","timestamp":"2024-01-01T10:00:00Z","properties":{properties}}}"#
    )
}

fn batch(event: &str) -> String {
    format!(r#"{{"writeKey":"key","batch":[{event}]}}"#)
}

#[tokio::test]
async fn a_million_keys_do_not_fit_and_as_many_as_fit_are_taken() {
    let doors = Doors::open();
    let keys = |count: usize| {
        let pairs: Vec<String> = (0..count).map(|key| format!(r#""{key:x}":0"#)).collect();
        format!("{{{}}}", pairs.join(","))
    };
    assert_eq!(
        doors.post(batch(&event(&keys(1_000_000)))).await.refusal(),
        (413, "body_too_large".to_owned())
    );
    let named = doors.post(batch(&event(&keys(40_000)))).await;
    assert_eq!(
        (named.counts(), named.json()["rejected"][0]["code"].clone()),
        ((0, 0, 1), json!("event_too_large"))
    );
    assert_eq!(doors.post(batch(&event(&keys(3_000)))).await.counts(), (1, 0, 0));
    // The envelope's own keys, and one key again and again.
    let wide = format!(r#"{{"writeKey":"key",{},"batch":[]}}"#, vec![r#""k":0"#; 80_000].join(","));
    assert_eq!(doors.post(wide).await.counts(), (0, 0, 0));
}

#[tokio::test]
async fn a_hundred_thousand_levels_are_refused_wherever_they_stand() {
    let doors = Doors::open();
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    let (lists, open) = (deep("[", "]"), "[".repeat(400_000));
    for abyss in [&lists, &open] {
        for body in [
            abyss.clone(),
            batch(&event(abyss)),
            format!(r#"{{"writeKey":"key","batch":{abyss}}}"#),
            format!(r#"{{"writeKey":"key","batch":[],"context":{abyss}}}"#),
            format!(r#"{{"writeKey":{abyss},"batch":[]}}"#),
        ] {
            let answer = doors.post(body).await;
            let status = answer.status.as_u16();
            // Read over, not into: then the message is refused, or what has no meaning is ignored.
            assert!(status == 400 || status == 401 || answer.counts().0 == 0, "{status}: {}", answer.json());
        }
        let answer = doors.post_to("/v1/track", event(abyss).replacen('{', r#"{"writeKey":"key","#, 1)).await;
        assert_eq!(answer.status.as_u16(), 400, "{}", answer.json());
    }
    assert_eq!(doors.log(), []);
}

#[tokio::test]
async fn what_is_no_utf_8_is_refused_and_nul_is_a_character_like_any_other() {
    let doors = Doors::open();
    for bytes in [&b"\xff"[..], b"\xc3\x28", b"\xed\xa0\x80", b"\xf0\x28\x8c\xbc", b"\xc0\x80"] {
        let (before, after) = (batch(&event("\"")), "\"");
        let body = [before.split_at(before.len() - 3).0.as_bytes(), bytes, after.as_bytes(), b"}]}"].concat();
        assert_eq!(doors.post(body).await.refusal(), (400, "not_json".to_owned()), "{bytes:?}");
    }
    let bare = doors.post(batch(&event("\"\0\""))).await;
    assert_eq!(bare.refusal(), (400, "not_json".to_owned()), "JSON has it escaped only");
    let escaped = event(r#"{"a\u0000b":"\u0000"}"#).replace(r#""userId":"u""#, r#""userId":"u\u0000v""#);
    assert_eq!(doors.post(batch(&escaped)).await.counts(), (1, 0, 0));
    let stored = doors.log().remove(0).entry;
    assert_eq!((stored.user_id.as_deref(), stored.message), (Some("u\0v"), escaped));
}

#[tokio::test]
async fn a_bomb_in_a_bomb_is_no_json() {
    let squeeze = |bytes: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let doors = Doors::open();
    let bomb = squeeze(&vec![b' '; 64 << 20]);
    assert!(bomb.len() < 300_000, "{}", bomb.len());
    assert_eq!(doors.post(bomb.clone()).await.refusal(), (413, "body_too_large".to_owned()));
    assert_eq!(doors.post(squeeze(&bomb)).await.refusal(), (400, "not_json".to_owned()));
}

/// What the process has had in memory at most, in bytes, as the system says it.
fn peak(process: &Process) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

#[test]
fn a_hundred_megabytes_are_refused_and_not_kept() {
    let folder = new_folder();
    let process = Process::start(folder.path());
    let before = peak(&process);
    let megabyte = vec![b' '; 1 << 20];
    for head in ["content-length: 104857600", "transfer-encoding: chunked"] {
        let mut stream = TcpStream::connect(&process.address).unwrap();
        write!(stream, "POST /v1/batch HTTP/1.1\r\nhost: a\r\n{head}\r\n\r\n").unwrap();
        let mut writer = stream.try_clone().unwrap();
        let (chunked, piece) = (head.contains("chunked"), megabyte.clone());
        let writing = std::thread::spawn(move || {
            for _ in 0..100 {
                let sent = if chunked { write!(writer, "100000\r\n") } else { Ok(()) };
                let sent = sent.and_then(|()| writer.write_all(&piece));
                if sent.and_then(|()| if chunked { writer.write_all(b"\r\n") } else { Ok(()) }).is_err() {
                    return;
                }
            }
        });
        // A client that does not read while it writes may see no more than that it was cut.
        let mut answer = vec![0; 12];
        if stream.read_exact(&mut answer).is_ok() {
            assert_eq!(String::from_utf8_lossy(&answer), "HTTP/1.1 413", "{head}");
        }
        writing.join().unwrap();
    }
    assert_eq!(process.post(&batch_of(["m"])).unwrap().0, 200);
    match (before, peak(&process)) {
        (Some(before), Some(after)) => {
            assert!(after < before + (32 << 20), "from {before} to {after} bytes");
        }
        _ => println!("SKIPPED how much memory it took: this system does not say"),
    }
}

#[test]
fn heads_without_end_and_nonsense_end_the_connection_and_nothing_else() {
    let folder = new_folder();
    let process = Process::start(folder.path());
    let long = format!("GET /{} HTTP/1.1\r\nhost: a\r\n\r\n", "x".repeat(200_000));
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(50_000));
    let lengths =
        "POST /v1/batch HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}".to_owned();
    let smuggled =
        "POST /v1/batch HTTP/1.1\r\nhost: a\r\ncontent-length: 99999999999999999999\r\n\r\n{}".to_owned();
    for head in
        [long, many, lengths, smuggled, "\0\0\0\0\r\n\r\n".to_owned(), "\x16\x03\x01\x02\r\n\r\n".to_owned()]
    {
        let mut stream = TcpStream::connect(&process.address).unwrap();
        // It may hang up before all of it is there.
        let _ = stream.write_all(head.as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    }
    assert_eq!(http(&process.address, "GET", "/v1/health", "").unwrap().0, 200);
}
