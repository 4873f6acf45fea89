//! Following an execution: its timeline as server-sent events, without gaps, until it ends.

use std::{
    collections::{HashSet, VecDeque},
    convert::Infallible,
    ops::Not as _,
    time::Duration,
};

use axum::response::{
    IntoResponse, Response,
    sse::{Event, KeepAlive, Sse},
};
use futures_util::stream;
use pulse_api::{
    ExecutionId, JobId,
    http::executions::{EndEvent, Entry, EntryKind},
    status::Stream,
};
use serde_json::Value;
use tokio::{sync::broadcast, time::Instant};

use crate::{
    app::App,
    domain::{ExecutionName, access, executions::read},
    model::{access::User, grant::Reach},
    switchboard::ToFollower,
};

/// Where a follower begins.
pub(super) struct From {
    pub(super) id: ExecutionId,
    /// Who follows.
    pub(super) who: User,
    /// The number of the last entry that it has.
    pub(super) after: i64,
    /// What the first event, `execution`, says; none for a follower that comes later.
    pub(super) head: Option<Value>,
    pub(super) heard: Heard,
    pub(super) wanted: Wanted,
    /// Entries up to `after` that are told all the same, before everything else.
    pub(super) earlier: Vec<Entry>,
}

/// What is told of a timeline.
#[derive(Debug)]
pub(super) enum Wanted {
    Everything,
    Output(Wrote),
}

/// Where output comes from that is wanted.
#[derive(Debug, Default)]
pub(super) struct Wrote {
    pub(super) step: Option<String>,
    /// Every name that the worker has or had here.
    pub(super) worker: Option<HashSet<String>>,
    pub(super) stream: Option<Stream>,
}

impl Wanted {
    /// Whether an entry is told.
    pub(super) fn has(&self, entry: &Entry) -> bool {
        let Self::Output(wrote) = self else {
            return true;
        };
        let EntryKind::Output(output) = &entry.what else {
            return false;
        };
        let is_step = wrote.step.as_ref().is_none_or(|step| *step == output.step);
        let mut workers = wrote.worker.iter();
        let is_worker = workers.all(|names| names.contains(&output.worker));
        is_step && is_worker && wrote.stream.is_none_or(|stream| stream == output.stream)
    }
}

/// What the updates carry of what came before the beginning of the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    /// Everything: it was listened to before it was started.
    All,
    /// Nothing: what is stored is read first.
    Nothing,
}

/// A page with fewer entries than this has nothing behind it.
const SHORT_PAGE: usize = 32;

/// How often it is looked whether a follower is still let in.
const CHECK: Duration = Duration::from_secs(5);

/// How often a follower looks without having been told.
const LOOK: Duration = Duration::from_secs(15);
/// How soon it looks again after the store could not be read.
const AWAY: Duration = Duration::from_secs(1);

/// Streams the entries after the beginning, and `end` once the execution has ended.
pub(super) fn follow(app: App, from: From, updates: broadcast::Receiver<ToFollower>) -> Response {
    let mut events = VecDeque::new();
    let number = from.head.as_ref().and_then(|head| head["number"].as_i64());
    if let Some(head) = from.head {
        events.push_back(Event::default().event("execution").data(head.to_string()));
    }
    events.extend(from.earlier.iter().map(event));
    let follower = Follower {
        app,
        id: from.id,
        who: from.who,
        check_at: Instant::now() + CHECK,
        number,
        at: from.after,
        wanted: from.wanted,
        events,
        updates,
        jobs: Vec::new(),
        is_done: false,
        is_over: false,
        is_caught_up: from.heard == Heard::All,
        look_at: Instant::now() + LOOK,
    };
    let events = stream::unfold(follower, |mut follower| async {
        let event = follower.next().await?;
        Some((Ok::<_, Infallible>(event), follower))
    });
    Sse::new(events)
        .keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
        .into_response()
}

/// An entry as an event.
fn event(entry: &Entry) -> Event {
    let data = serde_json::to_string(entry).unwrap_or_default();
    Event::default()
        .id(entry.seq.to_string())
        .event(entry.what.event())
        .data(data)
}

struct Follower {
    app: App,
    id: ExecutionId,
    who: User,
    /// When to look again whether they are still let in.
    check_at: Instant,
    /// Known where the whole stream passes through here.
    number: Option<i64>,
    /// The number of the last entry that was sent.
    at: i64,
    wanted: Wanted,
    events: VecDeque<Event>,
    updates: broadcast::Receiver<ToFollower>,
    /// The jobs seen, with how the last attempt of each ended.
    jobs: Vec<(JobId, Option<i32>, Option<i32>)>,
    is_done: bool,
    /// Whether the end was told; a few entries may come after it.
    is_over: bool,
    is_caught_up: bool,
    /// When it looks without having been told.
    look_at: Instant,
}

impl Follower {
    /// The next event; `None` at the end, or when the replica stops.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Some(event);
            }
            if self.is_done || !self.is_let_in().await {
                return None;
            }
            if !self.is_caught_up {
                self.read().await;
                continue;
            }
            let stop = self.app.supervisor().stopping().clone();
            tokio::select! {
                () = stop.cancelled() => return None,
                update = self.updates.recv() => self.hear(update).await,
                () = tokio::time::sleep_until(self.look_at) => self.is_caught_up = false,
                () = tokio::time::sleep_until(self.check_at) => {}
            }
        }
    }

    /// Whether whoever follows may still do so: a token that was revoked ends its streams too.
    async fn is_let_in(&mut self) -> bool {
        if Instant::now() < self.check_at {
            return true;
        }
        self.check_at = Instant::now() + CHECK;
        match access::again(&self.app, &self.who).await {
            Ok(Some(who)) => {
                self.who = who;
                self.is_seen().await
            }
            Ok(None) => false,
            Err(error) => {
                tracing::debug!(%error, "a follower is looked up again later");
                true
            }
        }
    }

    /// Whether the execution is still one that they may see.
    async fn is_seen(&self) -> bool {
        let name = ExecutionName::Id(self.id);
        let found = read::find(&self.app, name, &Reach::of(&self.who)).await;
        // An outage is no reason to end a stream.
        found.is_ok_and(|found| found.is_none()).not()
    }

    async fn hear(&mut self, update: Result<ToFollower, broadcast::error::RecvError>) {
        match update {
            Ok(ToFollower::Entries(entries)) => {
                // Copies of what is stored: only what follows on without a gap is taken as it is.
                let at = self.at;
                for entry in entries.iter().filter(|entry| entry.seq > at).cloned() {
                    if entry.seq != self.at + 1 {
                        self.is_caught_up = false;
                        return;
                    }
                    self.push(entry).await;
                }
                self.end_after_the_end().await;
            }
            Ok(ToFollower::Look) | Err(broadcast::error::RecvError::Lagged(_)) => {
                self.is_caught_up = false;
            }
            Err(broadcast::error::RecvError::Closed) => {
                self.updates = self.app.switchboard().follow(self.id);
                self.is_caught_up = false;
            }
        }
    }

    /// Reads what is stored after the last entry that was sent.
    async fn read(&mut self) {
        match read::entries(&self.app, self.id, self.at).await {
            Ok(entries) => {
                // A short page is the last: what comes later is told, or found by the next look.
                self.is_caught_up = entries.len() < SHORT_PAGE;
                self.look_at = Instant::now() + LOOK;
                if entries.is_empty() && self.at > 0 {
                    self.end_if_over().await;
                }
                for entry in entries {
                    self.push(entry).await;
                }
                self.end_after_the_end().await;
            }
            Err(error) => {
                tracing::debug!(%error, "a follower waits for the database");
                self.is_caught_up = true;
                self.look_at = Instant::now() + AWAY;
            }
        }
    }

    async fn push(&mut self, entry: Entry) {
        self.at = entry.seq;
        self.remember(&entry);
        if self.wanted.has(&entry) {
            self.events.push_back(event(&entry));
        }
        if let EntryKind::Status(status) = &entry.what
            && status.status.is_terminal()
        {
            self.is_over = true;
            match self.number {
                Some(number) => {
                    let (exit_code, signal) = match self.jobs.as_slice() {
                        [(_, exit_code, signal)] => (*exit_code, *signal),
                        _ => (None, None),
                    };
                    let end = EndEvent {
                        execution_id: self.id,
                        number,
                        status: status.status,
                        outcome: status.outcome.clone(),
                        exit_code,
                        signal,
                    };
                    self.end(&end);
                }
                None => self.end_if_over().await,
            }
        }
    }

    fn remember(&mut self, entry: &Entry) {
        let EntryKind::Job(job) = &entry.what else {
            return;
        };
        match self.jobs.iter_mut().find(|(id, _, _)| *id == job.job_id) {
            Some(known) => (known.1, known.2) = (job.exit_code, job.signal),
            None => self.jobs.push((job.job_id, job.exit_code, job.signal)),
        }
    }

    /// Looks once more whether everything was sent, where entries followed the one that ended it.
    async fn end_after_the_end(&mut self) {
        if self.is_over && !self.is_done {
            self.end_if_over().await;
        }
    }

    /// Ends the stream if the execution has ended and everything was sent.
    async fn end_if_over(&mut self) {
        let Ok(Some(standing)) = read::standing(&self.app, self.id).await else {
            return;
        };
        let view = standing.view;
        let is_behind = view.last_seq > self.at && view.outputs_removed_at.is_none();
        if !view.status.is_terminal() || is_behind {
            return;
        }
        let (exit_code, signal) = standing.only_exit.unwrap_or_default();
        let end = EndEvent {
            execution_id: self.id,
            number: view.number,
            status: view.status,
            outcome: view.outcome,
            exit_code,
            signal,
        };
        self.end(&end);
    }

    fn end(&mut self, end: &EndEvent) {
        let data = serde_json::to_string(end).unwrap_or_default();
        self.events
            .push_back(Event::default().event("end").data(data));
        self.is_done = true;
    }
}
