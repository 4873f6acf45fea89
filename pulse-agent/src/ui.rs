//! The only place that prints: stdout is data, stderr is conversation.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the one module that prints"
)]

/// Prints a line of data.
pub(crate) fn line(text: impl std::fmt::Display) {
    println!("{text}");
}

/// Says something beside the data.
pub(crate) fn aside(text: impl std::fmt::Display) {
    eprintln!("{text}");
}

/// Says what failed, and what to type next.
pub(crate) fn failure(sentence: &str, hint: Option<&str>) {
    eprintln!("pulse-agent: {sentence}");
    if let Some(hint) = hint {
        eprintln!("hint: {hint}");
    }
}
