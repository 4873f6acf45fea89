//! Jobs: one step on one worker.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{ExecutionId, JobId, WorkerId, status::JobStatus};

/// A job as an execution shows it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JobView {
    pub id: JobId,
    pub execution_id: ExecutionId,
    /// The id of its step in the document.
    pub step: String,
    pub worker_id: WorkerId,
    /// The worker's name.
    pub worker: String,
    pub status: JobStatus,
    pub exit_code: Option<i32>,
    pub signal: Option<i32>,
    /// Counted from 1.
    pub attempt: u32,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub created_at: Timestamp,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub started_at: Option<Timestamp>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub completed_at: Option<Timestamp>,
    /// Why it ended so, or why it waits, in a word.
    pub reason: Option<String>,
    /// The same in a sentence.
    pub detail: Option<String>,
    /// The length of the whole output, whether kept or not.
    pub output_bytes: u64,
    pub output_sha256: Option<String>,
    /// Whether the middle of the output was left out.
    pub output_truncated: bool,
}
