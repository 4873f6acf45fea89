//! Moving executions on: what the planner decides becomes rows.
//!
//! Every verb that moves an execution locks it, loads it as a `Run`, changes it
//! in memory, lets `advance` draw the consequences, and writes everything with
//! `finish`. Nothing is written in between, so nothing is ever half done.

mod advance;
mod agents;
mod assign;
mod blocks;
mod choose;
mod hopeless;
mod place;
mod roll;
mod snapshot;

use std::sync::Arc;

use jiff::Timestamp;
use pulse_api::{
    ExecutionId,
    status::{ExecutionStatus, JobStatus},
};
use pulse_workflow::{Action, Expect, Section, Trial, Unfoldable, Workflow, trials_of};
use serde_json::{Map, Value};

pub(super) use self::{
    advance::advance,
    assign::elsewhere,
    choose::{Fleet, host, picks},
    hopeless::{Hopeless, hopeless, means_only},
    snapshot::take as view,
};
use super::entries;
use crate::{
    app::App,
    model::{
        call::Call,
        changes::{Changes, Placement},
        execution::Execution,
        job::{self, Ending},
        known::{Known, Memory},
        machine::Illegal,
        past::Past,
        rollout::Rollout,
        step::Step,
        wake::Wake,
    },
    store::{self, StoreError, Tx, executions::Locked},
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

    /// Whether it is about one execution, and would be the same at the next look.
    pub(super) fn is_of_one_execution(&self) -> bool {
        match self {
            Self::Store(error) => error.is_about_rows(),
            Self::Document | Self::Illegal(_) => true,
        }
    }
}

/// A locked execution with everything that its next moves depend on.
pub(super) struct Run {
    pub(super) execution: Execution,
    pub(super) workflow: Arc<Workflow>,
    /// In document order.
    pub(super) steps: Vec<Step>,
    /// Those that have begun.
    pub(super) rollouts: Vec<Rollout>,
    /// Of the steps that run other workflows, those that have begun.
    pub(super) calls: Vec<Call>,
    /// The jobs that a step about to begin takes over from an earlier execution.
    pub(super) taken: Vec<Past>,
}

impl From<Known> for Run {
    fn from(known: Known) -> Self {
        Self {
            execution: known.execution,
            workflow: known.workflow,
            steps: known.steps,
            rollouts: Vec::new(),
            calls: Vec::new(),
            taken: Vec::new(),
        }
    }
}

impl Run {
    /// Whether jobs of a step about to begin were taken over.
    pub(super) fn has_taken(&self) -> bool {
        !self.taken.is_empty()
    }

    /// The jobs of this step that were taken over.
    fn taken(&self, path: &str) -> Vec<Past> {
        let jobs = self.taken.iter().filter(|job| job.step == path);
        jobs.cloned().collect()
    }

    /// The step with this path.
    pub(super) fn step(&mut self, path: &str) -> Result<&mut Step, StoreError> {
        self.steps
            .iter_mut()
            .find(|step| step.path == path)
            .ok_or(StoreError::Stale)
    }

    /// Whether something has happened since the run was loaded from which more may follow: a step
    /// has ended, or a job of a rollout.
    pub(super) fn has_news(&self) -> bool {
        let has_rollouts = !self.rollouts.is_empty();
        self.steps
            .iter()
            .any(|step| step.is_touched() && (has_rollouts || step.status().is_terminal()))
    }

    /// The rollout of the step with this path.
    pub(super) fn rollout(&mut self, path: &str) -> Result<&mut Rollout, StoreError> {
        self.rollouts
            .iter_mut()
            .find(|rollout| rollout.step == path)
            .ok_or(StoreError::Stale)
    }

    /// The call of the step with this path.
    pub(super) fn call(&mut self, path: &str) -> Result<&mut Call, StoreError> {
        self.calls
            .iter_mut()
            .find(|call| call.step == path)
            .ok_or(StoreError::Stale)
    }

    /// The path of the step that a call is of: its own, or the one that stands for looks at batches.
    pub(super) fn step_of_call(&self, call: &str) -> String {
        let tried = self.workflow.tried_by(&call.into());
        tried.map_or_else(|| call.to_owned(), |(_, stands)| stands.path.0.clone())
    }

    /// How the workflow that looks at the batches of this step's rollout has found them so far.
    pub(super) fn trials(&self, owner: &str) -> Trial {
        let prefix = format!("{}/", trials_of(&owner.into()));
        let calls = self.calls.iter();
        let trials = calls.filter(|call| call.step.starts_with(&prefix));
        trials
            .map(Call::trial)
            .max_by_key(|trial| match trial {
                Trial::None => 0,
                Trial::Passed => 1,
                Trial::Stopped => 2,
                Trial::Failed => 3,
                Trial::Running => 4,
            })
            .unwrap_or_default()
    }

    /// The number that the next step to end gets.
    pub(super) fn next_order(&self) -> u64 {
        self.steps
            .iter()
            .filter_map(|step| step.ended_order)
            .max()
            .map_or(1, |order| order + 1)
    }

    /// Whether the end that was asked for is this step's too: what brings a step back, and what stands
    /// under `finally`, is no part of what was to end.
    pub(super) fn is_stopping(&self, path: &str) -> bool {
        let path = path.into();
        let is_rollback = self.workflow.brought_back_by(&path).is_some();
        let is_finally = self.workflow.section(&path) == Some(Section::Finally);
        self.execution.stop.is_some() && !is_rollback && !is_finally
    }

    /// Ends an execute step whose jobs have all ended, the last of them so.
    pub(super) fn settle(
        &mut self,
        path: &str,
        last: Option<JobStatus>,
        changes: &mut Changes,
    ) -> Result<(), EngineError> {
        let order = self.next_order();
        let is_forced = last == Some(JobStatus::Cancelled)
            && self.execution.stop.is_some()
            && self.workflow.section(&path.into()) == Some(Section::Finally);
        let is_stopping = is_forced || self.is_stopping(path);
        let step = self.step(path)?;
        let counts = step.jobs;
        if counts.bad == 0 {
            step.succeed()?;
        } else if is_stopping {
            step.cancel("execution_stopped")?;
        } else {
            let jobs = if counts.total == 1 { "job" } else { "jobs" };
            let detail = format!("{} of {} {jobs} did not succeed", counts.bad, counts.total);
            step.fail("jobs_failed", Some(detail))?;
        }
        step.ended_order = Some(order);
        let entry = entries::step(step);
        changes.note(&mut self.execution, entry);
        Ok(())
    }

    /// Counts a job that has ended, and ends its step with the last of them; a rollout ends its
    /// steps itself. Gives whether the step has ended.
    pub(super) fn count_ended(
        &mut self,
        path: &str,
        status: JobStatus,
        changes: &mut Changes,
    ) -> Result<bool, EngineError> {
        let is_last = self.step(path)?.count_ended(status);
        if !is_last || self.workflow.is_rolled(&path.into()) {
            return Ok(false);
        }
        self.settle(path, Some(status), changes)?;
        Ok(true)
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
        self.count_ended(&path, status, changes)?;
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
    let steps = store::steps::of(tx, &ids).await?;
    runs(app, tx, (locked, steps)).await
}

/// Locked executions with their steps, as runs.
pub(super) async fn runs(
    app: &App,
    tx: &mut Tx,
    (locked, mut steps): (Locked, Vec<Step>),
) -> Result<Vec<Run>, EngineError> {
    let mut runs = Vec::with_capacity(locked.executions.len());
    for execution in locked.executions {
        let workflow = workflow_with(app, tx, (&execution.definition, &execution.inputs)).await?;
        let (mine, others) = steps
            .into_iter()
            .partition(|step| step.execution == execution.id);
        steps = others;
        runs.push(Run {
            execution,
            workflow,
            steps: mine,
            rollouts: Vec::new(),
            calls: Vec::new(),
            taken: Vec::new(),
        });
    }
    let rolling: Vec<ExecutionId> = runs
        .iter()
        .filter(|run| run.workflow.has_rollouts())
        .map(|run| run.execution.id)
        .collect();
    if !rolling.is_empty() {
        for rollout in store::rollouts::of(tx, &rolling).await? {
            let run = runs
                .iter_mut()
                .find(|run| run.execution.id == rollout.execution);
            if let Some(run) = run {
                run.rollouts.push(rollout);
            }
        }
    }
    let calling: Vec<ExecutionId> = runs
        .iter()
        .filter(|run| run.workflow.has_calls())
        .map(|run| run.execution.id)
        .collect();
    if !calling.is_empty() {
        for call in store::calls::of(tx, &calling).await? {
            let run = runs
                .iter_mut()
                .find(|run| run.execution.id == call.execution);
            if let Some(run) = run {
                run.calls.push(call);
            }
        }
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

/// The workflow with this digest as a run with these inputs has it.
pub(super) async fn workflow_with(
    app: &App,
    tx: &mut Tx,
    (sha256, inputs): (&[u8], &Map<String, Value>),
) -> Result<Arc<Workflow>, EngineError> {
    let written = workflow(app, tx, sha256).await?;
    if written.folded_by().is_none() {
        return Ok(written);
    }
    let unfolded = written.unfolded_as_begun(inputs);
    unfolded.map(Arc::new).map_err(|_| EngineError::Document)
}

/// The workflow as a run that is to begin with these inputs has it.
pub(super) fn unfolded(
    written: Arc<Workflow>,
    inputs: &Map<String, Value>,
) -> Result<Arc<Workflow>, Unfoldable> {
    if written.folded_by().is_none() {
        return Ok(written);
    }
    written.unfolded(inputs).map(Arc::new)
}

/// Whether a job of this step succeeds when its host comes back, and not before.
pub(super) fn awaits_reboot(run: &Run, path: &str) -> bool {
    let step = run.workflow.step(&path.into());
    let is_expected = step.is_some_and(|step| match &step.action {
        Action::Execute(execute) => execute.expect == Expect::Reboot,
        Action::Prompt(_)
        | Action::Wait { .. }
        | Action::Group(_)
        | Action::Agent(_)
        | Action::Workflow(_)
        | Action::Notify(_) => false,
    });
    is_expected && run.execution.undo_of.is_none()
}

/// Whether a rollback has run anywhere: without one, an undo only lets hosts go.
fn has_brought_back(run: &Run) -> bool {
    let has_run = |path: &str| {
        let mut steps = run.steps.iter();
        steps.any(|step| step.path == path && step.jobs.total > 0)
    };
    run.execution.undo_of.is_some()
        && run
            .workflow
            .all_steps()
            .any(|step| step.rollback().is_some() && has_run(step.path.as_str()))
}

/// Leaves everything to be written with the commit, and notes whom to wake.
pub(super) fn finish(app: &App, tx: &mut Tx, (runs, mut changes): (Vec<Run>, Changes)) {
    for run in runs {
        let has_brought_back = has_brought_back(&run);
        let memory = Memory::of(&run.execution, &run.workflow, &run.steps);
        changes.memories.push(memory);
        changes
            .steps
            .extend(run.steps.into_iter().filter(Step::is_touched));
        changes.rollouts.extend(run.rollouts);
        let has_ended = run.execution.status().is_terminal();
        if run.calls.iter().any(Call::is_touched) || (has_ended && run.execution.parent.is_some()) {
            tx.wake(Wake::Calls);
        }
        changes.calls.extend(run.calls);
        let execution = &run.execution;
        if has_ended && run.workflow.secret_inputs().next().is_some() {
            store::secret_inputs::wipe(tx, execution.id);
        }
        let is_done = execution.status() == ExecutionStatus::Completed;
        if let Some(number) = execution.undo_of
            && is_done
            && has_brought_back
        {
            store::executions::rolled_back(tx, number);
        }
        if run.workflow.concurrency.is_some() && execution.status().is_terminal() {
            // Its place is free with the commit; nothing is written for that.
            tx.wake(Wake::Places);
        }
        changes.executions.push(run.execution);
    }
    for new in &changes.new_jobs {
        match new.placement {
            Placement::Queued => tx.wake(Wake::Queue),
            Placement::Delayed(_) => tx.wake(Wake::Due),
            Placement::QueuedFor(_) => {
                tx.wake(Wake::Due);
                tx.wake(Wake::Queue);
            }
            Placement::Offered | Placement::Ended(_) => {}
        }
    }
    if changes.steps.iter().any(|step| step.sleep_ms.is_some()) {
        tx.wake(Wake::Due);
    }
    tx.leave(changes, app.config().jobs.offer_ttl_ms);
}
