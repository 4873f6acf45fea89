//! Opens the agent socket, and understands why a server would not have it.

use std::{io, time::Duration};

use futures_util::{
    StreamExt as _,
    stream::{SplitSink, SplitStream},
};
use pulse_api::{
    FRAME_LIMIT, Problem, ProblemCode, WorkerId,
    http::workers::{HOST_MARK_HEADER, PingBody},
};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, client_async_with_config,
    tungstenite::{
        self, Message,
        client::IntoClientRequest as _,
        http::{HeaderValue, header},
        protocol::WebSocketConfig,
    },
};

use crate::network::{Network, RequestError, user_agent};

const HANDSHAKE_LIMIT: Duration = Duration::from_secs(15);
/// A few KiB each keep an idle agent small; larger frames grow them for a while.
const BUFFER: usize = 4 * 1024;

pub(crate) type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;
pub(crate) type Sender = SplitSink<Socket, Message>;
pub(crate) type Receiver = SplitStream<Socket>;

/// Why the socket was not opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("the server cannot be reached")]
    Unreachable(#[source] io::Error),
    #[error("{detail}")]
    Problem { code: ProblemCode, detail: String },
    #[error("the server asks to come again in {} s", .0.as_secs())]
    Later(Duration),
    #[error("status {0} in place of a WebSocket; is the address right?")]
    Strange(u16),
}

/// The longest that a server may ask to stay away.
const LONGEST_PAUSE: u64 = 60;

impl Refusal {
    /// Whether nobody needs to do anything about it but wait.
    pub(crate) fn is_passing(&self) -> bool {
        match self {
            Self::Unreachable(_) | Self::Later(_) => true,
            Self::Problem { code, .. } => code.status() >= 500 || code.status() == 429,
            Self::Strange(status) => *status >= 500 || *status == 429,
        }
    }
}

/// Opens the socket of one worker.
pub(crate) async fn dial(
    network: Network,
    worker_id: WorkerId,
    credential: String,
) -> Result<(Sender, Receiver), Refusal> {
    let stream = network.connect().await.map_err(Refusal::Unreachable)?;
    let request = request(&network, &credential).map_err(Refusal::Unreachable)?;
    let mut config = WebSocketConfig::default();
    config.read_buffer_size = BUFFER;
    config.write_buffer_size = BUFFER;
    config.max_write_buffer_size = FRAME_LIMIT * 2;
    config.max_message_size = Some(FRAME_LIMIT);
    config.max_frame_size = Some(FRAME_LIMIT);
    let shaken = timeout(
        HANDSHAKE_LIMIT,
        client_async_with_config(request, stream, Some(config)),
    );
    match shaken.await {
        Ok(Ok((socket, _))) => Ok(socket.split()),
        Ok(Err(tungstenite::Error::Http(response))) => {
            if let Some(seconds) = retry_after(&response) {
                return Err(Refusal::Later(Duration::from_secs(
                    seconds.min(LONGEST_PAUSE),
                )));
            }
            let body = response.body().as_deref().unwrap_or_default();
            let status = response.status().as_u16();
            Err(refusal(&network, worker_id, &credential, (status, body)).await)
        }
        Ok(Err(error)) => Err(Refusal::Unreachable(io::Error::other(error))),
        Err(_) => Err(Refusal::Unreachable(io::ErrorKind::TimedOut.into())),
    }
}

/// How many seconds a busy server asks for; nothing else asks for any.
fn retry_after<T>(response: &tungstenite::http::Response<T>) -> Option<u64> {
    if !matches!(response.status().as_u16(), 429 | 503) {
        return None;
    }
    let value = response.headers().get(header::RETRY_AFTER)?;
    value.to_str().ok()?.parse().ok()
}

fn request(
    network: &Network,
    credential: &str,
) -> io::Result<tungstenite::handshake::client::Request> {
    let mut request = network
        .address
        .socket_url()
        .into_client_request()
        .map_err(io::Error::other)?;
    let mut bearer =
        HeaderValue::try_from(format!("Bearer {credential}")).map_err(io::Error::other)?;
    bearer.set_sensitive(true);
    request.headers_mut().insert(header::AUTHORIZATION, bearer);
    request
        .headers_mut()
        .insert(header::USER_AGENT, HeaderValue::from_static(user_agent()));
    let mark = HeaderValue::try_from(network.mark()).map_err(io::Error::other)?;
    request.headers_mut().insert(HOST_MARK_HEADER, mark);
    Ok(request)
}

/// The body of a refused upgrade may come too late to be read, so the same question is asked again.
async fn refusal(
    network: &Network,
    worker_id: WorkerId,
    credential: &str,
    (status, body): (u16, &[u8]),
) -> Refusal {
    let problem = |problem: Problem| Refusal::Problem {
        code: problem.code,
        detail: problem.detail,
    };
    if let Ok(found) = serde_json::from_slice::<Problem>(body) {
        return problem(found);
    }
    if status == 426 {
        return Refusal::Problem {
            code: ProblemCode::ProtocolTooOld,
            detail: "the server no longer speaks this agent's protocol".to_owned(),
        };
    }
    if !matches!(status, 401 | 403 | 404) {
        return Refusal::Strange(status);
    }
    let endpoint = format!("/workers/{worker_id}/ping");
    let asked: Result<serde_json::Value, RequestError> = network
        .post(&endpoint, Some(credential), &PingBody::default())
        .await;
    match asked {
        Err(RequestError::Refused(found)) => problem(*found),
        Ok(_) | Err(RequestError::Unreachable(_) | RequestError::Strange { .. }) => {
            Refusal::Strange(status)
        }
    }
}
