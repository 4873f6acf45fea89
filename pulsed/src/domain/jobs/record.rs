//! Recording a batch of reports in one transaction.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use pulse_api::{JobId, WorkerId, frames::Reason, status::JobStatus};

use super::{
    desk::Desk,
    report::{Report, What},
};
use crate::{
    app::App,
    domain::{
        Verb,
        engine::{self, EngineError, Run},
        entries,
    },
    model::{
        changes::News,
        entry::{NewPiece, Piece},
        job::{Ending, Job},
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
struct Batch<'a> {
    desk: Desk,
    jobs: HashMap<Name, Job>,
    /// The pieces of output that are taken from it.
    taken: HashMap<Place, &'a Arc<Piece>>,
    /// Attempts whose result is in this batch: their start needs no write of its own.
    with_result: Vec<Name>,
    /// Workers whose drain has ended what they had in hand.
    cancelled: Vec<WorkerId>,
}

impl Verb for Record<'_> {
    type Output = Vec<Settled>;
    type Error = EngineError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<Vec<Settled>, EngineError> {
        let Some((runs, jobs)) = self.find(app, tx).await? else {
            return Ok(vec![Settled::Done; self.reports.len()]);
        };
        let jobs: HashMap<Name, Job> = jobs.into_iter().map(|job| (name_of(&job), job)).collect();
        let mut batch = Batch {
            desk: Desk::with(runs),
            with_result: with_result(self.reports, &jobs),
            cancelled: cancelled(tx, self.reports).await?,
            taken: HashMap::new(),
            jobs,
        };
        let stored = stored(tx, self.reports).await?;
        let mut settled = Vec::with_capacity(self.reports.len());
        for report in self.reports {
            let is_stored = place(report).is_some_and(|place| stored.contains(&place));
            settled.push(if is_stored {
                Settled::Done
            } else {
                take(tx, &mut batch, report).await?
            });
        }
        batch.desk.close(app, tx).await?;
        Ok(settled)
    }

    fn store_error(error: &EngineError) -> Option<&StoreError> {
        error.store()
    }
}

/// Runs, and those of their jobs that are reported on.
type Found = (Vec<Run>, Vec<Job>);

impl Record<'_> {
    /// What the reports are about: known from having written it, or else locked and read. `None`
    /// where nothing of it is there.
    async fn find(&self, app: &App, tx: &mut Tx) -> Result<Option<Found>, EngineError> {
        let claims = self.reports.iter().map(|it| (it.worker, it.claim));
        if let Some((known, jobs)) = app.memories().take(claims) {
            tx.look_with_commit(self.reports.iter().map(|it| it.worker).collect());
            let runs = known.into_iter().map(Run::from).collect();
            return Ok(Some((runs, jobs)));
        }
        let held = store::jobs::hold(tx, &names(self.reports)).await?;
        if held.jobs.iter().any(|(_, has_waiting)| *has_waiting) {
            tx.wake(Wake::Queue);
        }
        if held.locked.executions.is_empty() {
            return Ok(None);
        }
        let jobs = held.jobs.into_iter().map(|(job, _)| job).collect();
        let runs = engine::runs(app, tx, (held.locked, held.steps)).await?;
        Ok(Some((runs, jobs)))
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

/// Only a result that will count: a stranger's or a late one ends nothing.
fn with_result(reports: &[Report], jobs: &HashMap<Name, Job>) -> Vec<Name> {
    let name = |report: &Report| (report.claim.job_id, report.claim.attempt);
    let counts = |report: &&Report| {
        let job = jobs.get(&name(report));
        matches!(report.what, What::Result(_))
            && job.is_some_and(|job| {
                job.core().worker == report.worker && job.is_held_under(report.claim)
            })
    };
    reports.iter().filter(counts).map(name).collect()
}

/// The workers of the batch whose drain has ended what they had in hand.
async fn cancelled(tx: &mut Tx, reports: &[Report]) -> Result<Vec<WorkerId>, StoreError> {
    let is_cancelled = |report: &&Report| match &report.what {
        What::Result(result) => result.reason == Some(Reason::Cancelled),
        What::Started | What::NotStarted { .. } | What::Output(_) => false,
    };
    let mut workers: Vec<WorkerId> = reports
        .iter()
        .filter(is_cancelled)
        .map(|it| it.worker)
        .collect();
    if workers.is_empty() {
        return Ok(workers);
    }
    workers.sort_unstable();
    workers.dedup();
    store::workers::drains::cancelled(tx, &workers).await
}

fn name_of(job: &Job) -> Name {
    (job.core().id, job.core().attempt)
}

/// A piece of output by its number.
type Place = (Name, u64);

fn place(report: &Report) -> Option<Place> {
    match &report.what {
        What::Output(piece) => Some(((piece.job, piece.attempt), piece.seq)),
        What::Started | What::NotStarted { .. } | What::Result(_) => None,
    }
}

/// The pieces among these that are stored already.
async fn stored(tx: &mut Tx, reports: &[Report]) -> Result<HashSet<Place>, StoreError> {
    let mut pieces: HashMap<Place, &Piece> = HashMap::new();
    for report in reports {
        if let What::Output(piece) = &report.what {
            pieces
                .entry(((piece.job, piece.attempt), piece.seq))
                .or_insert(piece);
        }
    }
    if pieces.is_empty() {
        return Ok(HashSet::new());
    }
    let pieces: Vec<&Piece> = pieces.into_values().collect();
    let mut places = HashSet::new();
    for known in store::outputs::stored(tx, &pieces).await? {
        let name = (known.job, known.attempt);
        places.insert((name, known.seq));
        if !known.agrees {
            conflict(tx, name, known.seq);
        }
    }
    Ok(places)
}

/// Writes down that a piece of output came twice, and not the same.
fn conflict(tx: &mut Tx, (job, attempt): Name, seq: u64) {
    let detail = serde_json::json!({"attempt": attempt, "seq": seq});
    store::audit::insert(tx, ("agent", "report_conflict", &job.to_string()), detail);
}

/// Takes one report.
async fn take<'a>(
    tx: &mut Tx,
    batch: &mut Batch<'a>,
    report: &'a Report,
) -> Result<Settled, EngineError> {
    let name = (report.claim.job_id, report.claim.attempt);
    let Some(job) = batch.jobs.get(&name).cloned() else {
        return Ok(Settled::Done);
    };
    if job.core().worker != report.worker {
        let subject = report.claim.job_id.to_string();
        let actor = report.worker.to_string();
        store::audit::insert(
            tx,
            (&actor, "report_of_another", &subject),
            serde_json::Value::Null,
        );
        return Ok(Settled::Done);
    }
    if !job.is_held_under(report.claim) {
        return late(tx, &job, report).await;
    }
    match &report.what {
        What::Started => start(batch, job)?,
        What::NotStarted { reason } => not_started(batch, job, reason)?,
        What::Output(piece) => {
            // The same piece twice in one batch: the first one that counts does. One under an older
            // fence does not, and must not stand in the way of the same under the newer.
            let first = batch.taken.entry((name, piece.seq)).or_insert(piece);
            if !Arc::ptr_eq(first, piece) {
                if first.bytes != piece.bytes {
                    conflict(tx, name, piece.seq);
                }
                return Ok(Settled::Done);
            }
            let core = job.core();
            let seq = batch.desk.run(core.execution)?.execution.next_seq();
            batch.desk.changes.pieces.push(NewPiece {
                execution: core.execution,
                seq,
                step: core.step.clone(),
                worker_name: core.worker_name.clone(),
                piece: (**piece).clone(),
            });
        }
        What::Result(result) => {
            let mut ending = Ending::reported((**result).clone());
            if ending.status == JobStatus::Cancelled {
                name_the_drain(batch, &job, &mut ending)?;
            }
            batch.end(job, ending)?;
        }
    }
    Ok(Settled::Done)
}

/// Says of a job that was ended with nobody against its execution that the deadline of a drain did it.
fn name_the_drain(
    batch: &mut Batch<'_>,
    job: &Job,
    ending: &mut Ending,
) -> Result<(), EngineError> {
    let core = job.core();
    let is_stopped = batch.desk.run(core.execution)?.execution.stop.is_some();
    if !is_stopped && batch.cancelled.contains(&core.worker) {
        ending.reason = Some("drain_deadline".to_owned());
        let detail = format!("{} was drained, and had no more time", core.worker_name);
        ending.detail = Some(detail);
    }
    Ok(())
}

/// A report under a superseded fence changes nothing; what it says is kept as evidence.
async fn late(tx: &mut Tx, job: &Job, report: &Report) -> Result<Settled, EngineError> {
    let Job::Ended(_) = job else {
        return Ok(Settled::Withheld);
    };
    match &report.what {
        What::Result(result) => {
            let ending = Ending::reported((**result).clone());
            let name = (report.claim.job_id, report.claim.attempt);
            store::jobs::write::keep_late(tx, name, (ending.status, ending.exit_code)).await?;
        }
        // Its process still runs although the job has ended here: the worker shall end it.
        What::Started | What::Output(_) => tx.tell(News::Kill(report.worker, report.claim)),
        What::NotStarted { .. } => {}
    }
    Ok(Settled::Done)
}

fn start(batch: &mut Batch<'_>, job: Job) -> Result<(), EngineError> {
    let name = name_of(&job);
    let Some((change, running)) = job.start() else {
        return Ok(());
    };
    let Desk { runs, changes, .. } = &mut batch.desk;
    let run = runs
        .get_mut(&change.core().execution)
        .ok_or(StoreError::Stale)?;
    changes.note(&mut run.execution, entries::job(&change));
    if !batch.with_result.contains(&name) {
        changes.jobs.push(change);
        batch.jobs.insert(name, running);
    }
    Ok(())
}

/// Takes an offer back that its worker does not take. The job waits a moment, so that a worker
/// that refuses everything is not asked without end; one that nobody wants any more ends. A rollback
/// that was ended by force is swept up while it waits.
fn not_started(batch: &mut Batch<'_>, job: Job, reason: &str) -> Result<(), EngineError> {
    let name = name_of(&job);
    batch.jobs.remove(&name);
    let run = batch.desk.run(job.core().execution)?;
    if run.is_stopping(&job.core().step) {
        let detail = "it had not been started";
        let ending = Ending {
            was_refused: true,
            ..Ending::without_process(JobStatus::Cancelled, "cancelled", detail)
        };
        return batch.desk.end(job, ending);
    }
    if let Some(change) = job.refuse() {
        tracing::debug!(job.id = %name.0, reason, "the offer was not taken");
        batch.desk.changes.jobs.push(change);
    }
    Ok(())
}

impl Batch<'_> {
    fn end(&mut self, job: Job, ending: Ending) -> Result<(), EngineError> {
        self.jobs.remove(&name_of(&job));
        let core = job.core();
        let run = self.desk.run(core.execution)?;
        if engine::awaits_reboot(run, &core.step) && ending.leaves_open_a_reboot() {
            // The host says the rest, by coming back with another boot id.
            if let Some((change, _)) = job.start() {
                self.desk.changes.jobs.push(change);
            }
            return Ok(());
        }
        self.desk.end(job, ending)
    }
}
