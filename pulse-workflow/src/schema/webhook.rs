//! What starts a workflow from outside, as editors see it.

use serde_json::{Value, json};

pub(super) fn webhook() -> Value {
    let secret = json!({"type": "string", "pattern": "^(?!PULSE_)[A-Z_][A-Z0-9_]{0,62}$"});
    json!({
        "type": "object",
        "description": "Deliveries that start the newest version: POST /api/v1/hooks/WORKFLOW, or /api/v1/hooks/WORKFLOW/NAME.",
        "required": ["kind", "secret"],
        "additionalProperties": false,
        "properties": {
            "name": {
                "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$",
                "description": "The end of its address; `webhook` without, which needs none."
            },
            "kind": {
                "enum": ["gitea", "github", "gitlab", "generic"],
                "description": "Who delivers, and so where the signature is: X-Gitea-Signature, X-Hub-Signature-256, X-Gitlab-Token, or X-Pulse-Signature."
            },
            "secret": {
                "description": "The name of the secret that deliveries are signed with; of two while one takes the other's place.",
                "oneOf": [
                    secret,
                    {"type": "array", "minItems": 1, "maxItems": 2, "uniqueItems": true, "items": secret}
                ]
            },
            "when": {
                "type": "string",
                "description": "What must be true of `payload` and `headers`, such as `payload.ref === 'refs/heads/main'`; without, every delivery starts something."
            },
            "inputs": {
                "type": "object", "maxProperties": 100,
                "description": "What the run is given, such as `${{ payload.after }}`.",
                "additionalProperties": {
                    "type": ["string", "number", "boolean", "array"],
                    "items": {"type": ["string", "number", "boolean"]}
                }
            }
        }
    })
}
