//! Documents that many tests use.

use serde_json::{Value, json};

/// A document with one step on the given targets.
pub fn one(command: &str, targets: &[&str]) -> Value {
    json!({"steps": [{
        "name": "Only", "id": "only", "type": "execute", "targets": targets, "command": command,
    }]})
}

/// An execute step on every worker.
pub fn execute(id: &str, command: &str) -> Value {
    json!({"name": id, "id": id, "type": "execute", "targets": ["all"], "command": command})
}

/// A prompt with Yes and No.
pub fn prompt(id: &str) -> Value {
    json!({"name": id, "id": id, "type": "prompt", "message": "Go on?", "options": ["Yes", "No"]})
}
