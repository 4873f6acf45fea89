//! The process that starts and watches steps. It never touches the network.

mod attempts;
mod door;
mod engine;
mod journal;
mod launch;
mod outbox;
mod outputs;
mod pipes;
mod reaper;
mod record;
mod results;
mod ring;
mod spool;
mod tree;
mod watch;

#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, HashMap},
    fs, io,
    time::Duration,
};

use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::mpsc,
    task::LocalSet,
    time::Instant,
};

pub(crate) use self::launch::find_program;
use self::{
    door::{Door, Knock},
    engine::{Engine, Parts},
    journal::Journal,
    launch::Launcher,
    outbox::Lane,
    reaper::Reaper,
};
use crate::{
    host,
    state::{LockError, State},
    wire::{DrainMode, FromExecutor, Kind, Message, Settings, ToExecutor},
};

/// How an executor is to be run.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) state: State,
    pub(crate) settings: Settings,
    /// `PATH` and the like, for steps.
    pub(crate) inherited: BTreeMap<String, String>,
    /// How long steps may go on when the executor itself is asked to end.
    pub(crate) stop_grace: Duration,
    /// Started by `run`: it leaves once nobody needs it for this long.
    pub(crate) linger: Option<Duration>,
}

/// Why an executor could not be run.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ExecutorError {
    #[error("another executor is running in this state folder")]
    Running,
    #[error("the state folder cannot be used")]
    State(#[source] io::Error),
    #[error("the journal cannot be read")]
    Journal(#[source] io::Error),
    #[error("the executor's socket cannot be opened")]
    Socket(#[source] io::Error),
    #[error("the executor cannot watch for signals")]
    Signals(#[source] io::Error),
}

/// Runs the executor until it is told to end.
pub(crate) fn run(options: Options) -> Result<(), ExecutorError> {
    let _lock = options
        .state
        .lock("executor.lock")
        .map_err(|error| match error {
            LockError::Held => ExecutorError::Running,
            LockError::Io(error) => ExecutorError::State(error),
        })?;
    if options.linger.is_some() {
        host::detach();
    }
    host::prepare_executor();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(ExecutorError::Signals)?;
    LocalSet::new().block_on(&runtime, serve(options))
}

async fn serve(options: Options) -> Result<(), ExecutorError> {
    let state = &options.state;
    for folder in ["spool", "jobs"] {
        state.folder(folder).map_err(ExecutorError::State)?;
    }
    let (journal, records) = Journal::open(state.path()).map_err(ExecutorError::Journal)?;
    let launcher = Launcher {
        inherited: options.inherited.clone(),
        folder: state.path().join("jobs"),
    };
    let parts = Parts {
        settings: options.settings,
        launcher,
        journal,
        folder: state.path().to_owned(),
        boot_id: host::boot_id(),
        detached: options.linger.is_some(),
    };
    let children = signal(SignalKind::child()).map_err(ExecutorError::Signals)?;
    let terminate = signal(SignalKind::terminate()).map_err(ExecutorError::Signals)?;
    let interrupt = signal(SignalKind::interrupt()).map_err(ExecutorError::Signals)?;
    let reaper = Reaper::default();
    let (news, heard) = mpsc::channel(8);
    let mut engine = Engine::new(parts, reaper.clone(), news);
    engine.recover(records);
    sweep(&engine, state);
    let (knocks, knocked) = mpsc::channel(64);
    let door =
        Door::open(&state.path().join("executor.sock"), knocks).map_err(ExecutorError::Socket)?;
    tracing::info!(pid = std::process::id(), "executor ready");
    let mut desk = Desk {
        engine,
        door,
        reaper,
        lanes: HashMap::new(),
        link: None,
        linger: options.linger,
        idle_since: Instant::now(),
        stop_grace: options.stop_grace,
        cancel_at: None,
        is_leaving: false,
    };
    desk.run(Sources {
        children,
        terminate,
        interrupt,
        heard,
        knocked,
    })
    .await;
    let _ = fs::remove_file(state.path().join("executor.sock"));
    tracing::info!("executor ends");
    Ok(())
}

/// Removes files of attempts that nobody asks for any more.
fn sweep(engine: &Engine, state: &State) {
    let wanted: Vec<String> = engine.spools.keys().map(|key| key.file_stem()).collect();
    for folder in ["spool", "jobs"] {
        let Ok(entries) = fs::read_dir(state.path().join(folder)) else {
            continue;
        };
        for entry in entries.flatten() {
            let is_wanted = entry
                .file_name()
                .to_str()
                .is_some_and(|name| folder == "spool" && wanted.iter().any(|stem| stem == name));
            if !is_wanted {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

struct Sources {
    children: Signal,
    terminate: Signal,
    interrupt: Signal,
    heard: mpsc::Receiver<watch::News>,
    knocked: mpsc::Receiver<Knock>,
}

/// Where everything that happens to the executor arrives.
struct Desk {
    engine: Engine,
    door: Door,
    reaper: Reaper,
    lanes: HashMap<u64, Lane>,
    link: Option<u64>,
    linger: Option<Duration>,
    idle_since: Instant,
    stop_grace: Duration,
    cancel_at: Option<Instant>,
    is_leaving: bool,
}

impl Desk {
    async fn run(&mut self, mut sources: Sources) {
        loop {
            let expiry = self.engine.next_expiry();
            let leave_at = self.leave_at();
            tokio::select! {
                _ = sources.children.recv() => self.reaper.reap(),
                Some(news) = sources.heard.recv() => self.hear(news),
                Some(knock) = sources.knocked.recv() => self.answer(knock),
                accepted = self.door.accept() => self.greet(accepted),
                () = after(expiry) => self.engine.turn_queue(),
                () = at(leave_at) => return,
                () = at(self.cancel_at) => self.cancel(),
                _ = sources.terminate.recv() => self.stop(self.stop_grace),
                _ = sources.interrupt.recv() => self.stop(self.stop_grace),
            }
            if self.is_leaving && self.engine.is_idle() {
                return;
            }
        }
    }

    /// When nobody can need this executor any more.
    fn leave_at(&self) -> Option<Instant> {
        let is_needed = self.link.is_some() || self.engine.load().outstanding() > 0;
        let linger = self.linger.filter(|_| !is_needed)?;
        Some(self.idle_since + linger)
    }

    /// Lets steps end by themselves for a while, then ends them, then the executor.
    fn stop(&mut self, grace: Duration) {
        self.engine.drain(DrainMode::Exit);
        self.tell_load();
        // Whoever asks twice does not want to wait.
        let grace = if self.is_leaving {
            Duration::ZERO
        } else {
            grace
        };
        self.is_leaving = true;
        self.cancel_at = Some(Instant::now() + grace);
    }

    fn cancel(&mut self) {
        self.cancel_at = None;
        self.engine.cancel_all();
    }

    fn hear(&mut self, news: watch::News) {
        let is_end = matches!(news, watch::News::Ended(..));
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
        match message {
            ToExecutor::Attach(settings) => self.attach(id, settings),
            ToExecutor::Status => self.tell_status(id),
            ToExecutor::Drain(mode) => {
                self.engine.drain(mode);
                self.tell_load();
                self.tell_status(id);
            }
            ToExecutor::Resume => {
                self.engine.resume();
                let load = FromExecutor::Load(self.engine.load());
                self.engine.tell(&load);
                self.tell_status(id);
            }
            ToExecutor::Exit => self.stop(Duration::ZERO),
            ToExecutor::CancelAll => self.engine.cancel_all(),
            // Only the link speaks for the server.
            message @ (ToExecutor::Connecting
            | ToExecutor::Online { .. }
            | ToExecutor::Offline
            | ToExecutor::Clock { .. }
            | ToExecutor::Start { .. }
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
            } => self.engine.online(&kill, clock_offset_ns),
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
            ToExecutor::Attach(_)
            | ToExecutor::Status
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
        self.engine.configure(settings);
        self.link = Some(id);
        let inventory = self.engine.inventory();
        self.engine.tell(&inventory);
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
