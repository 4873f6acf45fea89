//! One agent's session: frames in become verbs, what is true now goes out.

mod asked;
mod said;

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use jiff::Timestamp;
use pulse_api::{
    CheckId, Fence, JobId, LogAskId, OLDEST_PROTOCOL, WorkerId,
    frames::{
        Ack, Drain, ExecuteCommand, FromAgent, HeartbeatAck, Ping, Restart, Resume, ToAgent,
        Welcome, WorkerConnect, close,
    },
    http::workers::HostMark,
    status::{AdminState, DrainMode},
};
use tokio::{sync::mpsc, time::Instant};

use super::{admission::Admitted, frames};
use crate::{
    app::App,
    domain::{
        StoreError,
        jobs::{
            end::{self, Evidence},
            offer,
        },
        perform, server,
        workers::{
            connect::{Connect, Disconnect, Opened},
            shared,
        },
    },
    model::{
        access::Speaker,
        worker::{RestartScope, Wanted},
    },
    switchboard::ToSession,
};

/// How long a socket may take to say who it is.
const HELLO_PATIENCE: Duration = Duration::from_secs(10);
/// How long nothing may be heard before the socket is taken as dead.
const SILENCE: Duration = Duration::from_secs(45);
/// How often a worker that speaks only the third seed's fields is asked for a sign of life.
const SEED_PING: Duration = Duration::from_secs(20);
/// How much output of one attempt may come through one session, in bytes: what is kept of it, and
/// as much again for what is sent anew.
const MOST_KEPT: u64 = 4 * pulse_api::OUTPUT_KEPT_EACH_END;

/// Of how many attempts that is remembered; beyond it, only of those that are in the agent's hands.
const MOST_COUNTED: usize = 1_000;

/// Milliseconds that a killed attempt has to end by itself.
const KILL_GRACE_MS: u64 = 2_000;

/// When jobs that must not outlive their connection are ended, counted from the last sign of life
/// that was acknowledged: 5 min 30 s where workers are offline after 6 min. What is left is for
/// the processes to end in.
fn deadman_ms(offline_after_ms: u64) -> u64 {
    offline_after_ms / 12 * 11
}

fn key_of(command: &ExecuteCommand) -> (JobId, u32, Fence) {
    (command.job_id, command.attempt, command.fence)
}

/// Why a session ends.
struct Goodbye(u16, &'static str);

/// Serves an agent's socket until it closes.
pub(super) async fn run(
    app: App,
    (who, mark): (Speaker, HostMark),
    (place, mut socket): (Option<Admitted>, WebSocket),
) {
    let come_in = hello(&app, (who, &mark), &mut socket).await;
    drop(place);
    let goodbye = match come_in {
        Ok(Some((hello, opened))) => {
            let (worker, epoch) = (hello.worker_id, opened.epoch);
            app.meters().session_opened();
            let goodbye = converse(&app, worker, (hello, opened), &mut socket).await;
            app.meters().session_closed();
            app.switchboard().close_session(worker, epoch);
            let end = Disconnect { worker, epoch };
            if let Err(error) = perform(&app.reserved(), &end).await {
                tracing::debug!(%error, worker.id = %worker, "the end of a session is not recorded");
            }
            goodbye
        }
        Ok(None) => Some(Goodbye(close::UNAUTHORIZED, "this worker was removed")),
        Err(goodbye) => goodbye,
    };
    if let Some(Goodbye(code, reason)) = goodbye {
        let frame = CloseFrame {
            code,
            reason: reason.into(),
        };
        // The other side may be gone already.
        let _ = socket.send(Message::Close(Some(frame))).await;
    }
}

/// Opens the session of whoever introduces themselves, if they may.
async fn hello(
    app: &App,
    (who, mark): (Speaker, &HostMark),
    socket: &mut WebSocket,
) -> Result<Option<(WorkerConnect, Opened)>, Option<Goodbye>> {
    let hello = introduction(socket).await?;
    let worker = hello.worker_id;
    if !app.knows_the_time()
        && let Err(error) = server::beat(&app.reserved()).await
    {
        // An agent that is told a wrong time takes old offers for new ones.
        tracing::warn!(%error, worker.id = %worker, "a session could not be opened");
        return Err(Some(Goodbye(close::GOING_AWAY, "the database is away")));
    }
    match may_be(app, who, worker).await {
        Ok(true) => {}
        Ok(false) => {
            let reason = "the credential is another worker's";
            return Err(Some(Goodbye(close::UNAUTHORIZED, reason)));
        }
        Err(error) => {
            tracing::warn!(%error, worker.id = %worker, "a session could not be opened");
            return Err(Some(Goodbye(close::GOING_AWAY, "the database is away")));
        }
    }
    if hello
        .protocol
        .is_some_and(|protocol| protocol < OLDEST_PROTOCOL)
    {
        return Err(Some(Goodbye(close::PROTOCOL_TOO_OLD, "upgrade the agent")));
    }
    let connect = Connect {
        worker,
        hello: &hello,
        mark: Some(mark).filter(|mark| !mark.boot.is_empty()),
    };
    match perform(&app.reserved(), &connect).await {
        Ok(Some(opened)) => Ok(Some((hello, opened))),
        Ok(None) => Ok(None),
        Err(error) => {
            tracing::warn!(%error, worker.id = %worker, "a session could not be opened");
            Err(Some(Goodbye(close::GOING_AWAY, "the database is away")))
        }
    }
}

/// How many bytes a host may take for its boot id, a version or a link, each.
const MAX_SAID: usize = 256;

/// Takes the first frame, which must say who this is.
async fn introduction(socket: &mut WebSocket) -> Result<WorkerConnect, Option<Goodbye>> {
    let first = tokio::time::timeout(HELLO_PATIENCE, next_frame(socket)).await;
    let hello = match first {
        Ok(Some(Ok(FromAgent::WorkerConnect(hello)))) => hello,
        Ok(Some(Ok(_))) | Err(_) => {
            return Err(Some(Goodbye(
                close::UNAUTHORIZED,
                "worker_connect comes first",
            )));
        }
        Ok(Some(Err(goodbye))) => return Err(Some(goodbye)),
        Ok(None) => return Err(None),
    };
    let has_nul = |text: &Option<String>| text.as_ref().is_some_and(|text| text.contains('\0'));
    let texts = [
        &hello.boot_id,
        &hello.version,
        &hello.executor_version,
        &hello.link,
    ];
    if texts.into_iter().any(has_nul) {
        return Err(Some(Goodbye(
            close::BAD_FRAME,
            "the frame holds a NUL character",
        )));
    }
    if texts
        .into_iter()
        .flatten()
        .any(|text| text.len() > MAX_SAID)
    {
        return Err(Some(Goodbye(
            close::BAD_FRAME,
            "the host says too much of itself",
        )));
    }
    frames::checked_hello(hello).ok_or(Some(Goodbye(
        close::BAD_FRAME,
        "what the host says of itself is not plausible",
    )))
}

/// Whether who has opened the socket may speak as this worker.
async fn may_be(app: &App, who: Speaker, worker: WorkerId) -> Result<bool, StoreError> {
    match who {
        Speaker::One(own) => Ok(own == worker),
        Speaker::Shared => {
            let standing = shared::standing(app, worker).await?;
            Ok(standing == Some(shared::Standing::Shared))
        }
    }
}

/// The next frame; `None` when the socket is closed.
async fn next_frame(socket: &mut WebSocket) -> Option<Result<FromAgent, Goodbye>> {
    loop {
        return match socket.recv().await? {
            Ok(Message::Text(text)) => {
                Some(frames::read(&text).ok_or(Goodbye(close::BAD_FRAME, "the frame is malformed")))
            }
            Ok(Message::Ping(_) | Message::Pong(_)) => continue,
            Ok(Message::Binary(_)) => Some(Err(Goodbye(1003, "frames are text"))),
            Err(error) if error.to_string().contains("UTF-8") => {
                Some(Err(Goodbye(1007, "text is UTF-8")))
            }
            Err(error) if error.to_string().contains("too long") => {
                Some(Err(Goodbye(1009, "the frame is too long")))
            }
            Ok(Message::Close(_)) | Err(_) => None,
        };
    }
}

struct Session {
    app: App,
    worker: WorkerId,
    name: String,
    epoch: i64,
    /// Whether the worker speaks only the third seed's fields.
    is_seed: bool,
    /// Offers that were sent and not settled yet.
    sent: HashSet<(JobId, u32, Fence)>,
    /// Attempts that it was asked to end, with the shortest grace that was given.
    cancelled: HashMap<(JobId, u32, Fence), u64>,
    /// What the agent was told is wanted of it; nothing yet where it has just connected.
    said: Option<Wanted>,
    /// Bytes of output that came through this session, by attempt.
    kept: HashMap<(JobId, u32), u64>,
    /// Looks that it was asked to take, until they are too old to be taken.
    checks: HashMap<CheckId, Timestamp>,
    /// What it was asked of its log and has not answered, until nobody waits for it any more.
    logs: HashMap<LogAskId, Instant>,
    /// For a worker that cannot name jobs: what it was asked to do, oldest first.
    asked: Vec<ExecuteCommand>,
    replies: mpsc::UnboundedSender<ToAgent>,
}

async fn converse(
    app: &App,
    worker: WorkerId,
    (hello, opened): (WorkerConnect, Opened),
    socket: &mut WebSocket,
) -> Option<Goodbye> {
    let mut inbox = app.switchboard().open_session(worker, opened.epoch);
    let (replies, mut outbox) = mpsc::unbounded_channel();
    let mut session = Session {
        app: app.clone(),
        worker,
        name: opened.name.clone(),
        epoch: opened.epoch,
        is_seed: hello.protocol.is_none(),
        sent: opened.asked.iter().map(key_of).collect(),
        cancelled: HashMap::new(),
        said: None,
        kept: HashMap::new(),
        checks: HashMap::new(),
        logs: HashMap::new(),
        asked: opened.asked.clone(),
        replies,
    };
    tracing::info!(worker.id = %worker, worker.name = %session.name, epoch = session.epoch, "agent connected");
    if let Err(goodbye) = session.welcome(socket, opened).await {
        return goodbye;
    }
    let stop = app.supervisor().stopping().clone();
    let mut seed_ping = tokio::time::interval(SEED_PING);
    let mut heard_at = Instant::now();
    loop {
        let done = tokio::select! {
            () = stop.cancelled() => Err(Some(Goodbye(close::GOING_AWAY, "the server is stopping"))),
            message = inbox.recv() => match message {
                Some(message) => session.tell(socket, message).await,
                None => Err(Some(Goodbye(close::SUPERSEDED, "a newer session took over"))),
            },
            Some(frame) = outbox.recv() => session.settle(socket, frame).await,
            frame = tokio::time::timeout_at(heard_at + SILENCE, next_frame(socket)) => match frame {
                Ok(Some(Ok(frame))) => {
                    heard_at = Instant::now();
                    session.take(socket, frame).await
                }
                Ok(Some(Err(goodbye))) => Err(Some(goodbye)),
                Ok(None) => Err(None),
                Err(_) => Err(Some(Goodbye(close::GOING_AWAY, "nothing was heard for 45 s"))),
            },
            _ = seed_ping.tick(), if session.is_seed => {
                session.send(socket, &ToAgent::Ping(Ping::default())).await
            }
        };
        if let Err(goodbye) = done {
            let why = goodbye
                .as_ref()
                .map_or("the agent hung up", |Goodbye(_, reason)| reason);
            tracing::info!(worker.id = %worker, worker.name = %session.name, why, "agent disconnected");
            return goodbye;
        }
    }
}

type Done = Result<(), Option<Goodbye>>;

impl Session {
    async fn send(&self, socket: &mut WebSocket, frame: &ToAgent) -> Done {
        let text = serde_json::to_string(frame).map_err(|_| None)?;
        let sent = tokio::time::timeout(SILENCE, socket.send(Message::Text(text.into()))).await;
        sent.map_err(|_| None)?.map_err(|_| None)
    }

    /// Greets the agent, and sends what is waiting for it.
    async fn welcome(&mut self, socket: &mut WebSocket, opened: Opened) -> Done {
        let welcome = Welcome {
            session_epoch: opened.epoch,
            heartbeat_interval_ms: self.app.config().workers.heartbeat_interval_ms,
            server_time: self.app.now(),
            deadman_ms: deadman_ms(self.app.config().workers.offline_after_ms),
            kill: opened.kill,
        };
        self.send(socket, &ToAgent::Welcome(welcome)).await?;
        if !opened.forgotten.is_empty() {
            let evidence = Evidence::Forgotten(opened.forgotten);
            if let Err(error) = end::jobs(&self.app, evidence).await {
                tracing::warn!(%error, worker.id = %self.worker, "forgotten jobs are not ended yet");
            }
        }
        self.say_wanted(socket, opened.wanted).await?;
        self.look(socket).await
    }

    /// Tells the agent what is wanted of it, as far as that is something else than before. Whatever
    /// it believes when it connects, it hears whether it drains.
    async fn say_wanted(&mut self, socket: &mut WebSocket, wanted: Wanted) -> Done {
        let said = self.said.replace(wanted);
        let rest = |wanted: Wanted| {
            let drain = (wanted.drain, wanted.drain_deadline_at);
            (wanted.admin_state, drain, wanted.host_drain)
        };
        if said.map(rest) != Some(rest(wanted)) {
            self.say_rest(socket, (said, wanted)).await?;
        }
        let (restart, rotation) = said.map_or((None, None), |said| (said.restart, said.rotation));
        if let Some((_, scope)) = wanted.restart.filter(|wish| restart != Some(*wish)) {
            let executor = scope == RestartScope::Executor;
            self.send(socket, &ToAgent::Restart(Restart { executor }))
                .await?;
        }
        if wanted.rotation.is_some_and(|at| rotation != Some(at)) {
            self.send(socket, &ToAgent::RotateCredential).await?;
        }
        Ok(())
    }

    /// Says whether the worker is to rest.
    async fn say_rest(
        &self,
        socket: &mut WebSocket,
        (said, wanted): (Option<Wanted>, Wanted),
    ) -> Done {
        let drain = |mode| {
            ToAgent::Drain(Drain {
                mode,
                deadline_at: wanted.drain_deadline_at,
                id: wanted.drain,
                taken: wanted.host_drain,
            })
        };
        let frame = match wanted.admin_state {
            // It knows no frame that takes nothing back.
            AdminState::Active if self.is_seed && said.is_none() => return Ok(()),
            AdminState::Active => ToAgent::Resume(Resume {
                taken: wanted.host_drain,
            }),
            AdminState::Draining | AdminState::Drained => drain(DrainMode::Exit),
            AdminState::Held => drain(DrainMode::Hold),
        };
        self.send(socket, &frame).await
    }

    /// Passes on what the replica has to say.
    async fn tell(&mut self, socket: &mut WebSocket, message: ToSession) -> Done {
        match message {
            ToSession::Offer(command) => self.offer(socket, *command).await,
            ToSession::Kill(claim) => self.cancel(socket, claim, KILL_GRACE_MS).await,
            ToSession::Cancel(claim, grace_ms) => self.cancel(socket, claim, grace_ms).await,
            // It was read elsewhere, and may be older than what was said here.
            ToSession::Wanted(wanted) if self.said != Some(wanted) => self.look(socket).await,
            ToSession::Wanted(_) => Ok(()),
            ToSession::Check(check) => self.check(socket, *check).await,
            ToSession::ReadLog(ask) => self.read_log(socket, *ask).await,
            ToSession::Heard(sent_at) => {
                let ack = HeartbeatAck { sent_at };
                self.send(socket, &ToAgent::HeartbeatAck(ack)).await
            }
            ToSession::Look => self.look(socket).await,
            ToSession::Close(code, reason) => Err(Some(Goodbye(code, reason))),
        }
    }

    /// Reads what is true now, and sends what was not sent yet.
    async fn look(&mut self, socket: &mut WebSocket) -> Done {
        let outbox = match offer::outbox(&self.app, self.worker).await {
            Ok(outbox) => outbox,
            Err(error) => {
                tracing::debug!(%error, worker.id = %self.worker, "a session waits for the database");
                return Ok(());
            }
        };
        for (_, wanted) in outbox.wanted {
            self.say_wanted(socket, wanted).await?;
        }
        for command in outbox.offers {
            self.offer(socket, command).await?;
        }
        for wish in outbox.cancels {
            self.cancel(socket, wish.claim, wish.grace_ms).await?;
        }
        for (_, check) in outbox.checks {
            self.check(socket, check).await?;
        }
        for (_, ask) in outbox.logs {
            self.read_log(socket, ask).await?;
        }
        Ok(())
    }

    /// Sends what comes after a commit.
    async fn settle(&mut self, socket: &mut WebSocket, frame: ToAgent) -> Done {
        if let ToAgent::Ack(Ack {
            job_id,
            attempt,
            output_seq: None,
        }) = &frame
        {
            self.kept.remove(&(*job_id, *attempt));
            self.sent
                .retain(|(job, number, _)| (job, number) != (job_id, attempt));
            self.cancelled
                .retain(|(job, number, _), _| (job, number) != (job_id, attempt));
        }
        self.send(socket, &frame).await
    }
}
