//! What happens in an execution, entry by entry, and how a stream of them ends.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ExecutionId, JobId,
    http::prompts::PromptAnswer,
    status::{ExecutionStatus, JobStatus, PromptStatus, StepStatus, Stream},
};

/// One entry of an execution's timeline: something that happened, or a piece of output.
///
/// On a stream, the entry's `seq` is the SSE `id`, its kind the SSE `event`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Entry {
    /// Counted from 1 without gaps within the execution.
    pub seq: i64,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Timestamp,
    #[serde(flatten)]
    pub what: EntryKind,
}

/// What an entry of a timeline says.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum EntryKind {
    /// The execution came to be, or moved.
    Status(StatusEntry),
    /// A step moved.
    Step(StepEntry),
    /// A job moved.
    Job(JobEntry),
    /// A prompt was opened, answered, or closed.
    Prompt(PromptEntry),
    /// A piece of a job's output.
    Output(OutputEntry),
}

impl EntryKind {
    /// The SSE event's name.
    pub const fn event(&self) -> &'static str {
        match self {
            Self::Status(_) => "status",
            Self::Step(_) => "step",
            Self::Job(_) => "job",
            Self::Prompt(_) => "prompt",
            Self::Output(_) => "output",
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatusEntry {
    pub status: ExecutionStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Who caused it, where a person did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// `cancel_requested` marks the wish before the fact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What whoever wished it gave as their reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepEntry {
    pub step: String,
    pub name: String,
    pub index: u32,
    pub status: StepStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The number of the execution that the step runs, once it has begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub execution: Option<i64>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JobEntry {
    pub job_id: JobId,
    pub step: String,
    /// The worker's name.
    pub worker: String,
    pub attempt: u32,
    pub status: JobStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signal: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PromptEntry {
    pub prompt: i64,
    pub step: String,
    pub status: PromptStatus,
    pub message: String,
    pub options: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub expires_at: Option<Timestamp>,
    /// How many different people must choose an option before it counts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub approvals: BTreeMap<String, u32>,
    /// What each person has said so far; a prompt that is open although there are some waits for
    /// more people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<PromptAnswer>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutputEntry {
    pub job_id: JobId,
    pub step: String,
    /// The worker's name.
    pub worker: String,
    pub attempt: u32,
    pub stream: Stream,
    /// Where the piece begins in the attempt's whole output.
    pub offset: u64,
    /// The bytes, when they are valid UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The bytes in base64, when they are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base64: Option<String>,
}

/// The last event of a stream: how the execution ended, with an exit code where it was one job.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EndEvent {
    pub execution_id: ExecutionId,
    pub number: i64,
    pub status: ExecutionStatus,
    pub outcome: Option<String>,
    /// The exit code of the only job, when there was only one.
    pub exit_code: Option<i32>,
    pub signal: Option<i32>,
}
