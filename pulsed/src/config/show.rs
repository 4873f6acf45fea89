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
        let mut set = set.peekable();
        if set.peek().is_some() {
            let _ = writeln!(text, "{section}:");
        }
        let mut group = None;
        for (key, setting) in set {
            if let Some(new) = key.group().filter(|new| group != Some(*new)) {
                let _ = writeln!(text, "  {new}:");
            }
            group = key.group();
            let depth = if group.is_some() { 4 } else { 2 };
            let line = line(key, setting, origins);
            let _ = writeln!(text, "{:depth$}{line}", "");
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
    let name = key.name().rsplit('.').next().unwrap_or_default();
    let entry = format!("{name}: {value}");
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
