//! Which languages steps can be written in here: each is tried before it is offered.

use std::{
    collections::BTreeMap,
    io::Read as _,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use tokio::time::Instant;

use crate::{
    config::{Config, Environment},
    executables::find_program,
};

/// How long a runtime may take to say its version.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often it is looked whether one has answered.
const GLANCE: Duration = Duration::from_millis(5);
/// What is there on every host: `sh`, and programs themselves.
const ALWAYS: [&str; 2] = ["native", "shell"];
const DETECTED: [&str; 3] = ["bash", "python", "node"];

/// The runtimes of this host, each with its version where it says one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Runtimes {
    pub(crate) names: Vec<String>,
    pub(crate) versions: BTreeMap<String, String>,
}

/// A runtime that is being tried.
struct Trial {
    name: String,
    program: PathBuf,
    child: Option<Child>,
}

/// Tries what the environment names, else what the configuration names, else what is usual.
pub(crate) async fn survey(config: &Config, environment: &Environment) -> Runtimes {
    let path = environment.inherited().remove("PATH").unwrap_or_default();
    let (wanted, source) = match (&config.worker.runtimes, environment.runtimes_source()) {
        (Some(names), Some(variable)) => (names.clone(), variable),
        (Some(names), None) => (names.clone(), "configuration"),
        (None, _) => (DETECTED.map(str::to_owned).to_vec(), "detection"),
    };
    let is_named = config.worker.runtimes.is_some();
    let mut trials = Vec::new();
    for name in wanted
        .into_iter()
        .filter(|name| !ALWAYS.contains(&name.as_str()))
    {
        match find_program(&programs(&name), &path) {
            Some(program) => trials.push(start(name, program, &path)),
            None if is_named => {
                tracing::warn!(
                    runtime = name,
                    source,
                    "not offered: there is no such program"
                );
            }
            None => {}
        }
    }
    let mut found = Runtimes {
        names: ALWAYS.map(str::to_owned).to_vec(),
        versions: BTreeMap::new(),
    };
    let give_up = Instant::now() + PATIENCE;
    for trial in trials {
        let (name, program) = (trial.name.clone(), trial.program.clone());
        if let Some(version) = answer(trial, give_up).await {
            found.versions.insert(name.clone(), version);
            found.names.push(name);
        } else {
            let program = program.display().to_string();
            tracing::warn!(
                runtime = name,
                program,
                "not offered: `--version` does not work"
            );
        }
    }
    tracing::info!(source, "runtimes: {}", found.shown());
    found
}

impl Runtimes {
    /// In one line, with versions.
    pub(crate) fn shown(&self) -> String {
        let shown: Vec<String> = self
            .names
            .iter()
            .map(|name| match self.versions.get(name) {
                Some(version) => format!("{name} {version}"),
                None => name.clone(),
            })
            .collect();
        shown.join(", ")
    }
}

/// The programs that may stand for a runtime, the better one first.
fn programs(name: &str) -> Vec<&str> {
    match name {
        "python" => vec!["python3", "python"],
        other => vec![other],
    }
}

fn start(name: String, program: PathBuf, path: &str) -> Trial {
    let child = Command::new(&program)
        .arg("--version")
        .env_clear()
        .env("PATH", path)
        .env("LANG", "C.UTF-8")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok();
    Trial {
        name,
        program,
        child,
    }
}

/// The version that a runtime says; `None` where it fails or does not answer.
async fn answer(trial: Trial, give_up: Instant) -> Option<String> {
    let mut child = trial.child?;
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if Instant::now() < give_up => tokio::time::sleep(GLANCE).await,
            Ok(None) | Err(_) => {
                let _ = child.kill();
                let _ = child.wait();
                return None;
            }
        }
    };
    let mut said = Vec::new();
    let stdout = child.stdout.take()?;
    // A version is short; whatever writes more is not waited for beyond it.
    stdout.take(512).read_to_end(&mut said).ok()?;
    status
        .success()
        .then(|| version(&String::from_utf8_lossy(&said)))
}

/// The first word of the first line that begins like a version, as in `GNU bash, version 5.2.37(1)`.
fn version(said: &str) -> String {
    let first = said.lines().next().unwrap_or_default();
    let words = first.split_whitespace();
    let number = words
        .map(|word| word.trim_start_matches('v'))
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()) && word.contains('.'));
    let plain: String = number
        .unwrap_or_default()
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || ".-+".contains(*c))
        .take(32)
        .collect();
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_what_programs_say() {
        for (said, found) in [
            ("Python 3.11.2\n", "3.11.2"),
            ("v20.19.2\n", "20.19.2"),
            (
                "GNU bash, version 5.2.37(1)-release (x86_64)\nCopyright",
                "5.2.37",
            ),
            ("something else", ""),
        ] {
            assert_eq!(version(said), found);
        }
    }
}
