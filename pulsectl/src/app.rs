//! What every command gets: the settings, the way to print, and the client on demand.

use std::time::Duration;

use crate::{
    client::{Client, Connection},
    clock,
    config::{DEFAULT_ORIGIN, Settings, Sourced, token_file_warning},
    error::{Failure, Kind},
    ui::{self, Ui},
};

pub(crate) struct App {
    pub(crate) settings: Settings,
    pub(crate) ui: Ui,
}

impl App {
    /// A client for the server in use.
    pub(crate) fn client(&self) -> Result<Client, Failure> {
        self.client_until(self.settings.global.timeout)
    }

    /// The same for work that `--timeout` ends on the server, whose word is waited for.
    pub(crate) fn patient_client(&self) -> Result<Client, Failure> {
        self.patient_client_for(1)
    }

    /// The same for so many pieces of such work after each other.
    pub(crate) fn patient_client_for(&self, pieces: usize) -> Result<Client, Failure> {
        let limit = self.settings.global.timeout;
        let pieces = u32::try_from(pieces).unwrap_or(u32::MAX);
        self.client_until(limit.map(|limit| limit.saturating_mul(pieces) + Duration::from_secs(15)))
    }

    /// A client for whoever cannot wait for long.
    pub(crate) fn hurried_client(&self, limit: Duration) -> Result<Client, Failure> {
        self.client_until(Some(limit))
    }

    fn client_until(&self, limit: Option<Duration>) -> Result<Client, Failure> {
        let url = self.settings.url()?;
        let token = self.settings.token(&url.value)?;
        if let Some(warning) = self.settings.unused_context() {
            self.ui.warn(warning);
        }
        self.warn_of_shared_token(token.as_ref());
        self.connect_until(url, token, limit)
    }

    /// A client for any server, with any token.
    pub(crate) fn connect(
        &self,
        url: String,
        token: Option<Sourced<String>>,
    ) -> Result<Client, Failure> {
        let url = Sourced::new(url, "given");
        self.connect_until(url, token, self.settings.global.timeout)
    }

    fn connect_until(
        &self,
        url: Sourced<String>,
        token: Option<Sourced<String>>,
        limit: Option<Duration>,
    ) -> Result<Client, Failure> {
        let global = &self.settings.global;
        let is_tls = url.value.starts_with("https:");
        let ca_cert = if is_tls {
            self.settings.ca_cert()?
        } else {
            None
        };
        Client::new(Connection {
            is_default: url.origin == DEFAULT_ORIGIN,
            url: url.value,
            token,
            ca_cert: ca_cert.map(|path| path.value),
            deadline: clock::deadline(limit),
            trace: global.debug.then_some(ui::stderr_line as fn(&str)),
            notice: (self.ui.stderr_tty && !self.ui.quiet).then_some(ui::stderr_line as fn(&str)),
        })
    }

    /// Asks "are you sure", unless `--yes` said so already.
    pub(crate) fn confirm(&self, question: &str, flag: &str) -> Result<(), Failure> {
        if self.ui.yes {
            return Ok(());
        }
        if !self.ui.interactive {
            return Err(not_asked(question, flag));
        }
        ui::stderr_part(&format!("{question}? [y/N] "));
        let mut answer = String::new();
        std::io::stdin()
            .read_line(&mut answer)
            .map_err(|error| Failure::usage("could not read the answer").because(&error))?;
        if matches!(answer.trim().to_lowercase().as_str(), "y" | "yes") {
            return Ok(());
        }
        Err(Failure::new(Kind::General, "nothing was changed"))
    }

    /// The same for what cannot be undone: the person types what it is about.
    pub(crate) fn confirm_typed(
        &self,
        question: &str,
        (what, expected): (&str, &str),
    ) -> Result<(), Failure> {
        if self.ui.yes {
            return Ok(());
        }
        if !self.ui.interactive {
            return Err(not_asked(question, "--yes"));
        }
        ui::stderr_line(&format!("{question}?"));
        ui::stderr_part(&format!("type {what} to go on ({expected}): "));
        let mut answer = String::new();
        std::io::stdin()
            .read_line(&mut answer)
            .map_err(|error| Failure::usage("could not read the answer").because(&error))?;
        if answer.trim() == expected {
            return Ok(());
        }
        Err(Failure::new(Kind::General, "nothing was changed"))
    }

    fn warn_of_shared_token(&self, token: Option<&Sourced<String>>) {
        let settings = &self.settings;
        let from_env = token.is_some_and(|token| token.origin == "PULSE_TOKEN_FILE");
        let given = settings.global.token_file.as_deref();
        let file = given.or_else(|| settings.env.get("PULSE_TOKEN_FILE").filter(|_| from_env));
        if let Some(warning) = file.and_then(token_file_warning) {
            self.ui.warn(warning);
        }
    }
}

/// Nothing is done that nobody can be asked about.
fn not_asked(question: &str, flag: &str) -> Failure {
    let said = format!("{question}? there is no terminal to ask on, and nothing was changed");
    Failure::usage(said).hint(format!("add {flag}"))
}
