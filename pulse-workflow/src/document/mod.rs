//! YAML text as a tree of nodes that know their position.
//!
//! Knows YAML and its traps, and nothing about workflows.

mod scalar;
mod scan;
mod text;
mod tree;

pub(crate) use scalar::{Scalar, Style};
pub(crate) use scan::{forbidden, is_invisible};
pub(crate) use text::{Lines, Position, count};
pub(crate) use tree::{Key, Node, Shape, read};

/// A complaint about the text itself, before it means anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    pub(crate) at: Position,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
}

impl Complaint {
    pub(crate) fn new(at: Position, message: impl Into<String>) -> Self {
        Self {
            at,
            message: message.into(),
            hint: None,
        }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// The largest document, in bytes.
pub(crate) const LARGEST: usize = 64 * 1024;
/// How deep lists and mappings may nest.
pub(crate) const DEEPEST: usize = 32;
/// How many aliases a document may use.
pub(crate) const ALIASES: usize = 50;
/// How many nodes a document may come to, its aliases written out.
pub(crate) const NODES: usize = 6_000;
/// How many complaints about one document are worth reading.
pub(crate) const COMPLAINTS: usize = 100;
