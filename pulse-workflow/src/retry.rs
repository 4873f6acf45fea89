//! Whether a job that went wrong is started again, and after how long.
//!
//! No randomness here: jitter comes from entropy the caller passes in.

use crate::model::{Action, RetryFor, RetryPolicy, StepPath, Workflow};

/// How an attempt went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    Failed { exit_code: Option<i32> },
    TimedOut,
    Lost,
}

/// One attempt that did not succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Counted from 1.
    pub number: u32,
    pub cause: Cause,
    /// Any number that differs between jobs; read only for jitter.
    pub entropy: u64,
}

/// The delay in milliseconds before the next attempt, or `None` when this one was the last.
pub fn decide(workflow: &Workflow, step: &StepPath, attempt: Attempt) -> Option<u64> {
    let policy = policy(workflow, step)?;
    (attempt.number <= policy.max && answers(policy, attempt.cause)).then(|| delay(policy, attempt))
}

/// Whether an attempt may follow one of which nobody knows how it ended.
pub fn repeats_lost(workflow: &Workflow, step: &StepPath) -> bool {
    policy(workflow, step).is_some_and(|policy| policy.causes.contains(&RetryFor::Lost))
}

/// The step's own policy, or the document's.
fn policy<'a>(workflow: &'a Workflow, step: &StepPath) -> Option<&'a RetryPolicy> {
    let Action::Execute(execute) = &workflow.step(step)?.action else {
        return None;
    };
    execute.retry.as_ref().or(workflow.defaults.retry.as_ref())
}

fn answers(policy: &RetryPolicy, cause: Cause) -> bool {
    policy.causes.iter().any(|named| match (named, cause) {
        (RetryFor::Failed, Cause::Failed { .. })
        | (RetryFor::Timeout, Cause::TimedOut)
        | (RetryFor::Lost, Cause::Lost) => true,
        (RetryFor::Exit(code), Cause::Failed { exit_code }) => exit_code == Some(*code),
        (
            RetryFor::Failed | RetryFor::Exit(_) | RetryFor::Timeout | RetryFor::Lost,
            Cause::Failed { .. } | Cause::TimedOut | Cause::Lost,
        ) => false,
    })
}

fn delay(policy: &RetryPolicy, attempt: Attempt) -> u64 {
    let doublings = if policy.exponential {
        attempt.number.saturating_sub(1).min(32)
    } else {
        0
    };
    let longest = policy.max_delay_ms.unwrap_or(crate::duration::LONGEST_MS);
    let full = policy.delay_ms.saturating_mul(1 << doublings).min(longest);
    if !policy.jitter || full == 0 {
        return full;
    }
    // Between half of the delay and all of it.
    full - attempt.entropy % (full / 2 + 1)
}
