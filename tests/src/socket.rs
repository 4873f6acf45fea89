//! The agent's end of the agent socket, in the hands of a test.

use std::{collections::VecDeque, time::Duration};

use base64::Engine as _;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream,
    tungstenite::{self, Message, client::IntoClientRequest as _, http},
};

use crate::{clock, eventually::PATIENCE};

/// An open agent socket.
#[derive(Debug)]
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Frames that came while another one was waited for.
    kept: VecDeque<Value>,
    /// What names the offers that were taken.
    taken: Vec<Value>,
    pub worker_id: String,
    pub credential: String,
}

/// What came instead of a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Silence {
    /// Nothing, for as long as the test waited.
    Nothing,
    /// The other side closed, with this code.
    Closed(Option<u16>),
}

impl Socket {
    /// Opens the socket with a credential.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn open(base: &str, worker_id: &str, credential: &str) -> Self {
        let bearer = format!("Bearer {credential}");
        let stream = dial(base, "/api/v1/agent", &[("authorization", &bearer)]).await;
        Self {
            stream: stream.unwrap_or_else(|status| panic!("refused with {status}")),
            kept: VecDeque::new(),
            taken: Vec::new(),
            worker_id: worker_id.to_owned(),
            credential: credential.to_owned(),
        }
    }

    /// Tries to open a socket; an error is the status of the refusal.
    pub async fn dial(base: &str, path: &str, headers: &[(&str, &str)]) -> Result<Self, u16> {
        Ok(Self {
            stream: dial(base, path, headers).await?,
            kept: VecDeque::new(),
            taken: Vec::new(),
            worker_id: String::new(),
            credential: String::new(),
        })
    }

    /// Says hello with pulse's fields, and waits for the welcome.
    pub async fn hello(&mut self, name: &str) -> Value {
        self.hello_with(name, &json!({})).await
    }

    pub async fn hello_with(&mut self, name: &str, more: &Value) -> Value {
        let mut hello = json!({
            "type": "worker_connect", "worker_id": self.worker_id, "worker_name": name,
            "protocol": 1, "boot_id": "11111111-1111-1111-1111-111111111111",
            "session": "22222222-2222-2222-2222-222222222222", "running": [], "spooled": 0,
            "slots": 5, "capabilities": {}, "version": "0.1.0",
        });
        for (key, value) in more.as_object().unwrap() {
            hello[key] = value.clone();
        }
        self.send(&hello).await;
        self.frame("welcome").await
    }

    pub async fn send(&mut self, frame: &Value) {
        self.send_raw(Message::text(frame.to_string())).await;
    }

    pub async fn send_raw(&mut self, message: Message) {
        // A server that has closed says so when it is read from.
        let _ = self.stream.send(message).await;
    }

    /// The next frame of this type; others before it are kept for later.
    ///
    /// # Panics
    /// When none comes.
    pub async fn frame(&mut self, kind: &str) -> Value {
        self.try_frame(kind, PATIENCE)
            .await
            .unwrap_or_else(|silence| panic!("no `{kind}`: {silence:?}"))
    }

    pub async fn try_frame(&mut self, kind: &str, bound: Duration) -> Result<Value, Silence> {
        let is_wanted = |frame: &Value| frame["type"] == kind;
        if let Some(at) = self.kept.iter().position(is_wanted) {
            return Ok(self.kept.remove(at).unwrap());
        }
        let found = tokio::time::timeout(bound, async {
            loop {
                let frame = self.next().await?;
                if is_wanted(&frame) {
                    return Ok(frame);
                }
                self.kept.push_back(frame);
            }
        });
        found.await.unwrap_or(Err(Silence::Nothing))
    }

    /// The next frame of any type.
    pub async fn any(&mut self, bound: Duration) -> Result<Value, Silence> {
        if let Some(frame) = self.kept.pop_front() {
            return Ok(frame);
        }
        let next = tokio::time::timeout(bound, self.next());
        next.await.unwrap_or(Err(Silence::Nothing))
    }

    /// The code with which the server closes.
    pub async fn close_code(&mut self, bound: Duration) -> Silence {
        let closed = tokio::time::timeout(bound, async {
            loop {
                if let Err(silence) = self.next().await {
                    return silence;
                }
            }
        });
        closed.await.unwrap_or(Silence::Nothing)
    }

    async fn next(&mut self) -> Result<Value, Silence> {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Text(text))) => {
                    let frame: Value = serde_json::from_str(&text).unwrap();
                    if frame["type"] == "ping" {
                        let pong = json!({"type": "pong", "worker_id": self.worker_id,
                            "sent_at": frame["sent_at"]});
                        self.send(&pong).await;
                    }
                    return Ok(frame);
                }
                Some(Ok(Message::Close(frame))) => {
                    return Err(Silence::Closed(frame.map(|frame| frame.code.into())));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(Silence::Closed(None)),
            }
        }
    }

    /// Takes the next offer and says that it runs. One that was taken already may be told again, as
    /// agents know.
    pub async fn take(&mut self) -> Value {
        let mut offer = self.frame("execute_command").await;
        while self.taken.contains(&claim(&offer)) {
            offer = self.frame("execute_command").await;
        }
        self.taken.push(claim(&offer));
        let mut started = claim(&offer);
        started["type"] = json!("started");
        started["at"] = json!(clock::now());
        self.send(&started).await;
        offer
    }

    /// A piece of output of an offer.
    pub async fn output(&mut self, offer: &Value, (seq, offset): (u64, u64), bytes: &[u8]) {
        let mut output = claim(offer);
        output["type"] = json!("output");
        output["stream"] = json!("stdout");
        output["seq"] = json!(seq);
        output["offset"] = json!(offset);
        output["data"] = json!(base64::engine::general_purpose::STANDARD.encode(bytes));
        self.send(&output).await;
    }

    /// The result of an offer, as pulse's agent would report it.
    pub fn result(&self, offer: &Value, exit_code: i32) -> Value {
        let mut result = claim(offer);
        result["type"] = json!("command_result");
        result["execution_id"] = offer["execution_id"].clone();
        result["worker_id"] = json!(self.worker_id);
        result["success"] = json!(exit_code == 0);
        result["duration"] = json!(5);
        result["timestamp"] = json!(clock::now());
        result["exit_code"] = json!(exit_code);
        result
    }

    /// Closes properly.
    pub async fn close(mut self) {
        let _ = self.stream.close(None).await;
    }
}

/// What names the attempt of an offer.
pub fn claim(offer: &Value) -> Value {
    json!({"job_id": offer["job_id"], "attempt": offer["attempt"], "fence": offer["fence"]})
}

async fn dial(
    base: &str,
    path: &str,
    headers: &[(&str, &str)],
) -> Result<WebSocketStream<MaybeTlsStream<TcpStream>>, u16> {
    let url = format!("{}{path}", base.replacen("http", "ws", 1));
    let mut request = url.into_client_request().unwrap();
    for (name, value) in headers {
        let name: http::HeaderName = name.parse().unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    match tokio_tungstenite::connect_async(request).await {
        Ok((stream, _)) => Ok(stream),
        Err(tungstenite::Error::Http(answer)) => Err(answer.status().as_u16()),
        Err(error) => panic!("{error}"),
    }
}
