//! Every key that exists, with its default and its older names.

/// One key of the configuration.
#[derive(Debug)]
pub(crate) struct Key {
    /// `section.name`, or `section.group.name`.
    pub(crate) path: &'static str,
    pub(crate) default: Option<&'static str>,
    /// Hidden when shown, and readable from a file named by `…_file`.
    pub(crate) secret: bool,
}

impl Key {
    pub(crate) fn section(&self) -> &'static str {
        self.path
            .split_once('.')
            .map_or(self.path, |(section, _)| section)
    }

    pub(crate) fn name(&self) -> &'static str {
        self.path
            .split_once('.')
            .map_or(self.path, |(_, name)| name)
    }

    /// What the key is grouped under inside its section.
    pub(crate) fn group(&self) -> Option<&'static str> {
        self.name().split_once('.').map(|(group, _)| group)
    }

    /// The variable that sets this key: `PULSE__SECTION__NAME`.
    pub(crate) fn variable(&self) -> String {
        format!("{PREFIX}{}", self.path.replace('.', "__").to_uppercase())
    }
}

/// What the name of every variable of pulse's own starts with.
pub(crate) const PREFIX: &str = "PULSE__";

const fn plain(path: &'static str, default: &'static str) -> Key {
    Key {
        path,
        default: Some(default),
        secret: false,
    }
}

const fn optional(path: &'static str) -> Key {
    Key {
        path,
        default: None,
        secret: false,
    }
}

const fn secret(path: &'static str) -> Key {
    Key {
        path,
        default: None,
        secret: true,
    }
}

/// How often a worker is to be heard.
pub(crate) const HEARTBEAT: &str = "workers.heartbeat_interval_ms";

pub(crate) const KEYS: &[Key] = &[
    plain("server.listen", "127.0.0.1:8080"),
    optional("server.name"),
    optional("server.tls.cert"),
    optional("server.tls.key"),
    plain("server.insecure", "false"),
    plain("server.metrics", "token"),
    plain("server.operator_commands", "true"),
    plain("server.dev", "false"),
    secret("server.dev_enrollment_token"),
    secret("server.shared_worker_key"),
    secret("database.url"),
    plain("database.pool_size", "10"),
    plain("database.reserved_pool_size", "4"),
    plain(HEARTBEAT, "20000"),
    plain("workers.unreachable_after_ms", "120000"),
    plain("workers.offline_after_ms", "360000"),
    plain("workers.delete_after_ms", "86400000"),
    plain("workers.rotate_credential_after_ms", "86400000"),
    plain("jobs.stuck_after_ms", "720000"),
    plain("jobs.check_interval_ms", "60000"),
    plain("jobs.offer_ttl_ms", "10000"),
    plain("retention.executions_days", "90"),
    plain("retention.outputs_days", "0"),
    optional("secrets.key_file"),
    optional("notifications.allow_addresses"),
    optional("sso.trusted_proxies"),
    secret("sso.proxy_secret"),
    optional("sso.login_url"),
    plain("sso.admin_groups", "admin"),
    plain("sso.operator_groups", "employee"),
    plain("sso.viewer_groups", "viewer"),
    plain("limits.wrong_tokens_per_minute", "10"),
    plain("limits.wrong_enrolments_per_minute", "5"),
    plain("limits.requests_per_second", "100"),
    plain("limits.request_burst", "6000"),
    plain("log.level", "info"),
    plain("log.format", "text"),
];

/// The seeds' variables that mean one key; later lines win over earlier ones.
pub(crate) const ALIASES: &[(&str, &str)] = &[
    ("DATABASE_URL", "database.url"),
    ("WORKER_API_KEY", "server.shared_worker_key"),
    ("PULSE_DATABASE_URL", "database.url"),
    (
        "WORKER_UNREACHABLE_THRESHOLD_MS",
        "workers.unreachable_after_ms",
    ),
    ("WORKER_OFFLINE_THRESHOLD_MS", "workers.offline_after_ms"),
    (
        "WORKER_OFFLINE_DELETE_THRESHOLD_MS",
        "workers.delete_after_ms",
    ),
    ("BLACKBOARD_STUCK_JOB_TIMEOUT", "jobs.stuck_after_ms"),
    ("BLACKBOARD_JOB_CHECK_INTERVAL", "jobs.check_interval_ms"),
];

/// Finds a key by its path.
pub(crate) fn find(path: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.path == path)
}

/// Every section, once, in order.
pub(crate) fn sections() -> impl Iterator<Item = &'static str> {
    let mut last = "";
    KEYS.iter().map(Key::section).filter(move |section| {
        let is_new = *section != last;
        last = section;
        is_new
    })
}

/// The keys of one section, in order.
pub(crate) fn of_section(section: &str) -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(move |key| key.section() == section)
}
