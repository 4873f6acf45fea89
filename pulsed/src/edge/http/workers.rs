//! Workers: what they say themselves, and what people ask of them.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use pulse_api::{
    ProblemCode, WorkerId,
    frames::Metrics,
    http::{
        Page,
        workers::{
            CleanUpWorkers, CleanedUp, DrainWorker, Enroll, Enrolled, FreshCredential, PatchWorker,
            PingBody, Registered, RestartWorker, SeedHeartbeat, WorkerAbout, WorkerView,
        },
    },
    status::{OnDeadline, WorkerStatus, WorkerType},
};
use pulse_workflow::{Host, Selector};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    body::{Json as Body, OptionalJson},
    guard::{ActingWorker, Actor, Caller},
    problem::Refusal,
    query::{Query, bad, limit, word, words},
};
use crate::{
    app::App,
    domain::{
        FoundWorker, WithDeleted, WorkerFilter, perform, perform_once,
        workers::{self, administer::WhileBusy, named::Named},
    },
    model::{
        access::Speaker,
        worker::{Beat, Deadline, RestartScope, block_name, texts},
    },
};

/// Enrols a host with a one-shot token.
pub(super) async fn enroll(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<Enroll>,
) -> Result<(StatusCode, Json<Enrolled>), Refusal> {
    let enrolled = perform(&app, &workers::enroll::Enroll(body)).await;
    let enrolled = enrolled.map_err(|error| caller.door.refuse_enrolment(error))?;
    Ok((StatusCode::CREATED, Json(enrolled)))
}

/// Registers an enrolled host again.
pub(super) async fn register(
    State(app): State<App>,
    ActingWorker(who): ActingWorker,
    Body(about): Body<WorkerAbout>,
) -> Result<Json<Registered>, Refusal> {
    let (worker_id, region) = match who {
        Speaker::One(worker) => {
            let region = perform(&app, &workers::enroll::Register { worker, about }).await?;
            (worker, region.ok_or_else(removed)?)
        }
        Speaker::Shared => {
            let worker = None;
            perform(&app, &workers::shared::Appear { worker, about }).await?
        }
    };
    Ok(Json(Registered {
        worker_id,
        heartbeat_interval_ms: app.config().workers.heartbeat_interval_ms,
        region,
    }))
}

fn removed() -> Refusal {
    Refusal::new(
        ProblemCode::CredentialRevoked,
        "this worker was removed by an operator",
    )
}

/// The worker that is spoken for; nobody speaks for another.
async fn itself(app: &App, who: Speaker, named: &str) -> Result<WorkerId, Refusal> {
    let may_be = match (named.parse(), who) {
        (Ok(named), Speaker::One(own)) => (named == own).then_some(named),
        (Ok(named), Speaker::Shared) => {
            let is_shared = workers::shared::is_shared(app, named).await?;
            is_shared.then_some(named)
        }
        (Err(_), _) => None,
    };
    may_be.ok_or_else(|| Refusal::new(ProblemCode::Forbidden, "a worker speaks for itself only"))
}

/// Takes a sign of life that came by HTTP.
async fn beat(app: &App, worker: WorkerId, metrics: Option<Value>) -> Result<(), Refusal> {
    if crate::domain::access::is_cleaned_up(&app.reserved(), worker).await? {
        return Err(
            Refusal::new(ProblemCode::WorkerDeleted, "this worker was cleaned up")
                .hint("POST /workers/register"),
        );
    }
    let beats = [Beat {
        worker,
        epoch: None,
        metrics,
        sent_at: None,
        heard_at: std::time::Instant::now(),
    }];
    perform(&app.reserved(), &workers::life::WriteBeats(&beats)).await?;
    Ok(())
}

/// The load of the host, where a sign of life by HTTP says it in pulse's words.
fn metrics(said: Option<Value>) -> Option<Value> {
    const WORDS: [&str; 6] = [
        "cpu_percent",
        "memory_used_bytes",
        "memory_total_bytes",
        "load_average",
        "disk_used_bytes",
        "disk_total_bytes",
    ];
    let said = said?;
    if !WORDS.iter().any(|word| said.get(word).is_some()) {
        return None;
    }
    let metrics: Metrics = serde_json::from_value(said).ok()?;
    serde_json::to_value(metrics).ok()
}

/// Takes a sign of life in the third seed's form.
pub(super) async fn heartbeat(
    State(app): State<App>,
    ActingWorker(who): ActingWorker,
    Body(body): Body<SeedHeartbeat>,
) -> Result<Json<Value>, Refusal> {
    let worker = body.worker_id;
    match who {
        Speaker::Shared if crate::domain::access::is_cleaned_up(&app, worker).await? => {
            let about = seed_about(body);
            let worker = Some(worker);
            perform(&app, &workers::shared::Appear { worker, about }).await?;
        }
        Speaker::Shared | Speaker::One(_) => {
            let worker = itself(&app, who, &worker.to_string()).await?;
            beat(&app, worker, metrics(body.metadata)).await?;
        }
    }
    Ok(Json(json!({"success": true, "server_time": app.now()})))
}

/// What the third seed's worker says of itself: a name, and what it likes.
fn seed_about(body: SeedHeartbeat) -> WorkerAbout {
    WorkerAbout {
        name: body.name.unwrap_or_else(|| body.worker_id.to_string()),
        host: None,
        port: None,
        kind: WorkerType::Remote,
        capabilities: json!({"runtimes": ["shell"]}),
        function_blocks: Vec::new(),
        meta: body.metadata.unwrap_or_default(),
        boot_id: None,
        version: None,
        region: None,
        role: None,
        groups: Vec::new(),
        labels: BTreeMap::new(),
    }
}

/// Takes a sign of life.
pub(super) async fn ping(
    State(app): State<App>,
    ActingWorker(who): ActingWorker,
    Path(id): Path<String>,
    OptionalJson(body): OptionalJson<PingBody>,
) -> Result<Json<Value>, Refusal> {
    let worker = itself(&app, who, &id).await?;
    beat(&app, worker, metrics(body.meta)).await?;
    Ok(Json(json!({"status": "online", "server_time": app.now()})))
}

/// Takes a goodbye: offline at once.
pub(super) async fn unregister(
    State(app): State<App>,
    ActingWorker(who): ActingWorker,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let worker = itself(&app, who, &id).await?;
    workers::life::unregister(&app, worker).await?;
    Ok(Json(json!({"status": "offline"})))
}

/// There is no worker of that id or name.
pub(super) fn unknown(name: &str) -> Refusal {
    let shown: String = name.chars().take(80).collect();
    Refusal::not_found("worker", shown).hint("pulsectl worker ls shows what there is")
}

/// A verb on the worker of that id or name.
fn named<F>(name: &str, verb: F) -> Named<'_, F> {
    Named { name, verb }
}

/// The id behind a worker's id or name.
pub(super) async fn find(app: &App, name: &str) -> Result<WorkerId, Refusal> {
    Ok(found(app, name).await?.id)
}

async fn found(app: &App, name: &str) -> Result<FoundWorker, Refusal> {
    workers::read::find(app, name)
        .await?
        .ok_or_else(|| unknown(name))
}

async fn view(app: &App, id: WorkerId) -> Result<WorkerView, Refusal> {
    workers::read::get(app, id)
        .await?
        .ok_or_else(|| Refusal::not_found("worker", id))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListQuery {
    status: Option<String>,
    state: Option<String>,
    role: Option<String>,
    region: Option<String>,
    group: Option<String>,
    runtime: Option<String>,
    selector: Option<String>,
    stale_for: Option<f64>,
    #[serde(rename = "findDeleted")]
    find_deleted: Option<bool>,
    cursor: Option<String>,
    limit: Option<i64>,
}

/// Lists workers by name.
pub(super) async fn list(
    State(app): State<App>,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<WorkerView>>, Refusal> {
    let limit = limit(query.limit, 100)?;
    let selector = query.selector.as_deref().map(Selector::parse).transpose();
    let selector = selector.map_err(|error| bad(&error.to_string()))?;
    let statuses: Vec<WorkerStatus> = words(query.status.as_deref())?;
    let wants_deleted =
        query.find_deleted == Some(true) || statuses.contains(&WorkerStatus::Deleted);
    let filter = WorkerFilter {
        statuses,
        admin_state: word(query.state.as_deref())?,
        role: word(query.role.as_deref())?,
        region: query.region,
        group: query.group,
        runtime: query.runtime,
        stale_for: query.stale_for.filter(|seconds| seconds.is_finite()),
        with_deleted: if wants_deleted {
            WithDeleted::Yes
        } else {
            WithDeleted::No
        },
        after: query.cursor,
        limit,
    };
    let mut items = workers::read::list(&app, filter).await?;
    let next_cursor = next(&items, limit);
    if let Some(selector) = selector {
        items.retain(|worker| selector.matches(&host(worker)));
    }
    Ok(Json(Page { items, next_cursor }))
}

/// A worker as selectors see it.
fn host(worker: &WorkerView) -> Host {
    let names = worker.function_blocks.iter().filter_map(block_name);
    Host {
        id: worker.id.to_string(),
        name: worker.name.clone(),
        groups: worker.groups.clone(),
        role: worker.role.to_string(),
        region: worker.region.clone(),
        runtimes: texts(worker.capabilities.get("runtimes")),
        labels: worker.labels.clone(),
        capabilities: worker.capabilities.clone().into(),
        blocks: names.map(str::to_owned).collect(),
        load: u32::try_from(worker.jobs_running).unwrap_or(u32::MAX),
        full: false,
        online: worker.active,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OnlineQuery {
    cursor: Option<String>,
    limit: Option<i64>,
}

/// Lists workers that are online.
pub(super) async fn online(
    State(app): State<App>,
    Query(query): Query<OnlineQuery>,
) -> Result<Json<Page<WorkerView>>, Refusal> {
    let limit = limit(query.limit, 500)?;
    let filter = WorkerFilter {
        statuses: vec![WorkerStatus::Online],
        after: query.cursor,
        limit,
        ..WorkerFilter::default()
    };
    let items = workers::read::list(&app, filter).await?;
    let next_cursor = next(&items, limit);
    Ok(Json(Page { items, next_cursor }))
}

/// The cursor behind a full page.
fn next(items: &[WorkerView], limit: i64) -> Option<String> {
    let is_full = i64::try_from(items.len()).is_ok_and(|count| count == limit);
    items
        .last()
        .filter(|_| is_full)
        .map(|last| last.name.clone())
}

/// Shows a worker.
pub(super) async fn show(
    State(app): State<App>,
    Path(name): Path<String>,
) -> Result<Json<WorkerView>, Refusal> {
    let id = find(&app, &name).await?;
    Ok(Json(view(&app, id).await?))
}

/// Lists what a worker offers by name.
pub(super) async fn function_blocks(
    State(app): State<App>,
    Path(name): Path<String>,
) -> Result<Json<Page<Value>>, Refusal> {
    let id = find(&app, &name).await?;
    Ok(Json(Page {
        items: view(&app, id).await?.function_blocks,
        next_cursor: None,
    }))
}

/// Lets a worker finish what it has and start nothing more.
pub(super) async fn drain(
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
    if has_nul(wish.reason.as_ref()) {
        let detail = "the reason holds a NUL character";
        return Err(Refusal::new(ProblemCode::InvalidBody, detail));
    }
    let drain = named(&name, |worker| workers::drain::Drain {
        worker,
        mode: wish.mode,
        deadline: wish.deadline_seconds.map(|after_seconds| Deadline {
            after_seconds,
            then: wish.on_deadline.unwrap_or(OnDeadline::Leave),
        }),
        reason: wish.reason.clone(),
        by: user.username.clone(),
        seen: None,
    });
    let (worker, is_there) = perform_once(&app, caller.once.as_ref(), &drain).await?;
    if !is_there {
        return Err(unknown(&name));
    }
    Ok(Json(view(&app, worker).await?))
}

/// The furthest deadline of a drain.
const LONGEST_DRAIN_SECONDS: u64 = 366 * 24 * 60 * 60;

fn has_nul(text: Option<&String>) -> bool {
    text.is_some_and(|text| text.contains('\0'))
}

/// Lets a worker start jobs again.
pub(super) async fn resume(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
) -> Result<Json<WorkerView>, Refusal> {
    let resume = named(&name, |worker| workers::drain::Resume {
        worker,
        by: user.username.clone(),
        seen: None,
    });
    let (worker, is_there) = perform_once(&app, caller.once.as_ref(), &resume).await?;
    if !is_there {
        return Err(unknown(&name));
    }
    Ok(Json(view(&app, worker).await?))
}

/// Lets a worker's agent start anew; steps run on unless the executor is meant too.
pub(super) async fn restart(
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
pub(super) async fn rotate_credential(
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

/// Gives a worker the next generation of its own credential.
pub(super) async fn credential(
    State(app): State<App>,
    ActingWorker(who): ActingWorker,
    Path(id): Path<String>,
) -> Result<(StatusCode, Json<FreshCredential>), Refusal> {
    let worker = itself(&app, who, &id).await?;
    let fresh = perform(&app, &workers::credentials::Rotate(worker)).await?;
    Ok((StatusCode::CREATED, Json(fresh)))
}

/// Changes groups, labels, name or region.
pub(super) async fn patch(
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RemoveQuery {
    only_idle: Option<bool>,
}

/// Removes a worker and revokes its credential.
pub(super) async fn remove(
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
pub(super) async fn clean_up(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    OptionalJson(wish): OptionalJson<CleanUpWorkers>,
) -> Result<Json<CleanedUp>, Refusal> {
    let asked = wish.offline_for_seconds.map(|s| s.saturating_mul(1_000));
    let offline_ms = asked.unwrap_or(app.config().workers.delete_after_ms);
    clean(&app, (&caller, &user.username), offline_ms).await
}

/// Deletes workers that are offline.
pub(super) async fn clean_up_offline(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
) -> Result<Json<CleanedUp>, Refusal> {
    clean(&app, (&caller, &user.username), 0).await
}
