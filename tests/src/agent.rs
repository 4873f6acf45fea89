//! `pulse-agent run`: the link, and the executor that it starts.

use std::{
    fs,
    io::{Read as _, Write as _},
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    time::Duration,
};

use rustix::process::{Signal, kill_process};
use serde_json::{Value, json};

use crate::{
    eventually,
    eventually::PATIENCE,
    places,
    process::{self, Process},
};

/// A host's agent on a state folder of its own.
#[derive(Debug)]
pub struct Agent {
    pub name: String,
    folder: PathBuf,
    config: PathBuf,
    program: PathBuf,
    /// A file that stands for the kernel's boot id.
    boot: Option<PathBuf>,
    environment: Vec<(String, String)>,
    /// The network that it runs in, where that is one of its own.
    namespace: Option<String>,
    link: Option<Process>,
}

impl Agent {
    /// An agent that is not started yet; with a token it enrols itself.
    pub fn new(folder: &Path, name: &str, url: &str) -> Self {
        let folder = folder.join(format!("agent-{name}"));
        fs::create_dir_all(&folder).unwrap();
        let variable = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let environment = vec![
            variable("PATH", &places::search_path()),
            variable("HOME", &folder.display().to_string()),
            variable("PULSE_SERVER", url),
            variable(
                "PULSE_FAILPOINT",
                &folder.join("failpoint").display().to_string(),
            ),
            variable("WORKER_NAME", name),
            variable("PULSE__EXECUTOR__LINGER_SECONDS", "5"),
            variable("PULSE__KILL_GRACE_MS", "500"),
            variable("PULSE__STOP_GRACE_MS", "500"),
        ];
        Self {
            name: name.to_owned(),
            folder,
            config: "/dev/null".into(),
            program: places::program("pulse-agent"),
            boot: None,
            environment,
            namespace: None,
            link: None,
        }
    }

    /// Runs it in a network of its own.
    #[must_use]
    pub fn inside(mut self, namespace: &str) -> Self {
        self.namespace = Some(namespace.to_owned());
        self
    }

    /// Runs the program that is installed there.
    #[must_use]
    pub fn installed_at(mut self, program: &Path) -> Self {
        program.clone_into(&mut self.program);
        self
    }

    /// Lets it find the boot id of a host of its own; `boots` makes a new one.
    ///
    /// # Errors
    /// Says why this host does not let us, who only tests on it.
    pub fn on_own_host(mut self) -> Result<Self, String> {
        let file = self.path("boot_id");
        fs::write(&file, "").unwrap();
        let mut trial = mounted(&file);
        let tried = trial.arg("true").stderr(Stdio::null()).status();
        if !tried.is_ok_and(|status| status.success()) {
            return Err("only root can mount over the boot id".to_owned());
        }
        self.boot = Some(file);
        self.boots();
        Ok(self)
    }

    /// Gives its host another boot id, as a restart does.
    pub fn boots(&self) {
        let file = self.boot.as_ref().expect("it is on a host of its own");
        fs::write(file, format!("{}\n", uuid::Uuid::now_v7())).unwrap();
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.set(name, value);
        self
    }

    /// Changes the environment of the next start.
    pub fn set(&mut self, name: &str, value: &str) {
        self.environment.retain(|(known, _)| known != name);
        self.environment.push((name.to_owned(), value.to_owned()));
    }

    /// Writes its configuration file, which the next start or `reload` reads.
    pub fn configure(&mut self, config: &Value) {
        self.config = self.path("agent.yaml");
        fs::write(&self.config, config.to_string()).unwrap();
    }

    /// Any verb, on this agent's state.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let program = &self.program;
        let mut command = match (&self.namespace, &self.boot) {
            (None, None) => Command::new(program),
            (None, Some(boot)) => {
                let mut command = mounted(boot);
                command.arg(program);
                command
            }
            (Some(namespace), _) => {
                let mut command = Command::new("ip");
                command.args(["netns", "exec", namespace]).arg(program);
                command
            }
        };
        command.arg("--config").arg(&self.config).arg("--state-dir");
        command.arg(&self.folder).args(arguments).env_clear();
        let environment = self.environment.iter().map(|(name, value)| (name, value));
        command.envs(environment);
        command
    }

    /// Starts the link.
    pub fn start(&mut self) {
        let mut command = self.command(&["run"]);
        self.link = Some(Process::start(&mut command, &self.path("link.log")));
    }

    /// `kill -9` of the link alone.
    pub fn kill_link(&mut self) {
        self.link = None;
    }

    /// `kill -9` of the executor alone.
    pub fn kill_executor(&self) {
        let pid = self.executor_pid();
        let _ = kill_process(process::pid_of(pid), Signal::KILL);
        eventually("the executor's end", PATIENCE, || {
            (!process::is_alive(pid)).then_some(())
        });
    }

    /// Lets the executor die as soon as it comes to this place; see `pulse-agent/src/failpoint.rs`.
    pub fn die_at(&self, place: &str) {
        fs::write(self.path("failpoint.new"), place).unwrap();
        fs::rename(self.path("failpoint.new"), self.path("failpoint")).unwrap();
    }

    /// Waits until it has died there.
    pub fn died(&self) {
        eventually("the executor's death", PATIENCE, || {
            (!self.path("failpoint").exists()).then_some(())
        });
    }

    pub fn signal(&self, signal: Signal) {
        self.link.as_ref().unwrap().signal(signal);
    }

    pub fn link_pid(&self) -> u32 {
        self.link.as_ref().unwrap().pid()
    }

    pub fn executor_pid(&self) -> u32 {
        let load = eventually("the executor", PATIENCE, || {
            self.ask(&json!({"type": "status"}))
        });
        u32::try_from(load["pid"].as_u64().unwrap()).unwrap()
    }

    /// Waits for the end of the link.
    pub fn wait(&mut self, bound: Duration) -> ExitStatus {
        self.link.as_mut().unwrap().wait(bound)
    }

    /// What the link has logged.
    pub fn said(&self) -> String {
        fs::read_to_string(self.path("link.log")).unwrap_or_default()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// What was kept at enrolment.
    pub fn credential(&self) -> Value {
        eventually("the credential", PATIENCE, || {
            serde_json::from_slice(&fs::read(self.path("credential.json")).ok()?).ok()
        })
    }

    /// Asks the executor directly.
    pub fn ask(&self, message: &Value) -> Option<Value> {
        let mut stream = UnixStream::connect(self.path("executor.sock")).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        let body = message.to_string();
        let length = u32::try_from(body.len() + 1).ok()?;
        stream.write_all(&length.to_be_bytes()).ok()?;
        stream.write_all(b"C").ok()?;
        stream.write_all(body.as_bytes()).ok()?;
        let mut length = [0; 4];
        stream.read_exact(&mut length).ok()?;
        let mut body = vec![0; u32::from_be_bytes(length) as usize];
        stream.read_exact(&mut body).ok()?;
        serde_json::from_slice(&body[1..]).ok()
    }
}

/// Runs what is added to it where this file is the kernel's boot id.
fn mounted(boot: &Path) -> Command {
    let mut command = Command::new("unshare");
    let script = "mount --bind \"$0\" /proc/sys/kernel/random/boot_id && exec \"$@\"";
    command.args(["--mount", "sh", "-c", script]).arg(boot);
    command
}

impl Drop for Agent {
    fn drop(&mut self) {
        self.link = None;
        let _ = self.ask(&json!({"type": "exit"}));
        if std::thread::panicking() {
            process::show(&self.path("executor.log"));
        }
    }
}
