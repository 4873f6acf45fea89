//! The third seed's frames for browsers, exactly as its clients read them.

use axum::extract::ws::Message;
use pulse_api::{
    http::events::{Event, EventKind},
    status::PromptStatus,
};
use serde_json::{Value, json};

/// The frames that tell of an event; none for what the seed has no frame for.
pub(super) fn of(event: &Event) -> Vec<Message> {
    started(event)
        .into_iter()
        .chain(told(event))
        .map(|frame| Message::Text(frame.to_string().into()))
        .collect()
}

fn told(event: &Event) -> Option<Value> {
    let frame = match (&event.what, &event.execution) {
        (EventKind::Worker(worker), _) => json!({
            "type": "worker_update", "worker_id": worker.worker_id, "status": worker.status,
        }),
        (EventKind::Workflow(workflow), _) if workflow.change == "created" => json!({
            "type": "workflow_created", "workflow_id": workflow.workflow_id,
        }),
        (EventKind::Status(status), Some(execution)) => json!({
            "type": "execution_status", "execution_id": execution.id, "status": status.status,
        }),
        (EventKind::Prompt(prompt), Some(execution))
            if prompt.status == PromptStatus::Open && prompt.answers.is_empty() =>
        {
            json!({
                "type": "execution_prompt",
                "execution_id": execution.id,
                "prompt": {
                    "message": prompt.message,
                    "options": prompt.options,
                    "step": execution.step_index,
                },
            })
        }
        (
            EventKind::Workflow(_)
            | EventKind::Status(_)
            | EventKind::Prompt(_)
            | EventKind::Step(_)
            | EventKind::Job(_),
            _,
        ) => return None,
    };
    Some(frame)
}

/// An execution is started with the first entry of its timeline, whatever that says.
fn started(event: &Event) -> Option<Value> {
    let execution = event.execution.as_ref().filter(|one| one.seq == 1)?;
    Some(json!({
        "type": "execution_started",
        "execution_id": execution.id,
        "workflow_id": execution.workflow_id,
    }))
}
