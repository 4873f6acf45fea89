//! Encryption in front of a connection: bounded in how long a handshake takes, and in how many go on at once.
//!
//! Which certificate is shown is `certificate/`.

use std::{io, sync::Arc, time::Duration};

use axum::{
    Router,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use pulse_api::ProblemCode;
use rustls::{ServerConfig, crypto::ring::default_provider, server::Acceptor};
use tokio::{net::TcpStream, sync::Semaphore, time::timeout};
use tokio_rustls::{LazyConfigAcceptor, StartHandshake, server::TlsStream};

use super::{listener::Connection, problem::Refusal};
use crate::certificate::Shown;

/// How long somebody who has connected may take to say hello, then to get a place, then to shake hands.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many shake hands at once. Whoever says nothing is none of them.
const HANDSHAKES: usize = 1_024;
/// What it takes to encrypt connections.
#[derive(Clone)]
pub(crate) struct Tls {
    config: Arc<ServerConfig>,
    places: Arc<Semaphore>,
    /// What answers those who do not encrypt.
    plain: Router,
}

/// How somebody has begun.
enum Hello {
    Tls(Box<StartHandshake<TcpStream>>),
    Plain(TcpStream),
}

/// Somebody to be answered.
enum Spoken {
    Tls(Box<TlsStream<TcpStream>>),
    Plain(TcpStream),
}

impl Tls {
    /// TLS 1.2 and 1.3, and HTTP/1.1 inside.
    pub(crate) fn showing(certificate: Arc<Shown>) -> Self {
        let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .expect("ring has what both versions need")
            .with_no_client_auth()
            .with_cert_resolver(certificate);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Self {
            config: Arc::new(config),
            places: Arc::new(Semaphore::new(HANDSHAKES)),
            plain: Router::new().fallback(not_encrypted),
        }
    }

    /// Shakes hands, and then lets the connection be served.
    pub(super) async fn serve(self, stream: TcpStream, connection: Connection) {
        let stop = connection.stop.clone();
        // In a box, so that what it took is not kept as long as the connection.
        let spoken = tokio::select! {
            () = stop.cancelled() => return,
            spoken = Box::pin(self.shake_hands(stream)) => spoken,
        };
        match spoken {
            Ok(Spoken::Tls(stream)) => connection.serve(stream).await,
            Ok(Spoken::Plain(stream)) => {
                let router = self.plain;
                Connection {
                    router,
                    ..connection
                }
                .serve(stream)
                .await;
            }
            Err(error) => {
                tracing::debug!(%error, peer = %connection.peer, "no handshake of TLS");
            }
        }
    }

    async fn shake_hands(&self, stream: TcpStream) -> io::Result<Spoken> {
        let start = match timeout(PATIENCE, hello(stream)).await?? {
            Hello::Tls(start) => start,
            Hello::Plain(stream) => return Ok(Spoken::Plain(stream)),
        };
        // Whoever has waited longer for a place has gone.
        let place = timeout(PATIENCE, self.places.acquire()).await?;
        let shaken = timeout(PATIENCE, start.into_stream(self.config.clone())).await??;
        drop(place);
        Ok(Spoken::Tls(Box::new(shaken)))
    }
}

/// Waits for the first words, which cost nothing to hear.
async fn hello(stream: TcpStream) -> io::Result<Hello> {
    let mut first = [0];
    if stream.peek(&mut first).await? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    if first[0].is_ascii_uppercase() {
        return Ok(Hello::Plain(stream));
    }
    let start = LazyConfigAcceptor::new(Acceptor::default(), stream).await?;
    Ok(Hello::Tls(Box::new(start)))
}

/// Says what is wrong in the only way that whoever asked can read.
async fn not_encrypted() -> Response {
    let refusal = Refusal::new(
        ProblemCode::MalformedRequest,
        "only TLS is spoken here, and this came without",
    );
    let mut response = refusal
        .hint("begin the address with https://")
        .into_response();
    let close = HeaderValue::from_static("close");
    response.headers_mut().insert(header::CONNECTION, close);
    response
}
