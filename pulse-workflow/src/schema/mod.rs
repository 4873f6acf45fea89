//! The JSON Schema of the language, for editors.
//!
//! A picture of what `decode` accepts; a test keeps the two in step.

mod asking;
mod event;
mod webhook;
mod windows;

use serde_json::{Value, json};

/// The language as implemented, as a JSON Schema (draft 2020-12).
pub fn schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "pulse workflow",
        "type": "object",
        "required": ["steps"],
        "additionalProperties": false,
        "properties": {
            "name": {
                "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$",
                "description": "The workflow's name."
            },
            "description": {"type": "string"},
            "inputs": {
                "type": "object",
                "description": "Typed inputs of a run.",
                "additionalProperties": {"$ref": "#/$defs/input"}
            },
            "targets": {"$ref": "#/$defs/targets"},
            "pick": {"$ref": "#/$defs/pick"},
            "offline": {"$ref": "#/$defs/offline"},
            "defaults": {"$ref": "#/$defs/defaults"},
            "steps": {"$ref": "#/$defs/steps"},
            "on_failure": {"$ref": "#/$defs/steps"},
            "finally": {"$ref": "#/$defs/steps"},
            "rollback": {"$ref": "#/$defs/rollback"},
            "timeout": {"$ref": "#/$defs/duration"},
            "permissions": {"$ref": "#/$defs/permissions"},
            "concurrency": {"$ref": "#/$defs/concurrency"},
            "windows": {"$ref": "#/$defs/windows"},
            "triggers": {"$ref": "#/$defs/triggers"},
            "secrets": {
                "type": "array", "maxItems": 32, "uniqueItems": true,
                "description": "Names of secrets that commands and scripts get in their environment, masked in what they write.",
                "items": {"type": "string", "pattern": "^(?!PULSE_)[A-Z_][A-Z0-9_]{0,62}$"}
            }
        },
        "$defs": definitions()
    })
}

fn definitions() -> Value {
    json!({
        "steps": {"type": "array", "minItems": 1, "maxItems": 200, "items": {"$ref": "#/$defs/step"}},
        "step": step(),
        "input": input(),
        "field": field(),
        "rollback": rollback(),
        "rollout": rollout(),
        "health": health(),
        "share": share(),
        "defaults": defaults(),
        "retry": retry(),
        "permissions": permissions(),
        "concurrency": concurrency(),
        "windows": windows::windows(),
        "window": windows::window(),
        "triggers": triggers(),
        "schedule": schedule(),
        "webhook": webhook::webhook(),
        "event": event::event(),
        "groups": {
            "type": "array", "uniqueItems": true,
            "items": {"type": "string", "minLength": 1, "maxLength": 256, "pattern": "^[^,]+$"}
        },
        "targets": {
            "description": "Worker names, group names or `all`; or `all` alone, or a selector such as `role=web && region in (iad, fra)`.",
            "oneOf": [
                {"type": "array", "minItems": 1, "items": {"type": "string"}},
                {"type": "string", "minLength": 1}
            ]
        },
        "pick": {"oneOf": [{"const": "all"}, {"type": "integer", "minimum": 1}]},
        "offline": {"type": "string", "pattern": "^(fail|skip|wait\\(.+\\))$"},
        "matrix": matrix(),
        "foreach": foreach(),
        "values": values(),
        "options": asking::options(),
        "approvals": asking::approvals(),
        "condition": asking::condition(),
        "fields": asking::fields(),
        "env": {
            "type": "object",
            "propertyNames": {"pattern": "^(?!PULSE_)[A-Za-z_][A-Za-z0-9_]*$"},
            "additionalProperties": {"type": ["string", "number", "boolean"]}
        },
        "directory": {"type": "string", "pattern": "^/"},
        "sandbox": sandbox(),
        "duration": {
            "description": "A bare number is milliseconds.",
            "oneOf": [
                {"type": "integer", "minimum": 0},
                {"type": "string", "pattern": "^([0-9]+|([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?)$"}
            ]
        }
    })
}

fn defaults() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "timeout": {"$ref": "#/$defs/duration"},
            "shell": {"enum": ["shell", "sh", "bash"]},
            "env": {"$ref": "#/$defs/env"},
            "working_dir": {"$ref": "#/$defs/directory"},
            "user": {"type": "string"},
            "retry": {"$ref": "#/$defs/retry"}
        }
    })
}

fn concurrency() -> Value {
    json!({
        "type": "object",
        "description": "An execution runs only while it has one of the places of its group.",
        "required": ["group"],
        "additionalProperties": false,
        "properties": {
            "group": {
                "type": ["string", "number"],
                "description": "Whatever has the same group shares its places; may hold `${{ inputs.NAME }}`."
            },
            "limit": {"type": "integer", "minimum": 1, "maximum": 1000},
            "when_full": {"enum": ["queue", "reject", "cancel_oldest"]}
        }
    })
}

fn triggers() -> Value {
    json!({
        "type": "object",
        "description": "What starts the workflow by itself.",
        "additionalProperties": false,
        "properties": {
            "schedule": {"type": "array", "maxItems": 20, "items": {"$ref": "#/$defs/schedule"}},
            "webhook": {
                "oneOf": [
                    {"$ref": "#/$defs/webhook"},
                    {"type": "array", "minItems": 1, "maxItems": 20, "items": {"$ref": "#/$defs/webhook"}}
                ]
            },
            "event": {"type": "array", "minItems": 1, "maxItems": 20, "items": {"$ref": "#/$defs/event"}}
        }
    })
}

fn schedule() -> Value {
    json!({
        "type": "object",
        "description": "Moments at which the newest version starts.",
        "required": ["cron"],
        "additionalProperties": false,
        "properties": {
            "cron": {
                "type": "string",
                "description": "Minute, hour, day of the month, month, day of the week; or @hourly, @daily, @weekly, @monthly, @yearly."
            },
            "timezone": {"type": "string", "description": "Such as `Europe/Berlin`; UTC without."},
            "overlap": {
                "enum": ["skip", "queue", "allow", "replace"],
                "description": "What becomes of a moment while an earlier run is still going."
            },
            "catch_up": {
                "enum": ["skip", "once", "all"],
                "description": "What becomes of moments that no server was there for."
            }
        }
    })
}

fn matrix() -> Value {
    json!({
        "type": "object", "minProperties": 1,
        "description": "One group for each combination of these values, all at once.",
        "propertyNames": {"pattern": "^[A-Za-z][A-Za-z0-9_]{0,62}$"},
        "additionalProperties": {"$ref": "#/$defs/values"}
    })
}

fn foreach() -> Value {
    json!({
        "description": "One group for each of these, all at once: a list, or an input that is one.",
        "oneOf": [
            {"$ref": "#/$defs/values"},
            {"type": "string", "pattern": "^\\$\\{\\{\\s*inputs\\.[A-Za-z0-9_]+\\s*\\}\\}$"}
        ]
    })
}

fn values() -> Value {
    json!({
        "type": "array", "minItems": 1, "maxItems": 100, "uniqueItems": true,
        "items": {"type": ["string", "number", "boolean"]}
    })
}

fn share() -> Value {
    json!({
        "description": "A number of hosts, or a part of all as in `25%`.",
        "oneOf": [
            {"type": "integer", "minimum": 0},
            {"type": "string", "pattern": "^[0-9]+%?$"}
        ]
    })
}

fn retry() -> Value {
    json!({
        "type": "object",
        "required": ["max"],
        "additionalProperties": false,
        "properties": {
            "max": {"type": "integer", "minimum": 1, "maximum": 100},
            "delay": {"$ref": "#/$defs/duration"},
            "backoff": {"enum": ["fixed", "exponential"]},
            "max_delay": {"$ref": "#/$defs/duration"},
            "jitter": {"type": "boolean"},
            "for": {
                "type": "array", "minItems": 1, "uniqueItems": true,
                "items": {"type": "string", "pattern": "^(failed|timeout|lost|exit:[0-9]+)$"}
            }
        }
    })
}

fn permissions() -> Value {
    json!({
        "type": "object",
        "description": "The groups that may run, answer and view; without a list, whoever's role is enough.",
        "additionalProperties": false,
        "properties": {
            "run": {"$ref": "#/$defs/groups"},
            "answer": {"$ref": "#/$defs/groups"},
            "view": {"$ref": "#/$defs/groups"}
        }
    })
}

fn with() -> Value {
    json!({
        "type": "object", "maxProperties": 100,
        "description": "What the function block is given, or the workflow as its inputs. A value that is nothing but `${{ … }}` keeps its type.",
        "additionalProperties": {
            "type": ["string", "number", "boolean", "array"],
            "items": {"type": ["string", "number", "boolean"]}
        }
    })
}

const CALLEE: &str = "^[a-z0-9][a-z0-9-]{0,62}(@[1-9][0-9]*)?$";

fn callee() -> Value {
    json!({
        "type": "string", "pattern": CALLEE,
        "description": "The workflow that this step runs, as an execution of its own: `name`, or `name@3`. What its main steps on one host write to `$PULSE_OUTPUT` becomes `steps.<id>.outputs` here; of two with one name that of the later step."
    })
}

fn step() -> Value {
    let mut properties = serde_json::Map::new();
    for keys in [doing(), asking::asking()] {
        properties.extend(keys.as_object().cloned().unwrap_or_default());
    }
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": properties
    })
}

/// The keys that any step has, and those of steps that do something.
fn doing() -> Value {
    json!({
        "name": {"type": "string", "maxLength": 128},
        "id": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$"},
        "type": {"enum": ["execute", "prompt", "wait", "group", "agent", "workflow", "notify"]},
        "condition": {"$ref": "#/$defs/condition"},
        "needs": {"type": "array", "uniqueItems": true, "items": {"type": "string"}},
        "timeout": {"$ref": "#/$defs/duration"},
        "continue_on_error": {"type": "boolean"},
        "command": {
            "description": "A line for the shell. It has no terminal, and its standard input is empty: `read`, `ssh` and whatever else asks there fail or go on at once.",
            "type": "string", "minLength": 1
        },
        "script": {"type": "string", "minLength": 1},
        "runtime": {"enum": ["shell", "bash", "python", "node"]},
        "uses": {
            "type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._/-]{0,127}$",
            "description": "A function block that the hosts offer; it takes the place of a command."
        },
        "with": with(),
        "workflow": callee(),
        "targets": {"$ref": "#/$defs/targets"},
        "pick": {"$ref": "#/$defs/pick"},
        "offline": {"$ref": "#/$defs/offline"},
        "retry": {"$ref": "#/$defs/retry"},
        "env": {"$ref": "#/$defs/env"},
        "working_dir": {"$ref": "#/$defs/directory"},
        "user": {"type": "string"},
        "sandbox": {"$ref": "#/$defs/sandbox"},
        "literal": {
            "type": "boolean",
            "description": "Take the command and `env` as they are: `${{` in them is not special."
        },
        "steps": {"$ref": "#/$defs/steps"},
        "matrix": {"$ref": "#/$defs/matrix"},
        "foreach": {"$ref": "#/$defs/foreach"},
        "rollout": {"$ref": "#/$defs/rollout"},
        "agent": {"enum": ["drain", "resume", "restart", "doctor"]},
        "version": {"type": ["string", "number"]},
        "expect": {"enum": ["success", "reboot"]},
        "rollback": {"type": "string", "minLength": 1}
    })
}

fn rollback() -> Value {
    json!({
        "type": "object",
        "description": "After which ends the `rollback` of each step runs where the step succeeded, newest first.",
        "additionalProperties": false,
        "properties": {
            "order": {"enum": ["reverse"]},
            "after": {
                "type": "array", "minItems": 1,
                "items": {"enum": ["failed", "cancelled", "timed_out"]}
            }
        }
    })
}

fn rollout() -> Value {
    json!({
        "type": "object",
        "description": "A few hosts first, then more; stops when too many fail.",
        "additionalProperties": false,
        "properties": {
            "batches": {
                "description": "How many hosts each batch has; the last one repeats.",
                "oneOf": [
                    {"$ref": "#/$defs/share"},
                    {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/share"}}
                ]
            },
            "max_unavailable": {"type": "integer", "minimum": 1},
            "order": {"enum": ["name", "reverse", "least_loaded"]},
            "pause": {"$ref": "#/$defs/duration"},
            "max_fail": {"$ref": "#/$defs/share"},
            "on_exceed": {"enum": ["stop", "rollback", "prompt"]},
            "health": {
                "description": "What must hold before the next batch; of a list all of it, each after its own batches.",
                "oneOf": [
                    {"$ref": "#/$defs/health"},
                    {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/health"}}
                ]
            }
        }
    })
}

fn health() -> Value {
    json!({
        "type": ["object", "string"],
        "description": "What must hold of the changed hosts before the next batch; `doctor` alone asks their agents.",
        "pattern": "^doctor$",
        "additionalProperties": false,
        "properties": {
            "after": {"enum": ["first", "each"]},
            "doctor": {"type": "boolean"},
            "command": {"type": "string", "minLength": 1},
            "workflow": {
                "type": "string",
                "pattern": CALLEE,
                "description": "A workflow that must end well on the changed hosts of a batch: `name`, or `name@3`."
            },
            "with": with(),
            "timeout": {"$ref": "#/$defs/duration"},
            "for": {"$ref": "#/$defs/duration"},
            "runs": {"type": "integer", "minimum": 0},
            "within": {"$ref": "#/$defs/duration"},
            "max_failures": {"type": "integer", "minimum": 0},
            "new_errors": {"enum": ["fail", "ignore"]}
        }
    })
}

fn sandbox() -> Value {
    let limit = json!({"type": "integer", "minimum": 1});
    let paths = json!({"type": "array", "items": {"type": "string", "pattern": "^/"}});
    json!({
        "type": "object",
        "description": "Restrictions of this step beyond those of its host.",
        "additionalProperties": false,
        "properties": {
            "no_new_privileges": {"const": true},
            "memory_mib": limit,
            "processes": limit,
            "cpus": {"type": "number", "minimum": 0.01, "maximum": 4096},
            "cpu_seconds": limit,
            "open_files": limit,
            "file_size_mib": limit,
            "read": paths,
            "write": paths
        }
    })
}

fn input() -> Value {
    let mut input = field();
    input["properties"]["secret"] = json!({
        "type": "boolean",
        "description": "Sealed while the execution lasts, in the environment of commands and scripts only, masked in what they write."
    });
    input
}

fn field() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "type": {"enum": ["string", "number", "boolean", "enum", "list"]},
            "default": true,
            "required": {"type": "boolean"},
            "values": {
                "type": "array", "minItems": 1, "uniqueItems": true,
                "items": {"type": ["string", "number", "boolean"]}
            },
            "pattern": {"type": "string"},
            "description": {"type": "string"}
        }
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::decode::keys;

    fn properties(of: &Value) -> BTreeSet<&str> {
        of["properties"]
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect()
    }

    #[test]
    fn the_schema_knows_exactly_the_keys_that_load() {
        let schema = schema();
        let set = |known: &[&'static str]| known.iter().copied().collect::<BTreeSet<_>>();
        let defs = &schema["$defs"];

        assert_eq!(properties(&schema), set(keys::DOCUMENT));
        assert_eq!(properties(&defs["step"]), set(keys::STEP));
        assert_eq!(properties(&defs["input"]), set(keys::INPUT));
        assert_eq!(properties(&defs["field"]), set(keys::FIELD));
        assert_eq!(properties(&defs["retry"]), set(keys::RETRY));
        assert_eq!(properties(&defs["sandbox"]), set(keys::SANDBOX));
        assert_eq!(properties(&defs["rollback"]), set(keys::ROLLBACK));
        assert_eq!(properties(&defs["rollout"]), set(keys::ROLLOUT));
        assert_eq!(properties(&defs["health"]), set(keys::HEALTH));
        assert_eq!(properties(&defs["concurrency"]), set(keys::CONCURRENCY));
        assert_eq!(properties(&defs["windows"]), set(keys::WINDOWS));
        assert_eq!(properties(&defs["window"]), set(keys::DENY));
        assert_eq!(properties(&defs["triggers"]), set(keys::TRIGGERS));
        assert_eq!(properties(&defs["schedule"]), set(keys::SCHEDULE));
        assert_eq!(properties(&defs["webhook"]), set(keys::WEBHOOK));
        assert_eq!(properties(&defs["event"]), set(keys::EVENT));
        assert_eq!(properties(&defs["permissions"]), set(keys::PERMISSIONS));
        assert_eq!(properties(&defs["defaults"]), set(keys::DEFAULTS));
    }
}
