//! Values as they were written, each with the place it came from.

use std::{collections::BTreeMap, fmt, path::PathBuf};

use super::keys;

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    Default,
    File {
        path: PathBuf,
        line: Option<usize>,
    },
    Variable(String),
    Flag(&'static str),
    /// The content of a file that something else names.
    Content {
        path: PathBuf,
        named_by: Box<Self>,
    },
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => formatter.write_str("default"),
            Self::File { path, line: None } => write!(formatter, "{}", path.display()),
            Self::File {
                path,
                line: Some(line),
            } => {
                write!(formatter, "{}:{line}", path.display())
            }
            Self::Variable(name) => formatter.write_str(name),
            Self::Flag(name) => formatter.write_str(name),
            Self::Content { path, named_by } => {
                write!(formatter, "{} ({named_by})", path.display())
            }
        }
    }
}

/// One value, as text.
#[derive(Debug, Clone)]
pub(crate) struct Setting {
    pub(crate) text: String,
    pub(crate) origin: Origin,
}

/// The winning value of every key that has one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings(BTreeMap<&'static str, Setting>);

impl Settings {
    /// Sets a key, over whatever an earlier layer said.
    pub(crate) fn set(&mut self, path: &'static str, text: impl Into<String>, origin: Origin) {
        let text = text.into();
        self.0.insert(path, Setting { text, origin });
    }

    pub(crate) fn find(&self, path: &str) -> Option<&Setting> {
        self.0.get(path)
    }

    /// Where the values come from.
    pub(crate) fn origins(&self) -> impl Iterator<Item = &Origin> {
        self.0.values().map(|setting| &setting.origin)
    }

    /// Where those values come from that must not be shown.
    pub(crate) fn origins_of_secrets(&self) -> impl Iterator<Item = &Origin> {
        let secrets = keys::KEYS.iter().filter(|key| key.secret);
        secrets.filter_map(|key| Some(&self.find(key.path)?.origin))
    }
}
