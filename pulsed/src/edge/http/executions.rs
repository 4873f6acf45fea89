//! Executions: start, look, follow, end early, run again.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use pulse_api::{
    ExecutionId, ProblemCode,
    http::{
        Page,
        executions::{
            CancelExecution, Entry, EntryKind, ExecutionView, RetryExecution, StartExecution,
        },
        workers::{CommandAccepted, RunCommand},
    },
    status::Stream,
};
use pulse_workflow::adhoc::CommandSpec;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::sync::broadcast;

use super::{
    body::{Json as Body, OptionalJson},
    guard::{Actor, Caller},
    problem::Refusal,
    query::{Query, bad, limit, number, words},
    stream, workers,
};
use crate::{
    app::App,
    domain::{
        ExecutionFilter, ExecutionName, WorkflowName,
        executions::{
            cancel::{Cancel, Force},
            pause::SetPause,
            read,
            retry::{On, Retry},
            start::{Start, StartError, Started, What},
            undo::Undo,
        },
        perform_once,
    },
    model::{access::User, execution::Pause, grant::Reach},
    switchboard::ToFollower,
};

/// The id behind an execution's id or number, of what the user may see.
pub(super) async fn find(app: &App, user: &User, text: &str) -> Result<ExecutionId, Refusal> {
    let unknown = || {
        let shown: String = text.chars().take(80).collect();
        Refusal::not_found("execution", shown).hint("pulsectl execution ls shows what there is")
    };
    let name = match (text.trim_start_matches('#').parse::<i64>(), text.parse()) {
        (Ok(number), _) => ExecutionName::Number(number),
        (Err(_), Ok(id)) => ExecutionName::Id(id),
        (Err(_), Err(_)) => return Err(unknown()),
    };
    let found = read::find(app, name, &Reach::of(user)).await?;
    found.ok_or_else(unknown)
}

async fn view(app: &App, id: ExecutionId) -> Result<ExecutionView, Refusal> {
    read::get(app, id)
        .await?
        .ok_or_else(|| Refusal::not_found("execution", id))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FollowQuery {
    follow: Option<bool>,
}

/// Starts an execution.
pub(super) async fn start(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Query(query): Query<FollowQuery>,
    Body(wish): Body<StartExecution>,
) -> Result<Response, Refusal> {
    let start = Start {
        id: ExecutionId::new(),
        what: what(&wish)?,
        inputs: wish.inputs,
        targets: wish.targets,
        reason: wish.reason,
        by: user.username.clone(),
        reach: Reach::of(&user),
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

/// What a body asks to run: exactly one thing.
fn what(wish: &StartExecution) -> Result<What, Refusal> {
    let wrong = |detail: &str| Err(Refusal::new(ProblemCode::InvalidBody, detail));
    match (&wish.workflow_id, &wish.workflow, &wish.definition) {
        (Some(id), None, None) => Ok(What::Workflow(WorkflowName::Id(*id), wish.version)),
        (None, Some(name), None) => Ok(What::Workflow(
            WorkflowName::Name(name.clone()),
            wish.version,
        )),
        (None, None, Some(_)) if wish.version.is_some() => wrong("a definition has no version"),
        (None, None, Some(Value::String(text))) => Ok(What::Document(text.clone())),
        (None, None, Some(definition)) => Ok(What::Document(definition.to_string())),
        (None, None, None) => wrong("name a workflow, or give a definition"),
        _ => wrong("give one of workflow, workflow_id and definition"),
    }
}

/// Runs one command on one worker.
pub(super) async fn command(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    (Path(name), Query(query)): (Path<String>, Query<FollowQuery>),
    Body(wish): Body<RunCommand>,
) -> Result<Response, Refusal> {
    if name.contains('\0') {
        return Err(workers::unknown("with a NUL in its name"));
    }
    let (uses, reason) = (wish.uses.clone(), wish.reason.clone());
    let spec = command_spec(wish)?;
    let start = Start {
        id: ExecutionId::new(),
        what: What::Command(name.clone(), spec),
        inputs: Map::new(),
        targets: Some(json!([name])),
        reason,
        by: user.username.clone(),
        reach: Reach::of(&user),
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
            | StartError::Forbidden
            | StartError::CommandsForbidden
            | StartError::UnnamedPermissions
            | StartError::Invalid(_)
            | StartError::Inputs(_)
            | StartError::Targets
            | StartError::TargetsUnused
            | StartError::TooManyTargets { .. }
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
    };
    stream::follow(app.clone(), from, updates)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListQuery {
    workflow: Option<String>,
    status: Option<String>,
    started_by: Option<String>,
    since: Option<jiff::Timestamp>,
    rollouts: Option<bool>,
    cursor: Option<String>,
    limit: Option<i64>,
}

/// Lists executions, newest first.
pub(super) async fn list(
    State(app): State<App>,
    Actor(user): Actor,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<ExecutionView>>, Refusal> {
    let limit = limit(query.limit, 50)?;
    let filter = ExecutionFilter {
        reach: Reach::of(&user),
        workflow: query.workflow,
        statuses: words(query.status.as_deref())?,
        started_by: query.started_by,
        since: query.since,
        rollouts: query.rollouts == Some(true),
        before: number(query.cursor.as_deref())?,
        limit,
    };
    let items = read::list(&app, filter).await?;
    let is_full = i64::try_from(items.len()).is_ok_and(|count| count == limit);
    let next_cursor = items
        .last()
        .filter(|_| is_full)
        .map(|last| last.number.to_string());
    Ok(Json(Page { items, next_cursor }))
}

/// Shows an execution.
pub(super) async fn show(
    State(app): State<App>,
    Actor(user): Actor,
    Path(text): Path<String>,
) -> Result<Json<ExecutionView>, Refusal> {
    let id = find(&app, &user, &text).await?;
    Ok(Json(view(&app, id).await?))
}

/// Ends an execution early.
pub(super) async fn cancel(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(text): Path<String>,
    OptionalJson(wish): OptionalJson<CancelExecution>,
) -> Result<Json<ExecutionView>, Refusal> {
    let execution = find(&app, &user, &text).await?;
    let force = if wish.force {
        Force::KillAtOnce
    } else {
        Force::AskFirst
    };
    let cancel = Cancel {
        execution,
        reach: Reach::of(&user),
        by: user.username,
        reason: wish.reason,
        force,
    };
    perform_once(&app, caller.once.as_ref(), &cancel).await?;
    Ok(Json(view(&app, execution).await?))
}

/// Lets nothing new begin in an execution.
pub(super) async fn pause(
    state: State<App>,
    caller: (Caller, Actor),
    path: Path<String>,
) -> Result<Json<ExecutionView>, Refusal> {
    set_pause(state, caller, path, Pause::Paused).await
}

/// Lets a paused execution go on.
pub(super) async fn resume(
    state: State<App>,
    caller: (Caller, Actor),
    path: Path<String>,
) -> Result<Json<ExecutionView>, Refusal> {
    set_pause(state, caller, path, Pause::Going).await
}

async fn set_pause(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(text): Path<String>,
    pause: Pause,
) -> Result<Json<ExecutionView>, Refusal> {
    let execution = find(&app, &user, &text).await?;
    let verb = SetPause {
        execution,
        reach: Reach::of(&user),
        pause,
        by: user.username,
    };
    perform_once(&app, caller.once.as_ref(), &verb).await?;
    Ok(Json(view(&app, execution).await?))
}

/// Brings back what an execution has rolled out, as a new execution.
pub(super) async fn undo(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(text): Path<String>,
) -> Result<(StatusCode, Json<ExecutionView>), Refusal> {
    let verb = Undo {
        execution: find(&app, &user, &text).await?,
        reach: Reach::of(&user),
        by: user.username,
    };
    let started = perform_once(&app, caller.once.as_ref(), &verb).await?;
    Ok((
        StatusCode::CREATED,
        Json(view(&app, started.execution_id).await?),
    ))
}

/// Runs an execution again, as a new one.
pub(super) async fn retry(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(text): Path<String>,
    OptionalJson(wish): OptionalJson<RetryExecution>,
) -> Result<(StatusCode, Json<ExecutionView>), Refusal> {
    let execution = find(&app, &user, &text).await?;
    let on = if wish.failed {
        On::FailedWorkers
    } else {
        On::EveryTarget
    };
    let retry = Retry {
        execution,
        reach: Reach::of(&user),
        on,
        from_step: wish.from_step,
        by: user.username,
    };
    let started = perform_once(&app, caller.once.as_ref(), &retry).await?;
    Ok((
        StatusCode::CREATED,
        Json(view(&app, started.execution_id).await?),
    ))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LogsQuery {
    step: Option<String>,
    worker: Option<String>,
    stream: Option<String>,
    tail: Option<usize>,
    since_seq: Option<i64>,
    follow: Option<bool>,
    limit: Option<i64>,
}

/// How many bytes of output one page has at most, unless a single entry has more.
const PAGE_BYTES: usize = 2 * 1024 * 1024;

/// How many bytes of output the entries hold.
fn size(entries: &[Entry]) -> usize {
    let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    let bytes = |entry: &Entry| match &entry.what {
        EntryKind::Output(output) => length(&output.text) + length(&output.base64),
        EntryKind::Status(_) | EntryKind::Step(_) | EntryKind::Job(_) | EntryKind::Prompt(_) => 0,
    };
    entries.iter().map(bytes).sum()
}

/// Shows what the jobs of an execution wrote.
pub(super) async fn logs(
    State(app): State<App>,
    Actor(user): Actor,
    Path(text): Path<String>,
    Query(query): Query<LogsQuery>,
) -> Result<Response, Refusal> {
    let id = find(&app, &user, &text).await?;
    let since = query.since_seq.unwrap_or(0);
    if since < 0 {
        return Err(bad("since_seq is not negative"));
    }
    if query.follow == Some(true) {
        let updates = app.switchboard().follow(id);
        return Ok(stream::follow(
            app,
            stream::From {
                id,
                who: user,
                after: since,
                head: None,
                heard: stream::Heard::Nothing,
            },
            updates,
        ));
    }
    let stream: Option<Stream> = super::query::word(query.stream.as_deref())?;
    let limit = usize::try_from(limit(query.limit, 500)?).unwrap_or(500);
    let is_wanted = |entry: &Entry| match &entry.what {
        EntryKind::Output(output) => {
            query.step.as_ref().is_none_or(|step| *step == output.step)
                && query
                    .worker
                    .as_ref()
                    .is_none_or(|worker| *worker == output.worker)
                && stream.is_none_or(|stream| stream == output.stream)
        }
        EntryKind::Status(_) | EntryKind::Step(_) | EntryKind::Job(_) | EntryKind::Prompt(_) => {
            false
        }
    };
    let mut items = Vec::new();
    let mut at = since;
    let mut next_cursor = None;
    loop {
        let page = read::entries(&app, id, at).await?;
        let Some(last) = page.last() else { break };
        at = last.seq;
        items.extend(page.into_iter().filter(&is_wanted));
        if let Some(tail) = query.tail {
            let surplus = items.len().saturating_sub(tail.min(500));
            items.drain(..surplus);
            while items.len() > 1 && size(&items) > PAGE_BYTES {
                items.remove(0);
            }
        } else if items.len() > limit || size(&items) > PAGE_BYTES {
            items.truncate(limit);
            while items.len() > 1 && size(&items) > PAGE_BYTES {
                items.pop();
            }
            next_cursor = items.last().map(|entry| entry.seq.to_string());
            break;
        }
    }
    Ok(Json(Page { items, next_cursor }).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EventsQuery {}

/// Follows an execution's timeline, from the entry after `Last-Event-ID`.
pub(super) async fn events(
    State(app): State<App>,
    Actor(user): Actor,
    (Path(text), Query(_)): (Path<String>, Query<EventsQuery>),
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let id = find(&app, &user, &text).await?;
    let after = match headers.get("last-event-id").map(|value| value.to_str()) {
        None => 0,
        Some(Ok(text)) => text
            .parse()
            .ok()
            .filter(|seq| *seq >= 0)
            .ok_or_else(|| bad("Last-Event-ID is not a number of this timeline"))?,
        Some(Err(_)) => return Err(bad("Last-Event-ID is not a number of this timeline")),
    };
    let updates = app.switchboard().follow(id);
    Ok(stream::follow(
        app,
        stream::From {
            id,
            who: user,
            after,
            head: None,
            heard: stream::Heard::Nothing,
        },
        updates,
    ))
}
