//! What the terminal is like, and the pager before it.

use std::io::{self, Write as _};

use crate::config::Environment;

/// What the terminal can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Device {
    /// Moves its cursor, and gives single keys.
    Screen,
    /// Only writes one line after another.
    Dumb,
}

impl Device {
    pub(super) fn of(env: &Environment) -> Self {
        let is_screen = env.get("TERM").is_some_and(|term| term != "dumb");
        if is_screen { Self::Screen } else { Self::Dumb }
    }
}

/// Whether there are colours on stdout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paint {
    Colored,
    Plain,
}

pub(super) fn height() -> Option<u16> {
    super::out::To::Stdout
        .is_terminal()
        .then(crossterm::terminal::size)?
        .ok()
        .map(|(_, height)| height)
        // A terminal that does not know its size says 0.
        .filter(|height| *height > 0)
}

/// How wide a line on stdout may be: what `COLUMNS` says, or the terminal; a pipe has no end.
pub(super) fn room(env: &Environment) -> Option<usize> {
    if !super::out::To::Stdout.is_terminal() {
        return None;
    }
    let said = env.get("COLUMNS").and_then(|text| text.trim().parse().ok());
    let asked = || {
        crossterm::terminal::size()
            .ok()
            .map(|(width, _)| usize::from(width))
    };
    // A terminal that does not know its size says 0.
    said.or_else(asked).filter(|width| *width > 0)
}

/// How wide a line on stderr is.
pub(super) fn width() -> Option<u16> {
    super::out::To::Stderr
        .is_terminal()
        .then(crossterm::terminal::size)?
        .ok()
        .map(|(width, _)| width)
}

pub(super) fn run_pager(pager: &str, text: &str) -> io::Result<()> {
    use std::process::{Command, Stdio};

    let mut words = pager.split_whitespace();
    let program = words.next().ok_or(io::ErrorKind::NotFound)?;
    let mut child = Command::new(program)
        .args(words)
        .stdin(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // Leaving the pager early closes its input; that is no failure.
        let _ = stdin.write_all(text.as_bytes());
    }
    child.wait().map(|_| ())
}
