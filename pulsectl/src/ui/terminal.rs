//! Switching the terminal to single keys, and back on every way out.

use std::{
    io::stdin,
    sync::{Mutex, Once, PoisonError},
};

use rustix::termios::{
    LocalModes, OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcsetattr,
};
use tokio::io::{AsyncBufReadExt as _, BufReader};

use crate::{
    error::Failure,
    signals::{Signals, interrupted},
};

/// How the terminal was before, while it is switched.
static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

static HOOK: Once = Once::new();

/// While this lives, the terminal gives keys one by one and does not echo them.
///
/// Signals and output stay as they were: Ctrl-C still interrupts, and `\n` still begins a line.
pub(crate) struct KeyMode(());

impl KeyMode {
    /// Only whoever hears the signals may switch: one that ends the process at once would leave the
    /// terminal switched.
    pub(crate) fn enter(_: &Signals) -> Result<Self, Failure> {
        Self::without(LocalModes::ICANON | LocalModes::ECHO)
    }

    /// The same for a line that nobody shall see.
    fn hidden(_: &Signals) -> Result<Self, Failure> {
        Self::without(LocalModes::ECHO)
    }

    fn without(modes: LocalModes) -> Result<Self, Failure> {
        let failed = |error: rustix::io::Errno| {
            Failure::general("could not switch the terminal").because(&error)
        };
        let before = tcgetattr(stdin()).map_err(failed)?;
        let mut switched = before.clone();
        switched.local_modes.remove(modes);
        *BEFORE.lock().unwrap_or_else(PoisonError::into_inner) = Some(before);
        HOOK.call_once(|| {
            let next = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                restore();
                next(panic);
            }));
        });
        tcsetattr(stdin(), OptionalActions::Now, &switched).map_err(failed)?;
        Ok(Self(()))
    }
}

impl Drop for KeyMode {
    fn drop(&mut self) {
        restore();
    }
}

fn restore() {
    let before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(before) = before {
        // The terminal may be gone already; then there is nothing to restore.
        let _ = tcsetattr(stdin(), OptionalActions::Now, &before);
    }
}

/// Throws away what was typed and not read yet.
pub(crate) fn discard_typed() {
    // A terminal that is gone has nothing that could be thrown away.
    let _ = tcflush(stdin(), QueueSelector::IFlush);
}

/// Reads a line without showing it.
pub(crate) async fn ask_hidden(question: &str) -> Result<String, Failure> {
    let mut signals = Signals::listen()?;
    let mode = KeyMode::hidden(&signals)?;
    super::stderr_part(question);
    let mut line = String::new();
    let mut input = BufReader::new(tokio::io::stdin());
    let read = tokio::select! {
        read = input.read_line(&mut line) => read.map_err(Failure::from),
        _ = signals.next() => Err(interrupted()),
    };
    drop(mode);
    super::stderr_line("");
    read?;
    let line = line.trim();
    if line.is_empty() {
        return Err(Failure::usage("nothing was given"));
    }
    Ok(line.to_owned())
}

/// Reads a line.
pub(crate) fn ask_line(question: &str) -> Result<String, Failure> {
    super::stderr_part(question);
    let mut line = String::new();
    stdin().read_line(&mut line)?;
    let line = line.trim();
    if line.is_empty() {
        return Err(Failure::usage("nothing was given"));
    }
    Ok(line.to_owned())
}
