//! Accepting connections: bounded in number, and in how long a request's head may take.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, extract::ConnectInfo};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use super::tls::Tls;
use crate::supervisor::Supervisor;

/// How many connections there may be at once, agents' sockets included.
const CONNECTIONS: usize = 20_000;
/// How long the head of a request may take, and how long an idle connection is kept.
const HEAD_PATIENCE: Duration = Duration::from_secs(20);
/// The longest head of a request, in bytes.
const LONGEST_HEAD: usize = 64 * 1024;
/// How long to wait after the host could not give another connection.
const BREATH: Duration = Duration::from_millis(50);

/// Where connections come in: what answers them, and whether they are encrypted.
pub(crate) struct Door {
    pub(crate) router: Router,
    pub(crate) tls: Option<Tls>,
}

/// Serves connections until `stop`, each in a task of its own.
pub(crate) async fn serve(
    listener: TcpListener,
    door: Door,
    supervisor: &Supervisor,
    stop: CancellationToken,
) {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        // A closed semaphore is not possible: nobody closes it.
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else {
            return;
        };
        let accepted = tokio::select! {
            () = stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                let connection = Connection {
                    peer,
                    router: door.router.clone(),
                    stop: stop.clone(),
                    permit,
                };
                let stream = without_delay(stream);
                match &door.tls {
                    None => supervisor.spawn("connection", connection.serve(stream)),
                    Some(tls) => {
                        supervisor.spawn("connection", tls.clone().serve(stream, connection))
                    }
                };
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(BREATH).await;
            }
        }
    }
}

fn without_delay(stream: TcpStream) -> TcpStream {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "cannot turn off Nagle's algorithm");
    }
    stream
}

/// Somebody who has connected.
pub(super) struct Connection {
    pub(super) peer: SocketAddr,
    pub(super) router: Router,
    pub(super) stop: CancellationToken,
    /// Its place among all connections.
    pub(super) permit: OwnedSemaphorePermit,
}

impl Connection {
    /// Answers one request after the other, until the other side goes or the server stops.
    pub(super) async fn serve<S>(self, stream: S)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let Self {
            peer,
            router,
            stop,
            permit,
        } = self;
        let service =
            router.map_request(move |mut request: hyper::Request<hyper::body::Incoming>| {
                request.extensions_mut().insert(ConnectInfo(peer));
                request.map(axum::body::Body::new)
            });
        let served = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_PATIENCE)
            .max_buf_size(LONGEST_HEAD)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
            .with_upgrades();
        tokio::pin!(served);
        let ended = tokio::select! {
            ended = served.as_mut() => ended,
            () = stop.cancelled() => {
                served.as_mut().graceful_shutdown();
                served.await
            }
        };
        if let Err(error) = ended {
            tracing::debug!(%error, %peer, "a connection broke off");
        }
        drop(permit);
    }
}
