//! The process environment, read once.

use std::collections::BTreeMap;

use super::keys;

/// The variables that this process was started with.
#[derive(Debug, Clone, Default)]
pub(crate) struct Environment(BTreeMap<String, String>);

impl Environment {
    /// Reads the environment; a value that is not UTF-8 is read with replacement characters.
    pub(crate) fn read() -> Self {
        let lossy = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
        Self(
            std::env::vars_os()
                .map(|(name, value)| (lossy(name), lossy(value)))
                .collect(),
        )
    }

    /// The value of a variable; an empty one counts as not set.
    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl FromIterator<(&'static str, &'static str)> for Environment {
    fn from_iter<I: IntoIterator<Item = (&'static str, &'static str)>>(pairs: I) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        )
    }
}

/// Whether a `PULSE__` variable is one of the server's.
pub(crate) fn is_known_name(variable: &str) -> bool {
    keys::KEYS.iter().any(|key| {
        let name = key.variable();
        variable == name || (key.secret && variable == format!("{name}_FILE"))
    })
}

/// The seeds' variables that say where a server listens and where its database is.
pub(crate) fn server_aliases() -> &'static [&'static str] {
    &[
        "PORT",
        "HOST",
        "SECRET_KEY",
        "DB_HOST",
        "DB_PORT",
        "DB_NAME",
        "DB_USER",
        "DB_PASSWORD",
        "DATABASE_URL",
        "PULSE_DATABASE_URL",
    ]
}
