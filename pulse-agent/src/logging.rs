//! The log: one event, one line on stderr, or one entry of the journal.

use std::{io, sync::OnceLock};

use pulse_api::status::AgentPart;
use tracing::{Level, Metadata};
use tracing_subscriber::{
    Layer as _,
    filter::{FilterExt as _, Targets, filter_fn},
    layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};

use crate::{
    config::{Log, LogFormat},
    own_log::OwnLog,
    state::State,
};

/// What keeps the lines of this process, where it is one of the agent's.
static OWN: OnceLock<OwnLog> = OnceLock::new();

/// Who reads the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    /// Whoever typed the command, on the terminal.
    Person,
    /// Whoever the configuration means, and whoever asks from afar.
    Operator(AgentPart),
}

/// Logs from here on.
pub(crate) fn start(log: &Log, audience: Audience) {
    // Not an `EnvFilter`: that one brings regular expressions into a small program.
    let targets = log
        .level
        .parse::<Targets>()
        .unwrap_or_else(|_| Targets::new().with_default(Level::INFO));
    let lines = tracing_subscriber::fmt::layer()
        .with_target(false)
        // A log that cannot be written must not become a panic.
        .log_internal_errors(false)
        .with_ansi(false)
        .with_writer(io::stderr);
    let (layer, trouble) = match (log.format, audience) {
        (LogFormat::Json, _) => (lines.json().flatten_event(true).boxed(), None),
        (LogFormat::Text, _) | (LogFormat::Journald, Audience::Person) => (lines.boxed(), None),
        (LogFormat::Journald, Audience::Operator(_)) => match journal() {
            Ok(journal) => (journal.boxed(), None),
            Err(error) => (lines.boxed(), Some(error)),
        },
    };
    let own = match audience {
        Audience::Person => None,
        Audience::Operator(part) => Some(OWN.get_or_init(|| OwnLog::new(part)).clone()),
    };
    tracing_subscriber::registry()
        .with(layer.with_filter(targets.clone().and(filter_fn(is_harmless))))
        .with(own.with_filter(targets.and(filter_fn(is_own))))
        .init();
    if let Some(error) = trouble {
        tracing::warn!(%error, "there is no journal here; logging to stderr");
    }
}

fn is_own(about: &Metadata<'_>) -> bool {
    about.target().starts_with("pulse_agent")
}

/// Whether no credential and no secret of a step is in it: at their most talkative, libraries log headers and
/// whole frames.
fn is_harmless(about: &Metadata<'_>) -> bool {
    is_own(about) || *about.level() < Level::TRACE
}

/// Keeps what is logged in the state folder from here on, which is this process's alone: it holds the lock.
pub(crate) fn keep(state: &State) {
    if let Some(own) = OWN.get() {
        own.keep_in(state);
    }
}

/// `worker.id` becomes `PULSE_WORKER_ID`.
fn journal() -> io::Result<tracing_journald::Layer> {
    let layer = tracing_journald::layer()?;
    Ok(layer
        .with_field_prefix(Some("PULSE".to_owned()))
        .with_syslog_identifier("pulse-agent".to_owned()))
}
