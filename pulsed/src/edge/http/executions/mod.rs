//! Executions: start, look, follow, end early, run again.

mod begin;
mod change;
mod logs;

use axum::{
    Json,
    extract::{Path, State},
};
use pulse_api::{
    ExecutionId,
    http::{
        Page,
        executions::{ExecutionSummary, ExecutionView},
    },
};
use serde::Deserialize;

pub(super) use self::{
    begin::{command, start},
    change::{cancel, pause, resume, retry, undo},
    logs::{events, logs},
};
use super::{
    guard::Actor,
    problem::Refusal,
    query::{Query, limit, number, page, words},
};
use crate::{
    app::App,
    domain::{ExecutionFilter, ExecutionName, executions::read},
    model::{access::User, grant::Reach},
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
) -> Result<Json<Page<ExecutionSummary>>, Refusal> {
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
    Ok(Json(page(items, limit, |last| {
        Some(last.number.to_string())
    })))
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
