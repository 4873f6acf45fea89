//! What timelines say when something moves.

use pulse_api::{
    http::executions::{EntryKind, JobEntry, PromptEntry, StatusEntry, StepEntry},
    status::{JobStatus, PromptStatus},
};

use crate::model::{execution::Execution, job, prompt::Prompt, step::Step};

/// The execution is in another state.
pub(super) fn status(execution: &Execution) -> EntryKind {
    EntryKind::Status(StatusEntry {
        status: execution.status(),
        outcome: execution.outcome.clone(),
        by: None,
        reason: None,
        detail: None,
    })
}

/// The step is in another state.
pub(super) fn step(step: &Step) -> EntryKind {
    call(step, None)
}

/// The step is in another state, and runs the execution with this number.
pub(super) fn call(step: &Step, execution: Option<i64>) -> EntryKind {
    EntryKind::Step(StepEntry {
        step: step.path.clone(),
        name: step.name.clone(),
        index: step.index,
        status: step.status(),
        reason: step.reason.clone(),
        detail: step.detail.clone(),
        execution,
    })
}

/// A batch is looked at by the execution with this number, or was: how that stands.
pub(super) fn trial(
    step: &Step,
    execution: Option<i64>,
    (reason, detail): (Option<&str>, String),
) -> EntryKind {
    EntryKind::Step(StepEntry {
        step: step.path.clone(),
        name: step.name.clone(),
        index: step.index,
        status: step.status(),
        reason: reason.map(str::to_owned),
        detail: Some(detail),
        execution,
    })
}

/// A job came to be in this state.
pub(super) fn new_job(
    core: &job::Core,
    status: JobStatus,
    ending: Option<&job::Ending>,
) -> EntryKind {
    EntryKind::Job(JobEntry {
        job_id: core.id,
        step: core.step.clone(),
        worker: core.worker_name.clone(),
        attempt: core.attempt,
        status,
        exit_code: ending.and_then(|ending| ending.exit_code),
        signal: ending.and_then(|ending| ending.signal),
        reason: ending.and_then(|ending| ending.reason.clone()),
        detail: ending.and_then(|ending| ending.detail.clone()),
    })
}

/// The job is in another state.
pub(super) fn job(change: &job::Change) -> EntryKind {
    let ending = match change.to() {
        job::To::Ended(ending) => Some(&**ending),
        job::To::Pending | job::To::Refused | job::To::Running => None,
    };
    new_job(change.core(), change.status(), ending)
}

/// A prompt was opened or closed.
pub(super) fn prompt(
    prompt: &Prompt,
    status: PromptStatus,
    expires_at: Option<jiff::Timestamp>,
) -> EntryKind {
    EntryKind::Prompt(PromptEntry {
        prompt: prompt.number,
        step: prompt.step.clone(),
        status,
        message: prompt.message.clone(),
        options: prompt.options.clone(),
        response: prompt.response.clone(),
        answered_by: prompt.answered_by.clone(),
        expires_at,
        approvals: prompt.terms.approvals.clone(),
        answers: prompt.answers.clone(),
    })
}
