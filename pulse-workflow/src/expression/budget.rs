//! How much one evaluation may do.
//!
//! Counted in work, not in time: the same expression over the same facts always ends the same way.

use super::EvaluateError;

/// How many nodes may be evaluated and items visited.
const WORK: u32 = 20_000;
/// How many bytes of text and lists may be made.
const BYTES: usize = 1024 * 1024;
/// How many bytes of existing text cost as much as one node.
const READ: usize = 128;
/// How many bytes of text, looked at one character at a time, cost as much as one node.
const WALKED: usize = 8;

#[derive(Debug)]
pub(super) struct Budget {
    work: u32,
    bytes: usize,
}

impl Budget {
    pub(super) const fn new() -> Self {
        Self {
            work: WORK,
            bytes: BYTES,
        }
    }

    /// Pays for visiting things.
    pub(super) fn work(&mut self, units: usize) -> Result<(), EvaluateError> {
        let units = u32::try_from(units).unwrap_or(u32::MAX);
        self.work = self
            .work
            .checked_sub(units)
            .ok_or_else(|| spent("does too much work"))?;
        Ok(())
    }

    /// Pays for a search or comparison over text.
    pub(super) fn read(&mut self, bytes: usize) -> Result<(), EvaluateError> {
        self.work(bytes / READ)
    }

    /// Pays for looking at every character of a text.
    pub(super) fn walk(&mut self, bytes: usize) -> Result<(), EvaluateError> {
        self.work(bytes / WALKED)
    }

    /// Pays for making something of this size.
    pub(super) fn make(&mut self, bytes: usize) -> Result<(), EvaluateError> {
        self.bytes = self
            .bytes
            .checked_sub(bytes)
            .ok_or_else(|| spent("makes too much text"))?;
        self.read(bytes)
    }
}

fn spent(what: &str) -> EvaluateError {
    EvaluateError {
        message: format!("the expression {what}"),
        offset: 0,
    }
}
