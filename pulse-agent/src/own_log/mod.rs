//! What this agent logs, kept in its state folder as well, so that people can be shown it from afar: also what
//! came before a crash or a restart.
//!
//! Each process writes files of its own, so that none waits for the other. What they write for operators,
//! on stderr or into the journal, is the same and goes on whatever becomes of these files.

mod file;
mod read;
#[cfg(test)]
mod tests;

use std::{
    fmt::{self, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use pulse_api::{
    agent_log::{LINE_BYTES, LogLine},
    status::{AgentPart, LogLevel},
};
use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::layer::{Context, Layer};

use self::file::Files;
pub(crate) use self::read::read;
use crate::{clock, state::State};

/// The folder of the files, inside the state folder.
const FOLDER: &str = "log";

/// How many lines wait until it is known where they are kept; none more.
const EARLY: usize = 32;

/// Where the log of this agent is kept.
pub(crate) fn folder(state: &State) -> PathBuf {
    state.path().join(FOLDER)
}

/// Where lines go.
#[derive(Debug)]
enum To {
    /// Nobody knows yet whether this process may write there.
    Early(Vec<LogLine>),
    Files(Files),
    /// They cannot be kept.
    Nowhere,
}

/// Keeps what one process of the agent logs.
#[derive(Debug, Clone)]
pub(crate) struct OwnLog {
    part: AgentPart,
    to: Arc<Mutex<To>>,
}

impl OwnLog {
    pub(crate) fn new(part: AgentPart) -> Self {
        Self {
            part,
            to: Arc::new(Mutex::new(To::Early(Vec::new()))),
        }
    }

    /// Keeps the lines there from here on, those so far among them. Only one process at a time may do so for
    /// its part: whoever holds its lock.
    pub(crate) fn keep_in(&self, state: &State) {
        let opened = state
            .folder(FOLDER)
            .and_then(|()| Files::open(&folder(state), self.part));
        let (next, trouble) = match opened {
            Ok(files) => (To::Files(files), None),
            Err(error) => (To::Nowhere, Some(error)),
        };
        let before = std::mem::replace(&mut *self.lock(), next);
        if let To::Early(lines) = before {
            for line in &lines {
                self.take(line);
            }
        }
        if let Some(error) = trouble {
            tracing::warn!(%error, "the log cannot be kept for `pulsectl worker logs`");
        }
    }

    fn take(&self, line: &LogLine) {
        match &mut *self.lock() {
            To::Early(lines) if lines.len() < EARLY => lines.push(line.clone()),
            To::Files(files) => files.write(line),
            To::Early(_) | To::Nowhere => {}
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, To> {
        self.to.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Subscriber> Layer<S> for OwnLog {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut told = Told::default();
        event.record(&mut told);
        self.take(&LogLine {
            at: clock::wall(),
            level: level(*event.metadata().level()),
            part: self.part,
            text: told.text(),
        });
    }
}

fn level(level: Level) -> LogLevel {
    match level {
        Level::ERROR => LogLevel::Error,
        Level::WARN => LogLevel::Warn,
        Level::INFO => LogLevel::Info,
        Level::DEBUG => LogLevel::Debug,
        Level::TRACE => LogLevel::Trace,
    }
}

/// What an event says.
#[derive(Default)]
struct Told {
    sentence: String,
    fields: String,
}

impl Told {
    /// One line that no terminal obeys.
    fn text(self) -> String {
        let whole = format!("{}{}", self.sentence, self.fields);
        let end = whole.floor_char_boundary(LINE_BYTES);
        whole[..end].replace(char::is_control, " ")
    }
}

impl Visit for Told {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        // Writing to a String cannot fail.
        let _ = match field.name() {
            "message" => write!(self.sentence, "{value:?}"),
            name => write!(self.fields, " {name}={value:?}"),
        };
    }
}

/// What is wrong with a message that cannot be read, without what stands in it.
pub(crate) fn unreadable(error: &serde_json::Error) -> String {
    let said = error.to_string();
    if said.starts_with("invalid ") {
        return "a field is of another kind than it should be".to_owned();
    }
    said
}

/// The files of a process, and where the first byte of each stands in all that it has ever logged; in order.
fn found(folder: &Path, part: AgentPart) -> std::io::Result<Vec<(u64, PathBuf)>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let start = name
            .and_then(|name| name.strip_prefix(part.as_str())?.strip_prefix('.'))
            .and_then(|start| start.parse().ok());
        files.extend(start.map(|start| (start, path)));
    }
    files.sort();
    Ok(files)
}
