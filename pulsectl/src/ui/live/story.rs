//! What happens in an execution, in a line each.

use pulse_api::{
    http::executions::{Entry, EntryKind, JobEntry, PromptEntry, StatusEntry, StepEntry},
    status::{JobStatus, PromptStatus, StepStatus},
};

use crate::{
    follow::{Model, approvals, how_it_ended},
    ui::{reasons, sanitize},
};

/// The line for an entry, where it is worth one.
pub(crate) fn tell(entry: &Entry, model: &Model) -> Option<String> {
    let line = match &entry.what {
        EntryKind::Step(step) => tell_step(step, model),
        EntryKind::Job(job) => tell_job(job, model),
        EntryKind::Prompt(prompt) => Some(tell_prompt(prompt, model)),
        EntryKind::Status(status) => tell_status(status),
        EntryKind::Output(_) => None,
    };
    line.map(|line| sanitize::cell(&line))
}

fn tell_step(step: &StepEntry, model: &Model) -> Option<String> {
    let name = &step.name;
    let reason = step.reason.as_deref().map(reasons::sentence);
    let why = step.detail.as_deref().map(Into::into).or(reason);
    let why = why.map(|why| format!(": {why}")).unwrap_or_default();
    match step.status {
        StepStatus::Waiting | StepStatus::Ready => None,
        // How it stands with one of the batches that it looks at.
        StepStatus::Running if step.detail.is_some() => Some(format!("· {name}{why}")),
        StepStatus::Running => Some(format!("▶ {name}")),
        StepStatus::Succeeded if model.has_asked(&step.step) => None,
        StepStatus::Succeeded => Some(format!("✓ {name}")),
        StepStatus::Failed => Some(format!("✗ {name}{why}")),
        StepStatus::Skipped => Some(format!("- {name} skipped{why}")),
        StepStatus::Cancelled => Some(format!("- {name} cancelled{why}")),
    }
}

fn tell_job(job: &JobEntry, model: &Model) -> Option<String> {
    match job.status {
        JobStatus::Pending | JobStatus::Polled | JobStatus::Running | JobStatus::Succeeded => None,
        JobStatus::Failed | JobStatus::TimedOut | JobStatus::Cancelled | JobStatus::Lost => {
            Some(format!(
                "✗ {} {}: {}",
                job.worker,
                model.step_name(&job.step),
                how_it_ended(job)
            ))
        }
    }
}

fn tell_prompt(prompt: &PromptEntry, model: &Model) -> String {
    let name = model.step_name(&prompt.step);
    match prompt.status {
        PromptStatus::Open if !prompt.answers.is_empty() => tell_vote(prompt, name),
        PromptStatus::Open => format!(
            "? {name} (prompt {}): {} [{}]",
            prompt.prompt,
            prompt.message,
            approvals::options(&prompt.options, (&prompt.approvals, &prompt.answers)).join("/")
        ),
        PromptStatus::Answered => tell_answer(prompt, name),
        PromptStatus::Expired if prompt.answers.is_empty() => {
            format!("- {name}: nobody answered in time")
        }
        PromptStatus::Expired => format!("- {name}: too few people answered in time"),
        PromptStatus::Cancelled => format!("- {name}: no answer is needed any more"),
    }
}

/// `· User approval: Yes, by maria; Yes 1 of 2, waiting for another person`.
fn tell_vote(prompt: &PromptEntry, name: &str) -> String {
    let last = prompt.answers.last();
    let said = last.map(|one| format!("{}, by {}", one.response, one.answered_by));
    let standing = approvals::standing(&prompt.approvals, &prompt.answers);
    let told: Vec<String> = said.into_iter().chain(standing).collect();
    format!("· {name}: {}", told.join("; "))
}

/// `✓ User approval: Yes, by maria`.
pub(super) fn tell_answer(prompt: &PromptEntry, name: &str) -> String {
    let answer = prompt.response.as_deref().unwrap_or("answered");
    let several = approvals::names(&prompt.answers, prompt.response.as_deref());
    let by = Some(several)
        .filter(|names| !names.is_empty())
        .or_else(|| prompt.answered_by.clone());
    let by = by.map(|by| format!(", by {by}")).unwrap_or_default();
    format!("✓ {name}: {answer}{by}")
}

fn tell_status(status: &StatusEntry) -> Option<String> {
    match (status.reason.as_deref(), &status.detail) {
        (Some("place_wanted"), Some(why)) => return Some(format!("waits for a place: {why}")),
        (Some("window_denied"), Some(until)) => return Some(format!("waits {until}")),
        (Some("window_overridden"), Some(until)) => {
            return Some(format!("starts although nothing should {until}"));
        }
        _ => {}
    }
    let is_cancel = status.reason.as_deref() == Some("cancel_requested");
    let by = status
        .by
        .as_ref()
        .map(|by| format!(" by {by}"))
        .unwrap_or_default();
    let why = status.detail.as_ref();
    let why = why.map(|why| format!(": {why}")).unwrap_or_default();
    is_cancel.then(|| format!("cancel requested{by}{why}"))
}
