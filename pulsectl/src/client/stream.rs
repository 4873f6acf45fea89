//! The timeline of one execution as a stream that survives a lost connection.
//!
//! It is resumed by sequence number: every entry is given once, in order.

use std::{
    collections::VecDeque,
    pin::Pin,
    time::{Duration, Instant},
};

use futures_util::StreamExt as _;
use pulse_api::http::executions::{EndEvent, Entry, ExecutionView};
use reqwest::header;

use super::{
    Call, Client, retry,
    sse::{Parser, SseEvent},
};
use crate::error::{Failure, Kind};

/// How long a lost stream is looked for when no `--timeout` was given.
pub(super) const PATIENCE: Duration = Duration::from_mins(5);

/// A stream this quiet is taken for dead; the server sends comments far more often.
pub(super) const SILENCE: Duration = Duration::from_mins(1);

/// What the stream says next.
#[derive(Debug)]
pub(crate) enum Followed {
    /// Which execution it is, and the whole of it where that is known.
    Begun(Begun),
    Entry(Box<Entry>),
    End(EndEvent),
    /// The connection is gone; it is being looked for.
    Lost,
    /// The connection is back.
    Back,
}

/// The beginning of a stream.
#[derive(Debug)]
pub(crate) struct Begun {
    pub(crate) id: String,
    pub(crate) number: i64,
    pub(crate) view: Option<Box<ExecutionView>>,
}

impl Begun {
    /// Reads what a stream or a plain answer says first: an execution, or only which one.
    fn read(answer: serde_json::Value) -> Option<Self> {
        let id = answer
            .get("id")
            .or_else(|| answer.get("execution_id"))?
            .as_str()?
            .to_owned();
        let number = answer.get("number")?.as_i64()?;
        let view = serde_json::from_value(answer).ok().map(Box::new);
        Some(Self { id, number, view })
    }

    fn of(view: ExecutionView) -> Self {
        Self {
            id: view.id.to_string(),
            number: view.number,
            view: Some(Box::new(view)),
        }
    }
}

pub(super) type Bytes = Pin<Box<dyn futures_util::Stream<Item = Result<Vec<u8>, reqwest::Error>>>>;
type Connecting = Pin<Box<dyn Future<Output = Result<Opened, Failure>>>>;

/// An answer, read as far as it takes to know what it is.
pub(super) enum Opened {
    Stream(Bytes),
    /// The plain answer of a server that had answered the same key before.
    Plain(serde_json::Value),
}

enum Link {
    Open(Bytes),
    Connecting(Connecting),
    /// Waiting before the next try.
    Resting(Instant),
    Closed,
}

/// A stream of one execution.
pub(crate) struct Stream {
    client: Client,
    start: Option<Call>,
    execution: Option<String>,
    /// The number of the last entry that was given.
    seen: i64,
    link: Link,
    parser: Parser,
    ready: VecDeque<Followed>,
    lost_at: Option<Instant>,
    heard_at: Instant,
    tries: u32,
    /// A gap is asked for again once; a second time the server does not have it.
    gap_at: Option<i64>,
    /// Whether what the jobs wrote was removed: then gaps are where it was.
    has_lost_output: bool,
}

impl Stream {
    /// Starts something and follows it, in one request.
    pub(crate) async fn start(client: &Client, call: Call) -> Result<Self, Failure> {
        let call = call.query("follow", "true").streaming();
        let opened = open(client.clone(), call.clone()).await?;
        let mut stream = Self::new(client, Some(call));
        stream.connected(Ok(opened))?;
        Ok(stream)
    }

    /// Follows an execution from its first entry.
    pub(crate) fn attach(client: &Client, execution: ExecutionView) -> Self {
        let mut stream = Self::new(client, None);
        stream.execution = Some(execution.id.to_string());
        stream.has_lost_output = execution.outputs_removed_at.is_some();
        stream
            .ready
            .push_back(Followed::Begun(Begun::of(execution)));
        stream.link = Link::Connecting(stream.connect());
        stream
    }

    fn new(client: &Client, start: Option<Call>) -> Self {
        Self {
            client: client.clone(),
            start,
            execution: None,
            seen: 0,
            link: Link::Closed,
            parser: Parser::default(),
            ready: VecDeque::new(),
            lost_at: None,
            heard_at: Instant::now(),
            tries: 0,
            gap_at: None,
            has_lost_output: false,
        }
    }

    /// Gives what comes next; dropping the future loses nothing.
    pub(crate) async fn next(&mut self) -> Result<Followed, Failure> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Ok(ready);
            }
            match &mut self.link {
                Link::Open(bytes) => {
                    let silent_at = self.heard_at + SILENCE;
                    let chunk = tokio::time::timeout_at(silent_at.into(), bytes.next()).await;
                    self.heard_at = Instant::now();
                    self.receive(chunk.ok().flatten())?;
                }
                Link::Connecting(connecting) => {
                    let answer = connecting.await;
                    self.link = Link::Closed;
                    self.connected(answer)?;
                }
                Link::Resting(until) => {
                    tokio::time::sleep_until((*until).into()).await;
                    self.link = Link::Connecting(self.connect());
                }
                Link::Closed => {
                    return Err(Failure::general("the stream of the execution is over"));
                }
            }
        }
    }

    /// Takes what arrived: bytes, or the end of the connection.
    fn receive(&mut self, chunk: Option<Result<Vec<u8>, reqwest::Error>>) -> Result<(), Failure> {
        let Some(Ok(bytes)) = chunk else {
            self.lose();
            return Ok(());
        };
        let events = self
            .parser
            .feed(&bytes)
            .map_err(|error| Failure::general("the stream could not be read").because(&error))?;
        for event in events {
            if !self.take(&event)? {
                break;
            }
        }
        Ok(())
    }

    /// Takes one event; `false` when the rest of the connection is not wanted.
    fn take(&mut self, event: &SseEvent) -> Result<bool, Failure> {
        match event.event.as_str() {
            "execution" => {
                self.begin(parse(event)?)?;
            }
            "end" => {
                self.ready.push_back(Followed::End(parse(event)?));
                self.link = Link::Closed;
                return Ok(false);
            }
            "status" | "step" | "job" | "prompt" | "output" => {
                let entry: Box<Entry> = parse(event)?;
                return Ok(self.take_entry(entry));
            }
            // A kind of a newer server; its number still counts.
            _ => {
                if let Some(seq) = event.id.as_ref().and_then(|id| id.parse::<i64>().ok()) {
                    self.seen = self.seen.max(seq);
                }
            }
        }
        Ok(true)
    }

    fn take_entry(&mut self, entry: Box<Entry>) -> bool {
        if entry.seq <= self.seen {
            return true;
        }
        let is_gap = entry.seq > self.seen + 1 && self.execution.is_some();
        if is_gap && !self.has_lost_output && self.gap_at != Some(self.seen) {
            self.gap_at = Some(self.seen);
            self.parser = Parser::default();
            self.link = Link::Connecting(self.connect());
            return false;
        }
        self.seen = entry.seq;
        self.ready.push_back(Followed::Entry(entry));
        true
    }

    fn lose(&mut self) {
        self.parser = Parser::default();
        if self.lost_at.is_none() {
            self.lost_at = Some(Instant::now());
            self.ready.push_back(Followed::Lost);
        }
        self.tries += 1;
        self.link = Link::Resting(Instant::now() + retry::backoff(self.tries));
    }

    /// Asks for the stream from where it broke off.
    fn connect(&self) -> Connecting {
        let client = self.client.clone();
        let call = match (&self.execution, &self.start) {
            (Some(execution), _) => {
                let mut call = Call::get(&format!("/executions/{execution}/events")).streaming();
                if self.seen > 0 {
                    call = call.header("Last-Event-ID", self.seen.to_string());
                }
                call
            }
            // The answer to the start got lost before its first event: the same key asks again.
            (None, Some(start)) => start.clone(),
            (None, None) => return Box::pin(async { Err(Failure::general("nothing to follow")) }),
        };
        Box::pin(open(client, call))
    }

    fn connected(&mut self, answer: Result<Opened, Failure>) -> Result<(), Failure> {
        match answer {
            Ok(opened) => {
                self.tries = 0;
                self.heard_at = Instant::now();
                if self.lost_at.take().is_some() {
                    self.ready.push_back(Followed::Back);
                }
                self.take_answer(opened)
            }
            Err(failure) if matches!(failure.kind, Kind::Unreachable | Kind::General) => {
                let since = *self.lost_at.get_or_insert_with(Instant::now);
                let is_first = self.seen == 0 && self.tries == 0 && self.start.is_none();
                if is_first || (self.client.deadline().is_none() && since.elapsed() > PATIENCE) {
                    return Err(failure);
                }
                self.lose();
                Ok(())
            }
            Err(failure) => Err(failure),
        }
    }

    fn begin(&mut self, answer: serde_json::Value) -> Result<(), Failure> {
        let begun = Begun::read(answer).ok_or_else(|| {
            Failure::general("the answer of the server names no execution")
                .hint("are pulsectl and the server of the same version? `pulsectl doctor` looks")
        })?;
        self.execution = Some(begun.id.clone());
        self.ready.push_back(Followed::Begun(begun));
        Ok(())
    }

    fn take_answer(&mut self, opened: Opened) -> Result<(), Failure> {
        let answer = match opened {
            Opened::Stream(bytes) => {
                self.link = Link::Open(bytes);
                return Ok(());
            }
            Opened::Plain(answer) => answer,
        };
        self.begin(answer)?;
        self.link = Link::Connecting(self.connect());
        Ok(())
    }
}

pub(super) async fn open(client: Client, call: Call) -> Result<Opened, Failure> {
    let response = client.send(&call).await?;
    let content_type = response.headers().get(header::CONTENT_TYPE);
    let is_stream = content_type
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("text/event-stream"));
    if !is_stream {
        return Ok(Opened::Plain(super::read_json(response).await?));
    }
    let bytes = response
        .bytes_stream()
        .map(|chunk| chunk.map(|bytes| bytes.to_vec()));
    Ok(Opened::Stream(Box::pin(bytes)))
}

pub(super) fn parse<T: serde::de::DeserializeOwned>(event: &SseEvent) -> Result<T, Failure> {
    serde_json::from_str(&event.data).map_err(|error| {
        Failure::general(format!(
            "an event `{}` of the stream could not be read",
            event.event
        ))
        .because(&error)
        .hint("are pulsectl and the server of the same version? `pulsectl server version` tells")
    })
}
