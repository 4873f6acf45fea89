//! Whom a committed change concerns.

use std::fmt;

use pulse_api::{ExecutionId, WorkerId};

/// A hint that something changed for somebody; what is true now is read from the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Wake {
    /// The followers of an execution have something to read.
    Execution(ExecutionId),
    /// The session of a worker has something to send.
    Worker(WorkerId),
    /// A worker may take waiting jobs.
    Queue(WorkerId),
    /// A timer was set that may be due before the next look.
    Due,
}

impl fmt::Display for Wake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Execution(id) => write!(f, "execution {id}"),
            Self::Worker(id) => write!(f, "worker {id}"),
            Self::Queue(id) => write!(f, "queue {id}"),
            Self::Due => write!(f, "due"),
        }
    }
}

impl Wake {
    /// Reads what `Display` wrote; `None` for a hint of a newer replica.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text.split_once(' ') {
            Some(("execution", id)) => id.parse().ok().map(Self::Execution),
            Some(("worker", id)) => id.parse().ok().map(Self::Worker),
            Some(("queue", id)) => id.parse().ok().map(Self::Queue),
            None if text == "due" => Some(Self::Due),
            Some(_) | None => None,
        }
    }
}
