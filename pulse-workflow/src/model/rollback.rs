//! Bringing back what an execution has done: when, and by which steps.
//!
//! The steps are ones that nobody wrote: one for each step with a `rollback`, in a list of their own.

use super::step::{Action, Execute, Expect, Payload, Step, StepPath};
use super::{Defaults, RetryFor, RetryPolicy, Runtime, Workflow};

/// When what an execution has done is brought back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rollback {
    pub after: Vec<After>,
}

/// An end after which an execution is brought back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    Failed,
    Cancelled,
    TimedOut,
}

impl After {
    pub const ALL: [Self; 3] = [Self::Failed, Self::Cancelled, Self::TimedOut];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::TimedOut => "timed_out",
        }
    }
}

/// Where the steps stand that bring back others.
const LIST: &str = "rollback/";

/// The steps that bring these back, where the document wants that; those of the last one first.
pub(crate) fn steps(
    wanted: Option<&Rollback>,
    (main, defaults): (&[Step], &Defaults),
) -> Vec<Step> {
    if wanted.is_none() {
        return Vec::new();
    }
    let back = main.iter().rev().filter_map(|step| match &step.action {
        Action::Execute(execute) => Some((step, execute, execute.rollback.clone()?)),
        Action::Prompt(_)
        | Action::Wait(_)
        | Action::Group(_)
        | Action::Agent(_)
        | Action::Workflow(_)
        | Action::Notify(_) => None,
    });
    back.map(|(step, execute, body)| Step {
        path: StepPath(format!("{LIST}{}", step.path)),
        parent: None,
        id: format!("{LIST}{}", step.path),
        name: format!("Roll back {}", step.name),
        condition: None,
        needs: Vec::new(),
        timeout_ms: step.timeout_ms,
        continue_on_error: false,
        action: Action::Execute(Box::new(Execute {
            payload: Payload::Command(body),
            runtime: match execute.runtime {
                Runtime::Python | Runtime::Node => Runtime::Shell,
                runtime @ (Runtime::Shell | Runtime::Bash) => runtime,
            },
            retry: execute
                .retry
                .as_ref()
                .or(defaults.retry.as_ref())
                .map(in_place),
            rollout: None,
            rollback: None,
            expect: Expect::Success,
            ..(**execute).clone()
        })),
    })
    .collect()
}

/// A policy that never leaves a host: what is brought back is there and nowhere else.
fn in_place(policy: &RetryPolicy) -> RetryPolicy {
    let mut policy = policy.clone();
    policy.causes.retain(|cause| *cause != RetryFor::Lost);
    policy
}

impl Workflow {
    /// The step that this one brings back.
    pub fn brought_back_by(&self, path: &StepPath) -> Option<&Step> {
        let original = path.as_str().strip_prefix(LIST)?;
        let is_listed = self.rollbacks.iter().any(|step| step.path == *path);
        self.steps
            .iter()
            .find(|step| is_listed && step.path.as_str() == original)
    }

    /// Whether a run of it may be brought back.
    pub fn has_rollbacks(&self) -> bool {
        !self.rollbacks.is_empty()
    }

    /// The step that brings this one back.
    pub fn rollback_of(&self, path: &StepPath) -> Option<&Step> {
        let back = format!("{LIST}{path}");
        self.rollbacks
            .iter()
            .find(|step| step.path.as_str() == back)
    }
}
