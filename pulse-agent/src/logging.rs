//! The log: one event, one line, on stderr.

use tracing_subscriber::{
    Layer as _, filter::Targets, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

use crate::config::{Log, LogFormat};

/// Logs to stderr from here on.
pub(crate) fn start(log: &Log) {
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
        .with_writer(std::io::stderr);
    let registry = tracing_subscriber::registry();
    match log.format {
        LogFormat::Text => registry.with(lines.with_filter(targets)).init(),
        LogFormat::Json => {
            registry
                .with(lines.json().flatten_event(true).with_filter(targets))
                .init();
        }
    }
}
