//! The one module that prints: data on stdout, conversation on stderr.

use std::io::{self, ErrorKind, Write as _};

use super::failure::Failure;

/// Prints data; a reader that went away is no failure.
pub(crate) fn out(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::error(format!("cannot write to stdout: {error}"))),
    }
}

/// Says one line to the person who started this; nobody listening is no failure.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}
