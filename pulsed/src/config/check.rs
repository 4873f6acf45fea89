//! From text to typed values, with every range that must hold.

use std::{fmt, net::SocketAddr, ops::RangeInclusive, path::PathBuf, str::FromStr};

use tracing_subscriber::EnvFilter;

use super::{
    Config, Database, Jobs, Limits, Log, LogFormat, MetricsAccess, Notifications, Retention,
    Secret, Secrets, Server, Workers,
    fault::{ConfigError, Fault},
    keys::HEARTBEAT,
    settings::{Origin, Setting, Settings},
};
use crate::key_file;

const MILLISECONDS: RangeInclusive<u64> = 100..=31_536_000_000;

/// Checks every value; fails with all that is wrong, not with the first.
pub(crate) fn check(settings: &Settings) -> Result<Config, ConfigError> {
    let mut checking = Checking {
        settings,
        faults: Vec::new(),
    };
    let config = Config {
        server: checking.server(),
        database: checking.database(),
        workers: checking.workers(),
        jobs: checking.jobs(),
        retention: checking.retention(),
        secrets: checking.secrets(),
        notifications: checking.notifications(),
        sso: checking.sso(),
        limits: checking.limits(),
        log: checking.log(),
    };
    checking.offline_before_stuck(&config);
    ConfigError::unless_empty(checking.faults)?;
    Ok(config)
}

pub(super) struct Checking<'a> {
    pub(super) settings: &'a Settings,
    pub(super) faults: Vec<Fault>,
}

impl Checking<'_> {
    fn server(&mut self) -> Server {
        let fallback = SocketAddr::from(([127, 0, 0, 1], 8080));
        let listen = self.parse(
            "server.listen",
            "an address with a port, such as 127.0.0.1:8080",
        );
        let server = Server {
            listen: listen.unwrap_or(fallback),
            name: self.name(),
            tls: self.tls(),
            insecure: self.truth("server.insecure"),
            metrics: self.metrics(),
            operator_commands: self.truth("server.operator_commands"),
            dev: self.truth("server.dev"),
            dev_enrollment_token: None,
            shared_worker_key: None,
        };
        self.reachable_only_when_allowed(&server);
        Server {
            dev_enrollment_token: self.dev_enrollment_token(&server),
            shared_worker_key: self.shared_worker_key(&server),
            ..server
        }
    }

    fn name(&mut self) -> String {
        let name = self.text("server.name").unwrap_or_default().to_owned();
        let fits = (1..=253).contains(&name.len()) && !name.contains(char::is_control);
        if !fits {
            self.fault("server.name", "must be a name of 1 to 253 characters");
        }
        name
    }

    fn metrics(&mut self) -> MetricsAccess {
        match self.text("server.metrics") {
            Some("loopback") => MetricsAccess::Loopback,
            Some("open") => MetricsAccess::Open,
            Some("off") => MetricsAccess::Off,
            Some("token") | None => MetricsAccess::Token,
            Some(_) => {
                self.fault("server.metrics", "must be token, loopback, open or off");
                MetricsAccess::Token
            }
        }
    }

    fn reachable_only_when_allowed(&mut self, server: &Server) {
        if server.listen.ip().is_loopback() {
            return;
        }
        let place = self.place("server.listen");
        let address = server.listen;
        if server.dev {
            let message = format!("{address} can be reached from other hosts; dev mode cannot");
            let hint = "listen on 127.0.0.1, or run `pulsed serve` without dev mode";
            self.faults.push(Fault::new(place, message).hint(hint));
        } else if !server.insecure && server.tls.is_none() {
            let message = format!("{address} can be reached from other hosts, and there is no TLS");
            let hint = "give the server a certificate: `tls: {cert: FILE, key: FILE}` under `server:`; or \
                        listen on 127.0.0.1 behind a TLS proxy; for a network you trust, set \
                        `insecure: true` there (PULSE__SERVER__INSECURE=true)";
            self.faults.push(Fault::new(place, message).hint(hint));
        }
    }

    fn dev_enrollment_token(&mut self, server: &Server) -> Option<Secret> {
        let path = "server.dev_enrollment_token";
        let setting = self.settings.find(path)?;
        if server.dev {
            return Some(Secret::new(&setting.text));
        }
        // The seeds' variable may be meant for an agent on the same host.
        let is_alias = setting.origin == Origin::Variable("WORKER_ENROLLMENT_TOKEN".to_owned());
        if !is_alias {
            let fault = Fault::new(&setting.origin, "a static enrolment token needs dev mode");
            let hint = "use one-time tokens (pulsectl worker token create), or `pulsed dev`";
            self.faults.push(fault.hint(hint));
        }
        None
    }

    /// A key that every worker knows protects little, so it must not cross a network in the clear.
    fn shared_worker_key(&mut self, server: &Server) -> Option<Secret> {
        const SHORTEST: usize = 16;
        let setting = self.settings.find("server.shared_worker_key")?;
        let hint = "give each host a credential of its own (pulsectl worker token create)";
        if !server.listen.ip().is_loopback() && server.tls.is_none() {
            let message = "a key that all workers share needs the loopback address, or TLS";
            self.faults
                .push(Fault::new(&setting.origin, message).hint(hint));
            return None;
        }
        if setting.text.len() < SHORTEST {
            let message =
                format!("a key that all workers share has at least {SHORTEST} characters");
            self.faults
                .push(Fault::new(&setting.origin, message).hint(hint));
            return None;
        }
        Some(Secret::new(&setting.text))
    }

    fn database(&mut self) -> Database {
        let path = "database.url";
        let url = self.text(path).unwrap_or_default().to_owned();
        if self.settings.find(path).is_none() {
            let fault = Fault::new(path, "no database is configured");
            let hint = "pulsed init writes a first configuration; or set `url:` under `database:` in \
                        /etc/pulsed/pulsed.yaml, or PULSE__DATABASE__URL_FILE; to try pulse without \
                        a database: pulsed dev";
            self.faults.push(fault.hint(hint));
        } else if url.parse::<tokio_postgres::Config>().is_err() {
            // The reason is left out: it may quote a part of the password.
            let message = "is neither a postgres:// URL nor a list of key=value pairs";
            let fault = Fault::new(self.place(path), message);
            self.faults
                .push(fault.hint("such as postgres://pulsed@db.example/pulse"));
        }
        Database {
            url: Secret::new(url),
            pool_size: self.number("database.pool_size", 2..=1000),
            reserved_pool_size: self.number("database.reserved_pool_size", 2..=1000),
        }
    }

    fn workers(&mut self) -> Workers {
        let workers = Workers {
            heartbeat_interval_ms: self.number(HEARTBEAT, 100..=3_600_000),
            unreachable_after_ms: self.number("workers.unreachable_after_ms", MILLISECONDS),
            offline_after_ms: self.number("workers.offline_after_ms", MILLISECONDS),
            delete_after_ms: self.number("workers.delete_after_ms", MILLISECONDS),
            rotate_credential_after_ms: self
                .number("workers.rotate_credential_after_ms", MILLISECONDS),
        };
        let ladder = [
            (HEARTBEAT, workers.heartbeat_interval_ms),
            ("workers.unreachable_after_ms", workers.unreachable_after_ms),
            ("workers.offline_after_ms", workers.offline_after_ms),
            ("workers.delete_after_ms", workers.delete_after_ms),
        ];
        self.rising(&ladder);
        workers
    }

    fn jobs(&mut self) -> Jobs {
        let jobs = Jobs {
            stuck_after_ms: self.number("jobs.stuck_after_ms", MILLISECONDS),
            check_interval_ms: self.number("jobs.check_interval_ms", 100..=86_400_000),
            offer_ttl_ms: self.number("jobs.offer_ttl_ms", 100..=3_600_000),
        };
        self.rising(&[
            ("jobs.offer_ttl_ms", jobs.offer_ttl_ms),
            ("jobs.stuck_after_ms", jobs.stuck_after_ms),
        ]);
        jobs
    }

    fn retention(&mut self) -> Retention {
        const DAYS: RangeInclusive<u32> = 0..=36_500;
        let (executions, outputs) = ("retention.executions_days", "retention.outputs_days");
        let retention = Retention {
            executions_days: self.number(executions, DAYS),
            outputs_days: self.number(outputs, DAYS),
        };
        let kept = retention.executions_days;
        if kept > 0 && retention.outputs_days > kept {
            let message = format!(
                "must not be more than {executions} ({kept}), with which they go, but is {}",
                retention.outputs_days
            );
            self.fault(outputs, &message);
        }
        retention
    }

    /// A key that others can read is as good as none: nothing starts with it.
    fn notifications(&mut self) -> Notifications {
        Notifications {
            allow_addresses: self.networks("notifications.allow_addresses"),
        }
    }

    fn secrets(&mut self) -> Secrets {
        let path = "secrets.key_file";
        let key_file = self.text(path).map(PathBuf::from);
        match &key_file {
            Some(file) if !file.is_absolute() => {
                self.fault(path, "must be a path that begins with /");
            }
            Some(file) if key_file::is_open(file) => {
                let message = format!("{} can be read by others than its owner", file.display());
                let fault = Fault::new(self.place(path), message);
                self.faults
                    .push(fault.hint(format!("chmod 600 {}", file.display())));
            }
            Some(_) | None => {}
        }
        Secrets { key_file }
    }

    fn limits(&mut self) -> Limits {
        Limits {
            wrong_tokens_per_minute: self.number("limits.wrong_tokens_per_minute", 1..=1_000_000),
            wrong_enrolments_per_minute: self
                .number("limits.wrong_enrolments_per_minute", 1..=1_000_000),
            requests_per_second: self.requests_per_second(),
            request_burst: self.number("limits.request_burst", 0..=10_000_000),
        }
    }

    /// Nobody is limited on a stack that only its own host can reach, unless somebody says so.
    fn requests_per_second(&mut self) -> u32 {
        let path = "limits.requests_per_second";
        let origin = self.settings.find(path).map(|setting| &setting.origin);
        let is_default = origin.is_none_or(|origin| *origin == Origin::Default);
        if is_default && self.truth("server.dev") {
            return 0;
        }
        self.number(path, 0..=1_000_000)
    }

    fn log(&mut self) -> Log {
        let level = self.text("log.level").unwrap_or_default().to_owned();
        if EnvFilter::try_new(&level).is_err() {
            let message = "must be error, warn, info, debug or trace, or directives such as \
                           info,pulsed=debug";
            self.fault("log.level", message);
        }
        let format = match self.text("log.format") {
            Some("json") => LogFormat::Json,
            Some("journald") => LogFormat::Journald,
            Some("text") | None => LogFormat::Text,
            Some(_) => {
                self.fault("log.format", "must be text, json or journald");
                LogFormat::Text
            }
        };
        Log { level, format }
    }

    /// A worker is offline before its jobs are stuck. A value that nobody has set is in nobody's way.
    fn offline_before_stuck(&mut self, config: &Config) {
        let (offline, stuck) = ("workers.offline_after_ms", "jobs.stuck_after_ms");
        let is_set = |path| {
            let setting = self.settings.find(path);
            setting.is_some_and(|setting| setting.origin != Origin::Default)
        };
        if is_set(offline) && is_set(stuck) {
            self.rising(&[
                (offline, config.workers.offline_after_ms),
                (stuck, config.jobs.stuck_after_ms),
            ]);
        }
    }

    /// Wants each value to be greater than the one before it.
    fn rising(&mut self, ladder: &[(&str, u64)]) {
        for pair in ladder.windows(2) {
            let [(lower, less), (higher, more)] = pair else {
                continue;
            };
            // Zero stands for a value that has its own fault already.
            if *less > 0 && *more > 0 && less >= more {
                let message = format!("must be more than {lower} ({less}), but is {more}");
                self.fault(higher, &message);
            }
        }
    }

    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.settings
            .find(path)
            .map(|setting| setting.text.as_str())
    }

    pub(super) fn place(&self, path: &str) -> String {
        let origin = self.settings.find(path).map(|setting| &setting.origin);
        match origin {
            None | Some(Origin::Default) => path.to_owned(),
            Some(origin) => format!("{origin}: {path}"),
        }
    }

    pub(super) fn fault(&mut self, path: &str, message: &str) {
        let place = self.place(path);
        self.faults.push(Fault::new(place, message));
    }

    fn parse<T: FromStr>(&mut self, path: &str, wanted: impl fmt::Display) -> Option<T> {
        let Setting { text, .. } = self.settings.find(path)?;
        let value = text.trim().parse().ok();
        if value.is_none() {
            self.fault(path, &format!("must be {wanted}, not `{text}`"));
        }
        value
    }

    fn truth(&mut self, path: &str) -> bool {
        self.parse(path, "true or false").unwrap_or_default()
    }

    fn number<T>(&mut self, path: &str, range: RangeInclusive<T>) -> T
    where
        T: FromStr + PartialOrd + Default + fmt::Display,
    {
        let wanted = format!("a whole number from {} to {}", range.start(), range.end());
        let Some(number) = self.parse(path, &wanted) else {
            return T::default();
        };
        if !range.contains(&number) {
            self.fault(path, &format!("must be {wanted}, not {number}"));
            return T::default();
        }
        number
    }
}
