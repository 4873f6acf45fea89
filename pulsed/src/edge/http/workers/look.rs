//! Looking at workers.

use axum::{
    Json,
    extract::{Path, State},
};
use pulse_api::{
    http::{Page, workers::WorkerView},
    status::WorkerStatus,
};
use pulse_workflow::{Host, Selector};
use serde::Deserialize;
use serde_json::Value;

use super::{find, view};
use crate::{
    app::App,
    domain::{WithDeleted, WorkerFilter, workers},
    edge::http::{
        problem::Refusal,
        query::{Query, bad, limit, page, word, words},
    },
    model::worker::{block_name, texts},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::edge::http) struct ListQuery {
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
pub(in crate::edge::http) async fn list(
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
    let items = workers::read::list(&app, filter).await?;
    let mut page = page(items, limit, |last| Some(last.name.clone()));
    if let Some(selector) = selector {
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::edge::http) struct OnlineQuery {
    cursor: Option<String>,
    limit: Option<i64>,
}

/// Lists workers that are online.
pub(in crate::edge::http) async fn online(
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
    Ok(Json(page(items, limit, |last| Some(last.name.clone()))))
}

/// Shows a worker.
pub(in crate::edge::http) async fn show(
    State(app): State<App>,
    Path(name): Path<String>,
) -> Result<Json<WorkerView>, Refusal> {
    let id = find(&app, &name).await?;
    Ok(Json(view(&app, id).await?))
}

/// Lists what a worker offers by name.
pub(in crate::edge::http) async fn function_blocks(
    State(app): State<App>,
    Path(name): Path<String>,
) -> Result<Json<Page<Value>>, Refusal> {
    let id = find(&app, &name).await?;
    Ok(Json(Page {
        items: view(&app, id).await?.function_blocks,
        next_cursor: None,
    }))
}
