//! Entries of timelines, and pieces of output, before they are stored.

use pulse_api::{ExecutionId, JobId, http::executions::EntryKind, status::Stream};

/// An entry of an execution's timeline, numbered.
#[derive(Debug, Clone)]
pub(crate) struct NewEntry {
    pub(crate) execution: ExecutionId,
    pub(crate) seq: i64,
    pub(crate) what: EntryKind,
}

/// A piece of a job's output, as its worker sent it.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) job: JobId,
    pub(crate) attempt: u32,
    /// Counted from 1 over both streams.
    pub(crate) seq: u64,
    pub(crate) stream: Stream,
    pub(crate) offset: u64,
    pub(crate) bytes: Vec<u8>,
}

/// A piece of output with its place in the execution's timeline, and where it came from.
#[derive(Debug, Clone)]
pub(crate) struct NewPiece {
    pub(crate) execution: ExecutionId,
    pub(crate) seq: i64,
    pub(crate) step: String,
    pub(crate) worker_name: String,
    pub(crate) piece: Piece,
}
