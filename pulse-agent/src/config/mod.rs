//! What the agent is told from outside: defaults, file, environment, flags, in this order.

mod environment;
mod layers;
mod rules;
mod show;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use pulse_api::status::WorkerType;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::address::Plain;

pub(crate) use self::{
    environment::{Environment, SECRET_NAMES},
    rules::{Allow, Block, Confinement, Policy, Rules},
    show::{Origins, show},
};

/// Where the configuration lives without a flag.
pub(crate) const DEFAULT_FILE: &str = "/etc/pulse-agent/agent.yaml";

/// The agent's configuration.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Config {
    pub(crate) server: Server,
    pub(crate) worker: Worker,
    pub(crate) executor: Executor,
    pub(crate) log: Log,
    /// Named commands that steps can call here.
    pub(crate) function_blocks: Vec<Block>,
    pub(crate) policy: Policy,
    /// How far every step is confined.
    pub(crate) sandbox: Confinement,
    pub(crate) metrics: Metrics,
    /// A file with an enrolment token; it is removed once it has been used.
    pub(crate) token_file: Option<PathBuf>,
    /// Seconds between heartbeats; without it the server decides.
    pub(crate) heartbeat_interval: Option<f64>,
    /// The longest that any step may run here, whatever it says itself.
    pub(crate) run_timeout_ms: Option<u64>,
    /// How long running steps may go on when an agent started by hand is stopped.
    pub(crate) stop_grace_ms: u64,
    /// How long a step has between TERM and KILL.
    pub(crate) kill_grace_ms: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            server: Server::default(),
            worker: Worker::default(),
            executor: Executor::default(),
            log: Log::default(),
            function_blocks: Vec::new(),
            policy: Policy::default(),
            sandbox: Confinement::default(),
            metrics: Metrics::default(),
            token_file: None,
            heartbeat_interval: None,
            run_timeout_ms: None,
            stop_grace_ms: 15_000,
            kill_grace_ms: 10_000,
        }
    }
}

/// Which server to talk to.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Server {
    pub(crate) url: Option<String>,
    /// Allows `http://` to hosts other than this one.
    pub(crate) insecure: bool,
    /// Trusted instead of the system's certificates.
    pub(crate) ca_cert: Option<PathBuf>,
}

impl Server {
    /// Whether `http://` may leave this host.
    pub(crate) fn plain(&self) -> Plain {
        if self.insecure {
            Plain::Everywhere
        } else {
            Plain::Loopback
        }
    }
}

/// What the host says of itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Worker {
    pub(crate) name: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) labels: BTreeMap<String, String>,
    /// Found out when it is not said.
    #[serde(rename = "type")]
    pub(crate) kind: Option<WorkerType>,
    pub(crate) max_concurrent: u32,
    pub(crate) runtimes: Option<Vec<String>>,
    /// Further keys for the worker's capabilities.
    pub(crate) capabilities: Map<String, Value>,
    /// Whatever starts the agent does so also after it has ended, drained.
    pub(crate) stays_drained: bool,
}

impl Default for Worker {
    fn default() -> Self {
        Self {
            name: None,
            region: None,
            labels: BTreeMap::new(),
            kind: None,
            max_concurrent: 5,
            runtimes: None,
            capabilities: Map::new(),
            stays_drained: false,
        }
    }
}

/// How the link comes by its executor.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Executor {
    pub(crate) mode: ExecutorMode,
    /// How long an executor started by `run` stays without a link and without work.
    pub(crate) linger_seconds: u64,
}

impl Default for Executor {
    fn default() -> Self {
        Self {
            mode: ExecutorMode::Spawn,
            linger_seconds: 600,
        }
    }
}

/// Who starts the executor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ExecutorMode {
    /// `run` does, unless one is there already.
    Spawn,
    /// The service manager does.
    Service,
}

/// Where this agent's own numbers can be read.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Metrics {
    /// An address of this host alone, such as `127.0.0.1:9464`.
    pub(crate) listen: Option<SocketAddr>,
}

/// How to log.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Log {
    pub(crate) format: LogFormat,
    /// A filter such as `info` or `pulse_agent=debug`.
    pub(crate) level: String,
}

impl Default for Log {
    fn default() -> Self {
        Self {
            format: LogFormat::Text,
            level: "info".to_owned(),
        }
    }
}

/// The form of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LogFormat {
    Text,
    Json,
    /// systemd's journal, with the ids as fields; stderr where there is none.
    Journald,
}

/// Everything that was loaded, and what should be said about it.
#[derive(Debug, Clone)]
pub(crate) struct Loaded {
    pub(crate) config: Config,
    pub(crate) notices: Vec<String>,
    /// Where each key that something says comes from.
    pub(crate) places: Places,
}

/// Which file, variable or flag says what a key is, by its dotted name.
pub(crate) type Places = BTreeMap<String, String>;

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    #[error("{path} cannot be read: {source}")]
    Unreadable {
        path: String,
        source: std::io::Error,
    },
    #[error("{path} is not valid YAML: {detail}")]
    Malformed { path: String, detail: String },
    #[error("unknown key `{key}` in {origin}{}", suggest(.suggestion.as_deref()))]
    UnknownKey {
        key: String,
        origin: String,
        suggestion: Option<String>,
    },
    #[error("the configuration is not valid: {0}")]
    Invalid(String),
}

fn suggest(suggestion: Option<&str>) -> String {
    suggestion.map_or(String::new(), |key| format!(", did you mean `{key}`?"))
}

/// Which file to read.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Source<'a> {
    /// It may be missing.
    Default(&'a Path),
    /// It was named, so it must be there.
    Given(&'a Path),
}

/// Where a configuration came from, and what flags say over it: enough to read it again.
#[derive(Clone)]
pub(crate) struct Origin {
    pub(crate) file: Option<PathBuf>,
    pub(crate) environment: Environment,
    pub(crate) max_concurrent: Option<u32>,
}

impl Origin {
    /// Reads the configuration.
    pub(crate) fn load(&self) -> Result<Loaded, ConfigError> {
        let source = self
            .file
            .as_deref()
            .map_or(Source::Default(Path::new(DEFAULT_FILE)), Source::Given);
        let mut loaded = load(source, &self.environment)?;
        let worker = &mut loaded.config.worker;
        worker.max_concurrent = self.max_concurrent.unwrap_or(worker.max_concurrent).max(1);
        Ok(loaded)
    }
}

/// Puts file and environment together; flags follow later, on the typed values.
pub(crate) fn load(source: Source<'_>, environment: &Environment) -> Result<Loaded, ConfigError> {
    let (mut tree, mut places) = layers::read(source)?;
    let mut notices = Vec::new();
    environment.apply(&mut tree, (&mut notices, &mut places));
    let config: Config = serde_json::from_value(Value::Object(tree))
        .map_err(|error| ConfigError::Invalid(error.to_string()))?;
    check(&config)?;
    Ok(Loaded {
        config,
        notices,
        places,
    })
}

fn check(config: &Config) -> Result<(), ConfigError> {
    if config.worker.max_concurrent == 0 {
        let sentence = "worker.max_concurrent must be at least 1";
        return Err(ConfigError::Invalid(sentence.to_owned()));
    }
    let is_positive = |seconds: f64| seconds.is_finite() && seconds > 0.0 && seconds < 3600.0;
    if !config.heartbeat_interval.is_none_or(is_positive) {
        let sentence = "heartbeat_interval must be between 0 and 3600 seconds";
        return Err(ConfigError::Invalid(sentence.to_owned()));
    }
    if config.run_timeout_ms == Some(0) {
        let sentence = "run_timeout_ms must be at least 1; leave it out for none";
        return Err(ConfigError::Invalid(sentence.to_owned()));
    }
    if let Some(listen) = config.metrics.listen
        && !listen.ip().is_loopback()
    {
        let sentence =
            format!("metrics.listen is {listen}, which others could reach: use 127.0.0.1");
        return Err(ConfigError::Invalid(sentence));
    }
    rules::check(config).map_or(Ok(()), |fault| Err(ConfigError::Invalid(fault)))
}
