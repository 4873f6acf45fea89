//! The selector language: `role=web && region in (iad, fra) && !name=web-3`.
//!
//! A key is one of the built-in ones, or else a label. Parsing and matching only; which hosts exist
//! is the caller's affair.

mod parse;
#[cfg(test)]
mod tests;

use serde::Serialize;
use serde_json::Value;

use super::Host;

/// A parsed selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    source: String,
    rule: Rule,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Rule {
    All(Vec<Rule>),
    Any(Vec<Rule>),
    Not(Box<Rule>),
    In { key: Key, values: Vec<String> },
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    Name,
    Group,
    Role,
    Region,
    Runtime,
    Block,
    Label(String),
    /// Dotted, as in `sandbox.level`.
    Capability(String),
}

/// Why a text is no selector.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("{message} at character {}", offset + 1)]
pub struct SelectorError {
    pub message: String,
    pub hint: Option<String>,
    /// Counted from 0, in characters.
    pub offset: usize,
}

const LONGEST: usize = 4096;

/// Whether a selector can ask for a label with this key.
pub fn is_label_key(key: &str) -> bool {
    !key.is_empty() && key.len() <= 128 && key.chars().all(is_word_character)
}

fn is_word_character(c: char) -> bool {
    c.is_alphanumeric() || "-_./:@+*".contains(c)
}

/// What a worker's role can be; any other value of `role` is that of a label.
const ROLES: [&str; 3] = ["action", "sensor", "hybrid"];

impl Selector {
    /// Reads a selector; a comma outside of `in (…)` means `&&`.
    pub fn parse(source: &str) -> Result<Self, SelectorError> {
        if source.len() > LONGEST {
            return Err(SelectorError {
                message: format!("a selector is at most {LONGEST} bytes"),
                hint: None,
                offset: 0,
            });
        }
        Ok(Self {
            source: source.trim().to_owned(),
            rule: parse::rule(source)?,
        })
    }

    pub fn matches(&self, host: &Host) -> bool {
        self.rule.matches(host)
    }

    /// Whether it asks for names and nothing else.
    pub fn asks_for_names_only(&self) -> bool {
        self.rule.asks_only_for(&|key| *key == Key::Name)
    }

    /// Whether it asks for nothing that only a host has: for names and labels alone.
    pub fn asks_for_names_and_labels_only(&self) -> bool {
        self.rule
            .asks_only_for(&|key| matches!(key, Key::Name | Key::Label(_)))
    }

    /// The selector as written.
    pub fn source(&self) -> &str {
        &self.source
    }
}

impl Rule {
    fn asks_only_for(&self, allowed: &impl Fn(&Key) -> bool) -> bool {
        match self {
            Self::All(rules) | Self::Any(rules) => {
                rules.iter().all(|rule| rule.asks_only_for(allowed))
            }
            Self::Not(rule) => rule.asks_only_for(allowed),
            Self::In { key, .. } => allowed(key),
        }
    }

    fn matches(&self, host: &Host) -> bool {
        match self {
            Self::All(rules) => rules.iter().all(|rule| rule.matches(host)),
            Self::Any(rules) => rules.iter().any(|rule| rule.matches(host)),
            Self::Not(rule) => !rule.matches(host),
            Self::In { key, values } => {
                let is = |found: &str| values.iter().any(|value| value == found);
                match key {
                    Key::Name => is(&host.name),
                    Key::Group => host.groups.iter().any(|group| is(group)),
                    Key::Role => is(&host.role) || is_labelled(host, values),
                    Key::Region => is(&host.region),
                    Key::Runtime => host.runtimes.iter().any(|runtime| is(runtime)),
                    Key::Block => host.blocks.iter().any(|block| is(block)),
                    Key::Capability(path) => {
                        capability(&host.capabilities, path).is_some_and(|found| has(found, &is))
                    }
                    Key::Label(label) => host.labels.get(label).is_some_and(|value| is(value)),
                }
            }
        }
    }
}

/// What a host says of one capability: a key as it is, or a way into what is inside it.
fn capability<'a>(all: &'a Value, path: &str) -> Option<&'a Value> {
    if let Some(found) = all.get(path) {
        return Some(found);
    }
    path.match_indices('.')
        .find_map(|(dot, _)| capability(all.get(&path[..dot])?, &path[dot + 1..]))
}

/// Whether a value, or an entry of a list, reads as what is asked for.
fn has(found: &Value, is: &impl Fn(&str) -> bool) -> bool {
    match found {
        Value::String(text) => is(text),
        Value::Bool(_) | Value::Number(_) => is(&found.to_string()),
        Value::Array(entries) => entries.iter().any(|entry| has(entry, is)),
        Value::Null | Value::Object(_) => false,
    }
}

/// Whether the label `role` has one of the values that are no role of a worker.
fn is_labelled(host: &Host, values: &[String]) -> bool {
    let label = host.labels.get("role");
    label.is_some_and(|label| values.contains(label) && !ROLES.contains(&label.as_str()))
}
