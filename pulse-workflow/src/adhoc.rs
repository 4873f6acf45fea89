//! The document behind a direct command.
//!
//! A direct command is an execution of one step, so everything else treats it like any other.

use std::collections::BTreeMap;

use serde_json::json;

/// A command given directly, to run as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandSpec {
    pub command: String,
    pub timeout_ms: Option<u64>,
    pub env: BTreeMap<String, String>,
    pub working_dir: Option<String>,
    pub user: Option<String>,
    /// The function block to call in place of the command.
    pub uses: Option<String>,
    /// What the function block is given.
    pub with: serde_json::Map<String, serde_json::Value>,
}

/// Writes the one-step document that runs exactly these bytes: `${{` in them is not special.
pub fn document(spec: &CommandSpec) -> String {
    let mut step = serde_json::Map::new();
    step.insert("id".into(), json!("command"));
    step.insert("name".into(), json!("command"));
    step.insert("type".into(), json!("execute"));
    if let Some(block) = &spec.uses {
        step.insert("uses".into(), json!(block));
        if !spec.with.is_empty() {
            step.insert("with".into(), json!(spec.with));
        }
    } else {
        step.insert("command".into(), json!(spec.command));
    }
    step.insert("literal".into(), json!(true));
    if let Some(timeout_ms) = spec.timeout_ms {
        step.insert("timeout".into(), json!(timeout_ms));
    }
    if !spec.env.is_empty() {
        step.insert("env".into(), json!(spec.env));
    }
    if let Some(working_dir) = &spec.working_dir {
        step.insert("working_dir".into(), json!(working_dir));
    }
    if let Some(user) = &spec.user {
        step.insert("user".into(), json!(user));
    }
    json!({ "name": "command", "steps": [step] }).to_string()
}
