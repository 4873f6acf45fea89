//! What has happened so far in an execution, as the planner sees it.
//!
//! Facts only; what follows from them is decided in the planner.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::Map;
use crate::model::{StepPath, Trial};

/// Everything the planner may know about one execution.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub execution: ExecutionFacts,
    /// The resolved inputs.
    pub inputs: Map,
    /// A step that is missing here counts as waiting.
    pub steps: BTreeMap<StepPath, StepFacts>,
}

#[derive(Clone, Debug, Default)]
pub struct ExecutionFacts {
    pub id: String,
    pub number: i64,
    pub started_by: String,
    pub workflow: Option<String>,
    /// Set once somebody or a deadline has asked the execution to end early.
    pub stop: Option<Stop>,
    pub progress: Progress,
    pub purpose: Purpose,
}

/// Whether anything new may start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    #[default]
    Going,
    /// Somebody has asked for a pause: what has begun goes on, nothing else begins.
    Paused,
}

/// What an execution is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// To do what the document says.
    #[default]
    Run,
    /// To bring back what the rollouts of another execution have changed, and nothing else.
    Undo,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    Cancelled,
    TimedOut,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct StepFacts {
    pub status: StepStatus,
    /// Grows with every step that ends: decides which answer is the most recent.
    pub order: Option<u64>,
    /// The answer to a prompt.
    pub response: Option<String>,
    /// What was filled in with it.
    pub fields: Map,
    /// Why the step ended as it did, as in `SkipReason::as_str`.
    pub reason: Option<String>,
    /// Whether its time is up; told of those waits only that go by an expression.
    pub is_late: bool,
    /// By the worker's name.
    pub hosts: BTreeMap<String, HostFacts>,
    /// How its rollout stands, once it has begun.
    pub rollout: Option<RolloutFacts>,
    /// What the workflow that it ran has given.
    pub given: Option<BTreeMap<String, String>>,
}

impl StepFacts {
    /// `outputs` as expressions see them: of the workflow that it ran, or of its only host.
    pub fn outputs(&self) -> Option<&BTreeMap<String, String>> {
        if let Some(given) = &self.given {
            return Some(given);
        }
        let only = self.hosts.values().next().filter(|_| self.hosts.len() == 1);
        only.map(|host| &host.outputs)
    }
}

/// How a rollout stands, apart from the jobs on its hosts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RolloutFacts {
    /// In the order of their turns.
    pub hosts: Vec<String>,
    /// How many hosts each batch has.
    pub sizes: Vec<u32>,
    /// The batch that has been opened last, counted from 0.
    pub batch: usize,
    /// Whether it rests after that batch.
    pub rest: Rest,
    /// How the workflow of its health has found its batches.
    pub trial: Trial,
    /// What a person was asked about, once one was.
    pub asked: Option<Asked>,
    /// For an undo: the steps that had begun on each host.
    pub undoes: Option<BTreeMap<String, BTreeSet<StepPath>>>,
}

/// What had gone wrong when a person was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The batch whose hosts were found unhealthy in the rest after it, counted from 0.
    pub unhealthy: Option<usize>,
    /// The hosts that had failed, or were not well.
    pub hosts: BTreeSet<String>,
}

/// The rest after a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Rest {
    #[default]
    No,
    /// The pause is not over, or the health is still looked at.
    Resting,
    Over,
    /// The changed hosts are not well, for this reason.
    Unhealthy(String),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct HostFacts {
    pub status: JobStatus,
    pub exit_code: Option<i32>,
    pub outputs: BTreeMap<String, String>,
    /// The last 64 KiB; needed only when `Workflow::reads_stdout` says so.
    pub stdout: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepStatus {
    #[default]
    Waiting,
    Ready,
    Running,
    Succeeded,
    Failed,
    Skipped,
    Cancelled,
}

impl StepStatus {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether the step has ended for good.
    pub const fn is_terminal(self) -> bool {
        match self {
            Self::Waiting | Self::Ready | Self::Running => false,
            Self::Succeeded | Self::Failed | Self::Skipped | Self::Cancelled => true,
        }
    }
}

/// How one job of a step stands on one host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobStatus {
    #[default]
    Pending,
    Running,
    Succeeded,
    Failed,
    TimedOut,
    Cancelled,
    Lost,
    Skipped,
    Unreachable,
}

impl JobStatus {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Running => "running",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::TimedOut => "timed_out",
            Self::Cancelled => "cancelled",
            Self::Lost => "lost",
            Self::Skipped => "skipped",
            Self::Unreachable => "unreachable",
        }
    }
}
