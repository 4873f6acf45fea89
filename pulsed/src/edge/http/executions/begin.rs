//! Starting executions: of workflows, of documents, of one command.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use pulse_api::{
    ExecutionId, ProblemCode,
    http::{
        executions::StartExecution,
        workers::{CommandAccepted, RunCommand},
    },
};
use pulse_workflow::adhoc::CommandSpec;
use serde_json::{Map, Value, json};
use tokio::sync::broadcast;

use super::view;
use crate::{
    app::App,
    domain::{
        WorkflowName,
        executions::start::{Start, StartError, Started, What},
        secret_inputs::Inputs,
        windows::Windows,
    },
    edge::http::{
        body::Json as Body,
        guard::{Actor, Caller},
        problem::Refusal,
        query::{Query, parameters},
        stream, text, workers,
    },
    model::{access::User, grant::Reach},
    switchboard::ToFollower,
};

parameters! {
    pub(in crate::edge::http) struct FollowQuery {
        /// `true`: the answer is a stream of events until the execution ends.
        follow: Option<bool>,
    }
}

/// Starts an execution.
pub(in crate::edge::http) async fn start(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Query(query): Query<FollowQuery>,
    Body(wish): Body<StartExecution>,
) -> Result<Response, Refusal> {
    let windows = if wish.override_window {
        Windows::Overridden
    } else {
        Windows::Obeyed
    };
    let reason = text::reason(wish.reason.clone())?;
    check_reason(windows, reason.as_deref())?;
    let start = Start {
        id: ExecutionId::new(),
        what: what(&wish)?,
        inputs: Inputs::Together(wish.inputs, wish.secret_inputs),
        targets: wish.targets,
        reason,
        by: user.username.clone(),
        reach: Reach::of(&user),
        windows,
    };
    // Listening begins before there is something to hear, so nothing has to be read back.
    let updates = (query.follow == Some(true)).then(|| app.switchboard().follow(start.id));
    let id = start.id;
    let started = app.starter().start(start, caller.once).await?;
    if let Some(updates) = updates {
        return Ok(follow_new(&app, (id, started, user), updates));
    }
    Ok((
        StatusCode::CREATED,
        Json(view(&app, started.execution_id).await?),
    )
        .into_response())
}

/// Whoever starts something although a window denies that says why.
pub(super) fn check_reason(windows: Windows, reason: Option<&str>) -> Result<(), Refusal> {
    let has_reason = reason.is_some_and(|reason| !reason.trim().is_empty());
    if windows == Windows::Overridden && !has_reason {
        let detail = "override_window needs a reason: why it cannot wait";
        return Err(Refusal::new(ProblemCode::InvalidBody, detail)
            .hint("give a `reason`; it is kept in the audit trail"));
    }
    Ok(())
}

/// What a body asks to run: exactly one thing.
fn what(wish: &StartExecution) -> Result<What, Refusal> {
    let wrong = |detail: &str| Err(Refusal::new(ProblemCode::InvalidBody, detail));
    match (&wish.workflow_id, &wish.workflow, &wish.definition) {
        (Some(id), None, None) => Ok(What::Workflow(WorkflowName::Id(*id), wish.version)),
        (None, Some(name), None) => Ok(What::Workflow(WorkflowName::meant(name), wish.version)),
        (None, None, Some(_)) if wish.version.is_some() => wrong("a definition has no version"),
        (None, None, Some(Value::String(text))) => Ok(What::Document(text.clone())),
        (None, None, Some(definition)) => Ok(What::Document(definition.to_string())),
        (None, None, None) => wrong("name a workflow, or give a definition"),
        _ => wrong("give one of workflow, workflow_id and definition"),
    }
}

/// Runs one command on one worker.
pub(in crate::edge::http) async fn command(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    (Path(name), Query(query)): (Path<String>, Query<FollowQuery>),
    Body(wish): Body<RunCommand>,
) -> Result<Response, Refusal> {
    let (uses, reason) = (wish.uses.clone(), text::reason(wish.reason.clone())?);
    let spec = command_spec(wish)?;
    let start = Start {
        id: ExecutionId::new(),
        what: What::Command(name.clone(), spec),
        inputs: Inputs::open(Map::new()),
        targets: Some(json!([name])),
        reason,
        by: user.username.clone(),
        reach: Reach::of(&user),
        windows: Windows::Obeyed,
    };
    // Listening begins before there is something to hear, so nothing has to be read back.
    let updates = (query.follow == Some(true)).then(|| app.switchboard().follow(start.id));
    let id = start.id;
    let started = app
        .starter()
        .start(start, caller.once)
        .await
        .map_err(|error| match error {
            StartError::NoTargets { detail, .. } if uses.is_some() => {
                Refusal::new(ProblemCode::NoTargets, detail)
                    .hint("GET /workers/{id}/function-blocks shows what it offers")
            }
            StartError::NoTargets { .. } => workers::unknown(&name),
            StartError::BlockInputs { .. }
            | StartError::UnknownWorkflow(_)
            | StartError::UnknownVersion { .. }
            | StartError::Forbidden
            | StartError::Callee { .. }
            | StartError::CommandsForbidden
            | StartError::UnnamedPermissions
            | StartError::Invalid(_)
            | StartError::Inputs(_)
            | StartError::Targets
            | StartError::Nowhere
            | StartError::TooManyTargets { .. }
            | StartError::Paused { .. }
            | StartError::Denied { .. }
            | StartError::Place(_)
            | StartError::Secret(_)
            | StartError::Reused(_)
            | StartError::Engine(_) => error.into(),
        })?;
    if let Some(updates) = updates {
        return Ok(follow_new(&app, (id, started, user), updates));
    }
    let accepted = CommandAccepted {
        execution_id: started.execution_id,
        number: started.number,
    };
    Ok((StatusCode::ACCEPTED, Json(accepted)).into_response())
}

/// What a direct command runs: shell text, or a function block.
fn command_spec(wish: RunCommand) -> Result<CommandSpec, Refusal> {
    let wrong = |detail: &str| Err(Refusal::new(ProblemCode::InvalidBody, detail));
    match (wish.command.trim().is_empty(), &wish.uses) {
        (true, None) => return wrong("there is no command"),
        (false, Some(_)) => return wrong("give a command or a function block, not both"),
        (true, Some(_)) | (false, None) => {}
    }
    Ok(CommandSpec {
        command: wish.command,
        timeout_ms: wish.timeout,
        env: wish.env,
        working_dir: wish.working_dir,
        user: wish.user,
        uses: wish.uses,
        with: wish.with,
    })
}

/// The stream of an execution that has just been started, or was by the same call before.
fn follow_new(
    app: &App,
    (listened, started, who): (ExecutionId, Started, User),
    updates: broadcast::Receiver<ToFollower>,
) -> Response {
    let id = started.execution_id;
    let head = json!({"id": id, "number": started.number, "started_by": who.username});
    if id == listened {
        let from = stream::From {
            id,
            who,
            after: 0,
            head: Some(head),
            heard: stream::Heard::All,
            wanted: stream::Wanted::Everything,
            earlier: Vec::new(),
        };
        return stream::follow(app.clone(), from, updates);
    }
    let updates = app.switchboard().follow(id);
    let from = stream::From {
        id,
        who,
        after: 0,
        head: Some(head),
        heard: stream::Heard::Nothing,
        wanted: stream::Wanted::Everything,
        earlier: Vec::new(),
    };
    stream::follow(app.clone(), from, updates)
}
