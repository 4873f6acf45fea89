//! The environment: read once, `PULSE__SECTION__KEY` and the seeds' names.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Places, layers};

/// What the seeds' variables mean that stand for no key: what is in them is written nowhere.
const SECRET_ALIASES: [(&str, &str); 2] = [
    (
        "WORKER_ENROLLMENT_TOKEN",
        "the token that this host enrols with",
    ),
    ("WORKER_API_KEY", "the key that older workers share"),
];

/// Variables that hold secrets, and are kept from the executor.
pub(crate) const SECRET_NAMES: &[&str] = &["WORKER_ENROLLMENT_TOKEN", "WORKER_API_KEY"];

/// What steps get of the agent's own environment.
const INHERITED: &[&str] = &[
    "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "TZ", "TMPDIR",
];
const DEFAULT_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// Other names, most of them the seeds', in the order in which the later one wins.
const ALIASES: &[(&str, &str)] = &[
    ("PULSE_WS", "server.url"),
    ("API_URL", "server.url"),
    ("PULSE_SERVER", "server.url"),
    ("WORKER_NAME", "worker.name"),
    ("WORKER_REGION", "worker.region"),
    ("HEARTBEAT_INTERVAL", "heartbeat_interval"),
    ("MAX_CONCURRENT_TASKS", "worker.max_concurrent"),
    ("RUN_TIMEOUT_MS", "run_timeout_ms"),
    ("ATTUNE_SENSOR_RUNTIMES", "worker.runtimes"),
    ("PULSE_SENSOR_RUNTIMES", "worker.runtimes"),
    ("PULSE__AGENT__ENROLL_TOKEN_FILE", "token_file"),
];

/// The variables this process was started with.
#[derive(Clone, Default)]
pub(crate) struct Environment {
    variables: BTreeMap<String, String>,
}

impl Environment {
    /// Reads the process's environment.
    pub(crate) fn read() -> Self {
        std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect()
    }

    /// A one-shot right to enrol this host.
    pub(crate) fn enrollment_token(&self) -> Option<String> {
        self.filled("WORKER_ENROLLMENT_TOKEN")
    }

    /// The seed's key that all workers share.
    pub(crate) fn api_key(&self) -> Option<String> {
        self.filled("WORKER_API_KEY")
    }

    /// Whether a service manager started this process and wants to hear of it.
    pub(crate) fn is_service(&self) -> bool {
        self.variables.contains_key("NOTIFY_SOCKET")
    }

    /// The variable that says which runtimes this host has, if one does.
    pub(crate) fn runtimes_source(&self) -> Option<&'static str> {
        [
            "PULSE__WORKER__RUNTIMES",
            "PULSE_SENSOR_RUNTIMES",
            "ATTUNE_SENSOR_RUNTIMES",
        ]
        .into_iter()
        .find(|name| self.filled(name).is_some())
    }

    /// Whether this process runs in a container, as its maker says.
    pub(crate) fn is_in_container(&self) -> bool {
        self.filled("container").is_some()
    }

    /// What steps inherit.
    pub(crate) fn inherited(&self) -> BTreeMap<String, String> {
        let mut kept: BTreeMap<String, String> = INHERITED
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), self.filled(name)?)))
            .collect();
        let mut fill = |name: &str, value: &str| {
            kept.entry(name.to_owned())
                .or_insert_with(|| value.to_owned());
        };
        fill("PATH", DEFAULT_PATH);
        fill("HOME", "/");
        fill("LANG", "C.UTF-8");
        fill("SHELL", "/bin/sh");
        kept
    }

    /// Lays the variables over the file, with a line of notice for each of the seeds' names.
    pub(crate) fn apply(
        &self,
        tree: &mut Map<String, Value>,
        (notices, places): (&mut Vec<String>, &mut Places),
    ) {
        for (name, key) in ALIASES {
            if let Some(value) = self.filled(name) {
                notices.push(format!("{name} is taken as `{key}`"));
                layers::set(tree, key, typed(key, &value));
                layers::place(places, key, name);
            }
        }
        for (name, what) in SECRET_ALIASES {
            if self.filled(name).is_some() {
                notices.push(format!("{name} is taken as {what}"));
            }
        }
        for (name, value) in &self.variables {
            let Some(path) = name.strip_prefix("PULSE__") else {
                continue;
            };
            if ALIASES.iter().any(|(alias, _)| alias == name) {
                continue;
            }
            let key = path.to_ascii_lowercase().replace("__", ".");
            if layers::is_known(&key) {
                layers::set(tree, &key, typed(&key, value));
                layers::place(places, &key, name);
            } else {
                let hint = layers::nearest(&key)
                    .map_or(String::new(), |known| format!(", did you mean `{known}`?"));
                notices.push(format!("{name} is ignored: there is no key `{key}`{hint}"));
            }
        }
    }

    fn filled(&self, name: &str) -> Option<String> {
        self.variables
            .get(name)
            .filter(|value| !value.is_empty())
            .cloned()
    }
}

impl FromIterator<(String, String)> for Environment {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(variables: I) -> Self {
        Self {
            variables: variables.into_iter().collect(),
        }
    }
}

/// Names and addresses are text even when they look like numbers.
fn typed(key: &str, value: &str) -> Value {
    let text = || Value::String(value.to_owned());
    match key {
        "server.url" | "server.ca_cert" | "worker.name" | "worker.region" | "token_file"
        | "log.level" | "metrics.listen" | "sandbox.user" => text(),
        "worker.runtimes" | "sandbox.read" | "sandbox.write"
            if !value.trim_start().starts_with('[') =>
        {
            value
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(|name| Value::String(name.to_owned()))
                .collect()
        }
        _ if key.starts_with("worker.labels.") => text(),
        _ => serde_yaml::from_str(value).unwrap_or_else(|_| text()),
    }
}
