//! Where `pulsed dev` keeps its files, and who may run in a folder.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions},
    io,
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use rustix::{
    fs::{FlockOperation, flock},
    io::Errno,
};

use super::processes::Process;
use crate::{cli::Failure, config::Environment, files};

/// How long a dying process may keep its lock.
const LAST_BREATH: Duration = Duration::from_millis(300);

/// The files of one development stack.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    dir: PathBuf,
}

/// Held for as long as a stack runs; the kernel gives it up with the process.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Layout {
    /// Finds or makes the folder; one with files of somebody else's is refused.
    pub(crate) fn open(dir: Option<&Path>, environment: &Environment) -> Result<Self, Failure> {
        let dir = match dir {
            Some(dir) => std::path::absolute(dir)
                .map_err(|error| Failure::because("cannot find the directory", &error))?,
            None => default_dir(environment)?,
        };
        let failed = |error: io::Error| {
            let failure = Failure::because(&format!("cannot use {}", dir.display()), &error);
            failure.hint("choose another one with --dir")
        };
        let is_root = rustix::process::geteuid().is_root();
        let mode = if is_root { 0o711 } else { 0o700 };
        DirBuilder::new()
            .recursive(true)
            .mode(mode)
            .create(&dir)
            .map_err(failed)?;
        let layout = Self {
            dir: dir.canonicalize().map_err(failed)?,
        };
        let is_empty = fs::read_dir(&layout.dir).map_err(failed)?.next().is_none();
        if !is_empty && !layout.lock_file().exists() {
            let text = format!("{} holds files that pulsed dev did not make", dir.display());
            return Err(Failure::usage(text).hint("choose an empty directory with --dir"));
        }
        if is_root {
            // PostgreSQL runs as another user and must reach its own folder below this one.
            fs::set_permissions(&layout.dir, Permissions::from_mode(mode)).map_err(failed)?;
        }
        for folder in [
            layout.dir.join("logs"),
            layout.dir.join("workers"),
            layout.pulsectl(),
        ] {
            DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(folder)
                .map_err(failed)?;
        }
        layout.open_lock().map_err(failed)?;
        Ok(layout)
    }

    /// Takes the folder for this process; fails when another stack runs in it.
    pub(crate) fn lock(&self) -> Result<Lock, Failure> {
        let failed = |error: io::Error| Failure::because("cannot lock the directory", &error);
        let file = self.open_lock().map_err(failed)?;
        let start = Instant::now();
        loop {
            match flock(&file, FlockOperation::NonBlockingLockExclusive) {
                Ok(()) => return Ok(Lock { _file: file }),
                // A process that was just killed holds its locks for a moment.
                Err(Errno::WOULDBLOCK) if start.elapsed() < LAST_BREATH => {
                    thread::sleep(LAST_BREATH / 10);
                }
                Err(Errno::WOULDBLOCK) => return Err(self.is_taken()),
                Err(error) => return Err(failed(error.into())),
            }
        }
    }

    fn is_taken(&self) -> Failure {
        let dir = self.dir.display();
        let pid = self
            .running()
            .map(|process| format!(" (process {})", process.pid));
        let text = format!(
            "pulsed dev is already running in {dir}{}",
            pid.unwrap_or_default()
        );
        Failure::error(text).hint(format!(
            "use it: . {dir}/env; or end it: {}",
            self.stop_command()
        ))
    }

    fn open_lock(&self) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(self.lock_file())
    }

    fn lock_file(&self) -> PathBuf {
        self.dir.join("dev.lock")
    }

    /// Writes down which process this is, for `--stop`.
    pub(crate) fn record_own_process(&self) -> io::Result<()> {
        let own = Process::own().ok_or(io::ErrorKind::NotFound)?;
        files::replace(
            &self.pid_file(),
            &format!("{} {}\n", own.pid, own.started),
            0o644,
        )
    }

    /// The process that runs this stack, if it still does.
    pub(crate) fn running(&self) -> Option<Process> {
        let text = fs::read_to_string(self.pid_file()).ok()?;
        let (pid, started) = text.trim().split_once(' ')?;
        let process = Process::find(pid.parse().ok()?)?;
        (process.started == started.parse::<u64>().ok()?).then_some(process)
    }

    /// What to type to end this stack.
    pub(crate) fn stop_command(&self) -> String {
        format!("pulsed dev --stop --dir {}", self.dir.display())
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    pub(crate) fn pid_file(&self) -> PathBuf {
        self.dir.join("dev.pid")
    }

    /// Name, number and start time of every child.
    pub(crate) fn children(&self) -> PathBuf {
        self.dir.join("pids")
    }

    /// The variables that a shell needs; there only while the stack is up.
    pub(crate) fn env(&self) -> PathBuf {
        self.dir.join("env")
    }

    /// What a detached stack says.
    pub(crate) fn log(&self) -> PathBuf {
        self.dir.join("dev.log")
    }

    pub(crate) fn log_of(&self, service: &str) -> PathBuf {
        self.dir.join("logs").join(format!("{service}.log"))
    }

    /// Where the server writes its address.
    pub(crate) fn ready_file(&self) -> PathBuf {
        self.dir.join("server.address")
    }

    pub(crate) fn admin_token(&self) -> PathBuf {
        self.dir.join("admin.token")
    }

    pub(crate) fn key_file(&self) -> PathBuf {
        self.dir.join("secrets.key")
    }

    pub(crate) fn enroll_token(&self) -> PathBuf {
        self.dir.join("enroll.token")
    }

    pub(crate) fn workers(&self) -> PathBuf {
        self.dir.join("workers")
    }

    pub(crate) fn pulsectl(&self) -> PathBuf {
        self.dir.join("pulsectl")
    }
}

fn default_dir(environment: &Environment) -> Result<PathBuf, Failure> {
    if rustix::process::geteuid().is_root() {
        return Ok(PathBuf::from("/var/lib/pulse-dev"));
    }
    let state = environment.find("XDG_STATE_HOME").map(PathBuf::from);
    let home = environment
        .find("HOME")
        .map(|home| PathBuf::from(home).join(".local/state"));
    let state = state.filter(|path| path.is_absolute()).or(home);
    state.map(|state| state.join("pulse/dev")).ok_or_else(|| {
        Failure::usage("neither XDG_STATE_HOME nor HOME is set").hint("name a directory with --dir")
    })
}
