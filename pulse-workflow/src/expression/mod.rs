//! JavaScript expressions: conditions, and the `${{ … }}` in texts.
//!
//! Parsed by a real JavaScript parser, checked once when the document is loaded, and evaluated by a
//! small bounded evaluator. No host objects, no I/O, no clock, no randomness.

mod value;

use crate::model::StepPath;
pub use value::{Array, Object, Value};

/// A name that expressions may start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Root {
    PromptResponse,
    State,
    Inputs,
    Steps,
    Execution,
    Host,
}

/// Where an expression stands, which decides the names it may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Condition,
    Text,
    /// Inside a command, script or variable: rendered once for every host.
    Job,
}

/// How things stand before a step: what `success()` and its kin answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    pub success: bool,
    pub failure: bool,
    pub cancelled: bool,
}

/// The values behind the names of an expression.
pub trait Names {
    fn root(&self, root: Root) -> Value;
    /// One step, as `steps.<id>` reads it.
    fn step(&self, id: &str) -> Value;
    fn outlook(&self) -> Outlook;
}

/// Why an expression is refused, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpressionFault {
    pub message: String,
    pub hint: Option<String>,
    /// Counted from 0, in bytes of the expression.
    pub offset: usize,
}

/// Why an expression gave no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct EvaluateError {
    pub message: String,
    pub offset: usize,
}

/// A checked expression.
#[derive(Clone, Debug)]
pub struct Expression {
    source: String,
}

impl Expression {
    pub fn parse(source: &str, _place: Place) -> Result<Self, ExpressionFault> {
        Ok(Self {
            source: source.to_owned(),
        })
    }
    /// The expression as written.
    pub fn source(&self) -> &str {
        &self.source
    }
    pub fn reads_stdout(&self) -> bool {
        false
    }
    pub fn asks_status(&self) -> bool {
        false
    }
    pub fn evaluate(&self, _names: &dyn Names) -> Result<Value, EvaluateError> {
        Err(EvaluateError {
            message: "not yet".into(),
            offset: 0,
        })
    }
    /// The expression with the values it read, for people who ask why.
    pub fn evidence(&self, _names: &dyn Names) -> String {
        self.source.clone()
    }
}

/// A number as JavaScript writes it.
pub(crate) fn number_text(number: f64) -> String {
    number.to_string()
}
