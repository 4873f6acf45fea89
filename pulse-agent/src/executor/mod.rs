//! The process that starts and watches steps. It never touches the network.

mod account;
mod attempts;
mod chunk_file;
mod desk;
mod door;
mod engine;
mod journal;
mod launch;
mod mask;
mod outbox;
mod outputs;
mod pipes;
mod plan;
mod reaper;
mod record;
mod results;
mod ring;
mod spool;
mod staging;
mod tree;
mod watch;

#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, HashMap},
    fs, io,
    time::Duration,
};

use tokio::{runtime::LocalOptions, sync::mpsc, time::Instant};

use self::{
    desk::{Desk, Signals, Sources},
    door::Door,
    engine::{Engine, Parts},
    journal::Journal,
    launch::Launcher,
    reaper::Reaper,
};
use crate::{
    config::{Origin, Rules},
    executables::find_program,
    host, logging, program,
    sandbox::Ability,
    service_manager,
    state::{Lock, LockError, State},
    wire::Settings,
};

/// How an executor is to be run.
#[derive(Clone)]
pub(crate) struct Options {
    pub(crate) state: State,
    pub(crate) settings: Settings,
    pub(crate) rules: Rules,
    /// Where the configuration came from, to read it again.
    pub(crate) origin: Origin,
    /// `PATH` and the like, for steps.
    pub(crate) inherited: BTreeMap<String, String>,
    /// How long steps may go on when the executor itself is asked to end.
    pub(crate) stop_grace: Duration,
    /// Started by `run`: it leaves once nobody needs it for this long.
    pub(crate) linger: Option<Duration>,
}

/// How an executor ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    Left,
    /// The installed program shall take over, which may be a newer one.
    Renew,
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
pub(crate) fn run(options: Options) -> Result<Ended, ExecutorError> {
    let _lock = lock(&options)?;
    logging::keep(&options.state);
    if options.linger.is_some()
        && program::is_replaced()
        && program::is_sound(options.origin.file.as_deref()).is_ok()
    {
        // It has waited for its place while another program was installed.
        return Ok(Ended::Renew);
    }
    if options.linger.is_some() {
        host::detach();
    }
    host::prepare_executor();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build_local(LocalOptions::default())
        .map_err(ExecutorError::Signals)?;
    runtime.block_on(serve(options))
}

/// One that `run` starts waits a while for its predecessor to be gone.
fn lock(options: &Options) -> Result<Lock, ExecutorError> {
    let tries = if options.linger.is_some() { 40 } else { 1 };
    for _ in 0..tries {
        match options.state.lock("executor.lock") {
            Ok(lock) => return Ok(lock),
            Err(LockError::Io(error)) => return Err(ExecutorError::State(error)),
            Err(LockError::Held) => std::thread::sleep(Duration::from_millis(50)),
        }
    }
    Err(ExecutorError::Running)
}

fn launcher(options: &Options) -> Launcher {
    let path = options.inherited.get("PATH").map_or("", String::as_str);
    let launcher = Launcher {
        shell: find_program(&["sh"], path),
        inherited: options.inherited.clone(),
        folder: options.state.path().join("jobs"),
        rules: options.rules.clone(),
        own_flags: own_flags(options),
        ability: Ability::find(&owner(&options.state)),
    };
    tracing::info!(level = launcher.ability.level(), "steps can be confined");
    launcher
}

/// What tells this executor's control groups from those of another on the same host.
fn owner(state: &State) -> String {
    format!(
        "{:08x}",
        crc32fast::hash(state.path().as_os_str().as_encoded_bytes())
    )
}

fn own_flags(options: &Options) -> Vec<String> {
    let mut flags = vec![
        "--state-dir".to_owned(),
        options.state.path().display().to_string(),
    ];
    if let Some(file) = &options.origin.file {
        flags.extend(["--config".to_owned(), file.display().to_string()]);
    }
    flags
}

fn parts(options: &Options, journal: Journal) -> Parts {
    Parts {
        origin: options.origin.clone(),
        settings: options.settings,
        launcher: launcher(options),
        journal,
        folder: options.state.path().to_owned(),
        boot_id: host::boot_id(),
        detached: options.linger.is_some(),
    }
}

async fn serve(options: Options) -> Result<Ended, ExecutorError> {
    let state = &options.state;
    for folder in ["spool", "jobs"] {
        state.folder(folder).map_err(ExecutorError::State)?;
    }
    let (journal, records) = Journal::open(state.path()).map_err(ExecutorError::Journal)?;
    let parts = parts(&options, journal);
    let signals = Signals::listen().map_err(ExecutorError::Signals)?;
    let reaper = Reaper::default();
    let (news, heard) = mpsc::channel(8);
    let mut engine = Engine::new(parts, reaper.clone(), news);
    engine.recover(records);
    let (knocks, knocked) = mpsc::channel(64);
    let socket = state.socket().map_err(ExecutorError::Socket)?;
    let door = Door::open(socket.path(), knocks).map_err(ExecutorError::Socket)?;
    if options.linger.is_none() {
        service_manager::ready();
    }
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
        leave_by: None,
    };
    desk.run(Sources {
        signals,
        heard,
        knocked,
    })
    .await;
    desk.engine.offline();
    let _ = fs::remove_file(socket.path());
    tracing::info!("executor ends");
    Ok(if desk.engine.is_renewing {
        Ended::Renew
    } else {
        Ended::Left
    })
}
