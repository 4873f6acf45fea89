//! A pulse stack with its own PostgreSQL, made by `pulsed dev`.

use std::{
    collections::HashMap,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::Context as _;

use super::{client::Client, programs::Programs};

/// How many steps an agent may run at once.
const SLOTS: &str = "64";

/// A stack in a folder of its own, running or not.
#[derive(Debug)]
pub(super) struct Stack {
    pulsed: PathBuf,
    pub(super) pulsectl: PathBuf,
    dir: PathBuf,
    /// What a shell would read from the stack's `env`.
    variables: HashMap<String, String>,
    is_running: bool,
    keep: Keep,
}

/// What is left when a stack is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    Nothing,
    Folder,
}

impl Stack {
    /// Chooses a folder; nothing is started yet.
    pub(super) fn new(
        programs: &Programs,
        dir: Option<PathBuf>,
        keep: Keep,
    ) -> anyhow::Result<Self> {
        let own = || std::env::temp_dir().join(format!("pulse-bench-{}", std::process::id()));
        let dir = std::path::absolute(dir.unwrap_or_else(own))?;
        Ok(Self {
            pulsed: programs.pulsed.clone(),
            pulsectl: programs.pulsectl.clone(),
            dir,
            variables: HashMap::new(),
            is_running: false,
            keep,
        })
    }

    /// Starts it with so many agents, `local-1` and so on.
    pub(super) fn start(&mut self, agents: usize) -> anyhow::Result<()> {
        self.is_running = true;
        self.dev(&[
            "--detach",
            "--listen",
            "127.0.0.1:0",
            "--workers",
            &agents.to_string(),
        ])?;
        let env = fs::read_to_string(self.dir.join("env"))?;
        self.variables = env.lines().filter_map(variable).collect();
        Ok(())
    }

    /// Stops it; the database's files stay.
    pub(super) fn stop(&mut self) -> anyhow::Result<()> {
        self.dev(&["--stop"])?;
        self.is_running = false;
        Ok(())
    }

    fn dev(&self, arguments: &[&str]) -> anyhow::Result<()> {
        let output = Command::new(&self.pulsed)
            .arg("dev")
            .arg("--dir")
            .arg(&self.dir)
            .args(arguments)
            .env("MAX_CONCURRENT_TASKS", SLOTS)
            // Fifty agents that try their runtimes keep the machine busy for as long as it is measured.
            .env("PULSE_SENSOR_RUNTIMES", "shell")
            .stdin(Stdio::null())
            .output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        anyhow::ensure!(output.status.success(), "pulsed dev failed: {said}");
        Ok(())
    }

    /// One of the variables of the stack's `env`.
    pub(super) fn variable(&self, name: &str) -> anyhow::Result<&str> {
        let value = self.variables.get(name);
        Ok(value.with_context(|| format!("{name} is not in the stack's env"))?)
    }

    /// Where the server listens.
    pub(super) fn address(&self) -> anyhow::Result<SocketAddr> {
        let url = self.variable("PULSE_URL")?;
        Ok(url.trim_start_matches("http://").parse()?)
    }

    /// A connection of an admin.
    pub(super) async fn client(&self) -> anyhow::Result<Client> {
        let token = fs::read_to_string(self.dir.join("admin.token"))?;
        Client::connect(self.address()?, Some(token.trim())).await
    }

    /// The token that enrols agents here.
    pub(super) fn enroll_token(&self) -> anyhow::Result<String> {
        let token = fs::read_to_string(self.dir.join("enroll.token"))?;
        Ok(token.trim().to_owned())
    }

    /// `pulsectl`, knowing its server as a person's shell would make it.
    pub(super) fn pulsectl(&self) -> Command {
        let mut command = Command::new(&self.pulsectl);
        command.envs(&self.variables);
        command
    }

    /// The process that is kept under this name: `postgres`, `server` or an agent's.
    pub(super) fn process(&self, name: &str) -> anyhow::Result<u32> {
        let list = fs::read_to_string(self.dir.join("pids"))?;
        let pid = list.lines().find_map(|line| {
            let mut words = line.split(' ');
            (words.next()? == name).then(|| words.next()?.parse().ok())?
        });
        pid.with_context(|| format!("{name} does not run"))
    }

    /// The folder of an agent's state.
    pub(super) fn state_of(&self, agent: &str) -> PathBuf {
        self.dir.join("workers").join(agent)
    }

    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        if self.is_running {
            // It was being left because of another failure, which is told.
            let _ = self.stop();
        }
        if self.keep == Keep::Nothing {
            let _ = fs::remove_dir_all(&self.dir);
        }
    }
}

/// Reads `export NAME='value'`.
fn variable(line: &str) -> Option<(String, String)> {
    let (name, value) = line.strip_prefix("export ")?.split_once('=')?;
    Some((name.to_owned(), value.trim_matches('\'').to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_env_is_a_variable() {
        let read = variable("export PULSE_URL='http://127.0.0.1:8080'").unwrap();

        assert_eq!(read, ("PULSE_URL".into(), "http://127.0.0.1:8080".into()));
        assert_eq!(variable("# nothing"), None);
    }
}
