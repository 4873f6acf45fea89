//! Where jobs of many executions end in one transaction: their runs, what changes, who tries again.

use std::collections::BTreeMap;

use pulse_api::{ExecutionId, frames::ExecuteCommand, status::JobStatus};
use pulse_workflow::{StepPath, retry};

use crate::{
    app::App,
    domain::{
        engine::{self, EngineError, Fleet, Run},
        entries,
    },
    model::{
        changes::{Changes, NewJob, Placement},
        job::{Awaited, Core, Ending, Job},
    },
    store::{self, StoreError, Tx, executions::Locked, jobs::Standing},
};

/// What one transaction works on.
pub(super) struct Desk {
    pub(super) runs: BTreeMap<ExecutionId, Run>,
    pub(super) changes: Changes,
    /// Jobs that get another attempt, and where.
    retries: Vec<(Core, Next)>,
}

/// Where a job goes on after an attempt that has ended.
enum Next {
    /// On its worker.
    Here(Placement),
    /// On another worker that the step may pick. Where there is none: so on its own, or not at all.
    Elsewhere(Option<Placement>),
    /// It has moved perhaps: only the attempts that were offered to somebody count.
    Counted(Fault),
}

/// How an attempt ended, as far as another one depends on it.
#[derive(Debug, Clone, Copy)]
struct Fault {
    status: JobStatus,
    exit_code: Option<i32>,
}

impl Desk {
    /// A desk with these locked executions.
    pub(super) async fn open(app: &App, tx: &mut Tx, locked: Locked) -> Result<Self, EngineError> {
        Ok(Self::with(engine::load(app, tx, locked).await?))
    }

    /// A desk with these runs.
    pub(super) fn with(runs: Vec<Run>) -> Self {
        Self {
            runs: runs
                .into_iter()
                .map(|run| (run.execution.id, run))
                .collect(),
            changes: Changes::default(),
            retries: Vec::new(),
        }
    }

    /// The run that a job belongs to.
    pub(super) fn run(&mut self, execution: ExecutionId) -> Result<&mut Run, StoreError> {
        self.runs.get_mut(&execution).ok_or(StoreError::Stale)
    }

    /// Ends an attempt; where the step allows another, the job itself goes on.
    pub(super) fn end(&mut self, job: Job, ending: Ending) -> Result<(), EngineError> {
        let core = job.core().clone();
        let run = self
            .runs
            .get_mut(&core.execution)
            .ok_or(StoreError::Stale)?;
        let Some(next) = next(run, &job, &ending) else {
            run.end_job(job, ending, &mut self.changes)?;
            return Ok(());
        };
        if let Some(change) = job.end(ending) {
            self.changes.note(&mut run.execution, entries::job(&change));
            self.changes.jobs.push(change);
            self.retries.push((core, next));
        }
        Ok(())
    }

    /// Draws the consequences and writes everything.
    pub(super) async fn close(self, app: &App, tx: &mut Tx) -> Result<(), EngineError> {
        let Self {
            runs,
            mut changes,
            mut retries,
        } = self;
        let mut fleet = Fleet::default();
        let mut runs: Vec<Run> = runs.into_values().collect();
        for run in &mut runs {
            let is_mine = |(core, _): &(Core, Next)| core.execution == run.execution.id;
            let (mine, others) = retries.into_iter().partition(is_mine);
            retries = others;
            try_again(tx, run, mine, (&mut fleet, &mut changes)).await?;
            if run.has_news() {
                engine::advance(tx, run, &mut fleet, &mut changes).await?;
            }
        }
        engine::finish(app, tx, (runs, changes));
        Ok(())
    }
}

/// How long an attempt after a loss waits for its worker to come back, in milliseconds.
const PATIENCE_MS: u64 = 15 * 60 * 1_000;

/// Where the job goes on, if it does.
///
/// A step that picks any of several workers does not stand or fall with the one it picked: what
/// never started there starts on another, and what may be tried again after a loss does so too.
fn next(run: &Run, job: &Job, ending: &Ending) -> Option<Next> {
    let core = job.core();
    let fault = Fault {
        status: ending.status,
        exit_code: ending.exit_code,
    };
    let again = next_attempt(run, core, (fault, 0));
    if run.is_stopping(&core.step) || !engine::picks(run, &core.step) {
        return again.map(Next::Here);
    }
    let was_never_offered = match job {
        Job::Pending(pending) => pending.last_fence.is_none(),
        Job::Polled(_) | Job::Running(_) | Job::Ended(_) => false,
    };
    let is_orphan = was_never_offered && ending.reason.as_deref() == Some("unreachable");
    let earlier = core.attempt - 1;
    if !is_orphan && earlier > 0 && next_attempt(run, core, (fault, earlier)).is_some() {
        return Some(Next::Counted(fault));
    }
    if is_orphan || (ending.status == JobStatus::Lost && again.is_some()) {
        return Some(Next::Elsewhere(again));
    }
    again.map(Next::Here)
}

/// Where the next attempt begins, where the step allows one after so many that do not count.
fn next_attempt(run: &Run, core: &Core, (fault, unused): (Fault, u32)) -> Option<Placement> {
    if run.is_stopping(&core.step) {
        return None;
    }
    let cause = match fault.status {
        JobStatus::Failed => retry::Cause::Failed {
            exit_code: fault.exit_code,
        },
        JobStatus::TimedOut => retry::Cause::TimedOut,
        JobStatus::Lost => retry::Cause::Lost,
        JobStatus::Pending
        | JobStatus::Polled
        | JobStatus::Running
        | JobStatus::Succeeded
        | JobStatus::Cancelled => return None,
    };
    let entropy = core.id.0.as_u64_pair().1;
    let attempt = retry::Attempt {
        number: core.attempt.saturating_sub(unused).max(1),
        cause,
        entropy,
    };
    let delay_ms = retry::decide(&run.workflow, &StepPath(core.step.clone()), attempt)?;
    Some(match (fault.status, delay_ms) {
        (JobStatus::Lost, delay_ms) => Placement::QueuedFor(PATIENCE_MS.max(delay_ms)),
        (_, 0) => Placement::Queued,
        (_, delay_ms) => Placement::Delayed(delay_ms),
    })
}

/// Writes the next attempts of jobs that get one.
async fn try_again(
    tx: &mut Tx,
    run: &mut Run,
    retries: Vec<(Core, Next)>,
    (fleet, changes): (&mut Fleet, &mut Changes),
) -> Result<(), EngineError> {
    if retries.is_empty() {
        return Ok(());
    }
    let standings = store::jobs::standings(tx, &[run.execution.id], None).await?;
    for (core, next) in retries {
        let next = match next {
            Next::Counted(fault) => {
                let unused = store::jobs::never_offered(tx, &core).await?;
                let Some(again) = next_attempt(run, &core, (fault, unused)) else {
                    run.count_ended(&core.step, fault.status, changes)?;
                    continue;
                };
                if fault.status == JobStatus::Lost {
                    Next::Elsewhere(Some(again))
                } else {
                    Next::Here(again)
                }
            }
            next @ (Next::Here(_) | Next::Elsewhere(_)) => next,
        };
        let placement = match next {
            Next::Here(placement) => Some(placement),
            Next::Counted(_) => None,
            Next::Elsewhere(otherwise) => {
                let step = |standing: &&Standing| standing.core.step == core.step;
                let taken = standings
                    .iter()
                    .filter(step)
                    .map(|s| s.core.worker)
                    .collect();
                if let Some(moved) = engine::elsewhere(tx, run, (&core, taken), fleet).await? {
                    let entry = entries::new_job(&moved.core, moved.status(), None);
                    changes.note(&mut run.execution, entry);
                    changes.new_jobs.push(moved);
                    continue;
                }
                otherwise
            }
        };
        let last = standings
            .iter()
            .find(|standing| standing.core.id == core.id);
        // What was to end by force does not begin again, be it a rollback.
        let is_over = |last: &&Standing| run.execution.stop.is_some() && last.is_cancelled;
        match (placement, last.filter(|last| !is_over(last))) {
            (Some(placement), Some(last)) => repeat(run, (core, placement), last, changes)?,
            // Its attempt has been written as ended already: what is left is to count it.
            (Some(_), None) | (None, _) => {
                run.count_ended(&core.step, JobStatus::Failed, changes)?;
            }
        }
    }
    Ok(())
}

/// Adds the next attempt of a job on the same worker.
fn repeat(
    run: &mut Run,
    (mut core, placement): (Core, Placement),
    last: &Standing,
    changes: &mut Changes,
) -> Result<(), EngineError> {
    let awaits = engine::awaits_reboot(run, &core.step).then(|| Awaited::Reboot.into());
    core.attempt += 1;
    let mut command: ExecuteCommand =
        serde_json::from_value(last.command.clone()).map_err(StoreError::from)?;
    command.attempt = core.attempt;
    let entry = entries::new_job(&core, JobStatus::Pending, None);
    changes.note(&mut run.execution, entry);
    changes.new_jobs.push(NewJob {
        core,
        command: Box::new(command),
        placement,
        awaits,
    });
    Ok(())
}
