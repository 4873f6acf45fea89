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

/// How the terminal was before, for each time that it is switched.
static BEFORE: Mutex<Vec<Termios>> = Mutex::new(Vec::new());

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

    /// The same for a line that nobody shall see, and while something on the screen moves: what a
    /// terminal echoes meanwhile, such as `^C`, would stand in the middle of it.
    pub(crate) fn hidden(_: &Signals) -> Result<Self, Failure> {
        Self::without(LocalModes::ECHO)
    }

    fn without(modes: LocalModes) -> Result<Self, Failure> {
        let failed = |error: rustix::io::Errno| {
            Failure::general("could not switch the terminal").because(&error)
        };
        let before = tcgetattr(stdin()).map_err(failed)?;
        let mut switched = before.clone();
        switched.local_modes.remove(modes);
        BEFORE
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(before);
        HOOK.call_once(|| {
            let next = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                while restore() {}
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

/// Makes the terminal what it was before it was switched last; whether it was switched.
fn restore() -> bool {
    let before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let Some(before) = before else {
        return false;
    };
    // The terminal may be gone already; then there is nothing to restore.
    let _ = tcsetattr(stdin(), OptionalActions::Now, &before);
    true
}

/// Whether keys are shown where the cursor is.
pub(super) fn echoes() -> bool {
    tcgetattr(stdin()).is_ok_and(|modes| modes.local_modes.contains(LocalModes::ECHO))
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
