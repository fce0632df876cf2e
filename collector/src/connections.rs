//! Connections: how many there may be, and how long each may keep its place without saying or reading anything.
//!
//! `axum::serve` waits for ever for a head that comes a byte a minute. What a body may take is bounded where it is read.

use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1::{Builder, Connection};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;

use crate::limits;

/// How long to wait where the system has no file left for a connection; the one that ends next gives one back.
const OUT_OF_FILES: Duration = Duration::from_millis(100);

type Conversation<S> = Connection<TokioIo<Pin<Box<TimeoutStream<S>>>>, TowerToHyperService<Router>>;

/// Answers on every connection that comes, on so many at a time, until it is time to stop: then takes no more, and
/// returns when those that have a request under way are done.
pub async fn serve(listener: TcpListener, router: Router, at_a_time: usize, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(at_a_time));
    let under_way = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        // First a place, then a connection: until there is one it waits in the system's queue, where it costs nothing.
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, stream) = tokio::select! {
            (place, accepted) = next => match accepted {
                Ok((stream, _)) => (place, stream),
                Err(error) => {
                    tracing::debug!(%error, "a connection could not be taken");
                    tokio::time::sleep(OUT_OF_FILES).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        // Answers are small, and nobody waits for more of one.
        let _ = stream.set_nodelay(true);
        let conversation = under_way.watch(converse(stream, router.clone()));
        tokio::spawn(async move {
            // How a connection ends is the client's affair.
            let _ = conversation.await;
            drop(place);
        });
    }
    drop(listener);
    under_way.shutdown().await;
}

/// Answers what comes over one connection.
pub fn converse<S: AsyncRead + AsyncWrite>(stream: S, router: Router) -> Conversation<S> {
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits::ANSWER_DEADLINE));
    Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits::HEAD_DEADLINE)
        .max_buf_size(limits::CONNECTION_BYTES)
        .serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(router))
}

/// As many connections as are allowed, and as the system has files for. Its usual limit is far below what it would allow if asked.
pub fn at_a_time() -> usize {
    let wanted = (limits::CONNECTIONS + limits::OTHER_FILES) as u64;
    let files = rlimit::increase_nofile_limit(wanted).unwrap_or(wanted);
    let files = usize::try_from(files).unwrap_or(usize::MAX);
    files.saturating_sub(limits::OTHER_FILES).clamp(1, limits::CONNECTIONS)
}
