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
    status::ExecutionStatus,
};

pub(super) use self::{
    begin::{command, start},
    change::{cancel, pause, prune, resume, retry, undo},
    logs::{events, logs},
};
use super::{
    guard::Actor,
    problem::Refusal,
    query::{Query, kinds::Several, pages::Part, parameters},
};
use crate::{
    app::App,
    domain::{ExecutionFilter, ExecutionName, WorkflowName, executions::read},
    model::{access::User, grant::Reach, place::Count},
};

/// The number that a path names, as it is shown and in no other way: `1` or `#1`.
pub(super) fn number(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('#').unwrap_or(text);
    let number: i64 = digits.parse().ok()?;
    (number.to_string() == digits).then_some(number)
}

/// The id behind an execution's id or number, of what the user may see.
pub(super) async fn find(app: &App, user: &User, text: &str) -> Result<ExecutionId, Refusal> {
    let unknown = || {
        let shown: String = text.chars().take(80).collect();
        Refusal::not_found("execution", shown).hint(match app.config().retention.executions_days {
            0 => "pulsectl execution ls shows what there is".to_owned(),
            days => format!(
                "pulsectl execution ls shows what there is; what ended more than {days} days ago is removed"
            ),
        })
    };
    let name = match (number(text), text.parse()) {
        (Some(number), _) => ExecutionName::Number(number),
        (None, Ok(id)) => ExecutionName::Id(id),
        (None, Err(_)) => return Err(unknown()),
    };
    let found = read::find(app, name, &Reach::of(user)).await?;
    found.ok_or_else(unknown)
}

async fn view(app: &App, id: ExecutionId) -> Result<ExecutionView, Refusal> {
    read::get(app, id)
        .await?
        .ok_or_else(|| Refusal::not_found("execution", id))
}

parameters! {
    pub(super) struct ListQuery {
        /// Only those of the workflow of this name or id.
        workflow: Option<String>,
        /// Only those that stand so.
        status: Several<ExecutionStatus>,
        /// Only those that this user or script has started.
        started_by: Option<String>,
        /// Only those with a job on the worker of this id.
        worker: Option<uuid::Uuid>,
        /// Only those that were started then or later.
        since: Option<jiff::Timestamp>,
        /// `true`: only those that go over hosts batch by batch.
        rollouts: Option<bool>,
        ..part: Part<Count, 50>,
    }
}

/// Lists executions, newest first.
pub(super) async fn list(
    State(app): State<App>,
    Actor(user): Actor,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<ExecutionSummary>>, Refusal> {
    let filter = ExecutionFilter {
        reach: Reach::of(&user),
        workflow: query.workflow.as_deref().map(WorkflowName::meant),
        statuses: query.status.0,
        started_by: query.started_by,
        worker: query.worker,
        since: query.since,
        rollouts: query.rollouts == Some(true),
        before: query.part.after.map(|place| place.0),
        limit: query.part.limit.and_one(),
    };
    let items = read::list(&app, filter).await?;
    Ok(Json(
        query.part.limit.page(items, |last| Count(last.number)),
    ))
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
