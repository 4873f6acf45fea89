//! Looking at executions. Nothing here changes anything, so nothing is locked.

use std::collections::{BTreeMap, HashMap, HashSet};

use pulse_api::{
    ExecutionId, JobId, WorkerId,
    http::executions::{Entry, ExecutionSummary, ExecutionView, StepHostView, StepView},
    http::jobs::JobView,
};
use pulse_workflow::adhoc;
use serde::Deserialize;

use crate::{
    app::App,
    domain::engine,
    model::grant::Reach,
    store::{
        self, StoreError, Tx,
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

/// How many entries of the timeline are shown with an execution.
const SHOWN_ENTRIES: usize = 200;
/// How many bytes they have at most, as JSON.
const SHOWN_BYTES: usize = 256 * 1024;

/// An execution with its steps, jobs, prompts and the end of its timeline.
pub(crate) async fn get(app: &App, id: ExecutionId) -> Result<Option<ExecutionView>, StoreError> {
    let mut tx = app.store().read().await?;
    // One more than is shown tells whether there are more.
    let limit = i64::try_from(SHOWN_ENTRIES).unwrap_or(i64::MAX) + 1;
    let found = store::executions::view_with_timeline(&mut tx, id, limit).await?;
    let Some(found) = found else {
        return Ok(None);
    };
    let digest = found.definition.clone();
    let mut view: ExecutionView = serde_json::from_value(found.json)?;
    view.timeline_cut = cut(&mut view.timeline)?;
    let summary = (digest.clone(), view.summary);
    let summary = named(app, &mut tx, vec![summary]).await?.pop();
    view.summary = summary.ok_or(StoreError::Stale)?;
    let mut steps: Vec<StepView> = Vec::new();
    let details = store::steps::views_of(&mut tx, id).await?;
    for detail in details {
        steps.push(serde_json::from_value(detail)?);
    }
    // What it did can be seen also when its document cannot be read any more.
    if let Ok(workflow) = engine::workflow_with(app, &mut tx, (&digest, &view.inputs)).await {
        for step in &mut steps {
            let written = workflow.step(&step.id.as_str().into());
            step.command = match view.undo_of {
                Some(_) => written.and_then(adhoc::way_back),
                None => written.and_then(adhoc::command),
            };
        }
    }
    let mut wrote: HashMap<(JobId, u32), BTreeMap<String, String>> = HashMap::new();
    for job in store::jobs::views::of(&mut tx, id).await? {
        let WithOutputs { job, outputs } = serde_json::from_value(job)?;
        if let Some(step) = steps.iter_mut().find(|step| step.id == job.step) {
            step.attempt = step.attempt.max(job.attempt);
            wrote.insert((job.id, job.attempt), outputs);
            step.jobs.push(job);
        }
    }
    for step in &mut steps {
        give(step, &mut wrote);
    }
    view.steps = steps;
    view.prompts = store::prompts::views_of(&mut tx, id)
        .await?
        .into_iter()
        .map(serde_json::from_value)
        .collect::<Result<_, _>>()?;
    Ok(Some(view))
}

/// Shows what a step gives as expressions see it: by the last attempt of each of its jobs.
fn give(step: &mut StepView, wrote: &mut HashMap<(JobId, u32), BTreeMap<String, String>>) {
    let mut last: HashMap<JobId, (u32, &str)> = HashMap::new();
    for job in &step.jobs {
        let known = last.entry(job.id).or_insert((job.attempt, &job.worker));
        if known.0 < job.attempt {
            *known = (job.attempt, &job.worker);
        }
    }
    for (job, (attempt, worker)) in last {
        let outputs = wrote.remove(&(job, attempt)).unwrap_or_default();
        let host = StepHostView { outputs };
        step.hosts.insert(worker.to_owned(), host);
    }
    let only = step.hosts.values().next().filter(|_| step.hosts.len() == 1);
    step.outputs = match (&step.call, only) {
        (Some(call), _) => call.outputs.clone(),
        (None, Some(host)) => host.outputs.clone(),
        (None, None) => BTreeMap::new(),
    };
}

/// Leaves as many of the newest entries as are shown; gives whether others were taken away.
fn cut(timeline: &mut Vec<Entry>) -> Result<bool, StoreError> {
    let mut bytes = 0;
    let mut shown = 0;
    for entry in timeline.iter().rev().take(SHOWN_ENTRIES) {
        bytes += serde_json::to_string(entry)?.len();
        if bytes > SHOWN_BYTES {
            break;
        }
        shown += 1;
    }
    let older = timeline.len() - shown;
    timeline.drain(..older);
    Ok(older > 0)
}

#[derive(Deserialize)]
struct WithOutputs {
    #[serde(flatten)]
    job: JobView,
    outputs: BTreeMap<String, String>,
}

/// Executions without their steps, newest first.
pub(crate) async fn list(app: &App, filter: Filter) -> Result<Vec<ExecutionSummary>, StoreError> {
    let mut tx = app.store().read().await?;
    let of_rollouts = filter.rollouts;
    let mut rows = Vec::new();
    for row in store::executions::list(&mut tx, filter).await? {
        rows.push((row.definition, serde_json::from_value(row.json)?));
    }
    let mut views = named(app, &mut tx, rows).await?;
    if of_rollouts {
        let ids: Vec<ExecutionId> = views.iter().map(|view| view.id).collect();
        for (id, summary) in store::rollouts::summaries(&mut tx, &ids).await? {
            if let Some(view) = views.iter_mut().find(|view| view.id == id) {
                view.rollouts.push(serde_json::from_value(summary)?);
            }
        }
    }
    Ok(views)
}

/// How long a document may be, in bytes, to be looked at for what a list calls it.
const LOOKED_AT: i32 = 16 * 1024;

/// Views, those without a workflow's name with their command in its place.
async fn named(
    app: &App,
    tx: &mut Tx,
    views: Vec<(Vec<u8>, ExecutionSummary)>,
) -> Result<Vec<ExecutionSummary>, StoreError> {
    let library = app.library();
    let unnamed = views
        .iter()
        .filter(|(_, view)| view.workflow.name.is_none());
    let mut unknown: Vec<Vec<u8>> = unnamed
        .map(|(digest, _)| digest.clone())
        .filter(|digest| !library.knows_headline(digest))
        .collect();
    unknown.sort_unstable();
    unknown.dedup();
    if !unknown.is_empty() {
        let found = store::definitions::short(tx, unknown.clone(), LOOKED_AT).await?;
        let mut texts: HashMap<Vec<u8>, String> = found.into_iter().collect();
        library.note_headlines(unknown.into_iter().map(|digest| {
            let text = texts.remove(&digest);
            (digest, text)
        }));
    }
    let with_command = views.into_iter().map(|(digest, mut view)| {
        if view.workflow.name.is_none() {
            view.command = library.headline(&digest);
        }
        view
    });
    Ok(with_command.collect())
}

/// The entries of a timeline after a number, in order and without gaps.
pub(crate) async fn entries(
    app: &App,
    id: ExecutionId,
    after: i64,
) -> Result<Vec<Entry>, StoreError> {
    store::timeline::after(&mut app.store().read().await?, id, after).await
}

/// The names that a worker, given by one of them or by its id, has in what an execution tells.
pub(crate) async fn names_of(
    app: &App,
    id: ExecutionId,
    worker: &str,
) -> Result<HashSet<String>, StoreError> {
    let mut names = match worker.parse() {
        Ok(worker) => {
            let mut tx = app.store().read().await?;
            store::jobs::views::names_of(&mut tx, id, WorkerId(worker)).await?
        }
        Err(_) => HashSet::new(),
    };
    names.insert(worker.to_owned());
    Ok(names)
}

/// How an execution stands, in short.
pub(crate) struct Standing {
    pub(crate) view: ExecutionSummary,
    /// The code and the signal of the only job, where there is only one.
    pub(crate) only_exit: Option<(Option<i32>, Option<i32>)>,
}

/// How an execution stands, with the exit of its only job.
pub(crate) async fn standing(app: &App, id: ExecutionId) -> Result<Option<Standing>, StoreError> {
    let mut tx = app.store().read().await?;
    let Some(view) = store::executions::view(&mut tx, id).await? else {
        return Ok(None);
    };
    let view: ExecutionSummary = serde_json::from_value(view.json)?;
    if !view.status.is_terminal() {
        return Ok(Some(Standing {
            view,
            only_exit: None,
        }));
    }
    let only_exit = store::jobs::views::only_exit(&mut tx, id).await?;
    Ok(Some(Standing { view, only_exit }))
}
