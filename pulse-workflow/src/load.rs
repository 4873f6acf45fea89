//! From text to a checked workflow.

use crate::decode::Decoder;
use crate::document::{self, COMPLAINTS, Lines};
use crate::fault::{Fault, Faults};
use crate::model::{Callee, Workflow};

/// A document and the name to show for it.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// For messages; the caller passes it to `Faults::render`.
    pub name: &'a str,
    pub text: &'a str,
}

/// A document that passed every check.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub workflow: Workflow,
    /// What is allowed but probably not meant.
    pub warnings: Vec<Fault>,
    /// Where it runs other workflows: whether there are any, and which they run in turn, is for those
    /// to say who know them.
    pub calls: Vec<Site<Callee>>,
    /// Where it names channels: whether there are any, is for those to say who know them.
    pub channels: Vec<Site<String>>,
    /// Where it names what is to have events that start it: whether that is there, is for those to say who
    /// know.
    pub sources: Vec<Site<EventSource>>,
}

/// What a document waits for an event of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventSource {
    Workflow(String),
    Monitor(String),
}

/// A place of a document that names something outside of it.
#[derive(Clone, Debug)]
pub struct Site<T> {
    pub named: T,
    pub(crate) path: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) source_line: String,
}

impl<T> Site<T> {
    /// What is wrong with that place.
    pub fn fault(&self, message: String, hint: &str) -> Fault {
        Fault {
            message,
            hint: Some(hint.to_owned()),
            path: self.path.clone(),
            line: self.line,
            column: self.column,
            source_line: self.source_line.clone(),
        }
    }
}

/// Reads and checks a document, reporting every fault at once.
pub fn load(source: &Source<'_>) -> Result<Loaded, Faults> {
    let mut decoder = Decoder::new(Lines::new(source.text));
    let outcome = match document::read(source.text) {
        Ok((root, complaints)) => decoder.decode(&root, complaints),
        Err(complaint) => {
            decoder.complain(complaint, "");
            decoder.refuse()
        }
    };
    let mut faults = outcome.faults;
    match outcome.workflow {
        Some(workflow) if faults.is_empty() => Ok(Loaded {
            workflow,
            warnings: outcome.warnings,
            calls: outcome.calls,
            channels: outcome.channels,
            sources: outcome.sources,
        }),
        Some(_) | None => {
            faults.sort_by_key(|fault| (fault.line, fault.column));
            faults.truncate(COMPLAINTS);
            Err(Faults(faults))
        }
    }
}
