//! From spanned nodes to the model, collecting every fault on the way.
//!
//! Knows the keys of the language; what the values do is none of its business.

mod action;
mod block;
mod call;
mod check;
mod concurrency;
mod event;
mod fields;
mod inputs;
pub(crate) mod keys;
mod notify;
mod occasion;
mod permissions;
mod prompt;
mod retry;
mod rollback;
mod rollout;
mod sandbox;
mod secrets;
mod spread;
mod step;
mod targets;
mod text;
mod triggers;
mod values;
mod wait;
mod webhook;
mod windows;
mod workflow;

pub use step::slug;

use crate::document::{Complaint, Lines, Position};
use crate::fault::Fault;
use crate::load::{EventSource, Site};

use crate::document::Node;
use crate::model::{Callee, InputSpec, Spread, StepPath, Workflow};

/// Collects what is wrong while the tree is read.
pub(crate) struct Decoder<'a> {
    lines: Lines<'a>,
    faults: Vec<Fault>,
    warnings: Vec<Fault>,
    /// What expressions name, to be looked up once the whole document is read.
    reads: Vec<Read>,
    /// The group whose steps are being read.
    scope: Option<StepPath>,
    /// What that group and those around it are repeated for.
    spreads: Vec<Spread>,
    /// Whether the document brings back what its steps have done.
    brings_back: bool,
    /// The inputs that the document declares.
    inputs: Vec<InputSpec>,
    /// What the document calls itself.
    own_name: Option<String>,
    /// Where the document runs other workflows.
    calls: Vec<Site<Callee>>,
    /// Where it names channels.
    channels: Vec<Site<String>>,
    /// Where it names workflows and monitors whose events start it.
    sources: Vec<Site<EventSource>>,
}

/// Something an expression names, and where.
struct Read {
    at: Position,
    path: String,
    /// The group that it stands in.
    scope: Option<StepPath>,
    what: Named,
}

enum Named {
    Step(String),
    Input(String),
}

impl<'a> Decoder<'a> {
    pub(crate) fn new(lines: Lines<'a>) -> Self {
        Self {
            lines,
            faults: Vec::new(),
            warnings: Vec::new(),
            reads: Vec::new(),
            scope: None,
            spreads: Vec::new(),
            brings_back: false,
            inputs: Vec::new(),
            own_name: None,
            calls: Vec::new(),
            channels: Vec::new(),
            sources: Vec::new(),
        }
    }

    /// Reads a whole document; the workflow is whole only when no fault was found.
    pub(crate) fn decode(mut self, root: &Node, complaints: Vec<Complaint>) -> Decoded {
        for complaint in complaints {
            self.complain(complaint, "");
        }
        let workflow = workflow::decode(&mut self, root);
        Decoded {
            workflow,
            faults: self.faults,
            warnings: self.warnings,
            calls: self.calls,
            channels: self.channels,
            sources: self.sources,
        }
    }

    /// Gives up on a document that has no usable tree.
    pub(crate) fn refuse(self) -> Decoded {
        Decoded {
            workflow: None,
            faults: self.faults,
            warnings: self.warnings,
            calls: self.calls,
            channels: self.channels,
            sources: self.sources,
        }
    }

    /// The place of a node that names something outside of the document.
    fn site<T>(&self, named: T, (node, path): (&Node, &str)) -> Site<T> {
        Site {
            named,
            path: path.to_owned(),
            line: node.at.line,
            column: node.at.column,
            source_line: self.lines.line(node.at.line).to_owned(),
        }
    }

    pub(crate) fn complain(&mut self, complaint: Complaint, path: &str) {
        let fault = self.fault_at(complaint, path);
        self.faults.push(fault);
    }

    fn fault(&mut self, at: Position, path: &str, message: impl Into<String>) {
        self.complain(Complaint::new(at, message), path);
    }

    fn warn(&mut self, complaint: Complaint, path: &str) {
        let fault = self.fault_at(complaint, path);
        self.warnings.push(fault);
    }

    fn fault_at(&self, complaint: Complaint, path: &str) -> Fault {
        Fault {
            message: complaint.message,
            hint: complaint.hint,
            path: path.to_owned(),
            line: complaint.at.line,
            column: complaint.at.column,
            source_line: self.lines.line(complaint.at.line).to_owned(),
        }
    }
}

/// What reading a document came to.
pub(crate) struct Decoded {
    pub(crate) workflow: Option<Workflow>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) warnings: Vec<Fault>,
    pub(crate) calls: Vec<Site<Callee>>,
    pub(crate) channels: Vec<Site<String>>,
    pub(crate) sources: Vec<Site<EventSource>>,
}

/// Finds the name that a mistyped one most likely means.
pub(crate) fn nearest<'a>(
    typed: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    if typed.len() > 64 {
        return None;
    }
    let lower = typed.to_lowercase();
    known
        .into_iter()
        .map(|name| {
            (
                strsim::damerau_levenshtein(&lower, &name.to_lowercase()),
                name,
            )
        })
        .filter(|(distance, name)| *distance <= 1 + name.len().min(typed.len()) / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}
