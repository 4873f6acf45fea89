//! The schema of times at which nothing starts.

use serde_json::{Value, json};

pub(super) fn windows() -> Value {
    json!({
        "type": "object",
        "description": "When the workflow may not start, by whomever; `run --override-window --reason WHY` starts it all the same.",
        "required": ["deny"],
        "additionalProperties": false,
        "properties": {
            "deny": {
                "type": "array", "minItems": 1, "maxItems": 20,
                "items": {"$ref": "#/$defs/window"}
            },
            "when_denied": {
                "enum": ["wait", "reject"],
                "description": "Whether a start in a window waits until that is over, or is refused; `wait` without."
            }
        }
    })
}

pub(super) fn window() -> Value {
    json!({
        "type": "object",
        "description": "A time that comes back, in which nothing starts.",
        "required": ["cron", "for"],
        "additionalProperties": false,
        "properties": {
            "cron": {
                "type": "string",
                "description": "When it begins: minute, hour, day of the month, month, day of the week; or @hourly, @daily, @weekly, @monthly, @yearly."
            },
            "for": {
                "$ref": "#/$defs/duration",
                "description": "How long it lasts, from a minute to 31 days."
            },
            "timezone": {"type": "string", "description": "Such as `Europe/Berlin`; UTC without."}
        }
    })
}
