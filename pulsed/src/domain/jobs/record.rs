//! Recording a batch of reports in one transaction.

use std::collections::HashMap;

use pulse_api::{ExecutionId, JobId, frames::CommandResult, status::JobStatus};
use pulse_workflow::{StepPath, retry};

use super::report::{Report, What};
use crate::{
    app::App,
    domain::{
        Verb,
        engine::{self, EngineError, Fleet, Run},
        entries,
    },
    model::{
        changes::{Changes, NewJob, Placement},
        entry::NewPiece,
        job::{Core, Ending, Held, Job},
        wake::Wake,
    },
    store::{self, StoreError, Tx},
};

/// Records reports: results, withdrawals, starts and output, in the order they came.
pub(super) struct Record<'a> {
    pub(super) reports: &'a [Report],
}

/// What became of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Settled {
    /// It is stored, or was already, or concerns nothing any more: the agent may forget it.
    Done,
    /// The job is on offer again under a newer fence: the agent reports under that one.
    Withheld,
}

type Name = (JobId, u32);

/// What one batch works on.
struct Desk {
    runs: HashMap<ExecutionId, Run>,
    jobs: HashMap<Name, Job>,
    /// Attempts whose result is in this batch: their start needs no write of its own.
    with_result: Vec<Name>,
    changes: Changes,
    /// Attempts to make next.
    retries: Vec<(Core, u64)>,
}

impl Verb for Record<'_> {
    type Output = Vec<Settled>;
    type Error = EngineError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<Vec<Settled>, EngineError> {
        let names: Vec<Name> = names(self.reports);
        let ids: Vec<JobId> = names.iter().map(|(id, _)| *id).collect();
        let locked = store::executions::lock_of_jobs(tx, &ids).await?;
        let Some(now) = locked.now else {
            return Ok(vec![Settled::Done; self.reports.len()]);
        };
        let jobs = store::jobs::named(tx, &names).await?;
        for (job, has_waiting) in &jobs {
            if *has_waiting {
                tx.wake(Wake::Queue(job.core().worker));
            }
        }
        let runs = engine::load(app, tx, locked).await?;
        let mut desk = Desk {
            runs: runs
                .into_iter()
                .map(|run| (run.execution.id, run))
                .collect(),
            jobs: jobs
                .into_iter()
                .map(|(job, _)| (name_of(&job), job))
                .collect(),
            with_result: with_result(self.reports),
            changes: Changes::default(),
            retries: Vec::new(),
        };
        let stored = stored(tx, self.reports).await?;
        let mut settled = Vec::with_capacity(self.reports.len());
        for (index, report) in self.reports.iter().enumerate() {
            settled.push(take(tx, &mut desk, report, stored.contains(&index)).await?);
        }
        conclude(app, tx, desk, now).await?;
        Ok(settled)
    }

    fn store_error(error: &EngineError) -> Option<&StoreError> {
        error.store()
    }
}

fn names(reports: &[Report]) -> Vec<Name> {
    let mut names: Vec<Name> = reports
        .iter()
        .map(|report| (report.claim.job_id, report.claim.attempt))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn with_result(reports: &[Report]) -> Vec<Name> {
    let is_result = |report: &&Report| matches!(report.what, What::Result(_));
    reports
        .iter()
        .filter(is_result)
        .map(|r| (r.claim.job_id, r.claim.attempt))
        .collect()
}

fn name_of(job: &Job) -> Name {
    (job.core().id, job.core().attempt)
}

/// The places in the batch of output that is stored already.
async fn stored(tx: &mut Tx, reports: &[Report]) -> Result<Vec<usize>, StoreError> {
    let mut seen: HashMap<(Name, u64), usize> = HashMap::new();
    let mut places = Vec::new();
    let mut pieces = Vec::new();
    for (index, report) in reports.iter().enumerate() {
        let What::Output(piece) = &report.what else {
            continue;
        };
        // The same piece twice in one batch: the first one counts.
        if seen
            .insert(((piece.job, piece.attempt), piece.seq), index)
            .is_some()
        {
            places.push(index);
        } else {
            pieces.push(&**piece);
        }
    }
    if pieces.is_empty() {
        return Ok(places);
    }
    for known in store::outputs::stored(tx, &pieces).await? {
        if let Some(index) = seen.get(&((known.job, known.attempt), known.seq)) {
            places.push(*index);
        }
        if !known.agrees {
            let subject = known.job.to_string();
            let detail = serde_json::json!({"attempt": known.attempt, "seq": known.seq});
            store::audit::insert(tx, ("agent", "report_conflict", &subject), detail).await?;
        }
    }
    Ok(places)
}

/// Takes one report.
async fn take(
    tx: &mut Tx,
    desk: &mut Desk,
    report: &Report,
    is_stored: bool,
) -> Result<Settled, EngineError> {
    let name = (report.claim.job_id, report.claim.attempt);
    let Some(job) = desk.jobs.get(&name).cloned() else {
        return Ok(Settled::Done);
    };
    if job.core().worker != report.worker {
        let subject = report.claim.job_id.to_string();
        let actor = report.worker.to_string();
        store::audit::insert(
            tx,
            (&actor, "report_of_another", &subject),
            serde_json::Value::Null,
        )
        .await?;
        return Ok(Settled::Done);
    }
    if !job.is_held_under(report.claim) {
        return late(tx, &job, report).await;
    }
    match &report.what {
        What::Started => start(desk, job)?,
        What::NotStarted { reason } => not_started(tx, desk, job, reason),
        What::Output(_) if is_stored => {}
        What::Output(piece) => {
            let core = job.core();
            let Some(run) = desk.runs.get_mut(&core.execution) else {
                return Ok(Settled::Done);
            };
            desk.changes.pieces.push(NewPiece {
                execution: core.execution,
                seq: run.execution.next_seq(),
                step: core.step.clone(),
                worker_name: core.worker_name.clone(),
                piece: (**piece).clone(),
            });
        }
        What::Result(result) => end(desk, job, (**result).clone())?,
    }
    Ok(Settled::Done)
}

/// A report under a superseded fence changes nothing; what it says is kept as evidence.
async fn late(tx: &mut Tx, job: &Job, report: &Report) -> Result<Settled, EngineError> {
    let Job::Ended(_) = job else {
        return Ok(Settled::Withheld);
    };
    if let What::Result(result) = &report.what {
        let ending = Ending::reported((**result).clone());
        let name = (report.claim.job_id, report.claim.attempt);
        store::jobs::keep_late(tx, name, (ending.status, ending.exit_code)).await?;
    }
    Ok(Settled::Done)
}

fn start(desk: &mut Desk, job: Job) -> Result<(), EngineError> {
    let name = name_of(&job);
    let Some(change) = job.start() else {
        return Ok(());
    };
    let execution = change.core().execution;
    let run = desk.runs.get_mut(&execution).ok_or(StoreError::Stale)?;
    desk.changes.note(&mut run.execution, entries::job(&change));
    if !desk.with_result.contains(&name) {
        // What follows in the batch meets a running job: output that came with the start counts.
        let fence = change.fence().ok_or(StoreError::Stale)?;
        let running = Held { core: change.core().clone(), fence };
        desk.changes.jobs.push(change);
        desk.jobs.insert(name, Job::Running(running));
    }
    Ok(())
}

fn not_started(tx: &mut Tx, desk: &mut Desk, job: Job, reason: &str) {
    let name = name_of(&job);
    let worker = job.core().worker;
    if let Some(change) = job.withdraw() {
        tracing::debug!(job.id = %name.0, reason, "the offer was not taken");
        desk.changes.jobs.push(change);
        desk.jobs.remove(&name);
        tx.wake(Wake::Queue(worker));
    }
}

/// Ends an attempt; where the step allows another, the job itself goes on.
fn end(desk: &mut Desk, job: Job, result: CommandResult) -> Result<(), EngineError> {
    let ending = Ending::reported(result);
    let core = job.core().clone();
    desk.jobs.remove(&name_of(&job));
    let run = desk
        .runs
        .get_mut(&core.execution)
        .ok_or(StoreError::Stale)?;
    match next_attempt(run, &core, &ending) {
        Some(delay_ms) => {
            if let Some(change) = job.end(ending) {
                desk.changes.note(&mut run.execution, entries::job(&change));
                desk.changes.jobs.push(change);
                desk.retries.push((core, delay_ms));
            }
        }
        None => {
            run.end_job(job, ending, &mut desk.changes)?;
        }
    }
    Ok(())
}

/// Milliseconds until the next attempt, where the step allows one.
pub(super) fn next_attempt(run: &Run, core: &Core, ending: &Ending) -> Option<u64> {
    if run.execution.stop.is_some() {
        return None;
    }
    let cause = match ending.status {
        JobStatus::Failed => retry::Cause::Failed {
            exit_code: ending.exit_code,
        },
        JobStatus::TimedOut => retry::Cause::TimedOut,
        JobStatus::Lost => retry::Cause::Lost,
        JobStatus::Pending
        | JobStatus::Polled
        | JobStatus::Running
        | JobStatus::Succeeded
        | JobStatus::Cancelled => return None,
    };
    let attempt = retry::Attempt {
        number: core.attempt,
        cause,
        entropy: core.id.0.as_u64_pair().1,
    };
    retry::decide(&run.workflow, &StepPath(core.step.clone()), attempt)
}

/// Writes the next attempts of jobs that get one.
pub(super) async fn try_again(
    tx: &mut Tx,
    run: &mut Run,
    retries: Vec<(Core, u64)>,
    changes: &mut Changes,
) -> Result<(), EngineError> {
    if retries.is_empty() {
        return Ok(());
    }
    let standings = store::jobs::standings(tx, &[run.execution.id], None).await?;
    for (mut core, delay_ms) in retries {
        let Some(last) = standings
            .iter()
            .find(|standing| standing.core.id == core.id)
        else {
            continue;
        };
        core.attempt += 1;
        let mut command: pulse_api::frames::ExecuteCommand =
            serde_json::from_value(last.command.clone()).map_err(StoreError::from)?;
        command.attempt = core.attempt;
        let entry = entries::new_job(&core, JobStatus::Pending, None);
        changes.note(&mut run.execution, entry);
        let placement = match delay_ms {
            0 => Placement::Queued,
            delay_ms => Placement::Delayed(delay_ms),
        };
        changes.new_jobs.push(NewJob {
            core,
            command: Box::new(command),
            placement,
        });
    }
    Ok(())
}

/// Draws the consequences and writes everything.
async fn conclude(
    app: &App,
    tx: &mut Tx,
    desk: Desk,
    now: jiff::Timestamp,
) -> Result<(), EngineError> {
    let Desk {
        runs,
        mut changes,
        mut retries,
        ..
    } = desk;
    let mut fleet = Fleet::default();
    let mut runs: Vec<Run> = runs.into_values().collect();
    runs.sort_by_key(|run| run.execution.id);
    for run in &mut runs {
        let (mine, others) = retries
            .into_iter()
            .partition(|(core, _)| core.execution == run.execution.id);
        retries = others;
        try_again(tx, run, mine, &mut changes).await?;
        if run.has_ended_steps() {
            engine::advance(tx, run, &mut fleet, &mut changes).await?;
        }
    }
    engine::finish(app, tx, runs, changes, now).await
}
