//! More connections than may be: they wait, and are answered in their turn.

use std::sync::Arc;

use ripen_collector::{connections, limits};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use crate::support::{Doors, FaultyStore, FixedClock};

async fn ask(stream: &mut TcpStream) {
    stream.write_all(b"GET /v1/nothing HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
}

async fn answered(stream: &mut TcpStream) {
    let mut answer = Vec::new();
    while !answer.ends_with(b"}") {
        assert!(stream.read_buf(&mut answer).await.unwrap() > 0, "it was cut");
    }
    assert!(answer.starts_with(b"HTTP/1.1 404"));
}

#[tokio::test]
async fn who_finds_no_place_waits_until_one_is_free() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Doors::before(FaultyStore::default(), 4, Arc::new(FixedClock)).router;
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(connections::serve(listener, router, 2, async {
        let _ = stopped.await;
    }));
    let mut crowd = Vec::new();
    for _ in 0..2 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        ask(&mut stream).await;
        answered(&mut stream).await;
        crowd.push(stream);
    }
    let mut late = TcpStream::connect(address).await.unwrap();
    ask(&mut late).await;
    for stream in &mut crowd {
        ask(stream).await;
        answered(stream).await;
    }
    assert!(late.try_read(&mut [0; 1]).is_err(), "there is no place for it yet");
    crowd.pop();
    answered(&mut late).await;
    stop.send(()).unwrap();
    serving.await.unwrap();
}

#[test]
fn there_are_as_many_places_as_the_system_has_files_for() {
    assert!((1..=limits::CONNECTIONS).contains(&connections::at_a_time()));
}
