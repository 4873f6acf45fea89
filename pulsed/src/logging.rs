//! Log lines on stderr as text or as JSON, or entries of the journal.

use std::io::{self, IsTerminal};

use tracing_subscriber::{
    EnvFilter, Layer as _, Registry, layer::SubscriberExt as _, reload,
    util::SubscriberInitExt as _,
};

use crate::config::{Environment, Log, LogFormat};

/// How much is logged, which may change while the program runs.
#[derive(Debug)]
pub(crate) struct Level(reload::Handle<EnvFilter, Registry>);

impl Level {
    pub(crate) fn set(&self, log: &Log) {
        if let Err(error) = self.0.reload(filter(log)) {
            tracing::error!(%error, "the log level cannot be changed");
        }
    }
}

/// Installs the subscriber of this process; a second call changes nothing.
pub(crate) fn start(log: &Log, environment: &Environment) -> Level {
    let (filter, handle) = reload::Layer::new(filter(log));
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(has_colour(environment));
    let (layer, trouble) = match log.format {
        LogFormat::Text => (lines.with_target(false).boxed(), None),
        LogFormat::Json => (lines.json().flatten_event(true).boxed(), None),
        LogFormat::Journald => match journal() {
            Ok(journal) => (journal.boxed(), None),
            Err(error) => (lines.with_target(false).boxed(), Some(error)),
        },
    };
    let registry = tracing_subscriber::registry().with(filter);
    if let Err(error) = registry.with(layer).try_init() {
        tracing::debug!(%error, "logging was already set up");
    }
    if let Some(error) = trouble {
        tracing::warn!(%error, "there is no journal here; logging to stderr");
    }
    Level(handle)
}

/// `worker.id` becomes `PULSE_WORKER_ID`.
fn journal() -> io::Result<tracing_journald::Layer> {
    let layer = tracing_journald::layer()?;
    Ok(layer
        .with_field_prefix(Some("PULSE".to_owned()))
        .with_syslog_identifier("pulsed".to_owned()))
}

fn filter(log: &Log) -> EnvFilter {
    EnvFilter::try_new(&log.level).unwrap_or_else(|_| EnvFilter::new("info"))
}

fn has_colour(environment: &Environment) -> bool {
    io::stderr().is_terminal()
        && environment.find("NO_COLOR").is_none()
        && environment.find("TERM") != Some("dumb")
}
