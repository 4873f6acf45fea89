//! A private PostgreSQL cluster, made from the binaries that are installed.
//!
//! It is reached over a Unix socket only, by whoever may enter the socket's
//! folder. This module knows nothing of pulse: the integration tests use it too.

mod account;
mod binaries;
mod socket;

use std::{
    fs,
    io::{self, Write as _},
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use account::{Account, private_folder};
use binaries::Binaries;
pub(crate) use socket::forget_folder;

/// The superuser of every private cluster.
const SUPERUSER: &str = "postgres";

#[derive(Debug, thiserror::Error)]
pub(crate) enum PostgresError {
    #[error("PostgreSQL's server programs are not installed")]
    NotInstalled,
    #[error("{0} does not hold initdb and postgres")]
    NotThere(PathBuf),
    #[error("{folder} was made by PostgreSQL {made_by}, which is not installed")]
    OtherVersion { folder: PathBuf, made_by: u32 },
    #[error("PostgreSQL does not run as root, and there is no user `postgres` or `nobody`")]
    NoAccount,
    #[error("the user `{account}` cannot enter {folder}")]
    Closed { account: String, folder: PathBuf },
    #[error("{program} failed: {output}")]
    Failed {
        program: &'static str,
        output: String,
    },
    #[error("cannot {what} {path}")]
    File {
        what: &'static str,
        path: PathBuf,
        source: io::Error,
    },
}

impl PostgresError {
    /// What to type next.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotInstalled => Some(
                "apt-get install postgresql; or set PULSE_PG_BIN to the folder that holds \
                 initdb and postgres",
            ),
            Self::NotThere(_) => Some("correct PULSE_PG_BIN"),
            Self::OtherVersion { .. } => {
                Some("install that version, set PULSE_PG_BIN to it, or choose another --dir")
            }
            Self::NoAccount => Some("start this as an ordinary user"),
            Self::Closed { .. } => Some("choose another --dir, such as /var/tmp/pulse-dev"),
            Self::Failed { .. } | Self::File { .. } => None,
        }
    }
}

/// Whether the data survives a crash of the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    Safe,
    Fast,
}

/// A cluster that exists on disk, running or not.
#[derive(Debug, Clone)]
pub(crate) struct Cluster {
    binaries: Binaries,
    folder: PathBuf,
    sockets: PathBuf,
    account: Option<Account>,
    is_new: bool,
}

impl Cluster {
    /// Finds or makes the cluster `dir/postgres`, with an empty database of the given name.
    ///
    /// `dir` must be absolute and exist; `named` is the folder of the programs, if one is wanted.
    pub(crate) fn prepare(
        dir: &Path,
        named: Option<&Path>,
        database: &str,
    ) -> Result<Self, PostgresError> {
        let folder = dir.join("postgres");
        let made_by = made_by(&folder);
        let binaries = Binaries::find(named, made_by).map_err(|error| match made_by {
            Some(made_by) if named.is_none() => PostgresError::OtherVersion {
                folder: folder.clone(),
                made_by,
            },
            _ => error,
        })?;
        let account = Account::find()?;
        if let Some(account) = &account {
            account.may_enter(dir)?;
        }
        let sockets = socket::folder(dir, account.as_ref())?;
        let is_new = made_by.is_none();
        let cluster = Self {
            binaries,
            folder,
            sockets,
            account,
            is_new,
        };
        if is_new {
            cluster.create(database)?;
        }
        Ok(cluster)
    }

    /// Whether `prepare` had to make it.
    pub(crate) fn is_new(&self) -> bool {
        self.is_new
    }

    pub(crate) fn major(&self) -> u32 {
        self.binaries.major()
    }

    /// The command that runs the server in the foreground; SIGINT is its fast shutdown.
    pub(crate) fn command(&self, durability: Durability) -> Command {
        let mut command = self.program("postgres");
        let sockets = self.sockets.display();
        command.arg("-D").arg(&self.folder);
        command.args(["-c", "listen_addresses="]);
        command.args(["-c", &format!("unix_socket_directories=\"{sockets}\"")]);
        command.args(["-c", "unix_socket_permissions=0700", "-c", "port=5432"]);
        command.args(["-c", "max_connections=200", "-c", "jit=off"]);
        match durability {
            Durability::Safe => {}
            Durability::Fast => {
                let unsafely = [
                    "fsync=off",
                    "full_page_writes=off",
                    "synchronous_commit=off",
                ];
                command.args(unsafely.iter().flat_map(|setting| ["-c", setting]));
            }
        }
        command
    }

    /// Whether a server is running on the cluster and accepts connections.
    pub(crate) fn is_ready(&self) -> bool {
        let file = fs::read_to_string(self.folder.join("postmaster.pid")).unwrap_or_default();
        file.lines()
            .nth(7)
            .is_some_and(|status| status.trim() == "ready")
    }

    /// A URL that libpq and tokio-postgres both read.
    pub(crate) fn url(&self, database: &str) -> String {
        let host = socket::percent_encoded(&self.sockets.to_string_lossy());
        format!("postgres:///{database}?host={host}&user={SUPERUSER}")
    }

    /// Makes the cluster beside its place and moves it there, so that half of one never counts.
    fn create(&self, database: &str) -> Result<(), PostgresError> {
        let new = self.folder.with_extension("new");
        let file = |what, source| PostgresError::File {
            what,
            path: new.clone(),
            source,
        };
        if new.exists() {
            fs::remove_dir_all(&new).map_err(|source| file("remove", source))?;
        }
        private_folder(&new, self.account.as_ref())?;
        let mut initdb = self.program("initdb");
        initdb
            .arg("-D")
            .arg(&new)
            .args(["-U", SUPERUSER, "--auth=trust", "--encoding=UTF8"]);
        initdb.args(["--no-locale", "--no-instructions"]);
        run("initdb", initdb, "")?;
        let mut single = self.program("postgres");
        single.arg("--single").arg("-D").arg(&new).arg("postgres");
        run(
            "postgres --single",
            single,
            &format!("create database \"{database}\"\n"),
        )?;
        fs::rename(&new, &self.folder).map_err(|source| file("move", source))
    }

    /// A program of this version, as the right user, with nothing of the caller's environment.
    pub(crate) fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.binaries.folder.join(name));
        command
            .env_clear()
            .env("LC_ALL", "C")
            .env("PATH", "/usr/bin:/bin");
        command.current_dir("/").stdin(Stdio::null());
        if let Some(account) = &self.account {
            command.uid(account.uid).gid(account.gid);
        }
        command
    }
}

fn made_by(folder: &Path) -> Option<u32> {
    fs::read_to_string(folder.join("PG_VERSION"))
        .ok()?
        .trim()
        .parse()
        .ok()
}

fn run(program: &'static str, mut command: Command, input: &str) -> Result<(), PostgresError> {
    let failed = |output: String| PostgresError::Failed { program, output };
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| failed(error.to_string()))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that ends without reading says why by itself.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child
        .wait_with_output()
        .map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let reason = text.lines().rev().find(|line| !line.trim().is_empty());
    Err(failed(
        reason.map_or_else(|| output.status.to_string(), str::to_owned),
    ))
}
