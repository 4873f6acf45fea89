//! How a failure is told.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::sanitize;
use crate::error::Failure;

/// The text of a failure: `error:`, its details, `caused by:` and `hint:`.
pub(crate) fn failure_text(failure: &Failure, verbose: u8) -> String {
    let red = AnsiColor::Red.on_default().bold();
    let dim = Style::new().dimmed();
    let mut text = format!("{red}error:{red:#} {}", sanitize::lines(&failure.message));
    for detail in &failure.details {
        let _ = write!(text, "\n  {}", sanitize::lines(detail));
    }
    for cause in &failure.causes {
        let _ = write!(
            text,
            "\n  {dim}caused by:{dim:#} {}",
            sanitize::lines(cause)
        );
    }
    if let Some(hint) = &failure.hint {
        let _ = write!(text, "\n{}", hint_line(hint));
    }
    if verbose > 0 && !failure.trace_id.is_empty() {
        let _ = write!(text, "\n{dim}request:{dim:#} {}", failure.trace_id);
    }
    text
}

/// What to type next.
pub(crate) fn hint_line(hint: &str) -> String {
    let cyan = AnsiColor::Cyan.on_default();
    format!("{cyan}hint:{cyan:#} {}", sanitize::lines(hint))
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::error::Kind;

    #[test]
    fn a_failure_says_what_why_and_what_to_type() {
        let cause = io::Error::from(io::ErrorKind::ConnectionRefused);
        let failure = Failure::new(Kind::Unreachable, "could not reach http://h")
            .because(&cause)
            .hint("is it running?");

        let text = anstream::adapter::strip_str(&failure_text(&failure, 0)).to_string();

        assert_eq!(
            text,
            "error: could not reach http://h\n  caused by: connection refused\nhint: is it running?"
        );
    }
}
