//! Moving executions on: what the planner decides becomes rows.
//!
//! Every verb that moves an execution locks it, loads it as a `Run`, changes it
//! in memory, lets `advance` draw the consequences, and writes everything with
//! `finish`. Nothing is written in between, so nothing is ever half done.

mod advance;
mod place;
mod snapshot;

use std::{collections::BTreeMap, sync::Arc};

use jiff::Timestamp;
use pulse_api::{ExecutionId, http::executions::Entry};
use pulse_workflow::Workflow;

pub(super) use self::{
    advance::advance,
    place::{Fleet, given_targets, host, means_only, nothing_matches},
};
use super::entries;
use crate::{
    app::App,
    model::{
        changes::{Changes, News, Placement},
        entry::{NewEntry, NewPiece},
        execution::Execution,
        job::{self, Ending},
        machine::Illegal,
        step::Step,
        wake::Wake,
    },
    store::{self, StoreError, Tx, executions::Locked, timeline::Source},
};

/// Why an execution could not be moved.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EngineError {
    #[error("the stored document cannot be read any more")]
    Document,
    #[error("the planner asked for an illegal move")]
    Illegal(#[from] Illegal),
    #[error("could not read or write the execution")]
    Store(#[from] StoreError),
}

impl EngineError {
    /// The failure of the store, where it is one.
    pub(super) fn store(&self) -> Option<&StoreError> {
        match self {
            Self::Store(error) => Some(error),
            Self::Document | Self::Illegal(_) => None,
        }
    }
}

/// A locked execution with everything that its next moves depend on.
pub(super) struct Run {
    pub(super) execution: Execution,
    pub(super) workflow: Arc<Workflow>,
    /// In document order.
    pub(super) steps: Vec<Step>,
}

impl Run {
    /// The step with this path.
    pub(super) fn step(&mut self, path: &str) -> Result<&mut Step, StoreError> {
        self.steps
            .iter_mut()
            .find(|step| step.path == path)
            .ok_or(StoreError::Stale)
    }

    /// Whether a step has ended since the run was loaded.
    pub(super) fn has_ended_steps(&self) -> bool {
        self.steps
            .iter()
            .any(|step| step.is_touched() && step.status().is_terminal())
    }

    /// The number that the next step to end gets.
    pub(super) fn next_order(&self) -> u64 {
        self.steps
            .iter()
            .filter_map(|step| step.ended_order)
            .max()
            .map_or(1, |order| order + 1)
    }

    /// Ends an execute step whose jobs have all ended.
    pub(super) fn settle(&mut self, path: &str, changes: &mut Changes) -> Result<(), EngineError> {
        let order = self.next_order();
        let is_stopping = self.execution.stop.is_some();
        let step = self.step(path)?;
        let counts = step.jobs;
        if counts.bad == 0 {
            step.succeed()?;
        } else if is_stopping {
            step.cancel("execution_stopped")?;
        } else {
            let detail = format!("{} of {} jobs did not succeed", counts.bad, counts.total);
            step.fail("jobs_failed", Some(detail))?;
        }
        step.ended_order = Some(order);
        let entry = entries::step(step);
        changes.note(&mut self.execution, entry);
        Ok(())
    }

    /// Ends a job, and its step with the last of them. A job that has ended stays as it is.
    pub(super) fn end_job(
        &mut self,
        job: job::Job,
        ending: Ending,
        changes: &mut Changes,
    ) -> Result<bool, EngineError> {
        let (path, status) = (job.core().step.clone(), ending.status);
        let Some(change) = job.end(ending) else {
            return Ok(false);
        };
        changes.note(&mut self.execution, entries::job(&change));
        changes.jobs.push(change);
        if self.step(&path)?.count_ended(status) {
            self.settle(&path, changes)?;
        }
        Ok(true)
    }
}

/// Loads locked executions.
pub(super) async fn load(app: &App, tx: &mut Tx, locked: Locked) -> Result<Vec<Run>, EngineError> {
    let ids: Vec<ExecutionId> = locked
        .executions
        .iter()
        .map(|execution| execution.id)
        .collect();
    let mut steps = store::steps::of(tx, &ids).await?;
    let mut runs = Vec::with_capacity(ids.len());
    for execution in locked.executions {
        let workflow = workflow(app, tx, &execution.definition).await?;
        let (mine, others) = steps
            .into_iter()
            .partition(|step| step.execution == execution.id);
        steps = others;
        runs.push(Run {
            execution,
            workflow,
            steps: mine,
        });
    }
    Ok(runs)
}

/// Locks and loads one execution; `None` where there is none.
pub(super) async fn lock(
    app: &App,
    tx: &mut Tx,
    id: ExecutionId,
) -> Result<Option<(Run, Timestamp)>, EngineError> {
    let locked = store::executions::lock(tx, &[id]).await?;
    let Some(now) = locked.now else {
        return Ok(None);
    };
    Ok(load(app, tx, locked).await?.pop().map(|run| (run, now)))
}

/// The workflow with this digest, from the library or from its row.
pub(super) async fn workflow(
    app: &App,
    tx: &mut Tx,
    sha256: &[u8],
) -> Result<Arc<Workflow>, EngineError> {
    if let Some(workflow) = app.library().find(sha256) {
        return Ok(workflow);
    }
    let found = store::definitions::get(tx, &[sha256.to_vec()]).await?;
    let (_, source) = found.into_iter().next().ok_or(EngineError::Document)?;
    let (_, workflow) = app
        .library()
        .read(&source)
        .map_err(|_| EngineError::Document)?;
    Ok(workflow)
}

/// Writes everything, and notes whom to tell.
pub(super) async fn finish(
    app: &App,
    tx: &mut Tx,
    (runs, mut changes): (Vec<Run>, Changes),
    now: Timestamp,
) -> Result<(), EngineError> {
    for run in runs {
        changes
            .steps
            .extend(run.steps.into_iter().filter(Step::is_touched));
        changes.executions.push(run.execution);
    }
    let offered = store::changes::write(tx, &changes, app.config().jobs.offer_ttl_ms).await?;
    for (sha256, _) in changes.definitions {
        tx.tell(News::Stored(sha256));
    }
    for new in changes.new_jobs {
        match new.placement {
            Placement::Offered => {
                let mine = |offer: &&crate::model::changes::Offered| {
                    offer.job == new.core.id && offer.attempt == new.core.attempt
                };
                let offer = offered.iter().find(mine).ok_or(StoreError::Stale)?;
                let mut command = new.command;
                command.fence = offer.fence;
                command.expires_at = offer.expires_at;
                tx.tell(News::Offer(new.core.worker, command));
            }
            Placement::Queued => tx.wake(Wake::Queue(new.core.worker)),
            Placement::Delayed(_) => tx.wake(Wake::Due),
            Placement::QueuedFor(_) => {
                tx.wake(Wake::Due);
                tx.wake(Wake::Queue(new.core.worker));
            }
            Placement::Refused(_) => {}
        }
    }
    if changes.steps.iter().any(|step| step.sleep_ms.is_some()) {
        tx.wake(Wake::Due);
    }
    tell(tx, changes.entries, changes.pieces, now);
    Ok(())
}

/// Tells the followers of each execution its new entries, in order.
fn tell(tx: &mut Tx, entries: Vec<NewEntry>, pieces: Vec<NewPiece>, at: Timestamp) {
    let mut batches: BTreeMap<ExecutionId, Vec<Entry>> = BTreeMap::new();
    for NewEntry {
        execution,
        seq,
        what,
    } in entries
    {
        batches
            .entry(execution)
            .or_default()
            .push(Entry { seq, at, what });
    }
    for new in pieces {
        let source = Source {
            job: new.piece.job,
            attempt: new.piece.attempt,
            step: new.step,
            worker: new.worker_name,
        };
        let place = (new.piece.stream, new.piece.offset);
        let entry = store::timeline::output_entry((new.seq, at), source, place, new.piece.bytes);
        batches.entry(new.execution).or_default().push(entry);
    }
    for (execution, mut entries) in batches {
        entries.sort_by_key(|entry| entry.seq);
        tx.tell(News::Entries(execution, entries));
    }
}
