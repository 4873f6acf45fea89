//! What workers say themselves: who they are, that they live, that they go.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use pulse_api::{
    ProblemCode, WorkerId,
    frames::Metrics,
    http::workers::{
        Enroll, Enrolled, FreshCredential, PingBody, Registered, SeedHeartbeat, WorkerAbout,
    },
    status::WorkerType,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    app::App,
    domain::{
        once::{Once, OnceError},
        perform, perform_once,
        workers::{self, shared::Standing},
    },
    edge::http::{
        body::{Decoration, Json as Body, Sign, SignBody},
        guard::{ActingWorker, Caller, MaybeKeyed},
        problem::Refusal,
        reads::Need,
    },
    model::{
        access::Speaker,
        token::{self, hex},
        worker::{Beat, Implausible, checked_capabilities},
    },
};

/// Enrols a host with a one-shot token.
pub(in crate::edge::http) async fn enroll(
    State(app): State<App>,
    (caller, MaybeKeyed(keyed)): (Caller, MaybeKeyed),
    Body(body): Body<Enroll>,
) -> Result<(StatusCode, Json<Enrolled>), Refusal> {
    // Who shows the same token is the same caller; of a token that is wrong, nothing was kept.
    let shown = format!("enrolment {}", hex(&token::digest(&body.token)));
    let once = keyed.map(|keyed| keyed.of(shown));
    let enrolled = perform_once(&app, once.as_ref(), &workers::enroll::Enroll(body)).await;
    let enrolled = enrolled.map_err(|error| match error {
        OnceError::Verb(error) => caller.door.refuse_enrolment(error),
        kept @ OnceError::Kept(_) => kept.into(),
    })?;
    Ok((StatusCode::CREATED, Json(enrolled.0)))
}

/// Registers an enrolled host again.
pub(in crate::edge::http) async fn register(
    State(app): State<App>,
    (caller, ActingWorker(who)): (Caller, ActingWorker),
    Body(about): Body<WorkerAbout>,
) -> Result<Json<Registered>, Refusal> {
    let once = caller.once.as_ref();
    let known = match who {
        Speaker::One(worker) => {
            let register = workers::enroll::Register { worker, about };
            perform_once(&app, once, &register).await?
        }
        Speaker::Shared => {
            let worker = None;
            perform_once(&app, once, &workers::shared::Appear { worker, about }).await?
        }
    };
    Ok(Json(Registered {
        worker_id: known.worker,
        heartbeat_interval_ms: app.config().workers.heartbeat_interval_ms,
        region: known.region,
    }))
}

fn removed() -> Refusal {
    Refusal::new(
        ProblemCode::CredentialRevoked,
        "this worker was removed by an operator",
    )
}

/// A worker that is to register, as one that was cleaned up.
fn unknown_here() -> Refusal {
    Refusal::new(
        ProblemCode::WorkerDeleted,
        "there is no worker with this id here",
    )
    .hint("POST /workers/register")
}

/// The worker that is spoken for; nobody speaks for another.
async fn itself(app: &App, who: Speaker, named: &str) -> Result<WorkerId, Refusal> {
    let may_be = match who {
        // Its own name, not whoever has that name: one that was cleaned up is told so.
        Speaker::One(own) => {
            let is_id = named.parse() == Ok(own);
            let is_own = is_id || workers::read::is_called(app, own, named).await?;
            is_own.then_some(own)
        }
        Speaker::Shared => {
            let id = match named.parse() {
                Ok(id) => Some(id),
                Err(_) => workers::read::find(app, named).await?.map(|found| found.id),
            };
            let id = id.ok_or_else(unknown_here)?;
            match workers::shared::standing(app, id).await? {
                Some(Standing::Shared) => Some(id),
                Some(Standing::Own) => None,
                Some(Standing::Removed) => return Err(removed()),
                None => return Err(unknown_here()),
            }
        }
    };
    may_be.ok_or_else(|| Refusal::new(ProblemCode::Forbidden, "a worker speaks for itself only"))
}

impl Sign for SeedHeartbeat {
    type Bare = BareHeartbeat;
    const NEED: Need = Need::Required;
}

/// A heartbeat without its metadata.
#[derive(Deserialize)]
pub(in crate::edge::http) struct BareHeartbeat {
    worker_id: WorkerId,
    #[serde(default)]
    name: Option<String>,
}

impl From<BareHeartbeat> for SeedHeartbeat {
    fn from(bare: BareHeartbeat) -> Self {
        Self {
            worker_id: bare.worker_id,
            name: bare.name,
            metadata: None,
        }
    }
}

impl Sign for PingBody {
    type Bare = BarePing;
    const NEED: Need = Need::Optional;
}

/// A ping without what it says besides.
#[derive(Deserialize)]
pub(in crate::edge::http) struct BarePing {}

impl From<BarePing> for PingBody {
    fn from(_: BarePing) -> Self {
        Self { meta: None }
    }
}

/// Takes a sign of life that came by HTTP.
async fn beat(
    app: &App,
    (worker, once): (WorkerId, Option<&Once>),
    (said, decoration): (Option<Value>, Decoration),
) -> Result<(), Refusal> {
    if crate::domain::access::is_cleaned_up(&app.reserved(), worker).await? {
        return Err(
            Refusal::new(ProblemCode::WorkerDeleted, "this worker was cleaned up")
                .hint("POST /workers/register"),
        );
    }
    let beat = Beat {
        worker,
        epoch: None,
        metrics: said.as_ref().and_then(metrics),
        sent_at: None,
        heard_at: std::time::Instant::now(),
    };
    let (sign, fault) = workers::life::SignOfLife::new(beat, said.as_ref());
    let unreadable = (decoration == Decoration::Unreadable).then_some(Implausible("meta"));
    if let Some(fault) = fault.or(unreadable) {
        warn_once(worker, fault);
    }
    perform_once(&app.reserved(), once, &sign).await?;
    Ok(())
}

/// Tells once for each worker what is left out of its signs of life.
fn warn_once(worker: WorkerId, fault: Implausible) {
    static TOLD: Mutex<BTreeSet<WorkerId>> = Mutex::new(BTreeSet::new());
    let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
    if told.insert(worker) {
        tracing::warn!(
            worker.id = %worker,
            reason = %fault,
            "a sign of life counts without what it says besides, as all of this worker's that are like it"
        );
    }
}

/// The load of the host, where a sign of life by HTTP says it in pulse's words.
fn metrics(said: &Value) -> Option<Value> {
    const WORDS: [&str; 6] = [
        "cpu_percent",
        "memory_used_bytes",
        "memory_total_bytes",
        "load_average",
        "disk_used_bytes",
        "disk_total_bytes",
    ];
    if !WORDS.iter().any(|word| said.get(word).is_some()) {
        return None;
    }
    let metrics = Metrics::deserialize(said).ok()?;
    serde_json::to_value(metrics).ok()
}

/// Takes a sign of life in the third seed's form.
pub(in crate::edge::http) async fn heartbeat(
    State(app): State<App>,
    (caller, ActingWorker(who)): (Caller, ActingWorker),
    SignBody(body, decoration): SignBody<SeedHeartbeat>,
) -> Result<Json<Value>, Refusal> {
    let worker = body.worker_id;
    match who {
        Speaker::Shared if crate::domain::access::is_cleaned_up(&app, worker).await? => {
            let about = seed_about(body);
            let worker = Some(worker);
            let appear = workers::shared::Appear { worker, about };
            perform_once(&app, caller.once.as_ref(), &appear).await?;
        }
        Speaker::Shared | Speaker::One(_) => {
            let worker = itself(&app, who, &worker.to_string()).await?;
            beat(
                &app,
                (worker, caller.once.as_ref()),
                (body.metadata, decoration),
            )
            .await?;
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
        // It appears without what cannot be kept of it.
        meta: checked_capabilities(body.metadata.unwrap_or_default()).unwrap_or_default(),
        boot_id: None,
        version: None,
        region: None,
        role: None,
        groups: Vec::new(),
        labels: BTreeMap::new(),
    }
}

/// Takes a sign of life.
pub(in crate::edge::http) async fn ping(
    State(app): State<App>,
    (caller, ActingWorker(who)): (Caller, ActingWorker),
    Path(id): Path<String>,
    SignBody(body, decoration): SignBody<PingBody>,
) -> Result<Json<Value>, Refusal> {
    let worker = itself(&app, who, &id).await?;
    beat(
        &app,
        (worker, caller.once.as_ref()),
        (body.meta, decoration),
    )
    .await?;
    Ok(Json(json!({"status": "online", "server_time": app.now()})))
}

/// Takes a goodbye: offline at once.
pub(in crate::edge::http) async fn unregister(
    State(app): State<App>,
    ActingWorker(who): ActingWorker,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let worker = itself(&app, who, &id).await?;
    workers::life::unregister(&app, worker).await?;
    Ok(Json(json!({"status": "offline"})))
}

/// Gives a worker the next generation of its own credential.
pub(in crate::edge::http) async fn credential(
    State(app): State<App>,
    ActingWorker(who): ActingWorker,
    Path(id): Path<String>,
) -> Result<(StatusCode, Json<FreshCredential>), Refusal> {
    let worker = itself(&app, who, &id).await?;
    let fresh = perform(&app, &workers::credentials::Rotate(worker)).await?;
    Ok((StatusCode::CREATED, Json(fresh)))
}
