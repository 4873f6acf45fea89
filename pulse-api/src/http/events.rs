//! Everything that happens, as one stream over all executions, workers and workflows.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::executions::{JobEntry, PromptEntry, StatusEntry, StepEntry};
use crate::{
    ExecutionId, WorkerId, WorkflowId,
    status::{AdminState, WorkerStatus},
};

/// One thing that happened.
///
/// On the stream its kind is the SSE `event`, and the SSE `id` is where to go on after it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Event {
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Timestamp,
    /// In which execution, where it happened in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub execution: Option<EventExecution>,
    #[serde(flatten)]
    pub what: EventKind,
}

/// The execution that an event happened in.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventExecution {
    pub id: ExecutionId,
    pub number: i64,
    pub workflow_id: Option<WorkflowId>,
    /// The workflow's name; `null` for an unnamed run.
    pub workflow: Option<String>,
    /// The number of the entry in the execution's own timeline.
    pub seq: i64,
    /// Which step it is about, counted from 0, where it is about a prompt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step_index: Option<u32>,
}

/// What an event says.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum EventKind {
    /// An execution came to be, or moved.
    Status(StatusEntry),
    /// A step moved.
    Step(StepEntry),
    /// A job moved.
    Job(JobEntry),
    /// A prompt was opened, answered, or closed.
    Prompt(PromptEntry),
    /// A worker came to be, or moved.
    Worker(WorkerEvent),
    /// A workflow was created, updated or deleted.
    Workflow(WorkflowEvent),
}

impl EventKind {
    /// The kinds there are, as `kind=` names them.
    pub const KINDS: [&'static str; 6] = ["status", "step", "job", "prompt", "worker", "workflow"];

    /// The SSE event's name.
    pub const fn event(&self) -> &'static str {
        match self {
            Self::Status(_) => "status",
            Self::Step(_) => "step",
            Self::Job(_) => "job",
            Self::Prompt(_) => "prompt",
            Self::Worker(_) => "worker",
            Self::Workflow(_) => "workflow",
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkerEvent {
    pub worker_id: WorkerId,
    /// The worker's name.
    pub worker: String,
    pub region: String,
    pub status: WorkerStatus,
    pub admin_state: AdminState,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkflowEvent {
    pub workflow_id: WorkflowId,
    /// The workflow's name.
    pub workflow: String,
    /// `created`, `updated` or `deleted`.
    pub change: String,
}
