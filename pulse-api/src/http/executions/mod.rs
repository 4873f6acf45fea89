//! Executions: what to start, what they look like, and (`entries`) what happens in them.

mod entries;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use entries::{
    EndEvent, Entry, EntryKind, JobEntry, OutputEntry, PromptEntry, StatusEntry, StepEntry,
};

use super::{jobs::JobView, prompts::PromptView};
use crate::{
    ExecutionId, SecretText, WorkflowId,
    status::{CallStatus, ExecutionStatus, RolloutStatus, StepKind, StepStatus},
};

/// The body of `POST /executions`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StartExecution {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workflow_id: Option<WorkflowId>,
    /// The workflow's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workflow: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i32>,
    /// A document for an unnamed run: a JSON value, or the text of a YAML document. With commands in
    /// it, for admins only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub definition: Option<Value>,
    /// Those that the document calls secret may be among them, as texts: they are sealed until the execution
    /// ends, and shown by nothing.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub inputs: Map<String, Value>,
    /// What is given for inputs that are secret: refused where the document does not call them so.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, String>))]
    pub secret_inputs: BTreeMap<String, SecretText>,
    /// What the run is narrowed to: a list of names and groups, or a selector. Steps run on those of their own
    /// targets that are among them, or are skipped; steps without targets of their own run on all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub targets: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Start it although a window of its document denies that now, and what runs inside of it too. Needs
    /// a `reason`, and is in the audit trail.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub override_window: bool,
}

/// The workflow of an execution, as it was when it started.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExecutionWorkflowView {
    pub id: Option<WorkflowId>,
    /// `null` for an unnamed run.
    pub name: Option<String>,
    pub version: Option<i32>,
}

/// An execution in a list: without what is inside of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExecutionSummary {
    pub id: ExecutionId,
    pub number: i64,
    pub workflow: ExecutionWorkflowView,
    /// For an unnamed run: the command that it runs, or the first of them, on one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    pub status: ExecutionStatus,
    /// Adds `partial` where some hosts ended well and some did not, and `rolled_back` where an undo
    /// has brought back what was rolled out.
    pub outcome: Option<String>,
    pub started_by: String,
    pub reason: Option<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub inputs: Map<String, Value>,
    /// The secret inputs that were given for it: by name, since nothing shows their values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secret_inputs: Vec<String>,
    /// The targets that were given for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub targets: Option<Value>,
    /// Who has asked for its end, `pulse` where it ran out of time.
    pub cancel_requested_by: Option<String>,
    /// What they gave as their reason.
    #[serde(default)]
    pub cancel_reason: Option<String>,
    pub retry_of: Option<i64>,
    /// Who has paused it.
    #[serde(default)]
    pub paused_by: Option<String>,
    /// While it is `pending`: the places in groups that it waits for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waits_for: Vec<PlaceWanted>,
    /// While it is `pending`: the window whose end it waits for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<WindowDenied>,
    /// The number of the execution whose rollouts this one brings back.
    #[serde(default)]
    pub undo_of: Option<i64>,
    /// The number of the newest execution that brings back, or has brought back, its rollouts.
    #[serde(default)]
    pub undone_by: Option<i64>,
    /// The number of the execution whose step runs this one.
    #[serde(default)]
    pub parent: Option<i64>,
    /// The id of that step.
    #[serde(default)]
    pub parent_step: Option<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub created_at: Timestamp,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub started_at: Option<Timestamp>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub completed_at: Option<Timestamp>,
    /// Since when what its jobs wrote is gone; its length and its digest are still known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub outputs_removed_at: Option<Timestamp>,
    /// How far its rollouts have come; in lists of executions with rollouts only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rollouts: Vec<RolloutSummary>,
    /// The number of the newest entry of the timeline.
    pub last_seq: i64,
}

/// A window of its document in which it may not begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WindowDenied {
    /// Its cron, how long it lasts, and its time zone, for people.
    pub window: String,
    /// When it is over, and the windows that follow it without a gap.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub until: Timestamp,
    /// Whether that is only as far as was looked: it may be later.
    pub is_at_least: bool,
}

/// A place in a group of `concurrency` that an execution waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceWanted {
    pub group: String,
    /// How many places the group has.
    pub limit: u32,
    /// The numbers of the executions that have them.
    pub held_by: Vec<i64>,
    /// The numbers of those that wait before it, the next one first.
    pub behind: Vec<i64>,
}

/// An execution with everything inside of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExecutionView {
    #[serde(flatten)]
    pub summary: ExecutionSummary,
    pub steps: Vec<StepView>,
    pub prompts: Vec<PromptView>,
    /// What happened, oldest first and without output: the newest entries, at most 200 of them and at
    /// most 256 KiB. `GET /executions/{id}/events` has all of it, output included.
    #[serde(default)]
    pub timeline: Vec<Entry>,
    /// Whether older entries were left out of `timeline`.
    #[serde(default)]
    pub timeline_cut: bool,
}

impl std::ops::Deref for ExecutionView {
    type Target = ExecutionSummary;

    fn deref(&self) -> &ExecutionSummary {
        &self.summary
    }
}

/// A step of an execution.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepView {
    pub index: u32,
    pub id: String,
    pub name: String,
    #[serde(rename = "type")]
    pub kind: StepKind,
    /// What it runs, as the document writes it; without its variables, and without what it is fed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    pub status: StepStatus,
    /// The highest attempt among its jobs; 0 before the first.
    pub attempt: u32,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub started_at: Option<Timestamp>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub completed_at: Option<Timestamp>,
    /// The answer, for a prompt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<String>,
    /// When a wait is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub due_at: Option<Timestamp>,
    /// Why it ended so, in a word, such as `condition_false`.
    pub reason: Option<String>,
    /// The same in a sentence.
    pub detail: Option<String>,
    /// What `steps.<id>.outputs` is in expressions: what its job wrote to `$PULSE_OUTPUT`, where it was on one
    /// host, or what the workflow gave that it ran. Empty where it was on several hosts.
    pub outputs: BTreeMap<String, String>,
    /// The same of each host, by the worker's name, as `steps.<id>.hosts` has it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hosts: BTreeMap<String, StepHostView>,
    pub jobs: Vec<JobView>,
    /// How it goes over its hosts, once it does so batch by batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollout: Option<RolloutView>,
    /// The workflow that it runs, once it does so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<CallView>,
}

/// A workflow that a step runs, as an execution of its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CallView {
    pub workflow: String,
    /// The version that the document asks for; the newest where it names none.
    pub version: Option<i32>,
    pub status: CallStatus,
    /// The number of its execution, once it has begun.
    pub execution: Option<i64>,
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub inputs: Map<String, Value>,
    /// What its main steps on one host wrote to `$PULSE_OUTPUT`, once it has completed; of two with one
    /// name that of the later step.
    pub outputs: BTreeMap<String, String>,
}

/// What a step came to on one host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepHostView {
    /// What the last attempt of its job wrote to `$PULSE_OUTPUT`.
    pub outputs: BTreeMap<String, String>,
}

/// How a step goes over its hosts.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RolloutView {
    pub status: RolloutStatus,
    /// The batch that was opened last, counted from 1.
    pub batch: u32,
    /// How many hosts each batch has.
    pub batches: Vec<u32>,
    /// The names of the hosts, in the order of their turns.
    pub hosts: Vec<String>,
    /// Whether the first batch is a canary.
    #[serde(default)]
    pub canary: bool,
    /// Whether its hosts are about to be brought back by themselves.
    #[serde(default)]
    pub rollback_wanted: bool,
    /// Why the changed hosts are not well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// How far a rollout has come, in numbers of hosts.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RolloutSummary {
    /// The name of the step that goes over the hosts.
    pub step: String,
    pub status: StepStatus,
    /// The batch that was opened last, counted from 1.
    pub batch: u32,
    /// How many batches there are.
    pub batches: u32,
    /// Whether the first batch is a canary.
    pub canary: bool,
    pub hosts: u32,
    /// Those that have come to the end of it well.
    pub done: u32,
    pub busy: u32,
    pub failed: u32,
    /// Those that were not begun.
    pub waiting: u32,
    /// Why it stopped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// The body of `POST /executions/{id}/cancel`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CancelExecution {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Kill at once instead of asking the steps to end.
    #[serde(default)]
    pub force: bool,
    /// Milliseconds between asking a step to end and killing it: 10,000 unless said otherwise, an hour
    /// at most. Asked again, it only ever becomes shorter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace_ms: Option<u64>,
}

/// The body of `POST /executions/prune`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PruneExecutions {
    /// How long ago they must have ended.
    #[cfg_attr(feature = "openapi", schema(maximum = 3_155_760_000_u64))]
    pub older_than_seconds: u64,
    /// Only those of the workflow with this name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workflow: Option<String>,
    /// Only count them.
    #[serde(default)]
    pub dry_run: bool,
}

/// The answer of `POST /executions/prune`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PrunedExecutions {
    /// How many were removed; of a dry run, how many would be.
    pub removed: u64,
    /// The lowest and the highest of their numbers.
    pub first: Option<i64>,
    pub last: Option<i64>,
    /// Whether more are left for the next call: each does a bounded piece of the work.
    pub more: bool,
}

/// The body of `POST /executions/{id}/retry`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RetryExecution {
    /// Only on the workers whose jobs did not succeed.
    #[serde(default)]
    pub failed: bool,
    /// Go on where the execution stopped: jobs and steps that never began run, and what ran stays as
    /// it ended. Together with `failed`, jobs that ran and did not succeed run again too. Not
    /// together with `from_step`.
    #[serde(default)]
    pub unstarted: bool,
    /// Begin with this main step, by its id or name; the ones before it keep their results. Refused where
    /// one of them did not end well, or went over its hosts batch by batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_step: Option<String>,
    /// What is given for inputs that are secret: those of the earlier execution were wiped with its end.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, String>))]
    pub secret_inputs: BTreeMap<String, SecretText>,
    /// Why, for the audit trail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// As for a start: run it although a window of its document denies that now. Needs a `reason`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub override_window: bool,
}

/// The body of `POST /executions/{id}/undo`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UndoExecution {
    /// As for a retry.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, String>))]
    pub secret_inputs: BTreeMap<String, SecretText>,
}
