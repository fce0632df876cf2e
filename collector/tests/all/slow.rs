//! Clients that take their time, on connections in memory, where a minute passes when nothing else is left to do.

use std::sync::Arc;
use std::time::Duration;

use ripen_collector::{connections, limits};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

use crate::support::{Doors, FaultyStore, FixedClock, batch_of, poll_once};

const MINUTE: Duration = Duration::from_secs(60);

/// A client's end of a connection, and the collector's.
fn connect(doors: &Doors, buffer: usize) -> (DuplexStream, JoinHandle<()>) {
    let (client, server) = tokio::io::duplex(buffer);
    let conversation = connections::converse(server, doors.router.clone());
    let ended = tokio::spawn(async move {
        let _ = conversation.await;
    });
    (client, ended)
}

fn doors() -> Doors {
    Doors::before(FaultyStore::default(), 16, Arc::new(FixedClock))
}

fn post(body: &str) -> String {
    format!("POST /v1/batch HTTP/1.1\r\nhost: a\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// Everything up to the end.
async fn rest(client: &mut DuplexStream) -> String {
    let mut text = Vec::new();
    let _ = client.read_to_end(&mut text).await;
    String::from_utf8_lossy(&text).into_owned()
}

/// Until the other end hangs up.
async fn a_byte_a_minute(client: &mut DuplexStream, text: &str) {
    for byte in text.bytes() {
        if client.write_all(&[byte]).await.is_err() {
            return;
        }
        sleep(MINUTE).await;
    }
    panic!("all of it was waited for");
}

#[tokio::test(start_paused = true)]
async fn a_head_that_comes_a_byte_a_minute_is_not_waited_for() {
    let begun = Instant::now();
    let (mut client, ended) = connect(&doors(), 1024);
    a_byte_a_minute(&mut client, &post(&batch_of(["m"]))).await;
    ended.await.unwrap();
    assert!(begun.elapsed() < 2 * MINUTE, "{:?}", begun.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_says_nothing_ends_at_the_deadline_before_a_request_and_after_one() {
    let begun = Instant::now();
    let (mut silent, ended) = connect(&doors(), 1024);
    assert_eq!(rest(&mut silent).await, "");
    ended.await.unwrap();
    assert_eq!(begun.elapsed(), limits::HEAD_DEADLINE);

    let (mut idle, ended) = connect(&doors(), 1024);
    idle.write_all(post(&batch_of(["m"])).as_bytes()).await.unwrap();
    let begun = Instant::now();
    assert!(rest(&mut idle).await.starts_with("HTTP/1.1 200"));
    ended.await.unwrap();
    assert_eq!(begun.elapsed(), limits::HEAD_DEADLINE);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_comes_a_byte_a_minute_is_408_at_the_deadline_and_held_nobody_up() {
    let store = FaultyStore::default();
    // One place in the queue, and nobody sits in it while it thinks.
    let doors = Doors::before(store.clone(), 1, Arc::new(FixedClock));
    let begun = Instant::now();
    let mut slow: Vec<_> = (0..50).map(|_| connect(&doors, 4096)).collect();
    let head = post(&batch_of(["slow"]));
    for (client, _) in &mut slow {
        client.write_all(&head.as_bytes()[..head.len() - 20]).await.unwrap();
    }
    tokio::task::yield_now().await;
    assert_eq!(doors.post(batch_of(["quick"])).await.counts(), (1, 0, 0));
    for (mut client, ended) in slow {
        let answer = rest(&mut client).await;
        assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("body_late"), "{answer}");
        ended.await.unwrap();
    }
    assert!(begun.elapsed() <= limits::BODY_DEADLINE + limits::HEAD_DEADLINE, "{:?}", begun.elapsed());
    assert_eq!(store.message_ids(), ["quick"]);
}

#[tokio::test(start_paused = true)]
async fn who_does_not_read_the_answer_is_not_waited_for() {
    let begun = Instant::now();
    // The answer does not fit into what the connection holds.
    let (mut client, ended) = connect(&doors(), 16);
    client.write_all(b"GET /v1/nothing HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    ended.await.unwrap();
    assert!(begun.elapsed() <= limits::ANSWER_DEADLINE + limits::HEAD_DEADLINE, "{:?}", begun.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_chunked_body_without_end_is_413_or_408_and_the_connection_ends() {
    let head = "POST /v1/batch HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n";
    for (chunk, pause, expected) in
        [(vec![b' '; 4096], Duration::ZERO, "413"), (vec![b' '], Duration::from_secs(1), "408")]
    {
        let (client, ended) = connect(&doors(), 8192);
        let (mut read, mut write) = tokio::io::split(client);
        let writing = tokio::spawn(async move {
            write.write_all(head.as_bytes()).await.unwrap();
            let chunk = [format!("{:x}\r\n", chunk.len()).into_bytes(), chunk, b"\r\n".to_vec()].concat();
            while write.write_all(&chunk).await.is_ok() {
                sleep(pause).await;
            }
        });
        let mut answer = vec![0; 12];
        read.read_exact(&mut answer).await.unwrap();
        assert_eq!(String::from_utf8(answer).unwrap(), format!("HTTP/1.1 {expected}"));
        let mut rest = Vec::new();
        let _ = read.read_to_end(&mut rest).await;
        ended.await.unwrap();
        writing.abort();
    }
}

#[tokio::test(start_paused = true)]
async fn requests_one_upon_the_other_are_answered_in_turn() {
    let (mut client, ended) = connect(&doors(), 64 * 1024);
    let three = [post(&batch_of(["m1"])), post("nonsense"), post(&batch_of(["m1", "m2"]))].concat();
    client.write_all(three.as_bytes()).await.unwrap();
    let answers = rest(&mut client).await;
    let statuses: Vec<_> = answers
        .matches("HTTP/1.1 ")
        .zip(answers.split("HTTP/1.1 ").skip(1))
        .map(|(_, rest)| &rest[..3])
        .collect();
    assert_eq!(statuses, ["200", "400", "200"]);
    assert!(answers.contains(r#""accepted":1,"duplicates":1"#), "{answers}");
    ended.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_client_of_1996_is_served_and_its_connection_ends() {
    let (mut client, ended) = connect(&doors(), 64 * 1024);
    client.write_all(post(&batch_of(["m"])).replace("HTTP/1.1", "HTTP/1.0").as_bytes()).await.unwrap();
    let answer = rest(&mut client).await;
    assert!(answer.starts_with("HTTP/1.0 200") && answer.contains(r#""accepted":1"#), "{answer}");
    ended.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn c11_who_is_still_writing_when_all_is_full_gets_to_read_when_to_come_back() {
    let store = FaultyStore::default();
    let doors = Doors::of(&["key"], store.clone(), 1, Arc::new(FixedClock));
    store.hold();
    let mut first = Box::pin(doors.post(batch_of(["first"])));
    assert!(poll_once(&mut first).await.is_pending());
    store.wait_until_held();
    let mut second = Box::pin(doors.post(batch_of(["second"])));
    assert!(poll_once(&mut second).await.is_pending());

    // Much more than fits on the way.
    let (mut client, ended) = connect(&doors, 4096);
    let batch = batch_of(["third"]);
    let body = format!("{batch}{}", " ".repeat(400_000));
    client.write_all(post(&body).as_bytes()).await.unwrap();
    let answer = rest(&mut client).await;
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("retry-after: 2"), "{answer}");
    ended.await.unwrap();
    store.release();
    assert_eq!((first.await.counts(), second.await.counts()), ((1, 0, 0), (1, 0, 0)));
}
