//! The environment, read once.

use std::{collections::BTreeMap, path::PathBuf};

/// The variables that pulsectl looks at, with what they do.
pub(crate) const VARIABLES: &[(&str, &str)] = &[
    ("PULSE_URL", "address of the server"),
    ("PULSE_TOKEN", "the token itself"),
    ("PULSE_TOKEN_FILE", "file that holds the token"),
    (
        "PULSE_CONTEXT",
        "name of the context to use; PULSE_URL comes before it",
    ),
    (
        "PULSECTL_CONFIG",
        "path of config.yaml; credentials.yaml is then kept beside it",
    ),
    (
        "PULSE_OUTPUT",
        "output format, as with --output; the path that a step finds there is not meant",
    ),
    ("PULSE_NO_INPUT", "never ask anything, as with --no-input"),
    (
        "PULSE_CA_CERT",
        "file with the certificate authority of the server",
    ),
    ("PULSECTL_PAGER", "pager for long tables; before PAGER"),
    ("PAGER", "pager for long tables"),
    (
        "PULSECTL_EDITOR",
        "editor for `config edit` and `workflow edit`; before VISUAL and EDITOR",
    ),
    ("VISUAL", "editor"),
    ("EDITOR", "editor"),
    ("NO_COLOR", "no colours"),
    ("CLICOLOR_FORCE", "colours even in a pipe, unless it is 0"),
    ("CI", "a build machine: never ask anything, plain lines"),
    ("COLUMNS", "width of the terminal"),
    ("TERM", "`dumb` means plain lines and numbered lists"),
    (
        "XDG_CONFIG_HOME",
        "where pulsectl/config.yaml is; ~/.config without",
    ),
    (
        "XDG_STATE_HOME",
        "where pulsectl/credentials.yaml is; ~/.local/state without",
    ),
    (
        "XDG_CACHE_HOME",
        "where pulsectl/ keeps names for completion, for a minute; ~/.cache without",
    ),
    ("HOME", "home directory"),
];

/// A snapshot of the variables that matter.
#[derive(Debug, Clone, Default)]
pub(crate) struct Environment(BTreeMap<String, String>);

impl Environment {
    pub(crate) fn read() -> Self {
        let wanted = |name: &str| {
            VARIABLES.iter().any(|(known, _)| *known == name)
                || matches!(
                    name,
                    "XDG_DATA_HOME" | "SHELL" | "PATH" | "HTTP_PROXY" | "HTTPS_PROXY"
                )
        };
        std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .filter(|(name, _)| wanted(name))
            .collect::<BTreeMap<_, _>>()
            .into()
    }

    /// The value, unless it is missing or empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// Whether a switch such as `CI` is on.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.get(name)
            .is_some_and(|value| !matches!(value, "0" | "false" | "no"))
    }

    pub(crate) fn config_path(&self) -> Option<PathBuf> {
        if let Some(path) = self.get("PULSECTL_CONFIG") {
            return Some(PathBuf::from(path));
        }
        Some(
            self.home("XDG_CONFIG_HOME", ".config")?
                .join("pulsectl/config.yaml"),
        )
    }

    pub(crate) fn credentials_path(&self) -> Option<PathBuf> {
        if let Some(path) = self.get("PULSECTL_CONFIG") {
            return Some(PathBuf::from(path).with_file_name("credentials.yaml"));
        }
        Some(
            self.home("XDG_STATE_HOME", ".local/state")?
                .join("pulsectl/credentials.yaml"),
        )
    }

    /// A base directory of the XDG specification, which must be absolute to count.
    pub(crate) fn home(&self, variable: &str, default: &str) -> Option<PathBuf> {
        let given = self
            .get(variable)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute());
        given.or_else(|| Some(PathBuf::from(self.get("HOME")?).join(default)))
    }
}

impl From<BTreeMap<String, String>> for Environment {
    fn from(variables: BTreeMap<String, String>) -> Self {
        Self(variables)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Environment {
        let owned = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Environment(owned.collect())
    }

    #[test]
    fn an_own_config_file_keeps_its_credentials_beside_it() {
        let environment = environment(&[("PULSECTL_CONFIG", "/x/my.yaml"), ("HOME", "/h")]);

        assert_eq!(
            environment.credentials_path(),
            Some(PathBuf::from("/x/credentials.yaml"))
        );
    }

    #[test]
    fn the_files_follow_the_base_directories() {
        let environment = environment(&[("HOME", "/h"), ("XDG_STATE_HOME", "/s")]);

        assert_eq!(
            environment.config_path(),
            Some(PathBuf::from("/h/.config/pulsectl/config.yaml"))
        );
        assert_eq!(
            environment.credentials_path(),
            Some(PathBuf::from("/s/pulsectl/credentials.yaml"))
        );
    }

    #[test]
    fn an_empty_variable_is_no_variable() {
        assert_eq!(environment(&[("PULSE_URL", "")]).get("PULSE_URL"), None);
        assert!(!environment(&[("CI", "false")]).is_on("CI"));
    }
}
