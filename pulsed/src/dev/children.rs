//! The command lines and environments of a stack's own programs.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
};

use super::{Options, layout::Layout};
use crate::{
    cli::Failure,
    config::{Environment, is_known_name, server_aliases},
    key_file,
};

/// A configuration file that says nothing, so that the host's own is left alone.
const NO_FILE: &str = "/dev/null";

/// Where the key of secrets is.
const KEY_FILE: &str = "PULSE__SECRETS__KEY_FILE";

/// The agent's variables that would send it somewhere else.
const AGENT_ALIASES: &[&str] = &[
    "API_URL",
    "PULSE_SERVER",
    "PULSE_WS",
    "WORKER_NAME",
    "WORKER_REGION",
    "WORKER_ENROLLMENT_TOKEN",
    "WORKER_API_KEY",
];

/// What suits agents that come and go with their stack.
const AGENT_DEFAULTS: &[(&str, &str)] = &[
    ("PULSE__WORKER__TYPE", "local"),
    ("PULSE__EXECUTOR__LINGER_SECONDS", "30"),
    ("PULSE__STOP_GRACE_MS", "1000"),
];

/// What it takes to start the server, its tools, and the workers.
#[derive(Debug, Clone)]
pub(crate) struct Children {
    pulsed: PathBuf,
    agent: PathBuf,
    config: PathBuf,
    workers: PathBuf,
    ready_file: PathBuf,
    /// The key of secrets, unless somebody has named another one.
    key_file: Option<PathBuf>,
    url: String,
    token: String,
    environment: Environment,
}

impl Children {
    /// `secrets` are the database's URL and the enrolment token.
    pub(crate) fn new(
        layout: &Layout,
        options: &Options,
        environment: &Environment,
        secrets: (String, String),
    ) -> Result<Self, Failure> {
        let pulsed = std::env::current_exe()
            .map_err(|error| Failure::because("cannot find this program's file", &error))?;
        let agent = match options.workers {
            0 => PathBuf::new(),
            _ => find_agent(&pulsed, environment)?,
        };
        let (url, token) = secrets;
        Ok(Self {
            pulsed,
            agent,
            config: options
                .config
                .clone()
                .unwrap_or_else(|| PathBuf::from(NO_FILE)),
            workers: layout.workers(),
            ready_file: layout.ready_file(),
            key_file: key_file(layout, options, environment)?,
            url,
            token,
            environment: environment.clone(),
        })
    }

    pub(crate) fn server(&self, listen: SocketAddr) -> Command {
        let mut command = self.pulsed();
        command.args([
            "serve",
            "--dev",
            "--listen",
            &listen.to_string(),
            "--ready-file",
        ]);
        command.arg(&self.ready_file);
        command.env("PULSE__SERVER__DEV_ENROLLMENT_TOKEN", &self.token);
        command
    }

    pub(crate) fn create_admin(&self, token_file: &Path) -> Command {
        let mut command = self.pulsed();
        command
            .args(["user", "create-admin", "--token-file"])
            .arg(token_file);
        command
    }

    /// A worker's link; it starts its executor itself.
    pub(crate) fn worker(&self, name: &str, server: SocketAddr) -> Command {
        let state = self.workers.join(name);
        let mut command = Command::new(&self.agent);
        command
            .arg("run")
            .arg("--state-dir")
            .arg(&state)
            .args(["--config", NO_FILE]);
        command.env_clear();
        for (variable, value) in self.environment.iter() {
            let is_shared = variable.starts_with("PULSE__LOG__");
            let is_foreign = (is_known_name(variable) && !is_shared)
                || server_aliases().contains(&variable)
                || AGENT_ALIASES.contains(&variable);
            if !is_foreign {
                command.env(variable, value);
            }
        }
        for (variable, value) in AGENT_DEFAULTS {
            if self.environment.find(variable).is_none() {
                command.env(variable, value);
            }
        }
        command.env("PULSE__SERVER__URL", format!("http://{server}"));
        command.env("PULSE__WORKER__NAME", name);
        if !state.join("credential.json").exists() {
            command.env("WORKER_ENROLLMENT_TOKEN", &self.token);
        }
        command
    }

    fn pulsed(&self) -> Command {
        let mut command = Command::new(&self.pulsed);
        command.arg("--config").arg(&self.config).env_clear();
        for (variable, value) in self.environment.iter() {
            let is_ours = !variable.starts_with("PULSE__") || is_known_name(variable);
            let is_overruled = server_aliases().contains(&variable)
                || AGENT_ALIASES.contains(&variable)
                || variable == "PULSE__DATABASE__URL_FILE";
            if is_ours && !is_overruled {
                command.env(variable, value);
            }
        }
        if let Some(key_file) = &self.key_file {
            command.env(KEY_FILE, key_file);
        }
        command.env("PULSE__DATABASE__URL", &self.url);
        command.env("PULSE__SERVER__DEV", "true");
        // Its own programs speak to it on this host, without an authority that would vouch for it.
        command.envs([
            ("PULSE__SERVER__TLS__CERT", ""),
            ("PULSE__SERVER__TLS__KEY", ""),
        ]);
        command
    }
}

/// The stack's own key of secrets, made when it is not there yet.
fn key_file(
    layout: &Layout,
    options: &Options,
    environment: &Environment,
) -> Result<Option<PathBuf>, Failure> {
    if options.config.is_some() || environment.find(KEY_FILE).is_some() {
        return Ok(None);
    }
    let path = layout.key_file();
    if !path.exists() {
        key_file::create(&path)
            .map_err(|error| Failure::because("cannot make a key for secrets", &error))?;
    }
    Ok(Some(path))
}

/// The agent beside this program, or the one on the path.
fn find_agent(pulsed: &Path, environment: &Environment) -> Result<PathBuf, Failure> {
    const NAME: &str = "pulse-agent";
    let beside = pulsed.with_file_name(NAME);
    let path = environment.find("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(path).map(|folder| folder.join(NAME));
    let found = std::iter::once(beside)
        .chain(on_path)
        .find(|program| program.is_file());
    found.ok_or_else(|| {
        let text = format!(
            "{NAME} is neither beside {} nor on the PATH",
            pulsed.display()
        );
        Failure::error(text).hint("build it: cargo build; or start without workers: --workers 0")
    })
}
