//! Looking at executions. Nothing here changes anything, so nothing is locked.

use std::collections::BTreeMap;

use pulse_api::{
    ExecutionId,
    http::executions::{Entry, ExecutionView, StepView},
    http::jobs::JobView,
};
use serde::Deserialize;

use crate::{
    app::App,
    model::grant::Reach,
    store::{
        self, StoreError,
        executions::{Filter, Name},
    },
};

/// The id behind an id or a number, of what may be seen.
pub(crate) async fn find(
    app: &App,
    name: Name,
    reach: &Reach,
) -> Result<Option<ExecutionId>, StoreError> {
    store::executions::find(&mut app.store().read().await?, name, reach).await
}

/// An execution with its steps, jobs and prompts.
pub(crate) async fn get(app: &App, id: ExecutionId) -> Result<Option<ExecutionView>, StoreError> {
    let mut tx = app.store().read().await?;
    let Some(view) = store::executions::view(&mut tx, id).await? else {
        return Ok(None);
    };
    let mut view: ExecutionView = serde_json::from_value(view)?;
    let mut steps: Vec<StepView> = Vec::new();
    let details = store::steps::views_of(&mut tx, id).await?;
    for detail in details {
        steps.push(serde_json::from_value(detail)?);
    }
    for job in store::jobs::views::of(&mut tx, id).await? {
        let WithOutputs { job, outputs } = serde_json::from_value(job)?;
        if let Some(step) = steps.iter_mut().find(|step| step.id == job.step) {
            step.attempt = step.attempt.max(job.attempt);
            if !outputs.is_empty() {
                step.outputs.insert(job.worker.clone(), outputs);
            }
            step.jobs.push(job);
        }
    }
    view.steps = steps;
    view.prompts = store::prompts::views_of(&mut tx, id)
        .await?
        .into_iter()
        .map(serde_json::from_value)
        .collect::<Result<_, _>>()?;
    Ok(Some(view))
}

#[derive(Deserialize)]
struct WithOutputs {
    #[serde(flatten)]
    job: JobView,
    outputs: BTreeMap<String, String>,
}

/// Executions without their steps, newest first.
pub(crate) async fn list(app: &App, filter: Filter) -> Result<Vec<ExecutionView>, StoreError> {
    let rows = store::executions::list(&mut app.store().read().await?, filter).await?;
    rows.into_iter()
        .map(|row| Ok(serde_json::from_value(row)?))
        .collect()
}

/// The entries of a timeline after a number, in order and without gaps.
pub(crate) async fn entries(
    app: &App,
    id: ExecutionId,
    after: i64,
) -> Result<Vec<Entry>, StoreError> {
    store::timeline::after(&mut app.store().read().await?, id, after).await
}

/// How an execution stands, in short.
pub(crate) struct Standing {
    pub(crate) view: ExecutionView,
    /// The code and the signal of the only job, where there is only one.
    pub(crate) only_exit: Option<(Option<i32>, Option<i32>)>,
}

/// How an execution stands, with the exit of its only job.
pub(crate) async fn standing(app: &App, id: ExecutionId) -> Result<Option<Standing>, StoreError> {
    let mut tx = app.store().read().await?;
    let Some(view) = store::executions::view(&mut tx, id).await? else {
        return Ok(None);
    };
    let view: ExecutionView = serde_json::from_value(view)?;
    if !view.status.is_terminal() {
        return Ok(Some(Standing {
            view,
            only_exit: None,
        }));
    }
    let only_exit = store::jobs::views::only_exit(&mut tx, id).await?;
    Ok(Some(Standing { view, only_exit }))
}
