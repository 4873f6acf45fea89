//! One kept-alive HTTP connection, with as little of its own cost as possible.

use std::net::SocketAddr;

use anyhow::Context as _;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::{
    Method, Request,
    client::conn::http1::{self, SendRequest},
    header,
};
use hyper_util::rt::TokioIo;
use serde::Serialize;
use tokio::{net::TcpStream, task::JoinSet};

/// A connection to a server.
pub(super) struct Client {
    sender: SendRequest<Full<Bytes>>,
    address: String,
    authorization: Option<String>,
    /// Moves the bytes for as long as the client lives.
    _driver: JoinSet<hyper::Result<()>>,
}

impl Client {
    /// Connects; with a token, every request carries it.
    pub(super) async fn connect(address: SocketAddr, token: Option<&str>) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        let mut driver = JoinSet::new();
        driver.spawn(connection);
        Ok(Self {
            sender,
            address: address.to_string(),
            authorization: token.map(|token| format!("Bearer {token}")),
            _driver: driver,
        })
    }

    /// Posts JSON and reads the whole answer, which must be a good one.
    pub(super) async fn post(
        &mut self,
        path: &str,
        body: &impl Serialize,
    ) -> anyhow::Result<Bytes> {
        let body = Bytes::from(serde_json::to_vec(body)?);
        self.send(Method::POST, path, body).await
    }

    /// Gets the whole answer, which must be a good one.
    pub(super) async fn get(&mut self, path: &str) -> anyhow::Result<Bytes> {
        self.send(Method::GET, path, Bytes::new()).await
    }

    /// Deletes something, which must succeed.
    pub(super) async fn delete(&mut self, path: &str) -> anyhow::Result<Bytes> {
        self.send(Method::DELETE, path, Bytes::new()).await
    }

    async fn send(&mut self, method: Method, path: &str, body: Bytes) -> anyhow::Result<Bytes> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, &self.address)
            .header(header::CONTENT_TYPE, "application/json");
        if let Some(authorization) = &self.authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        self.sender.ready().await?;
        let response = self
            .sender
            .send_request(request.body(Full::new(body))?)
            .await?;
        let status = response.status();
        let whole = response.into_body().collect().await?.to_bytes();
        if !status.is_success() {
            let text = String::from_utf8_lossy(&whole);
            anyhow::bail!("{path} answered {status}: {text}");
        }
        Ok(whole)
    }
}

/// Asks the server that made this stream whether everything went well.
pub(super) fn must_have_completed(stream: &[u8]) -> anyhow::Result<()> {
    let text = std::str::from_utf8(stream)?;
    let (_, end) = text
        .rsplit_once("event: end")
        .context("the stream broke off")?;
    anyhow::ensure!(
        end.contains(r#""status":"completed""#),
        "it did not complete: {end}"
    );
    Ok(())
}
