//! What people ask of workers.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use pulse_api::{
    ProblemCode,
    http::workers::{
        CleanUpWorkers, CleanedUp, DrainWorker, PatchWorker, RestartWorker, WorkerView,
    },
    status::OnDeadline,
};
use serde_json::json;

use super::{named, unknown, view};
use crate::{
    app::App,
    domain::{
        perform_once,
        workers::{self, administer::WhileBusy},
    },
    edge::http::{
        body::{Json as Body, OptionalJson},
        guard::{Actor, Caller},
        problem::Refusal,
        query::{Query, parameters},
        text,
    },
    model::worker::{Deadline, RestartScope},
};

/// Lets a worker finish what it has and start nothing more.
pub(in crate::edge::http) async fn drain(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
    OptionalJson(wish): OptionalJson<Option<DrainWorker>>,
) -> Result<Json<WorkerView>, Refusal> {
    let wish = wish.unwrap_or_default();
    if wish.on_deadline.is_some() && wish.deadline_seconds.is_none() {
        let detail = "on_deadline needs deadline_seconds";
        return Err(Refusal::new(ProblemCode::InvalidBody, detail));
    }
    if wish
        .deadline_seconds
        .is_some_and(|seconds| seconds > LONGEST_DRAIN_SECONDS)
    {
        let detail = "a drain's deadline is at most a year away";
        return Err(Refusal::new(ProblemCode::InvalidBody, detail));
    }
    let reason = text::reason(wish.reason.clone())?;
    let drain = named(&name, |worker| workers::drain::Drain {
        worker,
        mode: wish.mode,
        deadline: wish.deadline_seconds.map(|after_seconds| Deadline {
            after_seconds,
            then: wish.on_deadline.unwrap_or(OnDeadline::Leave),
        }),
        reason: reason.clone(),
        by: user.username.clone(),
        host: None,
    });
    let (worker, is_there) = perform_once(&app, caller.once.as_ref(), &drain).await?;
    if !is_there {
        return Err(unknown(&name));
    }
    Ok(Json(view(&app, worker).await?))
}

/// The furthest deadline of a drain.
const LONGEST_DRAIN_SECONDS: u64 = 366 * 24 * 60 * 60;

/// Lets a worker start jobs again.
pub(in crate::edge::http) async fn resume(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
) -> Result<Json<WorkerView>, Refusal> {
    let resume = named(&name, |worker| workers::drain::Resume {
        worker,
        by: user.username.clone(),
        which: None,
    });
    let (worker, is_there) = perform_once(&app, caller.once.as_ref(), &resume).await?;
    if !is_there {
        return Err(unknown(&name));
    }
    Ok(Json(view(&app, worker).await?))
}

/// Lets a worker's agent start anew; steps run on unless the executor is meant too.
pub(in crate::edge::http) async fn restart(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
    OptionalJson(wish): OptionalJson<RestartWorker>,
) -> Result<Json<WorkerView>, Refusal> {
    let restart = named(&name, |worker| workers::administer::Restart {
        worker,
        scope: if wish.force {
            RestartScope::Executor
        } else {
            RestartScope::Link
        },
        by: user.username.clone(),
    });
    let (worker, is_connected) = perform_once(&app, caller.once.as_ref(), &restart).await?;
    if !is_connected {
        let shown: String = name.chars().take(80).collect();
        let detail = format!("{shown} is not connected, so there is no agent to restart");
        return Err(Refusal::new(ProblemCode::Conflict, detail)
            .hint("start it on the host: systemctl start pulse-agent"));
    }
    Ok(Json(view(&app, worker).await?))
}

/// Asks a worker for a new credential.
pub(in crate::edge::http) async fn rotate_credential(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
) -> Result<Json<WorkerView>, Refusal> {
    let rotate = named(&name, |worker| workers::credentials::AskRotation {
        worker,
        by: user.username.clone(),
    });
    let (worker, is_asked) = perform_once(&app, caller.once.as_ref(), &rotate).await?;
    if !is_asked {
        let detail = "no credential of this worker is in force";
        return Err(Refusal::new(ProblemCode::Conflict, detail)
            .hint("remove the worker, and enrol its host anew"));
    }
    Ok(Json(view(&app, worker).await?))
}

/// Changes groups, labels, name or region.
pub(in crate::edge::http) async fn patch(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
    Body(wish): Body<PatchWorker>,
) -> Result<Json<WorkerView>, Refusal> {
    let change = named(&name, |worker| workers::administer::Change {
        worker,
        groups: wish.groups.clone(),
        labels: wish.labels.as_ref().map(|labels| json!(labels)),
        name: wish.name.clone(),
        region: wish.region.clone(),
        by: user.username.clone(),
    });
    let (worker, ()) = perform_once(&app, caller.once.as_ref(), &change).await?;
    Ok(Json(view(&app, worker).await?))
}

parameters! {
    pub(in crate::edge::http) struct RemoveQuery {
        /// `true`: not while it has steps to run.
        only_idle: Option<bool>,
    }
}

/// Removes a worker and revokes its credential.
pub(in crate::edge::http) async fn remove(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
    Query(query): Query<RemoveQuery>,
) -> Result<StatusCode, Refusal> {
    let while_busy = if query.only_idle == Some(true) {
        WhileBusy::Refuse
    } else {
        WhileBusy::Remove
    };
    let remove = named(&name, |worker| workers::administer::Remove {
        worker,
        by: &user.username,
        while_busy,
    });
    let (worker, _) = perform_once(&app, caller.once.as_ref(), &remove).await?;
    workers::administer::end_jobs_of_removed(&app, worker).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn clean(
    app: &App,
    (caller, by): (&Caller, &str),
    offline_ms: u64,
) -> Result<Json<CleanedUp>, Refusal> {
    let clean_up = workers::life::CleanUp { offline_ms, by };
    let deleted = perform_once(app, caller.once.as_ref(), &clean_up).await?;
    Ok(Json(CleanedUp { deleted }))
}

/// Deletes workers that have been offline for a day, or for as long as the body says.
pub(in crate::edge::http) async fn clean_up(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    OptionalJson(wish): OptionalJson<CleanUpWorkers>,
) -> Result<Json<CleanedUp>, Refusal> {
    let asked = wish.offline_for_seconds.map(|s| s.saturating_mul(1_000));
    let offline_ms = asked.unwrap_or(app.config().workers.delete_after_ms);
    clean(&app, (&caller, &user.username), offline_ms).await
}

/// Deletes workers that are offline.
pub(in crate::edge::http) async fn clean_up_offline(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
) -> Result<Json<CleanedUp>, Refusal> {
    clean(&app, (&caller, &user.username), 0).await
}
