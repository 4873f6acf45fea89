//! What starts a workflow that happens in pulse, as editors see it.

use serde_json::{Value, json};

use crate::model::EventKind;

pub(super) fn event() -> Value {
    let word = json!({"enum": EventKind::ALL.map(EventKind::as_str)});
    let names = |description: &str| {
        json!({
            "type": "array", "minItems": 1, "maxItems": 100, "uniqueItems": true,
            "items": {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$"},
            "description": description
        })
    };
    json!({
        "type": "object",
        "description": "Events that start the newest version: once each, and none that comes of such a start.",
        "required": ["on"],
        "additionalProperties": false,
        "properties": {
            "name": {
                "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$",
                "description": "What `pulsectl sensor` knows it by; `event` without."
            },
            "on": {
                "description": "What happens: the end of an execution, a prompt that opens, a monitor that turns.",
                "oneOf": [
                    word,
                    {"type": "array", "minItems": 1, "uniqueItems": true, "items": word}
                ]
            },
            "workflows": names("Of which workflows executions count; of all of them without."),
            "monitors": names("Which monitors count; all of them without."),
            "when": {
                "type": "string",
                "description": "What must be true of `event`, such as `event.incident.regions.length > 1`; without, each event starts a run."
            },
            "inputs": {
                "type": "object", "maxProperties": 100,
                "description": "What the run is given, such as `${{ event.incident.monitor }}`.",
                "additionalProperties": {
                    "type": ["string", "number", "boolean", "array"],
                    "items": {"type": ["string", "number", "boolean"]}
                }
            }
        }
    })
}
