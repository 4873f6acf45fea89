//! Switching the terminal to single keys, and back on every way out.

use std::{
    io::stdin,
    sync::{Mutex, Once, PoisonError},
};

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

use crate::error::Failure;

/// How the terminal was before, while it is switched.
static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

static HOOK: Once = Once::new();

/// While this lives, the terminal gives keys one by one and does not echo them.
///
/// Signals and output stay as they were: Ctrl-C still interrupts, and `\n` still begins a line.
pub(crate) struct KeyMode(());

impl KeyMode {
    pub(crate) fn enter() -> Result<Self, Failure> {
        let failed = |error: rustix::io::Errno| {
            Failure::general("could not switch the terminal").because(&error)
        };
        let before = tcgetattr(stdin()).map_err(failed)?;
        let mut keys = before.clone();
        keys.local_modes
            .remove(LocalModes::ICANON | LocalModes::ECHO);
        *BEFORE.lock().unwrap_or_else(PoisonError::into_inner) = Some(before);
        HOOK.call_once(|| {
            let next = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                restore();
                next(panic);
            }));
        });
        tcsetattr(stdin(), OptionalActions::Now, &keys).map_err(failed)?;
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

/// Reads a line without showing it.
pub(crate) fn ask_hidden(question: &str) -> Result<String, Failure> {
    super::stderr_part(question);
    let failed = |error: rustix::io::Errno| {
        Failure::general("could not switch the terminal").because(&error)
    };
    let before = tcgetattr(stdin()).map_err(failed)?;
    let mut silent = before.clone();
    silent.local_modes.remove(LocalModes::ECHO);
    tcsetattr(stdin(), OptionalActions::Now, &silent).map_err(failed)?;
    let mut line = String::new();
    let read = stdin().read_line(&mut line);
    let _ = tcsetattr(stdin(), OptionalActions::Now, &before);
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
