//! Executions: starting, ending early, running again, and looking at them.

pub(crate) mod batch;
pub(crate) mod cancel;
pub(crate) mod overdue;
pub(crate) mod read;
pub(crate) mod retry;
pub(crate) mod start;
