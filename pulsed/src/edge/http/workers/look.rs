//! Looking at workers.

use axum::{
    Json,
    extract::{Path, State},
};
use pulse_api::{
    http::{Page, workers::WorkerView},
    status::{AdminState, WorkerRole, WorkerStatus},
};
use pulse_workflow::{Host, Selector};
use serde_json::Value;

use super::{find, view};
use crate::{
    app::App,
    domain::{WithDeleted, WorkerFilter, workers},
    edge::http::{
        problem::Refusal,
        query::{
            Query,
            kinds::{One, Seconds, Several},
            pages::Part,
            parameters,
        },
    },
    model::{
        place::{Count, Worker as Place},
        worker::{block_name, texts},
    },
};

parameters! {
    pub(in crate::edge::http) struct ListQuery {
        /// Only those that are heard from so.
        status: Several<WorkerStatus>,
        /// Only those of which an operator wants this.
        state: One<AdminState>,
        /// Only those that take this kind of work.
        role: One<WorkerRole>,
        /// Only those in the region of this code.
        region: Option<String>,
        /// Only those in this group.
        group: Option<String>,
        /// Only those that have this runtime.
        runtime: Option<String>,
        /// Only those that a selector means, as workflows write it: `label.rack=b7 && region=iad`.
        /// A page may have fewer items than `limit` then, and another page behind it.
        selector: Option<Selector>,
        /// Only those that were not heard from for so many seconds.
        stale_for: Option<Seconds>,
        /// `true`: deleted ones too.
        find_deleted as "findDeleted": Option<bool>,
        ..part: Part<Place, 100>,
    }
}

/// Lists workers by name.
pub(in crate::edge::http) async fn list(
    State(app): State<App>,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<WorkerView>>, Refusal> {
    let statuses = query.status.0;
    let wants_deleted =
        query.find_deleted == Some(true) || statuses.contains(&WorkerStatus::Deleted);
    let filter = WorkerFilter {
        statuses,
        admin_state: query.state.0,
        role: query.role.0,
        region: query.region,
        group: query.group,
        runtime: query.runtime,
        stale_for: query.stale_for.map(|Seconds(seconds)| seconds),
        with_deleted: if wants_deleted {
            WithDeleted::Yes
        } else {
            WithDeleted::No
        },
        after: query.part.after,
        limit: query.part.limit.and_one(),
    };
    let items = workers::read::list(&app, filter).await?;
    let mut page = query.part.limit.page(items, |last| Place {
        name: last.name.clone(),
        id: wants_deleted.then_some(last.id),
    });
    if let Some(selector) = query.selector {
        page.items.retain(|worker| selector.matches(&host(worker)));
    }
    Ok(Json(page))
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

/// Lists workers that are online.
pub(in crate::edge::http) async fn online(
    State(app): State<App>,
    Query(part): Query<Part<Place, 500>>,
) -> Result<Json<Page<WorkerView>>, Refusal> {
    let filter = WorkerFilter {
        statuses: vec![WorkerStatus::Online],
        after: part.after,
        limit: part.limit.and_one(),
        ..WorkerFilter::default()
    };
    let items = workers::read::list(&app, filter).await?;
    Ok(Json(part.limit.page(items, |last| Place {
        name: last.name.clone(),
        id: None,
    })))
}

/// Shows a worker.
pub(in crate::edge::http) async fn show(
    State(app): State<App>,
    Path(name): Path<String>,
) -> Result<Json<WorkerView>, Refusal> {
    let id = find(&app, &name).await?;
    Ok(Json(view(&app, id).await?))
}

/// Lists what a worker offers by name, in the order in which it says so.
pub(in crate::edge::http) async fn function_blocks(
    State(app): State<App>,
    Path(name): Path<String>,
    Query(part): Query<Part<Count, 100>>,
) -> Result<Json<Page<Value>>, Refusal> {
    let id = find(&app, &name).await?;
    let blocks = view(&app, id).await?.function_blocks;
    let passed = part.after.map_or(0, |place| place.0);
    let skipped = usize::try_from(passed).unwrap_or(usize::MAX);
    let rest = blocks.into_iter().skip(skipped).collect();
    let after = Count(passed.saturating_add(part.limit.0));
    Ok(Json(part.limit.page(rest, |_| after)))
}
