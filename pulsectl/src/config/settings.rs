//! The settings of this call, each with where it came from.

use std::{
    cell::{Cell, OnceCell},
    fs,
    io::{self, Read as _},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use super::{ConfigFile, Context, Credentials, Environment, credentials::is_shared};
use crate::{
    error::{Failure, Kind},
    flags::Global,
};

/// The server that is meant when nobody says which.
const DEFAULT_URL: &str = "http://127.0.0.1:8080";

/// What is told of where the address of last resort comes from.
pub(crate) const DEFAULT_ORIGIN: &str = "default";

/// What is told of where a token comes from that is about to be stored.
pub(crate) const LOGIN: &str = "login";

/// A value, and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sourced<T> {
    pub(crate) value: T,
    pub(crate) origin: String,
}

impl<T> Sourced<T> {
    pub(crate) fn new(value: T, origin: impl Into<String>) -> Self {
        Self {
            value,
            origin: origin.into(),
        }
    }
}

/// Flags, environment and files, read as late as possible.
pub(crate) struct Settings {
    pub(crate) global: Global,
    pub(crate) env: Environment,
    file: OnceCell<ConfigFile>,
    has_told: Cell<bool>,
}

impl Settings {
    pub(crate) fn new(global: Global, env: Environment) -> Self {
        Self {
            global,
            env,
            file: OnceCell::new(),
            has_told: Cell::new(false),
        }
    }

    pub(crate) fn config_path(&self) -> Result<PathBuf, Failure> {
        self.env.config_path().ok_or_else(no_home)
    }

    pub(crate) fn credentials_path(&self) -> Result<PathBuf, Failure> {
        self.env.credentials_path().ok_or_else(no_home)
    }

    pub(crate) fn file(&self) -> Result<&ConfigFile, Failure> {
        if let Some(file) = self.file.get() {
            return Ok(file);
        }
        let read = match self.env.config_path() {
            Some(path) => ConfigFile::read(&path)?,
            None => ConfigFile::default(),
        };
        Ok(self.file.get_or_init(|| read))
    }

    /// The name of the context in use, if any.
    pub(crate) fn context_name(&self) -> Result<Option<Sourced<String>>, Failure> {
        if let Some(name) = &self.global.context {
            return Ok(Some(Sourced::new(name.clone(), "--context")));
        }
        if let Some(name) = self.env.get("PULSE_CONTEXT") {
            return Ok(Some(Sourced::new(name.to_owned(), "PULSE_CONTEXT")));
        }
        let current = self.file()?.current.clone();
        Ok(current.map(|name| Sourced::new(name, "current context of the configuration")))
    }

    /// The context in use; naming one that does not exist is an error.
    pub(crate) fn context(&self) -> Result<Option<(String, &Context)>, Failure> {
        let Some(name) = self.context_name()? else {
            return Ok(None);
        };
        let contexts = &self.file()?.contexts;
        match contexts.get(&name.value) {
            Some(context) => Ok(Some((name.value, context))),
            None => Err(unknown_context(&name.value, contexts.keys())),
        }
    }

    pub(crate) fn url(&self) -> Result<Sourced<String>, Failure> {
        if let Some(url) = &self.global.url {
            return Ok(Sourced::new(tidy_url(url)?, "--url"));
        }
        let named = self.global.context.is_some();
        if let Some(url) = self.env.get("PULSE_URL").filter(|_| !named) {
            return Ok(Sourced::new(tidy_url(url)?, "PULSE_URL"));
        }
        match self.context()? {
            Some((name, context)) => Ok(Sourced::new(
                tidy_url(&context.url)?,
                format!("context {name}"),
            )),
            None => Ok(Sourced::new(DEFAULT_URL.to_owned(), DEFAULT_ORIGIN)),
        }
    }

    pub(crate) fn ca_cert(&self) -> Result<Option<Sourced<PathBuf>>, Failure> {
        if let Some(path) = &self.global.ca_cert {
            return Ok(Some(Sourced::new(path.clone(), "--ca-cert")));
        }
        let from_env = self.env.get("PULSE_CA_CERT");
        let from_env = from_env.map(|path| Sourced::new(PathBuf::from(path), "PULSE_CA_CERT"));
        if from_env.is_some() && self.global.context.is_none() {
            return Ok(from_env);
        }
        let from_context = self.context()?.and_then(|(name, context)| {
            let path = PathBuf::from(context.ca_cert.as_ref()?);
            Some(Sourced::new(path, format!("context {name}")))
        });
        Ok(from_context.or(from_env))
    }

    /// What is to be told, once, where the environment names a context and an address: the address holds.
    pub(crate) fn unused_context(&self) -> Option<String> {
        let (name, own) = (self.env.get("PULSE_CONTEXT")?, self.env.get("PULSE_URL")?);
        let is_flag = self.global.context.is_some() || self.global.url.is_some();
        if is_flag || self.has_told.replace(true) {
            return None;
        }
        let known = self.file().ok()?.contexts.get(name);
        let is_same = known.is_some_and(|context| {
            let urls = (tidy_url(&context.url), tidy_url(own));
            matches!(urls, (Ok(one), Ok(other)) if same_server(&one, &other))
        });
        let why = match known {
            _ if is_same => return None,
            Some(_) => "which is another server",
            None => "which is no context",
        };
        Some(format!(
            "PULSE_CONTEXT names {name}, {why}; PULSE_URL comes before it, unset one of them"
        ))
    }

    /// The token of the environment for this server: it is for the server of the environment, and where
    /// none is named there, for the one in use.
    pub(crate) fn env_token(&self, url: &str) -> Result<Option<Sourced<String>>, Failure> {
        let own = self.env.get("PULSE_URL").map(tidy_url).transpose()?;
        if own.is_some_and(|own| !same_server(&own, url)) {
            return Ok(None);
        }
        if let Some(token) = self.env.get("PULSE_TOKEN") {
            return Ok(Some(Sourced::new(token.trim().to_owned(), "PULSE_TOKEN")));
        }
        let Some(path) = self.env.get("PULSE_TOKEN_FILE") else {
            return Ok(None);
        };
        let token = read_token_file(path)?;
        Ok(Some(Sourced::new(token, "PULSE_TOKEN_FILE")))
    }

    /// The token for this server; a stored one goes to the server it was stored for only.
    pub(crate) fn token(&self, url: &str) -> Result<Option<Sourced<String>>, Failure> {
        if let Some(path) = &self.global.token_file {
            return Ok(Some(Sourced::new(read_token_file(path)?, "--token-file")));
        }
        // A context that a flag names gives its token with its address.
        if self.global.context.is_some() {
            if let Some(token) = self.stored_token(url)? {
                return Ok(Some(token));
            }
            let is_named = self.env.get("PULSE_URL").is_some();
            return if is_named {
                self.env_token(url)
            } else {
                Ok(None)
            };
        }
        match self.env_token(url)? {
            Some(token) => Ok(Some(token)),
            None => self.stored_token(url),
        }
    }

    fn stored_token(&self, url: &str) -> Result<Option<Sourced<String>>, Failure> {
        let Some(path) = self.env.credentials_path() else {
            return Ok(None);
        };
        let stored = Credentials::read(&path)?.contexts;
        let named = self.context_name()?.map(|name| name.value);
        let own = named.and_then(|name| stored.get(&name).map(|found| (name, found.clone())));
        let found = own
            .filter(|(_, credential)| same_server(&credential.url, url))
            .or_else(|| {
                stored
                    .into_iter()
                    .find(|(_, credential)| same_server(&credential.url, url))
            });
        Ok(found.map(|(name, credential)| {
            Sourced::new(credential.token, format!("credentials of context {name}"))
        }))
    }
}

/// A path that means the same from every folder.
pub(crate) fn full_path(path: &Path) -> String {
    let full = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    full.display().to_string()
}

/// Whether two addresses are of the same server.
pub(crate) fn same_server(one: &str, other: &str) -> bool {
    one.trim_end_matches('/')
        .eq_ignore_ascii_case(other.trim_end_matches('/'))
}

/// Checks an address and takes off what would be doubled later.
pub(crate) fn tidy_url(url: &str) -> Result<String, Failure> {
    let url = url.trim().trim_end_matches('/');
    let url = url.strip_suffix("/api/v1").unwrap_or(url);
    let with_scheme = if url.contains("://") {
        url.to_owned()
    } else {
        format!("http://{url}")
    };
    let wrong = || {
        Failure::usage(format!("`{url}` is not the address of a server"))
            .hint("write it as https://pulse.example or http://127.0.0.1:8080")
    };
    let parsed = reqwest::Url::parse(&with_scheme).map_err(|_| wrong())?;
    let is_web = matches!(parsed.scheme(), "http" | "https") && parsed.host_str().is_some();
    if !is_web || !parsed.username().is_empty() || parsed.query().is_some() {
        return Err(wrong());
    }
    Ok(with_scheme)
}

/// Reads a token from a file, or from standard input for `-`.
pub(crate) fn read_token_file(path: &str) -> Result<String, Failure> {
    let failed = |error: io::Error| {
        Failure::new(Kind::Usage, format!("could not read the token from {path}")).because(&error)
    };
    let mut text = String::new();
    if path == "-" {
        io::stdin()
            .lock()
            .take(64 * 1024 + 1)
            .read_to_string(&mut text)
            .map_err(failed)?;
        if text.len() > 64 * 1024 {
            return Err(Failure::usage("stdin is too long for a token"));
        }
    } else {
        text = fs::read_to_string(path).map_err(failed)?;
    }
    let token = text.trim();
    if token.is_empty() || token.contains(char::is_whitespace) {
        return Err(Failure::usage(format!("{path} does not hold a token")));
    }
    Ok(token.to_owned())
}

/// Says so when others can read a token file.
pub(crate) fn token_file_warning(path: &str) -> Option<String> {
    let mode = fs::metadata(Path::new(path))
        .ok()
        .filter(fs::Metadata::is_file)?
        .permissions()
        .mode();
    is_shared(mode).then(|| format!("{path} can be read by others; chmod 600 {path}"))
}

fn no_home() -> Failure {
    Failure::usage(
        "there is no place for the configuration: neither HOME nor PULSECTL_CONFIG is set",
    )
}

fn unknown_context<'a>(name: &str, known: impl Iterator<Item = &'a String>) -> Failure {
    let known: Vec<&str> = known.map(String::as_str).collect();
    let failure = Failure::not_found(format!("no context is named `{name}`"));
    match crate::names::nearest(name, known.iter().copied()) {
        Some(near) => failure.hint(format!("did you mean `{near}`?")),
        None => failure.hint("`pulsectl login URL --context NAME` makes one"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_tidied() {
        assert_eq!(
            tidy_url("https://pulse.example/").ok().as_deref(),
            Some("https://pulse.example")
        );
        assert_eq!(
            tidy_url("host:8080").ok().as_deref(),
            Some("http://host:8080")
        );
        assert_eq!(
            tidy_url("http://h/api/v1/").ok().as_deref(),
            Some("http://h")
        );
        assert!(tidy_url("ftp://host").is_err());
        assert!(tidy_url("http://user:pw@host").is_err());
    }

    #[test]
    fn a_token_goes_to_its_own_server_only() {
        assert!(same_server("http://h:1/", "http://h:1"));
        assert!(!same_server("http://h:1", "http://h:2"));
    }
}
