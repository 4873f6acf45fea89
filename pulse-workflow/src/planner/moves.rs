//! What the planner decides: moves of single steps, and the verdict on the whole.
//!
//! Carrying moves out (rows, jobs, timers) is the server's affair.

use serde::{Deserialize, Serialize};

use super::StepStatus;
use crate::model::{Callee, StepPath, Terms};

/// The decisions of one call of `advance`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    pub moves: Vec<Move>,
    /// Given once every step is terminal, the moves of this plan included.
    pub verdict: Option<Verdict>,
}

/// One step moving on.
#[derive(Clone, Debug, PartialEq)]
pub enum Move {
    /// Start one job on every target.
    Run { step: StepPath },
    /// Let the steps inside a group begin.
    Open { step: StepPath },
    /// Begin a rollout: which hosts it means is decided now, and only once.
    Roll { step: StepPath },
    /// Start one job on each of these hosts of a rollout.
    RunOn { step: StepPath, hosts: Vec<String> },
    /// Rest after a batch: pause, and look at the health of the changed hosts; where a workflow does
    /// that, what it is given, or why that cannot be told.
    Rest {
        step: StepPath,
        trial: Option<Result<CallSpec, String>>,
    },
    /// Let the next batch of a rollout begin.
    NextBatch { step: StepPath },
    /// Remember for which hosts of a rollout a person is asked.
    Consult { step: StepPath, hosts: Vec<String> },
    /// Bring the hosts of a rollout back once the execution has ended.
    RollBack { step: StepPath },
    /// End a group or a step that runs by a rollout.
    End {
        step: StepPath,
        status: StepStatus,
        reason: &'static str,
        detail: String,
    },
    /// Open a prompt.
    Ask { step: StepPath, prompt: PromptSpec },
    /// Start an execution of another workflow.
    Call { step: StepPath, call: CallSpec },
    /// Send a message to a channel.
    Tell { step: StepPath, notice: NoticeSpec },
    /// Start a timer.
    Sleep { step: StepPath, duration_ms: u64 },
    /// Look again after so long at what the step waits for.
    Watch { step: StepPath, every_ms: u64 },
    Skip {
        step: StepPath,
        reason: SkipReason,
        /// The condition and the values it read.
        evidence: Option<String>,
    },
    /// End the step as failed without running it.
    Fail {
        step: StepPath,
        reason: &'static str,
        detail: String,
    },
    /// End a step that will never run because the execution is stopping.
    Cancel { step: StepPath },
}

impl Move {
    pub const fn step(&self) -> &StepPath {
        match self {
            Self::Run { step }
            | Self::Open { step }
            | Self::Roll { step }
            | Self::RunOn { step, .. }
            | Self::Rest { step, .. }
            | Self::NextBatch { step }
            | Self::Consult { step, .. }
            | Self::RollBack { step }
            | Self::End { step, .. }
            | Self::Ask { step, .. }
            | Self::Call { step, .. }
            | Self::Tell { step, .. }
            | Self::Sleep { step, .. }
            | Self::Watch { step, .. }
            | Self::Skip { step, .. }
            | Self::Fail { step, .. }
            | Self::Cancel { step } => step,
        }
    }
}

/// A prompt with every expression in it filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PromptSpec {
    pub message: String,
    pub options: Vec<String>,
    pub timeout_ms: Option<u64>,
    /// The answer to take when the time is up; without it the step fails.
    pub default: Option<String>,
    pub terms: Terms,
}

/// A workflow to run, with everything that it is given.
#[derive(Clone, Debug, PartialEq)]
pub struct CallSpec {
    pub callee: Callee,
    pub inputs: crate::Map,
    /// How long it may run at most, where the step says so.
    pub timeout_ms: Option<u64>,
}

/// A message to send, with every expression in it filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeSpec {
    pub channel: String,
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// The step's own condition was false.
    ConditionFalse,
    /// Something the step needs did not go well.
    UpstreamFailed,
    /// An `on_failure` step of an execution in which nothing failed.
    NothingFailed,
    /// Its group did not begin.
    GroupSkipped,
    /// An undo does not concern it.
    NothingToUndo,
    /// The targets of the run leave none of the step's own.
    NotTargeted,
    /// There was no batch to look at.
    NothingToCheck,
}

impl SkipReason {
    /// The word to keep in `StepFacts::reason`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ConditionFalse => "condition_false",
            Self::UpstreamFailed => "upstream_failed",
            Self::NothingFailed => "nothing_failed",
            Self::GroupSkipped => "group_skipped",
            Self::NothingToUndo => "nothing_to_undo",
            Self::NotTargeted => "not_targeted",
            Self::NothingToCheck => "nothing_to_check",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Completed,
    Failed,
    Cancelled,
    TimedOut,
}

impl Verdict {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::TimedOut => "timed_out",
        }
    }
}
