//! An event as a line for people.

use pulse_api::{
    http::{
        events::{Event, EventExecution, EventKind, WorkerEvent},
        executions::{JobEntry, PromptEntry, StatusEntry},
    },
    status::{AdminState, PromptStatus},
};

use crate::{
    follow::{approvals, how_it_ended},
    ui::{Paint, Toned, sanitize, toned},
};

/// `#42 deploy  check on web-1: failed, exit code 3`.
pub(crate) fn told(event: &Event, paint: Paint) -> String {
    let what = match &event.what {
        EventKind::Status(status) => of_status(status, paint),
        EventKind::Step(step) => {
            let name = sanitize::cell(&step.name);
            format!("{name}: {}", word(&step.status, paint))
        }
        EventKind::Job(job) => of_job(job, paint),
        EventKind::Prompt(prompt) => of_prompt(prompt, paint),
        EventKind::Worker(worker) => of_worker(worker, paint),
        EventKind::Workflow(workflow) => {
            sanitize::cell(&format!("{}: {}", workflow.workflow, workflow.change))
        }
    };
    match &event.execution {
        Some(execution) => format!("{}  {what}", of_execution(execution)),
        None => what,
    }
}

fn of_execution(execution: &EventExecution) -> String {
    match &execution.workflow {
        Some(name) => format!("#{} {}", execution.number, sanitize::cell(name)),
        None => format!("#{}", execution.number),
    }
}

fn of_status(status: &StatusEntry, paint: Paint) -> String {
    let outcome = status.outcome.iter().map(|outcome| format!(", {outcome}"));
    let by = status.by.iter().map(|by| format!(" by {by}"));
    let more: String = outcome.chain(by).collect();
    format!("{}{}", word(&status.status, paint), sanitize::cell(&more))
}

fn of_job(job: &JobEntry, paint: Paint) -> String {
    let how = how_it_ended(job);
    let more = if job.status.is_terminal() && how != job.status.as_str() {
        format!(", {how}")
    } else {
        String::new()
    };
    format!(
        "{} on {}: {}{}",
        sanitize::cell(&job.step),
        sanitize::cell(&job.worker),
        word(&job.status, paint),
        sanitize::cell(&more)
    )
}

fn of_prompt(prompt: &PromptEntry, paint: Paint) -> String {
    let more: String = match prompt.status {
        PromptStatus::Open if !prompt.answers.is_empty() => {
            let said = prompt.answers.last();
            let said = said.map(|one| format!(" {} by {}", one.response, one.answered_by));
            let standing = approvals::standing(&prompt.approvals, &prompt.answers);
            said.into_iter()
                .chain(standing.map(|standing| format!("; {standing}")))
                .collect()
        }
        PromptStatus::Open => format!(" {} [{}]", prompt.message, prompt.options.join("/")),
        PromptStatus::Answered | PromptStatus::Expired | PromptStatus::Cancelled => {
            let response = prompt.response.iter().map(|answer| format!(" {answer}"));
            let by = prompt.answered_by.iter().map(|by| format!(" by {by}"));
            response.chain(by).collect()
        }
    };
    format!(
        "{} (prompt {}): {}{}",
        sanitize::cell(&prompt.step),
        prompt.prompt,
        word(&prompt.status, paint),
        sanitize::cell(&more)
    )
}

fn of_worker(worker: &WorkerEvent, paint: Paint) -> String {
    let name = sanitize::cell(&worker.worker);
    let status = word(&worker.status, paint);
    if worker.admin_state == AdminState::Active {
        return format!("{name}: {status}");
    }
    format!("{name}: {status}, {}", word(&worker.admin_state, paint))
}

/// A state, in its colour where there are colours.
fn word(state: &impl Toned, paint: Paint) -> String {
    match paint {
        Paint::Colored => toned(&state.to_string(), state.tone()),
        Paint::Plain => state.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn line(mut event: serde_json::Value) -> String {
        event["at"] = json!("2026-01-01T00:00:00Z");
        told(&serde_json::from_value(event).unwrap(), Paint::Plain)
    }

    #[test]
    fn an_event_is_one_line_that_names_what_it_is_about() {
        let nil = uuid::Uuid::nil();
        let execution =
            json!({"id": nil, "number": 42, "workflow_id": nil, "workflow": "deploy", "seq": 3});

        assert_eq!(
            line(
                json!({"event": "job", "execution": execution, "job_id": nil, "step": "check",
                "worker": "web-1", "attempt": 1, "status": "failed", "exit_code": 3})
            ),
            "#42 deploy  check on web-1: failed, exit code 3"
        );
        assert_eq!(
            line(
                json!({"event": "prompt", "execution": execution, "prompt": 7, "step": "ok",
                "status": "answered", "message": "Go?", "options": [], "response": "Yes",
                "answered_by": "ada"})
            ),
            "#42 deploy  ok (prompt 7): answered Yes by ada"
        );
        assert_eq!(
            line(
                json!({"event": "worker", "worker_id": nil, "worker": "web-1\u{1b}[2J", "region":
                "fra", "status": "online", "admin_state": "draining"})
            ),
            "web-1: online, draining"
        );
    }
}
