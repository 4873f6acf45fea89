//! What is done to executions: ending them early, pausing, undoing, running them again.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use pulse_api::{
    ProblemCode,
    http::{
        LONGEST_AGO_SECONDS,
        executions::{
            CancelExecution, ExecutionView, PruneExecutions, PrunedExecutions, RetryExecution,
            UndoExecution,
        },
    },
};

use super::{begin::check_reason, find, view};
use crate::{
    app::App,
    domain::{
        executions::{
            cancel::Cancel,
            pause::SetPause,
            prune::{self, Aged, Prune, Pruned},
            retry::{On, Retry},
            undo::Undo,
        },
        perform_once,
        windows::Windows,
    },
    edge::http::{
        body::{Json as Body, OptionalJson},
        guard::{Actor, Caller},
        problem::Refusal,
        text,
    },
    model::{execution::Pause, grant::Reach, past::Again},
};

/// Ends an execution early.
pub(in crate::edge::http) async fn cancel(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(text): Path<String>,
    OptionalJson(wish): OptionalJson<CancelExecution>,
) -> Result<Json<ExecutionView>, Refusal> {
    let execution = find(&app, &user, &text).await?;
    if wish.force && wish.grace_ms.is_some() {
        let detail = "force kills at once: it leaves no grace_ms";
        return Err(Refusal::new(ProblemCode::InvalidBody, detail));
    }
    let cancel = Cancel {
        execution,
        reach: Reach::of(&user),
        by: user.username,
        reason: text::reason(wish.reason)?,
        grace_ms: if wish.force { Some(0) } else { wish.grace_ms },
    };
    perform_once(&app, caller.once.as_ref(), &cancel).await?;
    Ok(Json(view(&app, execution).await?))
}

/// Lets nothing new begin in an execution.
pub(in crate::edge::http) async fn pause(
    state: State<App>,
    caller: (Caller, Actor),
    path: Path<String>,
) -> Result<Json<ExecutionView>, Refusal> {
    set_pause(state, caller, path, Pause::Paused).await
}

/// Lets a paused execution go on.
pub(in crate::edge::http) async fn resume(
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
pub(in crate::edge::http) async fn undo(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(text): Path<String>,
    OptionalJson(wish): OptionalJson<UndoExecution>,
) -> Result<(StatusCode, Json<ExecutionView>), Refusal> {
    let verb = Undo {
        execution: find(&app, &user, &text).await?,
        reach: Reach::of(&user),
        by: user.username,
        secrets: wish.secret_inputs,
    };
    let started = perform_once(&app, caller.once.as_ref(), &verb).await?;
    Ok((
        StatusCode::CREATED,
        Json(view(&app, started.execution_id).await?),
    ))
}

/// Runs an execution again, as a new one.
pub(in crate::edge::http) async fn retry(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(text): Path<String>,
    OptionalJson(wish): OptionalJson<RetryExecution>,
) -> Result<(StatusCode, Json<ExecutionView>), Refusal> {
    let execution = find(&app, &user, &text).await?;
    let on = match (wish.failed, wish.unstarted) {
        (false, false) => On::EveryTarget,
        (true, false) => On::FailedWorkers,
        (false, true) => On::Rest(Again::Unstarted),
        (true, true) => On::Rest(Again::UnstartedAndFailed),
    };
    let windows = if wish.override_window {
        Windows::Overridden
    } else {
        Windows::Obeyed
    };
    let reason = text::reason(wish.reason)?;
    check_reason(windows, reason.as_deref())?;
    let retry = Retry {
        execution,
        reach: Reach::of(&user),
        on,
        from_step: wish.from_step,
        by: user.username,
        windows,
        reason,
        secrets: wish.secret_inputs,
    };
    let started = perform_once(&app, caller.once.as_ref(), &retry).await?;
    Ok((
        StatusCode::CREATED,
        Json(view(&app, started.execution_id).await?),
    ))
}

/// Removes a bounded piece of the executions that ended long ago.
pub(in crate::edge::http) async fn prune(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Body(wish): Body<PruneExecutions>,
) -> Result<Json<PrunedExecutions>, Refusal> {
    if wish.older_than_seconds > LONGEST_AGO_SECONDS.into() {
        let detail =
            format!("older_than_seconds is at most {LONGEST_AGO_SECONDS}, a hundred years");
        return Err(Refusal::new(ProblemCode::InvalidBody, detail));
    }
    let aged = Aged {
        seconds: wish.older_than_seconds,
        workflow: wish.workflow,
        reach: Reach::of(&user),
    };
    let pruned = if wish.dry_run {
        prune::count(&app, &aged).await?
    } else {
        let by = user.username;
        perform_once(&app, caller.once.as_ref(), &Prune { aged, by }).await?
    };
    let Pruned {
        removed,
        first,
        last,
        more,
    } = pruned;
    Ok(Json(PrunedExecutions {
        removed,
        first,
        last,
        more,
    }))
}
