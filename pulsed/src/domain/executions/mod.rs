//! Executions: starting, pausing, ending early, running again, undoing, and looking at them.

pub(in crate::domain) mod again;
pub(crate) mod batch;
pub(crate) mod cancel;
pub(crate) mod carry;
pub(crate) mod overdue;
pub(crate) mod pause;
pub(crate) mod prune;
pub(crate) mod read;
pub(crate) mod retry;
pub(crate) mod start;
pub(crate) mod undo;
