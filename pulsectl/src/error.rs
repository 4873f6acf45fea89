//! What can go wrong, how it is told, and the exit code that goes with it.
//!
//! Nothing here prints; `ui` does that, once, at the end.

use std::{
    fmt, io,
    ops::{Deref, DerefMut},
    process::ExitCode,
};

/// What kind of failure it was; decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The server, the network or this program failed.
    General,
    /// The command line or a file is wrong.
    Usage,
    /// What was waited for ended badly, or a check did not pass.
    Failed,
    /// Not logged in, or not allowed.
    Denied,
    /// The execution was cancelled.
    Cancelled,
    /// The execution ran into its own time limit.
    TimedOut,
    NotFound,
    /// A person has to answer first.
    PromptOpen,
    Conflict,
    /// Some workers succeeded and some did not.
    Partial,
    /// No worker matched.
    NoWorker,
    Unreachable,
    /// `--timeout` ran out; the work on the server goes on.
    WaitedTooLong,
    /// pulse itself failed while it ran a command for `worker exec`.
    Exec,
    Interrupted,
    /// Whoever read the output went away.
    PipeClosed,
}

impl Kind {
    /// The exit code, as `pulsectl help exit-codes` lists it.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::General => 1,
            Self::Usage => 2,
            Self::Failed => 3,
            Self::Denied => 4,
            Self::Cancelled => 5,
            Self::TimedOut => 6,
            Self::NotFound => 7,
            Self::PromptOpen => 8,
            Self::Conflict => 9,
            Self::Partial => 10,
            Self::NoWorker => 11,
            Self::Unreachable => 12,
            Self::WaitedTooLong => 124,
            Self::Exec => 125,
            Self::Interrupted => 130,
            Self::PipeClosed => 141,
        }
    }
}

/// How a command ended when nothing went wrong on this side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exit(pub(crate) u8);

impl Exit {
    pub(crate) const OK: Self = Self(0);
}

impl From<Kind> for Exit {
    fn from(kind: Kind) -> Self {
        Self(kind.code())
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.0)
    }
}

/// A failure: what, why, and what to type next.
///
/// Kept in a box, since every result of this crate has room for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure(Box<Told>);

/// What there is to tell of a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) kind: Kind,
    pub(crate) message: String,
    /// Further lines that belong to the message, such as the faults of a document.
    pub(crate) details: Vec<String>,
    pub(crate) causes: Vec<String>,
    pub(crate) hint: Option<String>,
    /// The server's number for the request, shown with `-v`.
    pub(crate) trace_id: String,
}

impl Failure {
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self(Box::new(Told {
            kind,
            message: message.into(),
            details: Vec::new(),
            causes: Vec::new(),
            hint: None,
            trace_id: String::new(),
        }))
    }

    pub(crate) fn general(message: impl Into<String>) -> Self {
        Self::new(Kind::General, message)
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(Kind::NotFound, message)
    }

    /// Adds an error and everything that caused it.
    pub(crate) fn because(mut self, error: &(dyn std::error::Error + 'static)) -> Self {
        let mut next = Some(error);
        while let Some(cause) = next {
            let text = without_number(&cause.to_string());
            if self.causes.last() != Some(&text) {
                self.causes.push(text);
            }
            next = cause.source();
        }
        self
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(crate) fn details(mut self, details: Vec<String>) -> Self {
        self.details = details;
        self
    }

    /// The same failure told as another kind.
    pub(crate) fn of_kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }
}

/// The words of an error of the system, without its number, which says nothing more.
fn without_number(text: &str) -> String {
    match text.split_once(" (os error ") {
        Some((words, rest)) => format!("{words}{}", rest.split_once(')').unwrap_or_default().1),
        None => text.to_owned(),
    }
}

impl Deref for Failure {
    type Target = Told;

    fn deref(&self) -> &Told {
        &self.0
    }
}

impl DerefMut for Failure {
    fn deref_mut(&mut self) -> &mut Told {
        &mut self.0
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::new(Kind::PipeClosed, "the reader of the output went away");
        }
        Self::general("could not write the output").because(&error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exit_codes_are_those_of_the_table() {
        let codes: Vec<u8> = [
            Kind::General,
            Kind::Usage,
            Kind::Failed,
            Kind::Denied,
            Kind::Cancelled,
            Kind::TimedOut,
            Kind::NotFound,
            Kind::PromptOpen,
            Kind::Conflict,
            Kind::Partial,
            Kind::NoWorker,
            Kind::Unreachable,
            Kind::WaitedTooLong,
            Kind::Exec,
            Kind::Interrupted,
        ]
        .map(Kind::code)
        .to_vec();

        assert_eq!(
            codes,
            [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 124, 125, 130]
        );
    }

    #[test]
    fn a_closed_pipe_is_not_an_error_to_tell() {
        let failure = Failure::from(io::Error::from(io::ErrorKind::BrokenPipe));

        assert_eq!(failure.kind, Kind::PipeClosed);
    }
}
