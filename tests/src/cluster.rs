//! PostgreSQL clusters: the one that all tests share, and private ones for tests that harm theirs.
//!
//! The shared one is kept by a process of its own, for as long as some test
//! holds a lock on a file. It holds a template that is migrated and has an
//! administrator; each test copies it.

use std::{
    fs::{self, File},
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use rustix::{
    fs::{FlockOperation, flock},
    process::Signal,
};
use serde::{Deserialize, Serialize};

use crate::{
    database, eventually,
    eventually::PATIENCE,
    places,
    postgres::{self, Cluster, Durability},
    process::Process,
};

/// How long the shared cluster stays after its last user.
const LINGER: Duration = Duration::from_secs(4);

/// The name of the template, and of the only database of a private cluster.
pub(crate) const TEMPLATE: &str = "pulse";

/// What the keeper of the shared cluster tells.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Shared {
    /// The URL of a database, with `{database}` for its name.
    pub(crate) url: String,
    /// The token of the administrator in the template.
    pub(crate) admin: String,
}

/// A place in the shared cluster's list of users.
#[derive(Debug)]
pub(crate) struct Lease {
    pub(crate) shared: Shared,
    _lock: File,
}

fn shared_folder() -> PathBuf {
    let user = rustix::process::geteuid().as_raw();
    let digits = places::programs()
        .to_string_lossy()
        .bytes()
        .fold(user, |sum, byte| {
            sum.wrapping_mul(31).wrapping_add(byte.into())
        });
    places::scratch().join(format!("pulse-tests-{digits:08x}"))
}

fn lock(path: &Path, operation: FlockOperation) -> Option<File> {
    let file = File::options()
        .create(true)
        .write(true)
        .truncate(false)
        .open(path)
        .unwrap();
    flock(&file, operation).is_ok().then_some(file)
}

/// Takes part in the shared cluster; starts it when nobody has.
pub(crate) fn lease() -> Lease {
    let folder = shared_folder();
    fs::create_dir_all(&folder).unwrap();
    let starting = lock(&folder.join("starting"), FlockOperation::LockExclusive).unwrap();
    // While a keeper cleans up it holds this lock, and its word is gone afterwards.
    let users = lock(&folder.join("users"), FlockOperation::LockShared).unwrap();
    if lock(
        &folder.join("keeper"),
        FlockOperation::NonBlockingLockShared,
    )
    .is_some()
    {
        start_keeper(&folder);
    }
    let word = folder.join("word");
    let read = || serde_json::from_slice(&fs::read(&word).ok()?).ok();
    let log = folder.join("keeper.log");
    let what = format!("the shared cluster, log {}", log.display());
    let shared = eventually(&what, PATIENCE * 2, read);
    drop(starting);
    Lease {
        shared,
        _lock: users,
    }
}

fn start_keeper(folder: &Path) {
    let _ = fs::remove_file(folder.join("word"));
    let log = File::create(folder.join("keeper.log")).unwrap();
    let mut command = Command::new(places::program("pulse-test-cluster"));
    command.arg(folder).stdin(Stdio::null());
    command.stdout(log.try_clone().unwrap()).stderr(log);
    // The runner ends whole groups; this one belongs to all tests.
    let child = command.process_group(0).spawn().unwrap();
    let keeper = folder.join("keeper");
    eventually("the keeper", PATIENCE, || {
        lock(&keeper, FlockOperation::NonBlockingLockShared)
            .is_none()
            .then_some(())
    });
    drop(child);
}

/// Runs the shared cluster until nobody uses it any more.
pub fn keep(folder: &Path) -> anyhow::Result<()> {
    let _mine = lock(&folder.join("keeper"), FlockOperation::LockExclusive);
    sweep(folder);
    let private = Private::start();
    let admin = private.administrator();
    let shared = Shared {
        url: private.cluster.url("{database}"),
        admin,
    };
    fs::write(folder.join("cluster"), private.folder.display().to_string())?;
    fs::write(folder.join("word.new"), serde_json::to_vec(&shared)?)?;
    fs::rename(folder.join("word.new"), folder.join("word"))?;
    let mut since = Instant::now();
    let users = folder.join("users");
    let nobody = eventually("the end of the tests", Duration::from_hours(12), || {
        let alone = lock(&users, FlockOperation::NonBlockingLockExclusive);
        if alone.is_none() {
            since = Instant::now();
        }
        alone.filter(|_| since.elapsed() > LINGER)
    });
    fs::remove_file(folder.join("word"))?;
    drop(private);
    drop(nobody);
    Ok(())
}

/// Removes what a keeper left that was killed.
fn sweep(folder: &Path) {
    let Ok(left) = fs::read_to_string(folder.join("cluster")) else {
        return;
    };
    let left = PathBuf::from(left);
    stop_foreign(&left);
    let _ = fs::remove_dir_all(left);
    let _ = fs::remove_file(folder.join("cluster"));
}

fn stop_foreign(folder: &Path) {
    let file = folder.join("postgres/postmaster.pid");
    let first = fs::read_to_string(file).unwrap_or_default();
    let Some(pid) = first.lines().next().and_then(|line| line.parse().ok()) else {
        return;
    };
    let about = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    if String::from_utf8_lossy(&about).contains(&*folder.to_string_lossy()) {
        let _ = rustix::process::kill_process(crate::process::pid_of(pid), Signal::QUIT);
        eventually("the end of an old cluster", PATIENCE, || {
            (!crate::process::is_alive(pid)).then_some(())
        });
    }
}

/// A cluster of one's own, which may be crashed and started again.
#[derive(Debug)]
pub struct Private {
    folder: PathBuf,
    cluster: Cluster,
    process: Option<Process>,
}

impl Private {
    /// Makes and starts a cluster with an empty database.
    pub fn start() -> Self {
        let mut private = Self::stopped();
        private.up();
        private
    }

    /// Makes a cluster with an empty database, and leaves it stopped.
    pub fn stopped() -> Self {
        Self::in_folder(places::new_folder("cluster"))
    }

    /// Takes the cluster of a folder, or makes it there; it is not started.
    pub fn in_folder(folder: PathBuf) -> Self {
        let named = places::variable("PULSE_PG_BIN").map(PathBuf::from);
        let cluster = Cluster::prepare(&folder, named.as_deref(), TEMPLATE)
            .unwrap_or_else(|error| panic!("{error}; {}", error.hint().unwrap_or_default()));
        Self {
            folder,
            cluster,
            process: None,
        }
    }

    pub fn url(&self) -> String {
        self.cluster.url(TEMPLATE)
    }

    /// The folder of its socket.
    pub fn sockets(&self) -> PathBuf {
        let url = self.url();
        let (_, host) = url.split_once("?host=").unwrap();
        PathBuf::from(host.split('&').next().unwrap().replace("%2F", "/"))
    }

    /// Starts a cluster that follows this one, which must be running, and has everything that this
    /// one acknowledges from here on.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn standby(&self) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        let folder = places::new_folder("standby");
        let owner = fs::metadata(self.folder.join("postgres")).unwrap();
        std::os::unix::fs::chown(&folder, Some(owner.uid()), Some(owner.gid())).unwrap();
        let mut command = self.cluster.program("pg_basebackup");
        command.args([
            "-U",
            "postgres",
            "--checkpoint=fast",
            "-R",
            "-C",
            "-S",
            "next",
        ]);
        command.arg("-h").arg(self.sockets());
        command.arg("-D").arg(folder.join("postgres"));
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "pg_basebackup: {said}");
        let mut standby = Self::in_folder(folder);
        standby.up();
        self.tell("alter system set synchronous_standby_names = '*'")
            .await;
        self.tell("select pg_reload_conf()").await;
        let query = "select 1 from pg_stat_replication where sync_state = 'sync'";
        crate::eventually_async("a synchronous standby", PATIENCE, async || {
            let rows = database::ask(&self.url(), query).await;
            (!rows.is_empty()).then_some(()).ok_or_else(String::new)
        })
        .await;
        standby
    }

    /// Makes a standby the primary.
    pub async fn promote(&self) {
        self.tell("select pg_promote()").await;
    }

    async fn tell(&self, statement: &str) {
        database::ask(&self.url(), statement).await;
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        let process = self.process.as_mut();
        process.is_none_or(|process| process.ended().is_some())
    }

    /// Starts the server and waits until it takes connections.
    pub fn up(&mut self) {
        let mut command = self.cluster.command(Durability::Safe);
        // Memory shared by name would outlive a crashed cluster that is never started again.
        command.args(["-c", "dynamic_shared_memory_type=mmap"]);
        self.process = Some(Process::start(&mut command, &self.folder.join("log")));
        let cluster = &self.cluster;
        let process = self.process.as_mut().unwrap();
        eventually("PostgreSQL", PATIENCE, || {
            assert!(process.ended().is_none(), "PostgreSQL: {}", process.said());
            cluster.is_ready().then_some(())
        });
    }

    /// Stops the server as `pg_ctl stop -m immediate` does: without a checkpoint.
    pub fn crash(&mut self) {
        self.stop(Signal::QUIT);
    }

    /// Stops the server properly.
    pub fn down(&mut self) {
        self.stop(Signal::INT);
    }

    fn stop(&mut self, signal: Signal) {
        if let Some(mut process) = self.process.take() {
            process.signal(signal);
            process.wait(PATIENCE);
        }
    }

    /// Brings the database to this version, and gives the token of an administrator in it.
    pub(crate) fn administrator(&self) -> String {
        let pulsed = |arguments: &[&str]| {
            let mut command = Command::new(places::program("pulsed"));
            command.args(arguments).env_clear();
            command.env("PULSE__DATABASE__URL", self.url());
            let output = command.output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "pulsed {arguments:?}: {said}");
            String::from_utf8(output.stdout).unwrap().trim().to_owned()
        };
        pulsed(&["--config", "/dev/null", "migrate"]);
        pulsed(&["--config", "/dev/null", "user", "create-admin"])
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        self.down();
        postgres::forget_folder(&self.folder);
        let _ = fs::remove_dir_all(&self.folder);
    }
}
