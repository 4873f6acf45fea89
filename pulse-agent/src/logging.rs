//! The log: one event, one line on stderr, or one entry of the journal.

use std::io;

use tracing_subscriber::{
    Layer as _, filter::Targets, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

use crate::config::{Log, LogFormat};

/// Who reads the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    /// Whoever typed the command, on the terminal.
    Person,
    /// Whoever the configuration means.
    Operator,
}

/// Logs from here on.
pub(crate) fn start(log: &Log, audience: Audience) {
    // Not an `EnvFilter`: that one brings regular expressions into a small program.
    let targets = log
        .level
        .parse::<Targets>()
        .unwrap_or_else(|_| Targets::new().with_default(tracing::Level::INFO));
    let lines = tracing_subscriber::fmt::layer()
        .with_target(false)
        // A log that cannot be written must not become a panic.
        .log_internal_errors(false)
        .with_ansi(false)
        .with_writer(io::stderr);
    let (layer, trouble) = match (log.format, audience) {
        (LogFormat::Json, _) => (lines.json().flatten_event(true).boxed(), None),
        (LogFormat::Text, _) | (LogFormat::Journald, Audience::Person) => (lines.boxed(), None),
        (LogFormat::Journald, Audience::Operator) => match journal() {
            Ok(journal) => (journal.boxed(), None),
            Err(error) => (lines.boxed(), Some(error)),
        },
    };
    tracing_subscriber::registry()
        .with(layer.with_filter(targets))
        .init();
    if let Some(error) = trouble {
        tracing::warn!(%error, "there is no journal here; logging to stderr");
    }
}

/// `worker.id` becomes `PULSE_WORKER_ID`.
fn journal() -> io::Result<tracing_journald::Layer> {
    let layer = tracing_journald::layer()?;
    Ok(layer
        .with_field_prefix(Some("PULSE".to_owned()))
        .with_syslog_identifier("pulse-agent".to_owned()))
}
