//! Where everything that happens to the executor arrives, one thing at a time.

use std::{collections::HashMap, error::Error as _, io, time::Duration};

use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::mpsc,
    time::Instant,
};

use super::{
    door::{Door, Knock},
    engine::Engine,
    outbox::Lane,
    reaper::Reaper,
    watch::News,
};
use crate::{
    program, service_manager,
    wire::{FromExecutor, Kind, Message, Settings, ToExecutor},
};

/// How long the last results may take to be acknowledged.
const REPORT_LIMIT: Duration = Duration::from_secs(2);

/// What the operating system may say.
pub(crate) struct Signals {
    children: Signal,
    terminate: Signal,
    interrupt: Signal,
    hangup: Signal,
}

impl Signals {
    /// From here on these signals no longer end the process by themselves.
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self {
            children: signal(SignalKind::child())?,
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hangup: signal(SignalKind::hangup())?,
        })
    }
}

/// What the desk waits for besides its connections.
pub(crate) struct Sources {
    pub(crate) signals: Signals,
    pub(crate) heard: mpsc::Receiver<News>,
    pub(crate) knocked: mpsc::Receiver<Knock>,
}

/// Where everything that happens to the executor arrives.
pub(crate) struct Desk {
    pub(crate) engine: Engine,
    pub(crate) door: Door,
    pub(crate) reaper: Reaper,
    pub(crate) lanes: HashMap<u64, Lane>,
    pub(crate) link: Option<u64>,
    pub(crate) linger: Option<Duration>,
    pub(crate) idle_since: Instant,
    pub(crate) stop_grace: Duration,
    pub(crate) cancel_at: Option<Instant>,
    pub(crate) is_leaving: bool,
    /// When it leaves although results are not acknowledged; the journal has them.
    pub(crate) leave_by: Option<Instant>,
}

impl Desk {
    /// Takes whatever comes until nobody needs this executor.
    pub(crate) async fn run(&mut self, mut sources: Sources) {
        loop {
            let expiry = self.engine.next_expiry();
            let leave_at = self.leave_at();
            let deadman = self.engine.next_deadman();
            tokio::select! {
                _ = sources.signals.children.recv() => self.reaper.reap(),
                Some(news) = sources.heard.recv() => self.hear(news),
                Some(knock) = sources.knocked.recv() => self.answer(knock),
                accepted = self.door.accept() => self.greet(accepted),
                () = after(expiry) => self.engine.turn_queue(),
                () = after(deadman) => self.engine.end_cut_off(),
                () = at(leave_at) => return,
                () = at(self.cancel_at) => self.cancel(),
                _ = sources.signals.terminate.recv() => self.stop(self.stop_grace),
                _ = sources.signals.interrupt.recv() => self.stop(self.stop_grace),
                _ = sources.signals.hangup.recv() => self.renew(),
            }
            if self.engine.is_renewing && self.engine.is_idle() && !self.is_leaving {
                self.give_way();
            }
            if self.is_leaving && self.engine.is_idle() {
                let is_told = !self.engine.outbox.is_online() || self.engine.load().unreported == 0;
                let by = *self
                    .leave_by
                    .get_or_insert_with(|| Instant::now() + REPORT_LIMIT);
                if is_told || Instant::now() >= by {
                    return;
                }
            }
        }
    }

    /// When nobody can need this executor any more.
    fn leave_at(&self) -> Option<Instant> {
        if self.leave_by.is_some() {
            return self.leave_by;
        }
        // Results that nobody has taken yet are in the journal, and the next executor reports them.
        let is_needed = self.link.is_some() || !self.engine.is_idle();
        let linger = self.linger.filter(|_| !is_needed)?;
        Some(self.idle_since + linger)
    }

    /// Lets steps end by themselves for a while, then ends them, then the executor.
    fn stop(&mut self, grace: Duration) {
        self.engine.close_down();
        // Whoever asks twice does not want to wait.
        let grace = if self.is_leaving {
            Duration::ZERO
        } else {
            grace
        };
        self.is_leaving = true;
        self.engine.is_renewing = false;
        self.cancel_at = Some(Instant::now() + grace);
        if self.linger.is_none() {
            service_manager::stopping(grace + self.engine.kill_grace() + REPORT_LIMIT * 2);
        }
    }

    /// Leaves the place to the installed program once nothing runs.
    fn renew(&mut self) {
        if !self.is_leaving {
            tracing::info!("another executor takes over as soon as no step runs");
            self.engine.is_renewing = true;
        }
    }

    /// Leaves, unless that would leave the host without an executor.
    fn give_way(&mut self) {
        if let Err(error) = program::is_sound(self.engine.config_file()) {
            let cause = error.source().map(ToString::to_string);
            tracing::error!(%error, cause, "this executor stays");
            self.engine.is_renewing = false;
            return;
        }
        // What is offered from here on is refused, so the server offers it again.
        self.engine.close_down();
        self.is_leaving = true;
    }

    fn cancel(&mut self) {
        self.cancel_at = None;
        self.engine.cancel_all();
    }

    fn hear(&mut self, news: News) {
        let is_end = matches!(news, News::Ended(..));
        self.engine.hear(news);
        self.idle_since = Instant::now();
        if is_end {
            self.tell_load();
        }
    }

    /// A link that waits for a drain wants to know how far it has come.
    fn tell_load(&mut self) {
        if self.engine.is_draining() {
            let load = FromExecutor::Load(self.engine.load());
            self.engine.tell(&load);
        }
    }

    fn greet(&mut self, accepted: io::Result<(u64, Lane)>) {
        match accepted {
            Ok((id, lane)) => {
                self.lanes.insert(id, lane);
            }
            Err(error) => tracing::warn!(%error, "a connection could not be taken"),
        }
    }

    fn answer(&mut self, knock: Knock) {
        match knock {
            Knock::Message(id, message) => self.obey(id, message),
            Knock::Room => self.engine.send(),
            Knock::Closed(id) => {
                self.lanes.remove(&id);
                if self.link == Some(id) {
                    tracing::info!("the link is gone");
                    self.link = None;
                    self.idle_since = Instant::now();
                    self.engine.outbox.detach();
                    self.engine.offline();
                }
            }
        }
    }

    fn obey(&mut self, id: u64, message: ToExecutor) {
        if self.link == Some(id) && message.is_of_rest() {
            self.engine.heed();
        }
        match message {
            ToExecutor::Attach(settings) => self.attach(id, settings),
            ToExecutor::Status => self.tell_status(id),
            ToExecutor::Renew => {
                self.renew();
                self.tell_status(id);
            }
            ToExecutor::Drain(mode) => {
                self.engine.drain(mode);
                if self.link != Some(id) {
                    self.tell_status(id);
                }
            }
            ToExecutor::Resume => {
                self.engine.resume();
                let load = FromExecutor::Load(self.engine.load());
                self.engine.tell(&load);
                if self.link != Some(id) {
                    self.engine.tell(&FromExecutor::Resumed);
                    self.tell_status(id);
                }
            }
            ToExecutor::Reload => self.reload(id),
            ToExecutor::Exit => self.stop(Duration::ZERO),
            ToExecutor::CancelAll => self.engine.cancel_all(),
            // Only the link speaks for the server.
            message @ (ToExecutor::Connecting
            | ToExecutor::Online { .. }
            | ToExecutor::Heard { .. }
            | ToExecutor::Offline
            | ToExecutor::Clock { .. }
            | ToExecutor::Start { .. }
            | ToExecutor::Configure(_)
            | ToExecutor::Cancel(_)
            | ToExecutor::Ack(_)) => {
                if self.link == Some(id) {
                    self.obey_link(message);
                }
            }
        }
    }

    fn obey_link(&mut self, message: ToExecutor) {
        match message {
            ToExecutor::Connecting => {
                self.engine.offline();
                let inventory = self.engine.inventory();
                self.engine.tell(&inventory);
            }
            ToExecutor::Online {
                kill,
                clock_offset_ns,
                heard_ns,
                deadman_ms,
            } => {
                self.engine.limit_silence(deadman_ms);
                self.engine.heard(heard_ns);
                self.engine.online(&kill, clock_offset_ns);
            }
            ToExecutor::Heard { heard_ns } => self.engine.heard(heard_ns),
            ToExecutor::Offline => self.engine.offline(),
            ToExecutor::Clock { offset_ns } => self.engine.set_clock(offset_ns),
            ToExecutor::Start {
                offer,
                start_before_ns,
            } => self.engine.offer(offer, start_before_ns),
            ToExecutor::Cancel(cancel) => self.engine.cancel(&cancel),
            ToExecutor::Ack(ack) => {
                self.engine.ack(&ack);
                if ack.output_seq.is_none() {
                    self.idle_since = Instant::now();
                    self.tell_load();
                }
            }
            ToExecutor::Configure(settings) => self.engine.configure(settings),
            ToExecutor::Attach(_)
            | ToExecutor::Status
            | ToExecutor::Renew
            | ToExecutor::Reload
            | ToExecutor::Drain(_)
            | ToExecutor::Resume
            | ToExecutor::Exit
            | ToExecutor::CancelAll => {}
        }
    }

    fn attach(&mut self, id: u64, settings: Settings) {
        let Some(lane) = self.lanes.get(&id) else {
            return;
        };
        self.engine.outbox.attach(lane.clone());
        self.engine.attached(settings);
        self.link = Some(id);
        let inventory = self.engine.inventory();
        self.engine.tell(&inventory);
    }

    /// Reads the rules again. The link hears of it, whoever asked.
    fn reload(&mut self, id: u64) {
        let outcome = self.engine.reload();
        if let Err(sentence) = &outcome {
            tracing::error!(reason = sentence, "the rules stay as they were");
        }
        let told = FromExecutor::Reloaded(outcome);
        self.engine.tell(&told);
        if self.link != Some(id)
            && let Some(lane) = self.lanes.get(&id)
        {
            let _ = lane.messages.send(Message::new(Kind::Control, &told));
        }
    }

    fn tell_status(&self, id: u64) {
        if let Some(lane) = self.lanes.get(&id) {
            let load = FromExecutor::Load(self.engine.load());
            let _ = lane.messages.send(Message::new(Kind::Control, &load));
        }
    }
}

async fn after(delay: Option<Duration>) {
    match delay {
        Some(delay) => tokio::time::sleep(delay).await,
        None => std::future::pending().await,
    }
}

async fn at(moment: Option<Instant>) {
    match moment {
        Some(moment) => tokio::time::sleep_until(moment).await,
        None => std::future::pending().await,
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.engine.outbox.detach();
    }
}
