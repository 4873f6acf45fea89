//! The link between a server and an executor that both say what a test tells them to.

use std::{
    io::{self, Read as _, Write as _},
    os::unix::net::{UnixListener, UnixStream},
    time::Duration,
};

use serde_json::{Value, json};

use crate::support::{Agent, Link, Offer, PATIENCE, Server, eventually};

/// An executor that is told what to say.
struct Executor {
    stream: UnixStream,
}

impl Executor {
    /// Runs the agent's link on an executor of this test, and welcomes it at the server.
    fn between(agent: &mut Agent, server: &Server) -> (Self, Link) {
        let door = UnixListener::bind(agent.path("executor.sock")).unwrap();
        door.set_nonblocking(true).unwrap();
        agent.run_with(|command| {
            command.args(["--executor", "service"]);
        });
        let (stream, _) = eventually("the link", || door.accept().ok());
        stream.set_nonblocking(false).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut executor = Self { stream };
        executor.hear("attach");
        executor.say(&inventory());
        let mut link = server.socket();
        executor.hear("connecting");
        executor.say(&inventory());
        link.frame("worker_connect");
        link.be_welcomed(&[]);
        executor.hear("online");
        (executor, link)
    }

    /// The next message of this type; others before it are dropped.
    fn hear(&mut self, kind: &str) -> Value {
        loop {
            let mut length = [0; 4];
            let read = self.stream.read_exact(&mut length);
            read.unwrap_or_else(|error| panic!("no `{kind}` came: {error}"));
            let mut body = vec![0; u32::from_be_bytes(length) as usize];
            self.stream.read_exact(&mut body).unwrap();
            let message: Value = serde_json::from_slice(&body[1..]).unwrap();
            if message["type"] == kind {
                return message;
            }
        }
    }

    fn say(&mut self, message: &Value) {
        self.stream
            .write_all(&packed(b'C', &message.to_string()))
            .unwrap();
    }

    /// Sends output until the link takes no more of it.
    fn flood(&mut self) {
        let frame = packed(b'O', &json!({"data": "x".repeat(60_000)}).to_string());
        let patience = Some(Duration::from_secs(1));
        self.stream.set_write_timeout(patience).unwrap();
        let refused = loop {
            if let Err(error) = self.stream.write_all(&frame) {
                break error;
            }
        };
        assert_eq!(refused.kind(), io::ErrorKind::WouldBlock);
    }
}

fn packed(kind: u8, text: &str) -> Vec<u8> {
    let length = u32::try_from(text.len() + 1).unwrap();
    let mut bytes = length.to_be_bytes().to_vec();
    bytes.push(kind);
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

fn inventory() -> Value {
    json!({
        "type": "inventory", "session": "s", "boot_id": "b", "detached": false, "running": [],
        "spooled": 0, "slots": 5, "sandbox": {},
    })
}

/// What an executor says that leaves, having heard so many of the link's wishes.
fn leaving(running: u32, heeded: u32) -> Value {
    json!({
        "type": "load", "pid": 1, "slots": 5, "running": running, "queued": 0, "unreported": 0,
        "draining": "exit", "link_online": true, "held": [], "sandbox": {}, "heeded": heeded,
        "counted": {"started": 0, "failures": 0, "oom_kills": 0, "denials": 0, "spool_bytes": 0},
    })
}

#[test]
fn what_an_executor_said_before_the_last_word_lets_nobody_leave() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    let (mut executor, mut link) = Executor::between(&mut agent, &server);
    for frame in [
        json!({"type": "drain", "mode": "exit"}),
        json!({"type": "resume"}),
        json!({"type": "drain", "mode": "exit"}),
    ] {
        link.send(&frame);
        executor.hear(frame["type"].as_str().unwrap());
    }

    // It was idle in the first drain, and took something when that had ended.
    executor.say(&leaving(0, 1));
    executor.say(&leaving(1, 3));
    let outstanding = link.frame("drain_state")["outstanding"].clone();
    executor.say(&leaving(0, 3));

    assert_eq!(outstanding, 1);
    let unregister = server.request();
    assert!(unregister.line.contains("/unregister"));
    unregister.answer(200, &json!({}));
    assert_eq!(agent.exit_code(), Some(0));
}

#[test]
fn a_resume_from_before_the_last_word_takes_no_drain_back() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    let (mut executor, mut link) = Executor::between(&mut agent, &server);
    link.send(&json!({"type": "drain", "mode": "exit"}));
    executor.hear("drain");

    let mut active = leaving(1, 0);
    active["draining"] = Value::Null;
    executor.say(&active);
    executor.say(&json!({"type": "resumed"}));
    executor.say(&leaving(1, 1));

    let mut said = Vec::new();
    while said.last().is_none_or(|kind| kind != "drain_state") {
        said.push(link.any(PATIENCE).expect("a frame")["type"].clone());
    }
    assert!(!said.contains(&json!("resumed")), "{said:?}");
}

#[test]
fn an_acknowledgement_reaches_an_executor_whose_output_finds_no_room() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    let (mut executor, mut link) = Executor::between(&mut agent, &server);
    let result = Offer::new("true").claim();
    executor.flood();

    link.ack(&result);

    assert_eq!(executor.hear("ack")["job_id"], result["job_id"]);
}
