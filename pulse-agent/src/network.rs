//! One way to the server for everything: TCP, TLS where the address says so, HTTP on top.

use std::{io, path::Path, sync::Arc, time::Duration};

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::{
    Request, Response,
    body::{Bytes, Incoming},
    client::conn::http1,
    header,
};
use hyper_util::rt::TokioIo;
use pulse_api::{
    Problem,
    http::workers::{HOST_MARK_HEADER, HostMark},
};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, ServerName, pem::PemObject as _},
};
use serde::{Serialize, de::DeserializeOwned};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::TlsConnector;
use tokio_tungstenite::MaybeTlsStream;

use crate::{address::Address, host};

const CONNECT_LIMIT: Duration = Duration::from_secs(10);
const ANSWER_LIMIT: Duration = Duration::from_secs(15);
const BODY_LIMIT: usize = 256 * 1024;
/// The head of an answer, and what is read of its body at once.
const HEAD_LIMIT: usize = 64 * 1024;
/// Heartbeats wait behind what the kernel has taken and not sent, so on a slow line it must not take
/// much. What is on its way counts apart: a long line can be full.
const UNSENT: u32 = 16 * 1024;

/// How to reach one server.
#[derive(Clone)]
pub(crate) struct Network {
    pub(crate) address: Address,
    tls: Option<Arc<ClientConfig>>,
    /// Sent along with everything: which host this is.
    mark: HostMark,
}

/// Why a request got no good answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RequestError {
    #[error("the server cannot be reached")]
    Unreachable(#[source] io::Error),
    #[error("the server said: {}", .0.detail)]
    Refused(Box<Problem>),
    #[error("the server answered with status {status}, which is not an answer of pulse")]
    Strange { status: u16 },
}

impl Network {
    /// Prepares TLS if the address needs it; plain addresses load no certificates.
    pub(crate) fn new(address: Address, ca_cert: Option<&Path>) -> io::Result<Self> {
        let tls = if address.is_tls {
            Some(Arc::new(tls(ca_cert)?))
        } else {
            None
        };
        let mark = HostMark {
            machine: host::machine(),
            boot: host::boot_id(),
            ..HostMark::default()
        };
        Ok(Self { address, tls, mark })
    }

    /// The same, on behalf of one start of the executor.
    pub(crate) fn for_session(&self, session: &str) -> Self {
        let mut network = self.clone();
        session.clone_into(&mut network.mark.session);
        network
    }

    /// What tells this host, and this start of the executor, from others.
    pub(crate) fn mark(&self) -> String {
        self.mark.header()
    }

    /// Opens a connection.
    pub(crate) async fn connect(&self) -> io::Result<MaybeTlsStream<TcpStream>> {
        timeout(CONNECT_LIMIT, self.open())
            .await
            .map_err(|_| io::Error::new(io::ErrorKind::TimedOut, "no connection within 10 s"))?
    }

    async fn open(&self) -> io::Result<MaybeTlsStream<TcpStream>> {
        let stream = TcpStream::connect((self.address.host.as_str(), self.address.port)).await?;
        stream.set_nodelay(true)?;
        socket2::SockRef::from(&stream).set_tcp_notsent_lowat(UNSENT)?;
        let Some(tls) = &self.tls else {
            return Ok(MaybeTlsStream::Plain(stream));
        };
        let name = ServerName::try_from(self.address.host.clone()).map_err(io::Error::other)?;
        let stream = TlsConnector::from(tls.clone())
            .connect(name, stream)
            .await?;
        Ok(MaybeTlsStream::Rustls(stream))
    }

    /// Sends one request and reads its answer; the connection is not kept.
    pub(crate) async fn post<A: DeserializeOwned>(
        &self,
        endpoint: &str,
        credential: Option<&str>,
        body: &impl Serialize,
    ) -> Result<A, RequestError> {
        let body = serde_json::to_vec(body).expect("these types have string keys only");
        let mut request = Request::post(self.address.path(endpoint))
            .header(header::CONTENT_TYPE, "application/json");
        if let Some(credential) = credential {
            request = request.header(header::AUTHORIZATION, format!("Bearer {credential}"));
        }
        self.send(request, body.into()).await
    }

    /// Reads one resource; the connection is not kept.
    pub(crate) async fn get<A: DeserializeOwned>(&self, endpoint: &str) -> Result<A, RequestError> {
        self.send(Request::get(self.address.path(endpoint)), Bytes::new())
            .await
    }

    async fn send<A: DeserializeOwned>(
        &self,
        request: hyper::http::request::Builder,
        body: Bytes,
    ) -> Result<A, RequestError> {
        let request = request
            .header(header::HOST, self.address.authority())
            .header(header::USER_AGENT, user_agent())
            .header(HOST_MARK_HEADER, self.mark())
            .body(Full::new(body))
            .map_err(|error| RequestError::Unreachable(io::Error::other(error)))?;
        let (status, bytes) = timeout(ANSWER_LIMIT, self.exchange(request))
            .await
            .map_err(|_| io::Error::new(io::ErrorKind::TimedOut, "no answer within 15 s"))
            .and_then(|answer| answer)
            .map_err(RequestError::Unreachable)?;
        read_answer(status, &bytes)
    }

    async fn exchange(&self, request: Request<Full<Bytes>>) -> io::Result<(u16, Bytes)> {
        let stream = self.connect().await?;
        ask(stream, request, async |response: Response<Incoming>| {
            let status = response.status().as_u16();
            let body = Limited::new(response.into_body(), BODY_LIMIT);
            let bytes = body.collect().await.map_err(io::Error::other)?.to_bytes();
            Ok((status, bytes))
        })
        .await
    }
}

/// Sends one request over a connection of its own, and reads of the answer what is wanted of it.
pub(crate) async fn ask<T>(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    request: Request<Full<Bytes>>,
    read: impl AsyncFnOnce(Response<Incoming>) -> io::Result<T>,
) -> io::Result<T> {
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(HEAD_LIMIT)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(io::Error::other)?;
    let answer = async {
        let response = sender.send_request(request).await;
        read(response.map_err(io::Error::other)?).await
    };
    tokio::pin!(answer);
    let mut connection = Box::pin(connection);
    let ended = tokio::select! {
        biased;
        answer = &mut answer => return answer,
        ended = &mut connection => ended,
    };
    drop(connection);
    // The answer may be in hand when the server closes behind it, in whatever way it does.
    let answer = answer.await;
    answer.map_err(|error| ended.err().map_or(error, io::Error::other))
}

/// How the agent names itself.
pub(crate) fn user_agent() -> &'static str {
    concat!("pulse-agent/", env!("CARGO_PKG_VERSION"))
}

fn read_answer<A: DeserializeOwned>(status: u16, bytes: &[u8]) -> Result<A, RequestError> {
    if (200..300).contains(&status) {
        let bytes = if bytes.is_empty() { b"null" } else { bytes };
        return serde_json::from_slice(bytes).map_err(|_| RequestError::Strange { status });
    }
    match serde_json::from_slice::<Problem>(bytes) {
        Ok(problem) => Err(RequestError::Refused(Box::new(problem))),
        Err(_) => Err(RequestError::Strange { status }),
    }
}

fn tls(ca_cert: Option<&Path>) -> io::Result<ClientConfig> {
    let Some(path) = ca_cert else {
        return trusting(host_roots());
    };
    let mut roots = RootCertStore::empty();
    add_roots(&mut roots, path)?;
    trusting(roots)
}

/// The authorities that this host trusts.
pub(crate) fn host_roots() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    roots
}

/// Trusts those of a file too.
pub(crate) fn add_roots(roots: &mut RootCertStore, path: &Path) -> io::Result<()> {
    for certificate in CertificateDer::pem_file_iter(path).map_err(io::Error::other)? {
        roots
            .add(certificate.map_err(io::Error::other)?)
            .map_err(io::Error::other)?;
    }
    Ok(())
}

/// TLS to whoever has a certificate of one of these authorities.
pub(crate) fn trusting(roots: RootCertStore) -> io::Result<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}
