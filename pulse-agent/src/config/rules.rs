//! What may run on this host and how: its function blocks, what it allows, how it confines.
//!
//! Only this host's own configuration says so. Nothing that a server sends changes it.

use std::collections::{BTreeMap, BTreeSet};

use pulse_api::{
    blocks::{FunctionBlock, Inputs, MOST_BLOCKS, OWN_PREFIX},
    sandbox::Sandbox,
    status::Runtime,
};
use serde::{Deserialize, Serialize};

use super::Config;

/// A named command that steps can call.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Block {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) description: Option<String>,
    /// Text for `runtime`; what a step gives is in `$PULSE_INPUT_…`.
    #[serde(default)]
    pub(crate) command: Option<String>,
    /// A program and its arguments, started without a shell.
    #[serde(default)]
    pub(crate) argv: Vec<String>,
    #[serde(default = "shell")]
    pub(crate) runtime: Runtime,
    #[serde(default)]
    pub(crate) inputs: Inputs,
    #[serde(default)]
    pub(crate) timeout_ms: Option<u64>,
    #[serde(default)]
    pub(crate) user: Option<String>,
    #[serde(default)]
    pub(crate) working_dir: Option<String>,
    #[serde(default)]
    pub(crate) env: BTreeMap<String, String>,
}

fn shell() -> Runtime {
    Runtime::Shell
}

impl Block {
    /// What the server is told of it.
    pub(crate) fn offered(&self) -> FunctionBlock {
        FunctionBlock {
            name: self.name.clone(),
            description: self.description.clone(),
            inputs: self.inputs.clone(),
            timeout_ms: self.timeout_ms,
        }
    }

    fn fault(&self) -> Option<String> {
        if self.name.starts_with(OWN_PREFIX) {
            return Some(format!(
                "{}: names in `{OWN_PREFIX}` are pulse's own",
                self.name
            ));
        }
        if self.command.is_some() != self.argv.is_empty() {
            return Some(format!("{}: it needs a `command` or an `argv`", self.name));
        }
        self.offered().fault()
    }
}

/// What this host starts at all.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Policy {
    pub(crate) allow: Allow,
    /// With `listed`: the programs with all their arguments.
    pub(crate) commands: Vec<Vec<String>>,
}

/// What kinds of steps are started.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Allow {
    /// Everything.
    #[default]
    Any,
    /// Function blocks, and the commands of a list: started as they are, without a shell.
    Listed,
    /// Function blocks, and nothing else.
    FunctionBlocks,
}

impl Allow {
    /// The word for it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Listed => "listed",
            Self::FunctionBlocks => "function_blocks",
        }
    }
}

/// How far every step on this host is confined.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Confinement {
    /// Every step runs as this user, and none can choose another.
    pub(crate) user: Option<String>,
    #[serde(flatten)]
    pub(crate) limits: Sandbox,
}

/// Everything that decides what a step may do here.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rules {
    pub(crate) blocks: Vec<Block>,
    pub(crate) policy: Policy,
    pub(crate) confinement: Confinement,
    /// The longest that a step may run.
    pub(crate) run_timeout_ms: Option<u64>,
}

impl Rules {
    /// How long a step may run that wants so long.
    pub(crate) fn timeout_ms(&self, wanted: u64) -> u64 {
        wanted.min(self.run_timeout_ms.unwrap_or(u64::MAX))
    }
}

impl From<&Config> for Rules {
    fn from(config: &Config) -> Self {
        Self {
            blocks: config.function_blocks.clone(),
            policy: config.policy.clone(),
            confinement: config.sandbox.clone(),
            run_timeout_ms: config.run_timeout_ms,
        }
    }
}

/// What is wrong with them, in one sentence.
pub(super) fn check(config: &Config) -> Option<String> {
    let blocks = &config.function_blocks;
    if blocks.len() >= MOST_BLOCKS {
        return Some(format!(
            "function_blocks: fewer than {MOST_BLOCKS} can be offered"
        ));
    }
    let mut names = BTreeSet::new();
    if let Some(twice) = blocks.iter().find(|block| !names.insert(&block.name)) {
        return Some(format!("function_blocks: two are called {}", twice.name));
    }
    if let Some(fault) = blocks.iter().find_map(Block::fault) {
        return Some(format!("function_blocks: {fault}"));
    }
    let policy = &config.policy;
    let is_listed = policy.allow == Allow::Listed;
    if is_listed == policy.commands.is_empty() {
        let sentence = if is_listed {
            "policy.allow is listed, but policy.commands is empty"
        } else {
            "policy.commands has a meaning with `policy.allow: listed` only"
        };
        return Some(sentence.to_owned());
    }
    if policy.commands.iter().any(Vec::is_empty) {
        return Some("policy.commands: a command needs at least its program".to_owned());
    }
    sandbox_fault(&config.sandbox.limits)
}

/// What is wrong with restrictions, in one sentence.
fn sandbox_fault(limits: &Sandbox) -> Option<String> {
    if let Some((name, _)) = limits.unknown.iter().next() {
        return Some(format!("sandbox.{name} is not known"));
    }
    if limits
        .cpus
        .is_some_and(|cpus| !(cpus.is_finite() && cpus >= 0.01))
    {
        return Some("sandbox.cpus must be at least 0.01".to_owned());
    }
    let paths = limits.read.iter().chain(&limits.write).flatten();
    let relative = paths.into_iter().find(|path| !path.starts_with('/'))?;
    Some(format!("sandbox: the path {relative} must start with `/`"))
}
