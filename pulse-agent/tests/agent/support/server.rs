//! A server that is told what to answer.

use std::{
    collections::VecDeque,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{self, Message, WebSocket};
use uuid::Uuid;

use super::{PATIENCE, eventually, in_seconds, now};

/// A server that is told what to answer.
pub(crate) struct Server {
    listener: TcpListener,
}

/// A plain HTTP request that the agent sent.
pub(crate) struct Request {
    pub(crate) line: String,
    pub(crate) head: String,
    pub(crate) body: Value,
    stream: TcpStream,
}

/// A connection as it came in.
pub(crate) enum Incoming {
    Request(Request),
    Upgrade(TcpStream),
}

impl Server {
    pub(crate) fn start() -> Self {
        Self::at("127.0.0.1:0")
    }

    pub(crate) fn at(address: &str) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        listener.set_nonblocking(true).unwrap();
        Self { listener }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.listener.local_addr().unwrap())
    }

    pub(crate) fn address(&self) -> String {
        self.listener.local_addr().unwrap().to_string()
    }

    /// Waits for the next connection.
    pub(crate) fn accept(&self) -> Incoming {
        let stream = eventually("a connection", || self.listener.accept().ok()).0;
        stream.set_nonblocking(false).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_nodelay(true).unwrap();
        let mut head = [0; 64];
        let count = eventually("a request", || stream.peek(&mut head).ok());
        if head[..count].starts_with(b"GET /api/v1/agent") {
            return Incoming::Upgrade(stream);
        }
        Incoming::Request(read_request(stream))
    }

    /// Whether nobody wants to connect.
    pub(crate) fn is_quiet(&self) -> bool {
        self.listener.accept().is_err()
    }

    /// The next plain request.
    pub(crate) fn request(&self) -> Request {
        match self.accept() {
            Incoming::Request(request) => request,
            Incoming::Upgrade(_) => panic!("the agent opened its socket instead"),
        }
    }

    /// Takes the agent's socket, whatever else it asks before.
    pub(crate) fn socket(&self) -> Link {
        loop {
            match self.accept() {
                Incoming::Upgrade(stream) => return Link::take(stream),
                Incoming::Request(request) => request.answer(200, &json!({})),
            }
        }
    }

    /// Takes the agent's socket and welcomes it.
    pub(crate) fn welcome(&self) -> (Link, Value) {
        self.welcome_but_kill(&[])
    }

    pub(crate) fn welcome_but_kill(&self, kill: &[Value]) -> (Link, Value) {
        let mut link = self.socket();
        let connect = link.frame("worker_connect");
        link.be_welcomed(kill);
        (link, connect)
    }

    /// Refuses the agent's socket.
    pub(crate) fn refuse(&self, status: u16, code: &str) {
        loop {
            match self.accept() {
                Incoming::Upgrade(stream) => {
                    read_request(stream).problem(status, code);
                    return;
                }
                Incoming::Request(request) => request.answer(200, &json!({})),
            }
        }
    }
}

impl Request {
    pub(crate) fn answer(mut self, status: u16, body: &Value) {
        let body = body.to_string();
        let kind = if status < 400 {
            "application/json"
        } else {
            "application/problem+json"
        };
        let length = body.len();
        // In one piece, as a server would.
        let answer = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        self.stream.write_all(answer.as_bytes()).unwrap();
    }

    pub(crate) fn problem(self, status: u16, code: &str) {
        let body = json!({
            "type": "about:blank", "title": "x", "status": status, "detail": "because", "code": code,
        });
        self.answer(status, &body);
    }
}

pub(crate) fn read_request(mut stream: TcpStream) -> Request {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    let head_end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
        let count = stream.read(&mut piece).unwrap();
        assert!(count > 0, "the agent closed the connection");
        bytes.extend_from_slice(&piece[..count]);
    };
    let head = String::from_utf8(bytes[..head_end].to_vec()).unwrap();
    let length: usize = head
        .lines()
        .find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("content-length: ")?
                .parse()
                .ok()
        })
        .unwrap_or(0);
    while bytes.len() < head_end + length {
        let count = stream.read(&mut piece).unwrap();
        bytes.extend_from_slice(&piece[..count]);
    }
    Request {
        line: head.lines().next().unwrap().to_owned(),
        body: serde_json::from_slice(&bytes[head_end..]).unwrap_or(Value::Null),
        head,
        stream,
    }
}

/// The server's end of the agent socket.
pub(crate) struct Link {
    socket: WebSocket<TcpStream>,
    kept: VecDeque<Value>,
}

impl Link {
    pub(crate) fn take(stream: TcpStream) -> Self {
        Self {
            socket: tungstenite::accept(stream).unwrap(),
            kept: VecDeque::new(),
        }
    }

    pub(crate) fn send(&mut self, frame: &Value) {
        self.socket.send(Message::text(frame.to_string())).unwrap();
    }

    /// Tells the agent that it is known.
    pub(crate) fn be_welcomed(&mut self, kill: &[Value]) {
        self.send(&json!({
            "type": "welcome",
            "session_epoch": 1,
            "heartbeat_interval_ms": 60_000,
            "server_time": now(),
            "kill": kill,
        }));
    }

    /// The next frame of one type; others before it are dropped, pings are answered.
    pub(crate) fn frame(&mut self, kind: &str) -> Value {
        self.try_frame(kind, PATIENCE)
            .unwrap_or_else(|| panic!("no `{kind}` came"))
    }

    pub(crate) fn try_frame(&mut self, kind: &str, patience: Duration) -> Option<Value> {
        let until = Instant::now() + patience;
        while Instant::now() < until {
            let frame = self.any(until.saturating_duration_since(Instant::now()))?;
            if frame["type"] == kind {
                return Some(frame);
            }
        }
        None
    }

    /// The next frame that says something about a job.
    pub(crate) fn any(&mut self, patience: Duration) -> Option<Value> {
        if let Some(frame) = self.kept.pop_front() {
            return Some(frame);
        }
        let until = Instant::now() + patience;
        loop {
            let frame = self.next(until.saturating_duration_since(Instant::now()))?;
            if frame["type"] == "ping" {
                let pong =
                    json!({"type": "pong", "sent_at": frame["sent_at"], "server_time": now()});
                self.send(&pong);
            } else {
                return Some(frame);
            }
        }
    }

    /// Whatever comes next, which nobody answers.
    pub(crate) fn next(&mut self, patience: Duration) -> Option<Value> {
        let patience = patience.max(Duration::from_millis(1));
        self.socket
            .get_mut()
            .set_read_timeout(Some(patience))
            .unwrap();
        let Ok(Message::Text(text)) = self.socket.read() else {
            return None;
        };
        Some(serde_json::from_str(&text).unwrap())
    }

    /// Offers a shell command and gives back the offer.
    pub(crate) fn offer(&mut self, command: &str) -> Offer {
        let offer = Offer::new(command);
        self.send(&offer.frame());
        offer
    }

    /// Reads up to the result, acknowledging output on the way.
    pub(crate) fn result(&mut self) -> (Value, Vec<Value>) {
        let mut outputs = Vec::new();
        loop {
            let frame = self.any(PATIENCE).expect("a result");
            if frame["type"] == "command_result" {
                return (frame, outputs);
            }
            if frame["type"] == "output" {
                let ack = json!({
                    "type": "ack", "job_id": frame["job_id"], "attempt": frame["attempt"],
                    "output_seq": frame["seq"],
                });
                self.send(&ack);
                outputs.push(frame);
            }
        }
    }

    pub(crate) fn ack(&mut self, result: &Value) {
        let ack = json!({"type": "ack", "job_id": result["job_id"], "attempt": result["attempt"]});
        self.send(&ack);
    }

    /// Sends an offer and acknowledges its result.
    pub(crate) fn complete(&mut self, command: &str) -> (Value, Vec<Value>) {
        self.offer(command);
        let (result, outputs) = self.result();
        self.ack(&result);
        (result, outputs)
    }
}

/// A job as a test offers it.
#[derive(Clone)]
pub(crate) struct Offer {
    pub(crate) job_id: Uuid,
    pub(crate) fence: i64,
    pub(crate) fields: Value,
}

impl Offer {
    pub(crate) fn new(command: &str) -> Self {
        Self {
            job_id: Uuid::now_v7(),
            fence: 1,
            fields: json!({
                "type": "execute_command", "execution_id": Uuid::now_v7(), "step_index": 0,
                "command": command, "timeout": 60_000, "worker_id": Uuid::nil(), "attempt": 1,
            }),
        }
    }

    pub(crate) fn with(mut self, field: &str, value: Value) -> Self {
        self.fields[field] = value;
        self
    }

    pub(crate) fn under(&self, fence: i64) -> Self {
        Self {
            fence,
            ..self.clone()
        }
    }

    pub(crate) fn frame(&self) -> Value {
        let mut frame = self.fields.clone();
        frame["job_id"] = json!(self.job_id);
        frame["fence"] = json!(self.fence);
        if frame["expires_at"].is_null() {
            frame["expires_at"] = json!(in_seconds(10));
        }
        frame
    }

    pub(crate) fn claim(&self) -> Value {
        json!({"job_id": self.job_id, "attempt": self.fields["attempt"], "fence": self.fence})
    }

    pub(crate) fn cancel(&self, grace_ms: u64) -> Value {
        let mut frame = self.claim();
        frame["type"] = json!("cancel");
        frame["grace_ms"] = json!(grace_ms);
        frame["reason"] = json!("asked");
        frame
    }
}
