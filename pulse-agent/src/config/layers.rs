//! The file as a tree of keys, each of which must be one that the agent knows.

use std::{fs, io};

use serde_json::{Map, Value};

use super::{ConfigError, Places, Source};

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
    "worker.stays_drained",
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
    "run_timeout_ms",
    "stop_grace_ms",
    "kill_grace_ms",
];

/// Reads the file and checks its keys; also says where it says what.
pub(crate) fn read(source: Source<'_>) -> Result<(Map<String, Value>, Places), ConfigError> {
    let (Source::Default(path) | Source::Given(path)) = source;
    let shown = path.display().to_string();
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error)
            if error.kind() == io::ErrorKind::NotFound && matches!(source, Source::Default(_)) =>
        {
            return Ok((Map::new(), Places::new()));
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
    let mut places = Places::new();
    locate(&mut places, (&shown, &text), &tree);
    Ok((tree, places))
}

/// Notes the line of everything that a file says.
fn locate(places: &mut Places, (path, text): (&str, &str), tree: &Map<String, Value>) {
    for (name, value) in tree {
        let section = value.as_object().filter(|_| !is_known(name));
        let inner: Vec<Option<&String>> = match section {
            Some(section) => section.keys().map(Some).collect(),
            None => vec![None],
        };
        for key in inner {
            let line = line_of(text, name, key.map(String::as_str));
            let line = line.map_or(String::new(), |line| format!(":{line}"));
            let dotted = key.map_or_else(|| name.clone(), |key| format!("{name}.{key}"));
            place(places, &dotted, &format!("{path}{line}"));
        }
    }
}

/// The line of a key, as far as it has one of its own.
fn line_of(text: &str, section: &str, name: Option<&str>) -> Option<usize> {
    let key_of = |line: &str| {
        let (key, _) = line.trim_start().split_once(':')?;
        Some(key.trim_end().trim_matches(['"', '\'']).to_owned())
    };
    let is_key = |line: &str, key: &str| key_of(line).is_some_and(|found| found == key);
    let is_indented = |line: &str| line.starts_with([' ', '\t']);
    let mut lines = text.lines().zip(1..);
    let at = lines
        .find(|(line, _)| is_key(line, section) && !is_indented(line))?
        .1;
    let Some(name) = name else { return Some(at) };
    let inner = lines.take_while(|(line, _)| {
        is_indented(line) || line.trim().is_empty() || line.starts_with('#')
    });
    let mut inner = inner.filter(|(line, _)| is_key(line, name));
    inner.next().map(|(_, at)| at).or(Some(at))
}

/// Notes who says what a key is. Of names that the user chooses, several may.
pub(crate) fn place(places: &mut Places, key: &str, place: &str) {
    let many = KEYS.iter().filter_map(|known| known.strip_suffix(".*"));
    let many = many.into_iter().find(|known| {
        key == *known || (key.starts_with(known) && key[known.len()..].starts_with('.'))
    });
    match many {
        Some(known) if key != known => {
            let said = places.entry(known.to_owned()).or_default();
            if said.is_empty() {
                place.clone_into(said);
            } else {
                *said = format!("{said}, {place}");
            }
        }
        Some(_) | None => {
            places.insert(key.to_owned(), place.to_owned());
        }
    }
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
