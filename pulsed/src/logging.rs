//! Log lines on stderr, as text or as JSON.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

use crate::config::{Environment, Log, LogFormat};

/// Installs the subscriber of this process; a second call changes nothing.
pub(crate) fn start(log: &Log, environment: &Environment) {
    let filter = EnvFilter::try_new(&log.level).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(has_colour(environment));
    let installed = match log.format {
        LogFormat::Text => builder.with_target(false).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    if let Err(error) = installed {
        tracing::debug!(%error, "logging was already set up");
    }
}

fn has_colour(environment: &Environment) -> bool {
    io::stderr().is_terminal()
        && environment.find("NO_COLOR").is_none()
        && environment.find("TERM") != Some("dumb")
}
