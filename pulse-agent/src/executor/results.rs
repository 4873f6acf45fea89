//! The forms of a result.

use jiff::Timestamp;
use pulse_api::frames::{Claim, CommandResult, ExecuteCommand, Reason};

use super::record::Origin;

/// Who asked for an offered job.
pub(crate) fn asked_by(offer: &ExecuteCommand) -> Origin {
    Origin {
        execution_id: offer.execution_id,
        worker_id: offer.worker_id,
    }
}

/// Who asked for a job that has ended.
pub(crate) fn origin(result: &CommandResult) -> Origin {
    Origin {
        execution_id: result.execution_id,
        worker_id: result.worker_id,
    }
}

/// A result that says nothing yet.
pub(crate) fn blank(claim: Claim, origin: Origin, at: Timestamp) -> CommandResult {
    CommandResult {
        execution_id: origin.execution_id,
        worker_id: origin.worker_id,
        success: false,
        stdout: String::new(),
        stderr: String::new(),
        duration: 0,
        timestamp: at,
        claim: Some(claim),
        exit_code: None,
        signal: None,
        reason: None,
        detail: None,
        outputs: std::collections::BTreeMap::new(),
        last_seq: 0,
        output_bytes: 0,
        output_sha256: None,
    }
}

/// The result of an attempt that never ran to an end of its own.
pub(crate) fn lost(claim: Claim, origin: Origin, reason: Reason, at: Timestamp) -> CommandResult {
    CommandResult {
        reason: Some(reason),
        ..blank(claim, origin, at)
    }
}
