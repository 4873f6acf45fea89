//! What the planner decides: moves of single steps, and the verdict on the whole.
//!
//! Carrying moves out (rows, jobs, timers) is the server's affair.

use serde::{Deserialize, Serialize};

use crate::model::StepPath;

/// The decisions of one call of `advance`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    pub moves: Vec<Move>,
    /// Given once every step is terminal, the moves of this plan included.
    pub verdict: Option<Verdict>,
}

/// One waiting step leaving that state.
#[derive(Clone, Debug, PartialEq)]
pub enum Move {
    /// Start one job on every target.
    Run { step: StepPath },
    /// Open a prompt.
    Ask { step: StepPath, prompt: PromptSpec },
    /// Start a timer.
    Sleep { step: StepPath, duration_ms: u64 },
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
            | Self::Ask { step, .. }
            | Self::Sleep { step, .. }
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
}

impl SkipReason {
    /// The word to keep in `StepFacts::reason`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ConditionFalse => "condition_false",
            Self::UpstreamFailed => "upstream_failed",
            Self::NothingFailed => "nothing_failed",
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
