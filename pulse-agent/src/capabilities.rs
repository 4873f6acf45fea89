//! What the server is told about this host: what it can run, what it offers, how it confines.

use pulse_api::{blocks::FunctionBlock, status::WorkerType};
use serde_json::{Map, Value, json};

use crate::{
    address::Address,
    config::{Config, Environment},
    host,
    runtimes::{self, Runtimes},
};

/// What monitors can have looked at here; each has its file in `link/checks`.
const CHECKS: [&str; 5] = ["http", "tcp", "tls", "dns", "icmp"];

/// What the server is told about this host.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct About {
    pub(crate) kind: WorkerType,
    pub(crate) slots: u32,
    pub(crate) capabilities: Value,
    pub(crate) function_blocks: Vec<Value>,
}

/// Looks at this host.
pub(crate) async fn survey(config: &Config, environment: &Environment, server: &Address) -> About {
    let runtimes = runtimes::survey(config, environment).await;
    About {
        kind: config
            .worker
            .kind
            .unwrap_or_else(|| detect(environment, server)),
        slots: config.worker.max_concurrent,
        capabilities: describe(config, &runtimes),
        function_blocks: blocks(config),
    }
}

fn describe(config: &Config, runtimes: &Runtimes) -> Value {
    let mut about = Map::new();
    about.extend(config.worker.capabilities.clone());
    let mut set = |key: &str, value: Value| about.insert(key.to_owned(), value);
    set("runtimes", json!(runtimes.names));
    set("runtime_versions", json!(runtimes.versions));
    set("max_concurrent", json!(config.worker.max_concurrent));
    set("agent_version", json!(env!("CARGO_PKG_VERSION")));
    set("os", json!(std::env::consts::OS));
    set("arch", json!(std::env::consts::ARCH));
    set("checks", json!(CHECKS));
    set("logs", json!(true));
    set("policy", json!(config.policy.allow.as_str()));
    Value::Object(about)
}

fn blocks(config: &Config) -> Vec<Value> {
    let own = std::iter::once(FunctionBlock::doctor());
    own.chain(
        config
            .function_blocks
            .iter()
            .map(crate::config::Block::offered),
    )
    .map(|block| json!(block))
    .collect()
}

/// Beside its server, in a container, or on a host of its own.
fn detect(environment: &Environment, server: &Address) -> WorkerType {
    if server.is_loopback() {
        WorkerType::Local
    } else if environment.is_in_container() || host::is_container() {
        WorkerType::Container
    } else {
        WorkerType::Remote
    }
}
