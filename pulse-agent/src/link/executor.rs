//! Starts an executor where none is there.

use std::{
    error::Error as _,
    fs::{self, OpenOptions},
    io,
    os::unix::{fs::OpenOptionsExt as _, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use tokio::time::Instant;

use crate::{
    config::SECRET_NAMES,
    connection::{AttachError, Executor},
    program,
    state::State,
};

/// Beyond this length the log starts anew with the next executor.
const LOG_LIMIT: u64 = 1024 * 1024;
const START_LIMIT: Duration = Duration::from_secs(10);
/// Starts an executor that outlives this process, and waits until it answers.
pub(crate) async fn start(
    state: &State,
    arguments: &[String],
    config: Option<&Path>,
) -> Result<Executor, AttachError> {
    let mut child = spawn(state, arguments, config).map_err(AttachError::Start)?;
    let give_up = Instant::now() + START_LIMIT;
    let mut answered = Err(AttachError::Silent);
    while Instant::now() < give_up {
        if let Ok(executor) = Executor::connect(state).await {
            answered = Ok(executor);
            break;
        }
        // It found another one in place, or was killed before it could answer.
        if !matches!(child.try_wait(), Ok(None)) {
            return Err(AttachError::Silent);
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    reap(child).map_err(AttachError::Start)?;
    answered
}

/// Waits for its end elsewhere, so that it does not stay as a zombie.
fn reap(mut child: Child) -> io::Result<()> {
    std::thread::Builder::new()
        .name("executor".to_owned())
        .stack_size(64 * 1024)
        .spawn(move || child.wait())?;
    Ok(())
}

/// Its log goes to a file: a pipe of ours would be closed when this process ends.
///
/// It is started in our own process group, so that it can open a session of its own: the leader
/// of a group could not, and a stopped group whose parent dies is sent SIGHUP.
fn spawn(state: &State, arguments: &[String], config: Option<&Path>) -> io::Result<Child> {
    let log = open_log(&state.path().join("executor.log"))?;
    let mut command = Command::new(program(config));
    for name in SECRET_NAMES {
        command.env_remove(name);
    }
    command
        .args(arguments)
        .arg0("pulse-agent")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
}

/// The installed program, whose name people look for; this one where an upgrade has put something
/// there that is of no use.
fn program(config: Option<&Path>) -> PathBuf {
    if !program::is_replaced() {
        return program::installed();
    }
    match program::is_sound(config) {
        Ok(()) => program::installed(),
        Err(error) => {
            let cause = error.source().map(ToString::to_string);
            tracing::error!(%error, cause, "the executor is started from the program that runs here");
            "/proc/self/exe".into()
        }
    }
}

fn open_log(path: &Path) -> io::Result<fs::File> {
    let is_long = fs::metadata(path).is_ok_and(|about| about.len() > LOG_LIMIT);
    if is_long {
        fs::remove_file(path)?;
    }
    OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed())
        .open(path)
}
