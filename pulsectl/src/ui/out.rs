//! The two streams of this process. Nothing else writes to them.
//!
//! A terminal gets text that cannot steer it; a pipe or a file gets text as it is.

use std::{
    borrow::Cow,
    io::{self, IsTerminal as _, Stderr, Stdout, Write as _},
    sync::OnceLock,
};

use anstream::{AutoStream, ColorChoice};

use super::{Device, sanitize};
use crate::{config::Environment, flags};

/// What is chosen for stdout and for stderr, where the environment leaves it to the streams.
static UNFORCED: OnceLock<[ColorChoice; 2]> = OnceLock::new();

/// Decides on colours: the flag comes before the environment.
pub(super) fn choose_colors(flag: flags::ColorChoice, env: &Environment) {
    match flag {
        flags::ColorChoice::Always => {
            ColorChoice::Always.write_global();
            // Tables are drawn by what looks at NO_COLOR itself.
            crossterm::style::force_color_output(true);
        }
        flags::ColorChoice::Never => ColorChoice::Never.write_global(),
        flags::ColorChoice::Auto if env.get("NO_COLOR").is_some() => {
            ColorChoice::Never.write_global();
        }
        // Any value of it would be taken for a yes.
        flags::ColorChoice::Auto if env.get("CLICOLOR_FORCE") == Some("0") => {
            let of = |to: To| {
                if to.is_terminal() && Device::of(env) == Device::Screen {
                    ColorChoice::Always
                } else {
                    ColorChoice::Never
                }
            };
            // Only the first call decides, and there is one.
            let _ = UNFORCED.set([of(To::Stdout), of(To::Stderr)]);
        }
        flags::ColorChoice::Auto => {}
    }
}

/// Whether there are to be colours in a stream.
pub(super) fn paint(to: To) -> ColorChoice {
    match (UNFORCED.get(), to) {
        (Some([choice, _]), To::Stdout) | (Some([_, choice]), To::Stderr) => *choice,
        (None, To::Stdout) => AutoStream::choice(&stdout()),
        (None, To::Stderr) => AutoStream::choice(&stderr()),
    }
}

/// Where to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum To {
    Stdout,
    Stderr,
}

impl To {
    pub(super) fn is_terminal(self) -> bool {
        match self {
            Self::Stdout => stdout().is_terminal(),
            Self::Stderr => stderr().is_terminal(),
        }
    }
}

/// The text as a terminal may have it.
fn fit(to: To, text: &str) -> Cow<'_, str> {
    if to.is_terminal() {
        Cow::Owned(sanitize::coloured(text))
    } else {
        Cow::Borrowed(text)
    }
}

/// Writes text of ours, with its colours where there are any to be.
pub(super) fn painted(to: To, text: &str) -> io::Result<()> {
    let text = fit(to, text);
    match to {
        To::Stdout => {
            let mut out = AutoStream::new(stdout(), paint(to)).lock();
            out.write_all(text.as_bytes())?;
            out.flush()
        }
        To::Stderr => {
            let mut out = AutoStream::new(stderr(), paint(to)).lock();
            out.write_all(text.as_bytes())
        }
    }
}

/// Writes text of others.
pub(super) fn plain(to: To, text: &str) -> io::Result<()> {
    raw(to, fit(to, text).as_bytes())
}

/// Writes bytes as they are, also to a terminal: what was asked for in its raw form, or is safe already.
pub(super) fn raw(to: To, bytes: &[u8]) -> io::Result<()> {
    match to {
        To::Stdout => {
            let mut out = stdout().lock();
            out.write_all(bytes)?;
            out.flush()
        }
        To::Stderr => stderr().lock().write_all(bytes),
    }
}

#[expect(clippy::disallowed_methods, reason = "this is where it is written")]
fn stdout() -> Stdout {
    io::stdout()
}

#[expect(clippy::disallowed_methods, reason = "this is where it is written")]
fn stderr() -> Stderr {
    io::stderr()
}

fn write_json(bytes: &[u8]) -> io::Result<()> {
    if To::Stdout.is_terminal() {
        let text = sanitize::json(&String::from_utf8_lossy(bytes));
        return raw(To::Stdout, text.as_bytes());
    }
    raw(To::Stdout, bytes)
}

/// Stdout for whoever writes lines of JSON, which a terminal gets with what steers it as escapes.
#[derive(Debug)]
pub(super) struct JsonOut {
    /// What is no whole line yet.
    rest: Vec<u8>,
}

impl JsonOut {
    pub(super) const fn new() -> Self {
        Self { rest: Vec::new() }
    }
}

impl io::Write for JsonOut {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.rest.extend_from_slice(bytes);
        let end = self.rest.iter().rposition(|byte| *byte == b'\n');
        let lines: Vec<u8> = self.rest.drain(..end.map_or(0, |end| end + 1)).collect();
        write_json(&lines)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        write_json(&std::mem::take(&mut self.rest))
    }
}
