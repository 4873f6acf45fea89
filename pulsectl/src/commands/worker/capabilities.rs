//! What a host says that it can do, in words.

use serde_json::{Map, Value};

use super::show::Rows;

/// What has a line of its own, here or elsewhere.
const TOLD: [&str; 7] = [
    "os",
    "arch",
    "runtimes",
    "runtime_versions",
    "max_concurrent",
    "sandbox",
    "agent_version",
];

/// The platform, the runtimes, how many jobs at once, and the rest as it was configured.
pub(super) fn rows(capabilities: &Value) -> Rows {
    let empty = Map::new();
    let all = capabilities.as_object().unwrap_or(&empty);
    let text = |key: &str| all.get(key).and_then(Value::as_str);
    let platform: Vec<&str> = ["os", "arch"].into_iter().filter_map(text).collect();
    let slots = all.get("max_concurrent").and_then(Value::as_u64);
    vec![
        ("Platform", platform.join(", ")),
        ("Runtimes", runtimes(all).join(", ")),
        (
            "Slots",
            slots.map(|slots| slots.to_string()).unwrap_or_default(),
        ),
        ("Capabilities", rest(all).join(", ")),
    ]
}

/// `bash 5.2.15`, or the name alone where the version is not known.
fn runtimes(all: &Map<String, Value>) -> Vec<String> {
    let versions = all.get("runtime_versions");
    let names = all.get("runtimes").and_then(Value::as_array);
    let names = names.into_iter().flatten().filter_map(Value::as_str);
    let each = names.map(|name| {
        let version = versions.and_then(|versions| versions.get(name)?.as_str());
        version.map_or_else(|| name.to_owned(), |version| format!("{name} {version}"))
    });
    each.collect()
}

/// `gpu=a100`, `masking`, `disks=sda,sdb`.
fn rest(all: &Map<String, Value>) -> Vec<String> {
    let rest = all.iter().filter(|(key, _)| !TOLD.contains(&key.as_str()));
    let each = rest.filter_map(|(key, value)| match value {
        Value::Null => None,
        Value::Bool(true) => Some(key.clone()),
        Value::Array(_) | Value::Bool(false) | Value::Number(_) | Value::String(_) => {
            Some(format!("{key}={}", plain(value)))
        }
        Value::Object(fields) => {
            let fields: Vec<String> = rest_of(key, fields);
            (!fields.is_empty()).then(|| fields.join(", "))
        }
    });
    each.collect()
}

fn rest_of(key: &str, fields: &Map<String, Value>) -> Vec<String> {
    let each = fields.iter();
    each.map(|(field, value)| format!("{key}.{field}={}", plain(value)))
        .collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_host_can_do_is_told_without_json() {
        let capabilities = json!({
            "os": "linux", "arch": "x86_64", "runtimes": ["shell", "bash"], "max_concurrent": 5,
            "runtime_versions": {"bash": "5.2.15"}, "sandbox": {"level": "full"}, "masking": true,
            "gpu": {"model": "a100"}, "disks": ["sda", "sdb"], "tape": false
        });

        assert_eq!(
            rows(&capabilities),
            [
                ("Platform", "linux, x86_64".to_owned()),
                ("Runtimes", "shell, bash 5.2.15".to_owned()),
                ("Slots", "5".to_owned()),
                (
                    "Capabilities",
                    "masking, gpu.model=a100, disks=sda,sdb, tape=false".to_owned()
                ),
            ]
        );
    }

    #[test]
    fn a_worker_that_says_nothing_has_no_lines() {
        let rows = rows(&Value::Null);

        assert!(rows.iter().all(|(_, text)| text.is_empty()));
    }
}
