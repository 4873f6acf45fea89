//! `pulsed serve`, which may be killed and started again.

use std::{
    fs,
    os::unix::process::ExitStatusExt as _,
    path::{Path, PathBuf},
    process::{Command, ExitStatus},
};

use rustix::process::Signal;

use crate::{eventually, eventually::PATIENCE, places, process::Process};

/// One replica.
#[derive(Debug)]
pub struct Server {
    name: String,
    folder: PathBuf,
    database: String,
    environment: Vec<(String, String)>,
    file: PathBuf,
    /// The address, from the first start on.
    address: Option<String>,
    process: Option<Process>,
}

impl Server {
    /// A replica that is not started yet.
    pub fn new(folder: &Path, name: &str, database: &str) -> Self {
        Self {
            name: name.to_owned(),
            folder: folder.to_owned(),
            database: database.to_owned(),
            environment: Vec::new(),
            file: PathBuf::from("/dev/null"),
            address: None,
            process: None,
        }
    }

    #[must_use]
    pub fn with(mut self, environment: &[(&str, &str)]) -> Self {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        self.environment.extend(environment.iter().map(owned));
        self
    }

    #[must_use]
    pub fn configured_by(mut self, file: &Path) -> Self {
        file.clone_into(&mut self.file);
        self
    }

    /// What would be run, with flags of its own.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(places::program("pulsed"));
        command.arg("--config").arg(&self.file).args(arguments);
        command.env_clear().env("PATH", places::search_path());
        command.env("HOME", &self.folder);
        command.env("PULSE__DATABASE__URL", &self.database);
        command.env("PULSE__SERVER__NAME", &self.name);
        command.env("PULSE_FAILPOINT", self.failpoint());
        let environment = self.environment.iter().map(|(name, value)| (name, value));
        command.envs(environment);
        command
    }

    /// Starts it, on the same port as before, and waits until it listens.
    pub fn start(&mut self) {
        self.launch();
        self.listens();
    }

    /// Starts it and does not wait.
    pub fn launch(&mut self) {
        let ready = self.ready_file();
        let _ = fs::remove_file(&ready);
        let listen = self
            .address
            .clone()
            .unwrap_or_else(|| "127.0.0.1:0".to_owned());
        let ready = ready.display().to_string();
        let mut command = self.command(&[
            "serve",
            "--dev",
            "--listen",
            &listen,
            "--ready-file",
            &ready,
        ]);
        self.process = Some(Process::start(&mut command, &self.log()));
    }

    /// Waits until it listens.
    pub fn listens(&mut self) {
        let ready = self.ready_file();
        let process = self.process.as_mut().unwrap();
        let address = eventually("the server", PATIENCE, || {
            if let Some(status) = process.ended() {
                panic!("pulsed ended with {status}: {}", process.said());
            }
            let text = fs::read_to_string(&ready).ok()?;
            text.ends_with('\n').then(|| text.trim().to_owned())
        });
        self.address = Some(address);
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.process = None;
    }

    /// Lets it die as soon as it comes to this place, `<module>::<verb> <moment>`; see
    /// `pulsed/src/failpoint.rs`.
    pub fn die_at(&self, place: &str) {
        let new = self.failpoint().with_extension("new");
        fs::write(&new, place).unwrap();
        fs::rename(new, self.failpoint()).unwrap();
    }

    /// Waits until it has died there.
    ///
    /// # Panics
    /// When it does not, or dies of something else.
    pub fn died(&mut self) {
        let mut process = self.process.take().unwrap();
        let status = process.wait(PATIENCE);
        assert_eq!(status.signal(), Some(Signal::KILL.as_raw()), "{status}");
        assert!(!self.failpoint().exists(), "it died of something else");
    }

    fn failpoint(&self) -> PathBuf {
        self.folder.join(format!("{}.failpoint", self.name))
    }

    /// SIGTERM, and how it ended.
    pub fn stop(&mut self) -> ExitStatus {
        let mut process = self.process.take().unwrap();
        process.signal(Signal::TERM);
        process.wait(PATIENCE)
    }

    pub fn signal(&self, signal: Signal) {
        self.process.as_ref().unwrap().signal(signal);
    }

    /// `127.0.0.1:port`.
    pub fn address(&self) -> &str {
        self.address.as_deref().unwrap()
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address())
    }

    pub fn pid(&self) -> u32 {
        self.process.as_ref().unwrap().pid()
    }

    /// What it has logged.
    pub fn said(&self) -> String {
        fs::read_to_string(self.log()).unwrap_or_default()
    }

    pub fn log(&self) -> PathBuf {
        self.folder.join(format!("{}.log", self.name))
    }

    fn ready_file(&self) -> PathBuf {
        self.folder.join(format!("{}.ready", self.name))
    }
}
