//! The only place that prints: stdout is data, stderr is conversation.

use std::io::{self, Write as _};

/// Prints a line of the result. Fails when nobody reads any more.
pub(crate) fn line(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}

/// Says what is going on.
pub(crate) fn progress(text: &str) {
    // Nobody needs it when stderr is closed.
    let _ = writeln!(io::stderr().lock(), "{text}");
}
