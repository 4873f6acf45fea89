//! What steps ask and tell people, and what they wait for.

use serde_json::{Value, json};

/// The keys of steps that ask, tell or wait.
pub(super) fn asking() -> Value {
    json!({
        "message": {"type": "string", "minLength": 1},
        "channel": channel(),
        "options": {"$ref": "#/$defs/options"},
        "approvals": {"$ref": "#/$defs/approvals"},
        "not_by": {"enum": ["starter"], "description": "Who may not answer: whoever started the execution."},
        "fields": {"$ref": "#/$defs/fields"},
        "default": {"type": ["string", "number", "boolean"]},
        "duration": {"$ref": "#/$defs/duration"},
        "until": {"$ref": "#/$defs/condition"},
        "every": {"$ref": "#/$defs/duration"}
    })
}

fn channel() -> Value {
    json!({
        "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$",
        "description": "The channel that `message` is sent to; `pulsectl notify ls` shows them. The step ends once the message was accepted."
    })
}

pub(super) fn condition() -> Value {
    json!({
        "type": ["string", "boolean"], "maxLength": 4096,
        "description": "A JavaScript expression, as in `promptResponse === 'Yes'`."
    })
}

pub(super) fn options() -> Value {
    json!({
        "type": "array", "minItems": 1, "maxItems": 50, "uniqueItems": true,
        "items": {"type": ["string", "number", "boolean"]}
    })
}

pub(super) fn fields() -> Value {
    json!({
        "type": "object", "minProperties": 1,
        "description": "What is asked beside the options, typed as inputs are; `steps.<id>.fields.<name>` reads it.",
        "additionalProperties": {"$ref": "#/$defs/field"}
    })
}

pub(super) fn approvals() -> Value {
    json!({
        "type": "object", "minProperties": 1,
        "description": "How many different people must choose an option before it counts; every other option needs one.",
        "additionalProperties": {"type": "integer", "minimum": 2, "maximum": 20}
    })
}
