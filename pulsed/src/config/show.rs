//! A configuration as a document that could be read back, without its secrets.

use std::fmt::Write as _;

use super::{
    keys::{self, Key},
    settings::{Setting, Settings},
};

/// Whether each line also says where its value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origins {
    Shown,
    Hidden,
}

/// Writes every key that has a value, section by section.
pub(crate) fn show(settings: &Settings, origins: Origins) -> String {
    let mut text = String::new();
    for section in keys::sections() {
        let set = keys::of_section(section).filter_map(|key| Some((key, settings.find(key.path)?)));
        let lines: Vec<_> = set
            .map(|(key, setting)| line(key, setting, origins))
            .collect();
        if lines.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{section}:");
        for line in lines {
            let _ = writeln!(text, "  {line}");
        }
    }
    text
}

fn line(key: &Key, setting: &Setting, origins: Origins) -> String {
    let value = if key.secret {
        "'***'".to_owned()
    } else {
        scalar(&setting.text)
    };
    let entry = format!("{}: {value}", key.name());
    match origins {
        Origins::Hidden => entry,
        Origins::Shown => format!("{entry:<40} # {}", setting.origin),
    }
}

/// Quotes what YAML would read as something else than the text.
fn scalar(text: &str) -> String {
    let is_plain = text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "-_.:/".contains(letter))
        && !text.ends_with(':');
    if is_plain {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}
