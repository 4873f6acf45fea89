//! A configuration as a document that could be read back.

use std::fmt::Write as _;

use serde_json::Value;

use super::{Loaded, layers::KEYS};

/// Whether each line also says where its value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origins {
    Shown,
    Hidden,
}

/// Writes every key that has a value, section by section.
pub(crate) fn show(loaded: &Loaded, origins: Origins) -> String {
    let tree = serde_json::to_value(&loaded.config).unwrap_or_default();
    let mut text = String::new();
    let mut open = "";
    for key in KEYS {
        let key = key.strip_suffix(".*").unwrap_or(key);
        let (section, name) = key.split_once('.').unwrap_or(("", key));
        let value = if section.is_empty() {
            &tree[name]
        } else {
            &tree[section][name]
        };
        if value.is_null() {
            continue;
        }
        if section != open && !section.is_empty() {
            let _ = writeln!(text, "{section}:");
        }
        open = section;
        let indent = if section.is_empty() { "" } else { "  " };
        let entry = format!("{indent}{name}: {}", scalar(value));
        let _ = match origins {
            Origins::Hidden => writeln!(text, "{entry}"),
            Origins::Shown => {
                let place = loaded.places.get(key).map_or("default", String::as_str);
                writeln!(text, "{entry:<42} # {place}")
            }
        };
    }
    text
}

/// JSON, which is YAML as well; text without quotes where YAML reads it as the same text.
fn scalar(value: &Value) -> String {
    let Value::String(text) = value else {
        return value.to_string();
    };
    let is_plain = text.starts_with(['/', 'h'])
        && text
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "-_.:/".contains(letter))
        && !text.ends_with(':');
    let is_word = text
        .chars()
        .all(|letter| letter.is_ascii_lowercase() || letter == '_')
        && ![
            "", "null", "true", "false", "yes", "no", "on", "off", "y", "n",
        ]
        .contains(&text.as_str());
    if is_plain || is_word {
        text.clone()
    } else {
        value.to_string()
    }
}
