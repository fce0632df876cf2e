//! Clients: connections that are kept, each with one request at a time.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

struct Client(BufReader<TcpStream>);

impl Client {
    fn connect(address: &str) -> Client {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Client(BufReader::new(stream))
    }

    /// Status and body.
    fn ask(&mut self, head: &str, body: &[u8]) -> (String, Vec<u8>) {
        let request =
            [format!("{head}\r\nhost: a\r\ncontent-length: {}\r\n\r\n", body.len()).as_bytes(), body]
                .concat();
        self.0.get_mut().write_all(&request).unwrap();
        let (mut status, mut length) = (String::new(), 0);
        self.0.read_line(&mut status).unwrap();
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).unwrap();
            if let Some(bytes) = line.strip_prefix("content-length: ") {
                length = bytes.trim().parse().unwrap();
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut answer = vec![0; length];
        self.0.read_exact(&mut answer).unwrap();
        (status, answer)
    }

    /// How long the acknowledgement took.
    fn send(&mut self, body: &[u8]) -> Duration {
        let begun = Instant::now();
        let (status, answer) = self.ask("POST /v1/batch HTTP/1.1", body);
        assert!(status.starts_with("HTTP/1.1 200"), "{status} {}", String::from_utf8_lossy(&answer));
        begun.elapsed()
    }
}

/// What the door says to who has the token.
pub(crate) fn get(address: &str, path: &str, token: &str) -> Vec<u8> {
    let head = format!("GET {path} HTTP/1.1\r\nauthorization: Bearer {token}");
    Client::connect(address).ask(&head, b"").1
}

/// Each connection sends the next body as soon as its last one is acknowledged.
pub(crate) fn as_fast_as_it_answers(address: &str, bodies: &[Vec<u8>], connections: usize) -> Vec<Duration> {
    at_a_rate(address, bodies, connections, Duration::ZERO)
}

/// A body each `pause`, by whichever connection is free; one that is late for want of a free connection waits from when
/// it should have gone.
pub(crate) fn at_a_rate(
    address: &str,
    bodies: &[Vec<u8>],
    connections: usize,
    pause: Duration,
) -> Vec<Duration> {
    let (next, begun) = (AtomicUsize::new(0), Instant::now());
    thread::scope(|scope| {
        let clients: Vec<_> = (0..connections)
            .map(|_| {
                scope.spawn(|| {
                    let mut client = Client::connect(address);
                    let mut took = Vec::new();
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        let Some(body) = bodies.get(number) else { return took };
                        let due = begun + pause * number as u32;
                        thread::sleep(due.saturating_duration_since(Instant::now()));
                        let late = if pause.is_zero() { Duration::ZERO } else { due.elapsed() };
                        took.push(late + client.send(body));
                    }
                })
            })
            .collect();
        clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
    })
}
