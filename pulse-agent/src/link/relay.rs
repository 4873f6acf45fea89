//! Stands between the server and the executor, and decides when to leave.

use std::time::Duration;

use pulse_api::{
    ProblemCode,
    frames::{FromAgent, Pong, Restart, ToAgent, Welcome},
};
use tokio::time::{Instant, sleep_until};
use tokio_tungstenite::tungstenite::Utf8Bytes;

use super::{
    Options,
    checks::Checks,
    dial::Refusal,
    drains::Drains,
    earlier::Walks,
    leaving::{Leaving, Step},
    logs::Logs,
    metrics::Meter,
    own::Own,
    rotation::Rotation,
    server_clock::ServerClock,
    signals::Signals,
    uplink::{Event, Uplink},
};
use crate::{
    clock,
    connection::{self, Executor, at},
    credential::Credential,
    network::Network,
    service_manager,
    wire::{FromExecutor, Inventory, Kind, Load, Message, ToExecutor},
};

/// Why the relay stopped.
#[derive(Debug, Clone)]
pub(crate) enum Outcome {
    /// The executor is gone: another is needed.
    ExecutorLost,
    /// Somebody asked the link to end; steps are not concerned.
    Left,
    /// Nothing runs any more; the worker may be taken off the list.
    Drained,
    /// The server asked for a restart of this process, or of the executor too.
    Restart(Restart),
    /// The server cleaned this worker up: it must register again.
    Deleted,
    /// The worker was removed.
    Revoked,
    /// Its credential is used by another host too, as the server says.
    Cloned(String),
    /// The server no longer knows this protocol.
    TooOld,
}

/// The relay and all that it needs.
pub(crate) struct Relay<'a> {
    pub(crate) options: &'a Options,
    pub(crate) own: &'a mut Own,
    pub(crate) network: Network,
    pub(crate) credential: Credential,
    pub(crate) rotation: Rotation,
    /// Made anew with each start of this process.
    pub(crate) link: &'a str,
    pub(crate) signals: &'a mut Signals,
    pub(crate) executor: Executor,
    pub(crate) inventory: Inventory,
    pub(crate) uplink: Uplink,
    pub(crate) meter: Meter,
    pub(crate) clock: ServerClock,
    pub(crate) leaving: Leaving,
    pub(crate) drains: Drains,
    pub(crate) pace: Pace,
    pub(crate) walks: Walks,
    pub(crate) checks: Checks,
    pub(crate) logs: Logs,
}

/// When the next heartbeat is due, and what was said already.
pub(crate) struct Pace {
    pub(crate) interval: Duration,
    pub(crate) heartbeat_at: Instant,
    pub(crate) is_heartbeat_asked: bool,
    /// What the executor last said of itself.
    pub(crate) load: Option<Load>,
    pub(crate) connect_sent_ns: i64,
    pub(crate) is_online: bool,
    /// How many times the executor was asked what it has in hand, and has not answered.
    pub(crate) inventories_due: u32,
    /// Whether the server was told on this connection what this host can do.
    pub(crate) is_described: bool,
    pub(crate) last_refusal: Option<String>,
}

impl Pace {
    /// A heartbeat follows as soon as there is a connection.
    pub(crate) fn new(interval: Duration) -> Self {
        Self {
            interval,
            heartbeat_at: Instant::now(),
            is_heartbeat_asked: false,
            load: None,
            connect_sent_ns: 0,
            is_online: false,
            inventories_due: 0,
            is_described: false,
            last_refusal: None,
        }
    }
}

impl Relay<'_> {
    /// Passes everything on until there is a reason to stop.
    pub(crate) async fn run(&mut self) -> Outcome {
        if self.leaving.is_leaving()
            && let Some(outcome) = self.begin_drain().await
        {
            // A new executor does not know of it yet.
            return outcome;
        }
        loop {
            let has_room = self.uplink.outgoing.has_room();
            let (heartbeat_at, is_online) = (self.pace.heartbeat_at, self.pace.is_online);
            let act_at = self.leaving.next_act();
            let outcome = tokio::select! {
                message = async {
                    if has_room {
                        self.executor.next().await
                    } else {
                        self.executor.rest().await
                    }
                } => match message {
                    Some(message) => self.pass_on(message).await,
                    None => Some(Outcome::ExecutorLost),
                },
                event = self.uplink.next() => self.hear(event).await,
                () = sleep_until(heartbeat_at), if is_online => self.ask_load().await,
                () = at(act_at) => self.act().await,
                call = self.signals.next() => self.obey(call).await,
                rotated = self.rotation.next() => self.rotated(rotated),
                report = self.checks.next() => {
                    self.uplink.send(&FromAgent::CheckReport(report));
                    None
                }
                said = self.logs.next() => {
                    self.say_log(said);
                    None
                }
                () = self.own.look() => {
                    self.describe();
                    None
                }
            };
            if let Some(outcome) = outcome {
                return outcome;
            }
        }
    }

    pub(super) async fn tell(&mut self, message: ToExecutor) -> Option<Outcome> {
        let sent = self.executor.send(&message).await;
        sent.err().map(|_| Outcome::ExecutorLost)
    }

    async fn pass_on(&mut self, message: Message) -> Option<Outcome> {
        match message.kind {
            Kind::Control => {}
            Kind::Frame | Kind::Bulk if !self.pace.is_online => return None,
            kind @ (Kind::Frame | Kind::Bulk) => {
                if let Ok(text) = Utf8Bytes::try_from(message.body) {
                    match kind {
                        Kind::Bulk => self.uplink.outgoing.push_bulk(text),
                        Kind::Frame | Kind::Control => self.uplink.outgoing.push(text),
                    }
                }
                return None;
            }
        }
        match connection::read(&message) {
            Some(FromExecutor::Inventory(inventory)) => {
                self.inventory = inventory;
                // An answer that was asked for on an earlier connection is not this one's first frame.
                self.pace.inventories_due = self.pace.inventories_due.saturating_sub(1);
                if self.pace.inventories_due == 0 {
                    self.introduce();
                }
                None
            }
            Some(FromExecutor::Load(load)) => self.weigh(&load).await,
            Some(FromExecutor::Reloaded(outcome)) => self.reloaded(outcome).await,
            Some(FromExecutor::Resumed) => {
                self.resumed();
                None
            }
            None => None,
        }
    }

    async fn hear(&mut self, event: Event) -> Option<Outcome> {
        match event {
            Event::Connected => {
                self.pace.inventories_due += 1;
                self.tell(ToExecutor::Connecting).await
            }
            Event::Frame(frame) => self.frame(frame).await,
            Event::Lost(reason) => {
                self.begin_with_newest();
                tracing::warn!(
                    reason,
                    "the connection to the server is lost; running steps go on"
                );
                self.offline().await
            }
            Event::Room | Event::Superseded => None,
            Event::TooOld => Some(Outcome::TooOld),
            Event::Refused(refusal) => self.refused(&refusal),
        }
    }

    async fn offline(&mut self) -> Option<Outcome> {
        self.pace.is_online = false;
        service_manager::status("no connection to the server; running steps go on");
        self.tell(ToExecutor::Offline).await
    }

    fn refused(&mut self, refusal: &Refusal) -> Option<Outcome> {
        if let Refusal::Problem { code, detail } = refusal {
            if *code == ProblemCode::CredentialUnknown {
                self.unknown();
                return None;
            }
            if let Some(outcome) = ending(*code, detail) {
                return Some(outcome);
            }
        }
        self.begin_with_newest();
        let cause =
            std::error::Error::source(refusal).map_or(String::new(), |cause| format!(": {cause}"));
        let sentence = format!("{refusal}{cause}");
        // Each new trouble once, not with every try.
        if self.pace.last_refusal.as_ref() != Some(&sentence) {
            tracing::warn!(
                reason = sentence,
                "no connection to the server; trying again"
            );
            service_manager::status(&format!("no connection to the server: {sentence}"));
            self.pace.last_refusal = Some(sentence);
        }
        None
    }

    async fn frame(&mut self, frame: ToAgent) -> Option<Outcome> {
        match frame {
            ToAgent::Welcome(welcome) => self.welcome(welcome).await,
            ToAgent::ExecuteCommand(offer) => {
                let expires_ns = clock::unix_ns(offer.expires_at);
                let start_before_ns = self.clock.earliest(expires_ns).unwrap_or(i64::MIN);
                self.tell(ToExecutor::Start {
                    offer,
                    start_before_ns,
                })
                .await
            }
            ToAgent::Ack(ack) => self.acknowledge(ack).await,
            ToAgent::Cancel(cancel) => self.tell(ToExecutor::Cancel(cancel)).await,
            ToAgent::Drain(drain) => {
                // A server that gives it no id means another one each time.
                let on = (drain.id.unwrap_or_default(), drain.mode);
                self.hear_of_drains(Some(on), drain.taken).await
            }
            ToAgent::Resume(resume) => self.hear_of_drains(None, resume.taken).await,
            ToAgent::Restart(restart) => self.restart(restart).await,
            ToAgent::RotateCredential => {
                self.rotate();
                None
            }
            ToAgent::HeartbeatAck(ack) => {
                let heard_ns = clock::unix_ns(ack.sent_at);
                self.tell(ToExecutor::Heard { heard_ns }).await
            }
            ToAgent::Pong(pong) => self.pong(&pong).await,
            ToAgent::Check(check) => {
                self.check(*check);
                None
            }
            ToAgent::ReadLog(ask) => {
                self.logs.begin(*ask, &self.options.state);
                None
            }
            ToAgent::Ping(_) | ToAgent::Unknown => None,
        }
    }

    async fn welcome(&mut self, welcome: Welcome) -> Option<Outcome> {
        let now_ns = clock::boottime_ns();
        self.clock.forget();
        self.clock.learn(
            self.pace.connect_sent_ns,
            now_ns,
            clock::unix_ns(welcome.server_time),
        );
        self.uplink.settled();
        self.drains.connected();
        self.pace.is_online = true;
        if !self.pace.is_described {
            self.describe();
        }
        let connections = &self.own.connections;
        connections.set(connections.get() + 1);
        self.pace.last_refusal = None;
        if self.own.config.heartbeat_interval.is_none() {
            self.pace.interval = Duration::from_millis(welcome.heartbeat_interval_ms.max(10));
        }
        tracing::info!(
            worker.id = %self.credential.worker_id,
            session_epoch = welcome.session_epoch,
            running = self.inventory.running.len(),
            kill = welcome.kill.len(),
            "connected"
        );
        let clock_offset_ns = self.clock.offset_ns().unwrap_or_default();
        let online = ToExecutor::Online {
            kill: welcome.kill,
            clock_offset_ns,
            heard_ns: self.pace.connect_sent_ns,
            deadman_ms: welcome.deadman_ms,
        };
        if let Some(outcome) = self.tell(online).await {
            return Some(outcome);
        }
        self.leave_earlier();
        // Before any offer, so that a drain is known before the first refusal.
        self.ask_load().await
    }

    async fn pong(&mut self, pong: &Pong) -> Option<Outcome> {
        let (Some(sent_at), Some(server_time)) = (pong.sent_at, pong.server_time) else {
            return None;
        };
        let before = self.clock.offset_ns();
        let now_ns = clock::boottime_ns();
        self.clock
            .learn(clock::unix_ns(sent_at), now_ns, clock::unix_ns(server_time));
        match self.clock.offset_ns() {
            Some(offset_ns) if Some(offset_ns) != before => {
                self.tell(ToExecutor::Clock { offset_ns }).await
            }
            Some(_) | None => None,
        }
    }

    pub(super) async fn act(&mut self) -> Option<Outcome> {
        match self.leaving.step(Instant::now()) {
            Step::Wait => None,
            Step::CancelAll => self.tell(ToExecutor::CancelAll).await,
            Step::Leave => {
                tracing::info!("drain complete, 0 active runs");
                Some(Outcome::Drained)
            }
        }
    }
}

/// What a refusal means that no waiting mends.
pub(super) fn ending(code: ProblemCode, detail: &str) -> Option<Outcome> {
    let endings = [
        (ProblemCode::CredentialRevoked, Outcome::Revoked),
        (
            ProblemCode::CredentialCloned,
            Outcome::Cloned(detail.to_owned()),
        ),
        (ProblemCode::WorkerDeleted, Outcome::Deleted),
        (ProblemCode::ProtocolTooOld, Outcome::TooOld),
    ];
    let found = endings.into_iter().find(|(ending, _)| *ending == code);
    found.map(|(_, outcome)| outcome)
}
