//! The connection to the server: opened, kept alive, opened again.

use std::{future::Future, pin::Pin, time::Duration};

use futures_util::{SinkExt as _, StreamExt as _};
use pulse_api::{
    WorkerId,
    frames::{FromAgent, Ping, Pong, ToAgent, WorkerConnect, close},
};
use serde::Serialize;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::tungstenite::Message;

use super::{
    backoff::{Backoff, roll, spread},
    dial::{Receiver, Refusal, Sender, dial},
    outgoing::Outgoing,
};
use crate::{clock, network::Network, own_log};

/// Without a frame for this long the connection is taken for dead.
const SILENCE: Duration = Duration::from_secs(45);
const PING_EVERY: Duration = Duration::from_secs(15);
/// The first pings come quickly: the best of them tells the server's time.
const FIRST_PINGS: [u64; 4] = [0, 50, 200, 1000];
/// After another session of the same worker took over.
const SUPERSEDED_PAUSE: Duration = Duration::from_secs(30);
/// After a refusal that a person must resolve.
const REFUSED_PAUSE: Duration = Duration::from_secs(30);

/// What happens on the way to the server.
#[derive(Debug)]
pub(crate) enum Event {
    /// The socket is open.
    Connected,
    Frame(ToAgent),
    /// There is room for more output.
    Room,
    /// The connection is gone.
    Lost(String),
    /// The server would not have this worker.
    Refused(Refusal),
    /// Another session of the same worker took over.
    Superseded,
    /// This agent speaks a protocol that the server no longer knows.
    TooOld,
}

struct Session {
    /// Whether the first frame is queued: nothing may go before it.
    is_introduced: bool,
    sender: Sender,
    receiver: Receiver,
    heard_at: Instant,
    ping_at: Instant,
    pings: usize,
}

type Dialing = Pin<Box<dyn Future<Output = Result<(Sender, Receiver), Refusal>>>>;

enum Phase {
    Waiting(Instant),
    Dialing(Dialing),
    Up(Box<Session>),
}

/// The way to the server.
pub(crate) struct Uplink {
    pub(crate) outgoing: Outgoing,
    network: Network,
    worker_id: WorkerId,
    credential: String,
    phase: Phase,
    backoff: Backoff,
}

impl Uplink {
    /// Begins to connect when `next` is called.
    pub(crate) fn new(network: Network, worker_id: WorkerId, credential: String) -> Self {
        Self {
            outgoing: Outgoing::default(),
            network,
            worker_id,
            credential,
            phase: Phase::Waiting(Instant::now()),
            backoff: Backoff::default(),
        }
    }

    /// The next connection is opened with this one.
    pub(crate) fn set_credential(&mut self, secret: String) {
        self.credential = secret;
    }

    /// Whether there is a connection; otherwise one may be on its way.
    pub(crate) fn is_up(&self) -> bool {
        matches!(self.phase, Phase::Up(_))
    }

    /// Queues the first frame of a connection, which says who this is.
    pub(crate) fn introduce(&mut self, frame: WorkerConnect) {
        if let Phase::Up(session) = &mut self.phase {
            session.is_introduced = true;
            self.outgoing.push(text(&FromAgent::WorkerConnect(frame)));
        }
    }

    /// Queues a frame; while there is no connection that knows who this is, it is dropped.
    pub(crate) fn send(&mut self, frame: &FromAgent) {
        if let Phase::Up(session) = &self.phase
            && session.is_introduced
        {
            self.outgoing.push(text(frame));
        }
    }

    /// The server has taken this connection as good. Only now may it be pinged: the first frame
    /// says who this is.
    pub(crate) fn settled(&mut self) {
        self.backoff.reset();
        if let Phase::Up(session) = &mut self.phase {
            session.ping_at = Instant::now();
        }
    }

    /// Drops the connection, if any, and opens another after a pause.
    pub(crate) fn restart(&mut self, pause: Duration) {
        self.outgoing = Outgoing::default();
        self.phase = Phase::Waiting(Instant::now() + pause);
    }

    /// Says goodbye, once everything queued is written.
    pub(crate) async fn close(&mut self) {
        if let Phase::Up(session) = &mut self.phase {
            let goodbye = async {
                while !self.outgoing.is_empty() {
                    tokio::select! {
                        driven = self.outgoing.drive(&mut session.sender) => driven?,
                        () = tokio::time::sleep(Duration::from_millis(1)) => {}
                    }
                }
                session.sender.close().await
            };
            let _ = timeout(Duration::from_secs(1), goodbye).await;
        }
        self.restart(Duration::ZERO);
    }

    /// What happens next. May be dropped and called again.
    pub(crate) async fn next(&mut self) -> Event {
        loop {
            match &mut self.phase {
                Phase::Waiting(until) => {
                    sleep_until(*until).await;
                    let dialing = dial(
                        self.network.clone(),
                        self.worker_id,
                        self.credential.clone(),
                    );
                    self.phase = Phase::Dialing(Box::pin(dialing));
                }
                Phase::Dialing(dialing) => {
                    let dialed = dialing.await;
                    return self.dialed(dialed);
                }
                Phase::Up(session) => {
                    let event = session.next(&mut self.outgoing).await;
                    if let Event::Lost(reason) = event {
                        return self.lost(reason, Duration::ZERO);
                    }
                    if let Event::Superseded = event {
                        return self.lost(
                            "another session of this worker took over".to_owned(),
                            SUPERSEDED_PAUSE,
                        );
                    }
                    return event;
                }
            }
        }
    }

    fn dialed(&mut self, dialed: Result<(Sender, Receiver), Refusal>) -> Event {
        let now = Instant::now();
        match dialed {
            Ok((sender, receiver)) => {
                self.outgoing = Outgoing::default();
                self.phase = Phase::Up(Box::new(Session {
                    is_introduced: false,
                    sender,
                    receiver,
                    heard_at: now,
                    ping_at: now + SILENCE * 2,
                    pings: 0,
                }));
                Event::Connected
            }
            Err(refusal) if refusal.is_passing() => {
                let asked = match &refusal {
                    Refusal::Later(pause) => spread(*pause, roll()),
                    Refusal::Unreachable(_) | Refusal::Problem { .. } | Refusal::Strange(_) => {
                        Duration::ZERO
                    }
                };
                let pause = asked.max(self.backoff.next(roll()));
                self.restart(pause);
                Event::Refused(refusal)
            }
            Err(refusal) => {
                self.restart(REFUSED_PAUSE);
                Event::Refused(refusal)
            }
        }
    }

    fn lost(&mut self, reason: String, pause: Duration) -> Event {
        let pause = pause.max(self.backoff.next(roll()));
        self.restart(pause);
        Event::Lost(reason)
    }
}

impl Session {
    async fn next(&mut self, outgoing: &mut Outgoing) -> Event {
        loop {
            tokio::select! {
                driven = outgoing.drive(&mut self.sender) => return match driven {
                    Ok(()) => Event::Room,
                    Err(error) => Event::Lost(error.to_string()),
                },
                message = self.receiver.next() => {
                    self.heard_at = Instant::now();
                    let Some(message) = message else {
                        return Event::Lost("the server closed the connection".to_owned());
                    };
                    match message {
                        Ok(message) => if let Some(event) = heard(message, outgoing) {
                            return event;
                        },
                        Err(error) => return Event::Lost(error.to_string()),
                    }
                }
                () = sleep_until(self.ping_at) => self.ping(outgoing),
                () = sleep_until(self.heard_at + SILENCE) => {
                    return Event::Lost("nothing was heard for 45 s".to_owned());
                }
            }
        }
    }

    /// Carries the boot clock, which nobody can set between question and answer.
    fn ping(&mut self, outgoing: &mut Outgoing) {
        let sent_at = Some(clock::timestamp(clock::boottime_ns()));
        outgoing.push(text(&FromAgent::Ping(Ping { sent_at })));
        let pause = FIRST_PINGS
            .get(self.pings + 1)
            .map_or(PING_EVERY, |ms| Duration::from_millis(*ms));
        self.pings += 1;
        self.ping_at = Instant::now() + pause;
    }
}

fn heard(message: Message, outgoing: &mut Outgoing) -> Option<Event> {
    match message {
        Message::Text(body) => match serde_json::from_str(&body) {
            Ok(ToAgent::Ping(ping)) => {
                let answer = Pong {
                    sent_at: ping.sent_at,
                    ..Pong::default()
                };
                outgoing.push(text(&FromAgent::Pong(answer)));
                None
            }
            Ok(frame) => Some(Event::Frame(frame)),
            Err(error) => {
                let reason = own_log::unreadable(&error);
                tracing::warn!(reason, "a frame of the server could not be read");
                None
            }
        },
        Message::Close(reason) => Some(closed(reason.map(|reason| u16::from(reason.code)))),
        Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => None,
    }
}

fn closed(code: Option<u16>) -> Event {
    match code {
        Some(close::PROTOCOL_TOO_OLD) => Event::TooOld,
        Some(close::SUPERSEDED) => Event::Superseded,
        Some(close::GOING_AWAY) => Event::Lost("the server is stopping".to_owned()),
        Some(close::UNAUTHORIZED) => Event::Lost("the server ended the session".to_owned()),
        Some(code) => Event::Lost(format!("the server closed the connection with code {code}")),
        None => Event::Lost("the server closed the connection".to_owned()),
    }
}

/// The text of a frame.
pub(crate) fn text(frame: &impl Serialize) -> String {
    serde_json::to_string(frame).expect("these types have string keys only")
}
