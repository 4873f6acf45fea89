//! How a command fails: an exit code, what went wrong and why, what to type next.

use std::error::Error;

use super::say::say;
use crate::config::ConfigError;

/// A failed command, ready to be printed.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    problems: Vec<Problem>,
}

#[derive(Debug)]
struct Problem {
    text: String,
    hint: Option<String>,
}

impl Failure {
    /// Something outside went wrong: exit code 1.
    pub(crate) fn error(text: impl Into<String>) -> Self {
        Self::new(1, text.into())
    }

    /// What was typed or configured cannot work: exit code 2.
    pub(crate) fn usage(text: impl Into<String>) -> Self {
        Self::new(2, text.into())
    }

    /// What could not be done, followed by the chain of reasons.
    pub(crate) fn because(what: &str, error: &(dyn Error + 'static)) -> Self {
        Self::error(format!("{what}: {}", chain(error)))
    }

    /// Everything is said already; only the exit code is left.
    pub(crate) fn told(code: u8) -> Self {
        let problems = Vec::new();
        Self { code, problems }
    }

    /// Adds what to do next.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        if let Some(problem) = self.problems.last_mut() {
            problem.hint = Some(hint.into());
        }
        self
    }

    /// What went wrong, and what to do next, for who says it in another form.
    pub(crate) fn parts(self) -> (String, Option<String>) {
        let first = self.problems.into_iter().next();
        first.map_or_else(Default::default, |problem| (problem.text, problem.hint))
    }

    pub(crate) fn code(&self) -> u8 {
        self.code
    }

    pub(crate) fn print(&self) {
        for problem in &self.problems {
            say(&format!("error: {}", problem.text));
            if let Some(hint) = &problem.hint {
                say(&format!("hint: {hint}"));
            }
        }
    }

    fn new(code: u8, text: String) -> Self {
        let problems = vec![Problem { text, hint: None }];
        Self { code, problems }
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        let problem = |fault: crate::config::Fault| Problem {
            text: fault.to_string(),
            hint: fault.hint,
        };
        Self {
            code: 2,
            problems: error.faults.into_iter().map(problem).collect(),
        }
    }
}

/// An error and its sources in one line; a source whose text is already said is left out.
pub(crate) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut line = error.to_string();
    let mut source = error.source();
    while let Some(next) = source {
        let text = next.to_string();
        if !line.contains(&text) {
            line.push_str(": ");
            line.push_str(&text);
        }
        source = next.source();
    }
    line
}
