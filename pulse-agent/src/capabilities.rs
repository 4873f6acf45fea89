//! What this host can run: environment before configuration before detection.

use serde_json::{Map, Value, json};

use crate::{config::Config, executor};

/// What the server is told about this host.
pub(crate) fn describe(config: &Config, path: &str) -> Value {
    let mut about = Map::new();
    about.extend(config.worker.capabilities.clone());
    about.insert("runtimes".to_owned(), json!(runtimes(config, path)));
    about.insert(
        "max_concurrent".to_owned(),
        json!(config.worker.max_concurrent),
    );
    about.insert("agent_version".to_owned(), json!(env!("CARGO_PKG_VERSION")));
    about.insert("os".to_owned(), json!(std::env::consts::OS));
    about.insert("arch".to_owned(), json!(std::env::consts::ARCH));
    Value::Object(about)
}

/// The runtimes by name; shell and native are there always.
pub(crate) fn runtimes(config: &Config, path: &str) -> Vec<String> {
    let mut found = config
        .worker
        .runtimes
        .clone()
        .unwrap_or_else(|| detect(path));
    for always in ["native", "shell"] {
        if !found.iter().any(|name| name == always) {
            found.insert(0, always.to_owned());
        }
    }
    found
}

fn detect(path: &str) -> Vec<String> {
    let candidates: [(&str, &[&str]); 3] = [
        ("bash", &["bash"]),
        ("python", &["python3", "python"]),
        ("node", &["node"]),
    ];
    candidates
        .into_iter()
        .filter(|(_, programs)| executor::find_program(programs, path).is_some())
        .map(|(name, _)| name.to_owned())
        .collect()
}
