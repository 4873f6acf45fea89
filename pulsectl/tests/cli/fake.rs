//! A server of a few lines: it answers what the test says, and remembers what it was asked.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::{Command, Output, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use serde_json::{Value, json};

/// What the server was asked.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or(Value::Null)
    }

    pub(crate) fn is(&self, method: &str, path: &str) -> bool {
        self.method == method && self.path == format!("/api/v1{path}")
    }
}

/// What the server answers.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    Json(u16, Value),
    /// Events, then the end of the stream.
    Stream(Vec<String>),
    /// Events, then the connection is cut.
    Cut(Vec<String>),
    /// Events, then nothing for a long time.
    Hold(Vec<String>),
    /// The connection is closed without any answer.
    Drop,
    /// The request is taken, and nothing is said for a long time.
    Silent,
}

impl Answer {
    pub(crate) fn problem(status: u16, code: &str, detail: &str) -> Self {
        let body = json!({
            "type": format!("urn:pulse:problem:{code}"), "title": "t", "status": status,
            "detail": detail, "code": code,
        });
        Self::Json(status, body)
    }

    pub(crate) fn page(items: &Value) -> Self {
        Self::Json(200, json!({"items": items, "next_cursor": null}))
    }
}

pub(crate) struct Fake {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Request>>>,
    pub(crate) home: PathBuf,
}

impl Fake {
    /// Starts a server; the handler also gets how many requests came before.
    pub(crate) fn start(
        answer: impl Fn(&Request, usize) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen: Arc<Mutex<Vec<Request>>> = Arc::default();
        let (answer, remembered) = (Arc::new(answer), Arc::clone(&seen));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, seen) = (Arc::clone(&answer), Arc::clone(&remembered));
                thread::spawn(move || serve(stream, answer.as_ref(), &seen));
            }
        });
        let home = std::env::temp_dir().join(format!("pulsectl-{}", uuid::Uuid::new_v4()));
        fs::create_dir_all(&home).unwrap();
        Self { url, seen, home }
    }

    pub(crate) fn seen(&self) -> Vec<Request> {
        self.seen.lock().unwrap().clone()
    }

    /// The requests with this method and path.
    pub(crate) fn calls(&self, method: &str, path: &str) -> Vec<Request> {
        self.seen()
            .into_iter()
            .filter(|request| request.is(method, path))
            .collect()
    }

    /// pulsectl with nothing of this machine's own settings.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pulsectl"));
        command
            .args(args)
            .env_clear()
            .env("HOME", &self.home)
            .env("PULSE_URL", &self.url)
            .env("PULSE_TOKEN", "secret-token")
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.command(args).output().unwrap().into()
    }

    /// Writes a file into the home of this test, and gives its path.
    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        let path = self.home.join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.home);
    }
}

/// What came of a call.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Ran {
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "stdout: {}\nstderr: {}",
            self.stdout, self.stderr
        );
        self
    }

    #[track_caller]
    pub(crate) fn tells(self, text: &str) -> Self {
        assert!(
            self.stderr.contains(text),
            "{text} is not in: {}",
            self.stderr
        );
        self
    }

    #[track_caller]
    pub(crate) fn prints(self, text: &str) -> Self {
        assert!(
            self.stdout.contains(text),
            "{text} is not in: {}",
            self.stdout
        );
        self
    }
}

fn serve(
    stream: TcpStream,
    answer: &(impl Fn(&Request, usize) -> Answer + ?Sized),
    seen: &Mutex<Vec<Request>>,
) {
    let Some(request) = read(&stream) else { return };
    let before = {
        let mut seen = seen.lock().unwrap();
        seen.push(request.clone());
        seen.len() - 1
    };
    // A client that has gone needs no answer.
    let _ = write(stream, answer(&request, before));
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        headers.insert(name.to_lowercase(), value.to_owned());
    }
    let length = headers
        .get("content-length")
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    Some(Request {
        method,
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}

fn write(mut stream: TcpStream, answer: Answer) -> std::io::Result<()> {
    let events = match answer {
        Answer::Drop => return Ok(()),
        Answer::Silent => {
            thread::sleep(Duration::from_mins(1));
            return Ok(());
        }
        Answer::Json(status, body) => {
            let body = body.to_string();
            let kind = if status < 400 {
                "application/json"
            } else {
                "application/problem+json"
            };
            return write!(
                stream,
                "HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\
                 connection: close\r\n\r\n{body}",
                body.len()
            );
        }
        Answer::Stream(ref events) | Answer::Cut(ref events) | Answer::Hold(ref events) => events,
    };
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\
         connection: close\r\n\r\n"
    )?;
    for event in events {
        write!(stream, "{:x}\r\n{event}\r\n", event.len())?;
        stream.flush()?;
    }
    match answer {
        Answer::Stream(_) => write!(stream, "0\r\n\r\n"),
        Answer::Hold(_) => {
            thread::sleep(Duration::from_secs(30));
            Ok(())
        }
        Answer::Cut(_) | Answer::Drop | Answer::Silent | Answer::Json(..) => Ok(()),
    }
}

const ID: &str = "01931d5c-0000-7000-8000-00000000002a";
const AT: &str = "2026-01-01T12:00:0";

/// An execution as the server shows it.
pub(crate) fn execution(status: &str) -> Value {
    json!({
        "id": ID, "number": 42, "workflow": {"id": null, "name": "update", "version": 1},
        "status": status, "outcome": null, "started_by": "maria", "reason": null, "inputs": {},
        "cancel_requested_by": null, "retry_of": null, "created_at": format!("{AT}0Z"),
        "started_at": null, "completed_at": null, "steps": [
            {"index": 0, "id": "check", "name": "Check disk", "type": "execute", "status": "waiting",
             "attempt": 0, "started_at": null, "completed_at": null, "reason": null, "detail": null,
             "outputs": {}, "jobs": []},
            {"index": 1, "id": "approval", "name": "User approval", "type": "prompt", "status": "waiting",
             "attempt": 0, "started_at": null, "completed_at": null, "reason": null, "detail": null,
             "outputs": {}, "jobs": []}
        ], "prompts": [], "last_seq": 0
    })
}

/// The first event of a stream that starts something.
pub(crate) fn begin() -> String {
    format!("event: execution\ndata: {}\n\n", execution("running"))
}

fn entry(seq: i64, event: &str, mut fields: Value) -> String {
    let all = fields.as_object_mut().unwrap();
    all.insert("seq".into(), seq.into());
    all.insert("at".into(), format!("{AT}{}Z", seq % 10).into());
    all.insert("event".into(), event.into());
    format!("id: {seq}\nevent: {event}\ndata: {fields}\n\n")
}

pub(crate) fn output(seq: i64, worker: &str, text: &str) -> String {
    output_of(seq, worker, ("stdout", text))
}

pub(crate) fn output_of(seq: i64, worker: &str, (stream, text): (&str, &str)) -> String {
    let fields = json!({
        "job_id": job_id(worker), "step": "check", "worker": worker, "attempt": 1,
        "stream": stream, "offset": 0, "text": text
    });
    entry(seq, "output", fields)
}

fn job_id(worker: &str) -> String {
    let last = worker.bytes().last().unwrap_or(b'0');
    format!("01931d5c-0000-7000-8000-0000000000{last:02x}")
}

pub(crate) fn job(seq: i64, worker: &str, (status, code): (&str, Option<i32>)) -> String {
    let fields = json!({
        "job_id": job_id(worker), "step": "check", "worker": worker, "attempt": 1,
        "status": status, "exit_code": code
    });
    entry(seq, "job", fields)
}

pub(crate) fn step(seq: i64, status: &str) -> String {
    let fields = json!({"step": "check", "name": "Check disk", "index": 0, "status": status});
    entry(seq, "step", fields)
}

pub(crate) fn prompt(seq: i64, status: &str) -> String {
    let mut fields = json!({
        "prompt": 7, "step": "approval", "status": status, "message": "Install 3 updates?",
        "options": ["Yes", "No"]
    });
    if status == "answered" {
        fields["response"] = "Yes".into();
        fields["answered_by"] = "peter".into();
    }
    entry(seq, "prompt", fields)
}

/// The prompt as `GET /prompts/7` shows it.
pub(crate) fn prompt_view(status: &str) -> Value {
    json!({
        "id": ID, "number": 7, "execution_id": ID, "execution_number": 42, "workflow": "update",
        "step": "approval", "step_name": "User approval", "step_index": 1,
        "message": "Install 3 updates?", "options": ["Yes", "No"], "status": status, "default": "No",
        "opened_at": format!("{AT}1Z"), "expires_at": null, "response": null, "answered_by": null,
        "answered_at": null, "comment": null, "started_by": "maria"
    })
}

pub(crate) fn end(status: &str, exit_code: Option<i32>) -> String {
    let data = json!({
        "execution_id": ID, "number": 42, "status": status, "outcome": null,
        "exit_code": exit_code, "signal": null
    });
    format!("event: end\ndata: {data}\n\n")
}

pub(crate) const EXECUTION_ID: &str = ID;

pub(crate) fn worker(name: &str) -> Value {
    json!({
        "id": ID, "name": name, "type": "remote", "role": "action", "region": "fra", "host": null,
        "port": null, "status": "online", "admin_state": "active", "active": true, "groups": ["web"],
        "labels": {"rack": "b7"}, "capabilities": {}, "function_blocks": [], "metrics": null,
        "jobs_running": 0, "version": "0.1.0", "last_heartbeat": null,
        "time_since_heartbeat_ms": 4000, "created_at": format!("{AT}0Z"), "updated_at": format!("{AT}0Z")
    })
}

pub(crate) fn user() -> Value {
    json!({
        "username": "maria", "display_name": "Maria", "email": null, "groups": ["admin"],
        "role": "admin", "token_expires_at": null
    })
}
