//! What the server is told: one struct per section, read once, before anything else starts.
//!
//! Values come from the defaults, the file, the environment and the flags, in
//! this order, and each remembers where it came from. Nothing outside this
//! folder reads the environment.

mod alias;
mod check;
mod environment;
mod fault;
mod file;
mod keys;
mod load;
mod secret;
mod settings;
mod show;
mod sso;
#[cfg(test)]
mod tests;
mod tls;

use std::{net::SocketAddr, path::PathBuf};

use ipnet::IpNet;

pub(crate) use check::check;
pub(crate) use environment::{Environment, is_known_name, server_aliases};
pub(crate) use fault::{ConfigError, Fault};
pub(crate) use load::{DEFAULT_FILE, Flag, FlagValue, Loaded, Sources, files_read, load};
pub(crate) use secret::Secret;
pub(crate) use settings::{Origin, Settings};
pub(crate) use show::{Origins, show};

/// Everything that an operator may decide.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    pub(crate) server: Server,
    pub(crate) database: Database,
    pub(crate) workers: Workers,
    pub(crate) jobs: Jobs,
    pub(crate) retention: Retention,
    pub(crate) secrets: Secrets,
    pub(crate) notifications: Notifications,
    pub(crate) sso: Option<Sso>,
    pub(crate) limits: Limits,
    pub(crate) log: Log,
}

/// The listener, and who this server is.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    pub(crate) listen: SocketAddr,
    /// The replica's name in `server status`; the host's name unless set.
    pub(crate) name: String,
    /// What the server shows who it is with; without it, it speaks plain HTTP.
    pub(crate) tls: Option<Tls>,
    /// Allows an address that other hosts can reach without TLS.
    pub(crate) insecure: bool,
    pub(crate) metrics: MetricsAccess,
    /// Whether operators run documents of their own with commands in them.
    pub(crate) operator_commands: bool,
    pub(crate) dev: bool,
    /// Enrols any number of workers in region `iad`; only ever set together with `dev`.
    pub(crate) dev_enrollment_token: Option<Secret>,
    /// Lets in older workers that all show one key; only on the loopback address.
    pub(crate) shared_worker_key: Option<Secret>,
}

/// The files of the server's certificate, in PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tls {
    /// The server's own certificate first, then those between it and the authority.
    pub(crate) cert: PathBuf,
    pub(crate) key: PathBuf,
}

/// Who may read `/metrics`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MetricsAccess {
    /// Whoever has a user's token.
    Token,
    /// Those, and whoever calls from this host.
    Loopback,
    /// Everybody who reaches the server.
    Open,
    /// Nobody.
    Off,
}

#[derive(Debug, Clone)]
pub(crate) struct Database {
    /// A `postgres://` URL or a list of `key=value` pairs.
    pub(crate) url: Secret,
    pub(crate) pool_size: u32,
    /// Connections beside those, for timers and for workers that come and go.
    pub(crate) reserved_pool_size: u32,
}

/// How silence becomes a worker's state.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_field_names,
    reason = "the unit belongs to the name of a number"
)]
pub(crate) struct Workers {
    pub(crate) heartbeat_interval_ms: u64,
    pub(crate) unreachable_after_ms: u64,
    pub(crate) offline_after_ms: u64,
    pub(crate) delete_after_ms: u64,
    /// How old a worker's credential becomes before the next generation takes its place.
    pub(crate) rotate_credential_after_ms: u64,
}

#[derive(Debug, Clone)]
#[expect(
    clippy::struct_field_names,
    reason = "the unit belongs to the name of a number"
)]
pub(crate) struct Jobs {
    /// How long a job may go without a sign of life.
    pub(crate) stuck_after_ms: u64,
    pub(crate) check_interval_ms: u64,
    /// How long a worker may take to start what it was offered.
    pub(crate) offer_ttl_ms: u64,
}

/// How long what has ended is kept.
#[derive(Debug, Clone)]
pub(crate) struct Retention {
    /// 0 for ever.
    pub(crate) executions_days: u32,
    /// What jobs wrote; 0 for as long as their execution.
    pub(crate) outputs_days: u32,
}

/// What secrets are sealed with.
#[derive(Debug, Clone)]
pub(crate) struct Secrets {
    /// The file with the keys; without it there are no secrets.
    pub(crate) key_file: Option<PathBuf>,
}

/// Where notifications may go.
#[derive(Debug, Clone)]
pub(crate) struct Notifications {
    /// Networks in which somebody is told something although they are local to a link, or those where
    /// clouds hand out credentials.
    pub(crate) allow_addresses: Vec<IpNet>,
}

/// Whom to believe when they say who somebody is.
#[derive(Debug, Clone)]
pub(crate) struct Sso {
    /// Where trusted proxies connect from; never empty.
    pub(crate) trusted_proxies: Vec<IpNet>,
    /// What a trusted proxy proves itself with, beside its address.
    pub(crate) proxy_secret: Option<Secret>,
    /// Where people without a session are sent.
    pub(crate) login_url: Option<String>,
    pub(crate) admin_groups: Vec<String>,
    pub(crate) operator_groups: Vec<String>,
    pub(crate) viewer_groups: Vec<String>,
}

/// How much one replica takes from one address, or from one caller.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    pub(crate) wrong_tokens_per_minute: u32,
    pub(crate) wrong_enrolments_per_minute: u32,
    /// What each caller may ask for all the time; 0 for no limit.
    pub(crate) requests_per_second: u32,
    /// What a caller may ask for at once after a pause.
    pub(crate) request_burst: u32,
}

#[derive(Debug, Clone)]
pub(crate) struct Log {
    /// A level, or a list of directives such as `info,pulsed=debug`.
    pub(crate) level: String,
    pub(crate) format: LogFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum LogFormat {
    Text,
    Json,
    /// systemd's journal, with the ids as fields; stderr where there is none.
    Journald,
}

impl Log {
    /// A verb that somebody typed talks to whoever typed it, not to the journal.
    pub(crate) fn for_a_person(&self) -> Self {
        let format = match self.format {
            LogFormat::Journald => LogFormat::Text,
            format @ (LogFormat::Text | LogFormat::Json) => format,
        };
        Self {
            level: self.level.clone(),
            format,
        }
    }
}

impl LogFormat {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Journald => "journald",
        }
    }
}
