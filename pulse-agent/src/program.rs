//! The program that is installed now, which an upgrade may have put in place of the one that runs.
//!
//! It is tried before a process gives its place to it: nobody can repair from afar a host whose agent does
//! not start.

use std::{
    ffi::OsString,
    fs, io,
    os::unix::{fs::MetadataExt as _, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

/// How long each trial may take.
const TRIAL_LIMIT: Duration = Duration::from_secs(5);
const GLANCE: Duration = Duration::from_millis(5);

/// Where no state can be: a trial must not touch the one that is in use.
const NO_STATE: &str = "/dev/null/pulse";

/// Why the installed program is of no use here.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unsound {
    #[error("the installed program cannot be started")]
    Start(#[source] io::Error),
    #[error("the installed program does not even say its version")]
    Silent,
    #[error("the installed program fails to say its version: {0}")]
    Broken(ExitStatus),
    #[error("the installed program does not take this host's configuration: {0}")]
    Refuses(ExitStatus),
}

/// Where the program of this process is installed.
pub(crate) fn installed() -> PathBuf {
    let path = std::env::current_exe().unwrap_or_else(|_| "/proc/self/exe".into());
    // What an upgrade has replaced has no name of its own any more.
    match path
        .to_str()
        .and_then(|path| path.strip_suffix(" (deleted)"))
    {
        Some(path) => path.into(),
        None => path,
    }
}

/// Whether another program is installed by now than the one that runs here.
pub(crate) fn is_replaced() -> bool {
    let file = |path: &Path| {
        fs::metadata(path)
            .ok()
            .map(|about| (about.dev(), about.ino()))
    };
    file(&installed()) != file(Path::new("/proc/self/exe"))
}

/// Tries whether the installed program starts, and takes the configuration of this host.
pub(crate) fn is_sound(config: Option<&Path>) -> Result<(), Unsound> {
    let path = installed();
    let said = trial(&path, vec!["version".into()])?;
    if !said.success() {
        return Err(Unsound::Broken(said));
    }
    let mut arguments: Vec<OsString> = Vec::new();
    if let Some(config) = config {
        arguments.extend(["--config".into(), config.into()]);
    }
    arguments.extend(["--state-dir".into(), NO_STATE.into(), "status".into()]);
    let asked = trial(&path, arguments)?;
    // It finds no agent there, which it says after it has read the configuration.
    if asked.code() == Some(1) {
        Ok(())
    } else {
        Err(Unsound::Refuses(asked))
    }
}

fn trial(path: &Path, arguments: Vec<OsString>) -> Result<ExitStatus, Unsound> {
    let mut child = Command::new(path)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(Unsound::Start)?;
    let give_up = Instant::now() + TRIAL_LIMIT;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) if Instant::now() < give_up => std::thread::sleep(GLANCE),
            Ok(None) | Err(_) => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(Unsound::Silent);
            }
        }
    }
}

/// Starts the installed program in this process; comes back only where that fails.
pub(crate) fn take_over() -> io::Error {
    Command::new(installed())
        .args(std::env::args_os().skip(1))
        .exec()
}
