//! The file as a tree of keys, each of which must be one that the agent knows.

use std::{fs, io};

use serde_json::{Map, Value};

use super::{ConfigError, Source};

/// Every key, dotted; `*` stands for names that the user chooses.
pub(crate) const KEYS: &[&str] = &[
    "server.url",
    "server.insecure",
    "server.ca_cert",
    "worker.name",
    "worker.region",
    "worker.labels.*",
    "worker.type",
    "worker.max_concurrent",
    "worker.runtimes",
    "worker.capabilities.*",
    "executor.mode",
    "executor.linger_seconds",
    "log.format",
    "log.level",
    "function_blocks",
    "policy.allow",
    "policy.commands",
    "sandbox.user",
    "sandbox.no_new_privileges",
    "sandbox.memory_mib",
    "sandbox.processes",
    "sandbox.cpus",
    "sandbox.cpu_seconds",
    "sandbox.open_files",
    "sandbox.file_size_mib",
    "sandbox.read",
    "sandbox.write",
    "metrics.listen",
    "token_file",
    "heartbeat_interval",
    "stop_grace_ms",
    "kill_grace_ms",
];

/// Reads the file and checks its keys.
pub(crate) fn read(source: Source<'_>) -> Result<Map<String, Value>, ConfigError> {
    let (Source::Default(path) | Source::Given(path)) = source;
    let shown = path.display().to_string();
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error)
            if error.kind() == io::ErrorKind::NotFound && matches!(source, Source::Default(_)) =>
        {
            return Ok(Map::new());
        }
        Err(source) => {
            return Err(ConfigError::Unreadable {
                path: shown,
                source,
            });
        }
    };
    let malformed = |detail: String| ConfigError::Malformed {
        path: shown.clone(),
        detail,
    };
    let tree: Value = serde_yaml::from_str(&text).map_err(|error| malformed(error.to_string()))?;
    let mut tree = match tree {
        Value::Null => Map::new(),
        Value::Object(tree) => tree,
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            return Err(malformed("it must be a list of `key: value`".to_owned()));
        }
    };
    check("", &tree, &shown)?;
    // A section whose keys are all commented out says nothing.
    tree.retain(|_, value| !value.is_null());
    Ok(tree)
}

fn check(prefix: &str, tree: &Map<String, Value>, origin: &str) -> Result<(), ConfigError> {
    for (name, value) in tree {
        let key = if prefix.is_empty() {
            name.clone()
        } else {
            format!("{prefix}.{name}")
        };
        if is_known(&key) {
            continue;
        }
        let section = format!("{key}.");
        match value {
            Value::Object(inner) if KEYS.iter().any(|known| known.starts_with(&section)) => {
                check(&key, inner, origin)?;
            }
            Value::Null if KEYS.iter().any(|known| known.starts_with(&section)) => {}
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => {
                return Err(ConfigError::UnknownKey {
                    suggestion: nearest(&key),
                    key,
                    origin: origin.to_owned(),
                });
            }
        }
    }
    Ok(())
}

/// Whether a dotted key has a meaning.
pub(crate) fn is_known(key: &str) -> bool {
    KEYS.iter().any(|known| match known.strip_suffix(".*") {
        Some(section) => key == section || key.starts_with(&known[..=section.len()]),
        None => *known == key,
    })
}

/// The known key that was probably meant.
pub(crate) fn nearest(key: &str) -> Option<String> {
    KEYS.iter()
        .map(|known| known.strip_suffix(".*").unwrap_or(known))
        .map(|known| (strsim::jaro_winkler(known, key), known))
        .filter(|(likeness, _)| *likeness > 0.85)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known.to_owned())
}

/// Sets one key, making the sections above it.
pub(crate) fn set(tree: &mut Map<String, Value>, key: &str, value: Value) {
    match key.split_once('.') {
        None => {
            tree.insert(key.to_owned(), value);
        }
        Some((section, rest)) => {
            let inner = tree
                .entry(section)
                .or_insert_with(|| Value::Object(Map::new()));
            if !inner.is_object() {
                *inner = Value::Object(Map::new());
            }
            if let Value::Object(inner) = inner {
                set(inner, rest, value);
            }
        }
    }
}
