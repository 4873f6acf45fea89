//! A private PostgreSQL cluster, made from the binaries that are installed.
//!
//! It is reached over a Unix socket only, by whoever may enter the socket's
//! folder. This file knows nothing of pulse: the integration tests use it too.

use std::{
    fs::{self, DirBuilder},
    io::{self, Write as _},
    os::unix::{
        fs::{DirBuilderExt as _, MetadataExt as _},
        process::CommandExt as _,
    },
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The superuser of every private cluster.
const SUPERUSER: &str = "postgres";

/// The name of the socket in its folder, at the default port.
const SOCKET: &str = ".s.PGSQL.5432";

/// The longest path that a Unix socket can have.
const SOCKET_PATH_LIMIT: usize = 107;

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

/// A folder with the server programs of one version.
#[derive(Debug, Clone)]
pub(crate) struct Binaries {
    folder: PathBuf,
    major: u32,
}

impl Binaries {
    /// Finds the programs: the named folder, what `pg_config` says, or Debian's folders.
    pub(crate) fn find(named: Option<&Path>, wanted: Option<u32>) -> Result<Self, PostgresError> {
        if let Some(folder) = named {
            return Self::at(folder.to_owned())
                .ok_or_else(|| PostgresError::NotThere(folder.to_owned()));
        }
        let mut found: Vec<_> = candidates().into_iter().filter_map(Self::at).collect();
        if let Some(wanted) = wanted {
            found.retain(|binaries| binaries.major == wanted);
        }
        // The first candidate wins among equals.
        found.reverse();
        found
            .into_iter()
            .max_by_key(|binaries| binaries.major)
            .ok_or(PostgresError::NotInstalled)
    }

    pub(crate) fn major(&self) -> u32 {
        self.major
    }

    fn at(folder: PathBuf) -> Option<Self> {
        if !folder.join("initdb").is_file() {
            return None;
        }
        let output = Command::new(folder.join("postgres"))
            .arg("--version")
            .output()
            .ok()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let number = text
            .split_whitespace()
            .find(|word| word.starts_with(char::is_numeric))?;
        let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
        Some(Self {
            folder,
            major: digits.parse().ok()?,
        })
    }
}

fn candidates() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output() {
        folders.push(PathBuf::from(
            String::from_utf8_lossy(&output.stdout).trim(),
        ));
    }
    if let Ok(versions) = fs::read_dir("/usr/lib/postgresql") {
        folders.extend(versions.filter_map(|entry| Some(entry.ok()?.path().join("bin"))));
    }
    folders
}

/// The user that PostgreSQL runs as when it is started by root.
#[derive(Debug, Clone)]
struct Account {
    name: String,
    uid: u32,
    gid: u32,
}

impl Account {
    /// `None` when the caller may run PostgreSQL itself.
    fn find() -> Result<Option<Self>, PostgresError> {
        if !rustix::process::geteuid().is_root() {
            return Ok(None);
        }
        let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
        let found = ["postgres", "nobody"].iter().find_map(|name| {
            let line = users
                .lines()
                .find(|line| line.split(':').next() == Some(name))?;
            let mut fields = line.split(':').skip(2);
            let uid = fields.next()?.parse().ok()?;
            let gid = fields.next()?.parse().ok()?;
            Some(Self {
                name: (*name).to_owned(),
                uid,
                gid,
            })
        });
        found.map(Some).ok_or(PostgresError::NoAccount)
    }

    /// Refuses a path with a folder on the way that the account cannot enter.
    fn may_enter(&self, path: &Path) -> Result<(), PostgresError> {
        for folder in path.ancestors() {
            let Ok(about) = fs::metadata(folder) else {
                continue;
            };
            let is_open = about.mode() & 0o001 != 0
                || (about.uid() == self.uid && about.mode() & 0o100 != 0)
                || (about.gid() == self.gid && about.mode() & 0o010 != 0);
            if !is_open {
                let account = self.name.clone();
                return Err(PostgresError::Closed {
                    account,
                    folder: folder.to_owned(),
                });
            }
        }
        Ok(())
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
        let sockets = socket_folder(dir, account.as_ref())?;
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
        let host = percent_encoded(&self.sockets.to_string_lossy());
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
    fn program(&self, name: &str) -> Command {
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

/// A folder for the socket: below `dir` when the path is short enough for one, else in `/tmp`.
fn socket_folder(dir: &Path, account: Option<&Account>) -> Result<PathBuf, PostgresError> {
    let near = dir.join("socket");
    if near.join(SOCKET).as_os_str().len() <= SOCKET_PATH_LIMIT {
        if !near.is_dir() {
            private_folder(&near, account)?;
        }
        return Ok(near);
    }
    let record = dir.join("socket.path");
    let owner = account.map_or_else(
        || rustix::process::geteuid().as_raw(),
        |account| account.uid,
    );
    let recorded = fs::read_to_string(&record).map(|text| PathBuf::from(text.trim()));
    let is_ours = |path: &PathBuf| {
        fs::symlink_metadata(path).is_ok_and(|about| about.is_dir() && about.uid() == owner)
    };
    if let Some(path) = recorded.ok().filter(is_ours) {
        return Ok(path);
    }
    let path = (0..1000)
        .map(|number| PathBuf::from(format!("/tmp/pulse-{}-{number}", std::process::id())))
        .find(|path| !path.exists())
        .ok_or(PostgresError::NoAccount)?;
    private_folder(&path, account)?;
    fs::write(&record, format!("{}\n", path.display())).map_err(|source| PostgresError::File {
        what: "write",
        path: record,
        source,
    })?;
    Ok(path)
}

/// Removes the socket's folder of a stopped cluster, when it is not below `dir`.
pub(crate) fn forget_socket_folder(dir: &Path) {
    let record = dir.join("socket.path");
    let Ok(text) = fs::read_to_string(&record) else {
        return;
    };
    let folder = PathBuf::from(text.trim());
    let _ = fs::remove_file(folder.join(SOCKET));
    let _ = fs::remove_file(folder.join(format!("{SOCKET}.lock")));
    let _ = fs::remove_dir(folder);
    let _ = fs::remove_file(record);
}

/// Makes a folder that only the server's user may enter; fails when it exists.
fn private_folder(path: &Path, account: Option<&Account>) -> Result<(), PostgresError> {
    let file = |what, source| PostgresError::File {
        what,
        path: path.to_owned(),
        source,
    };
    DirBuilder::new()
        .mode(0o700)
        .create(path)
        .map_err(|source| file("make", source))?;
    if let Some(account) = account {
        std::os::unix::fs::chown(path, Some(account.uid), Some(account.gid))
            .map_err(|source| file("change the owner of", source))?;
    }
    Ok(())
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

fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.extend([byte >> 4, byte & 0xf].map(|digit| {
                char::from_digit(u32::from(digit), 16)
                    .unwrap_or_default()
                    .to_ascii_uppercase()
            }));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_survives_odd_letters_in_a_path() {
        let encoded = percent_encoded("/tmp/a b&c%");
        let url = format!("postgres:///pulse?host={encoded}&user=postgres");
        let config: tokio_postgres::Config = url.parse().unwrap();

        assert_eq!(encoded, "/tmp/a%20b%26c%25");
        assert_eq!(
            config.get_hosts(),
            [tokio_postgres::config::Host::Unix(PathBuf::from(
                "/tmp/a b&c%"
            ))]
        );
        assert_eq!(config.get_dbname(), Some("pulse"));
    }
}
