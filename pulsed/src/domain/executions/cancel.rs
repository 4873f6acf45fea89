//! Ending an execution early.
//!
//! What has not left the queue is cancelled at once; what a worker holds is
//! cancelled when the worker confirms it, or lost when it cannot.

use pulse_api::{
    ExecutionId,
    frames::Claim,
    http::executions::{EntryKind, StatusEntry},
    status::{CallStatus, ExecutionStatus, JobStatus, StepKind, StepStatus},
};
use pulse_workflow::Section;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    app::App,
    domain::{
        Verb,
        engine::{self, EngineError, Fleet, Run},
        entries,
    },
    model::{
        changes::{Changes, News},
        execution::{Stop, Verb as Move},
        grant::{Reach, Right},
        job::{Ending, Job},
        step::Step,
        wake::Wake,
    },
    store::{self, StoreError, Tx},
};

/// The longest time that steps have to end, in milliseconds.
const LONGEST_GRACE_MS: u64 = 60 * 60 * 1_000;

/// Ends an execution early.
#[derive(Debug, Clone)]
pub(crate) struct Cancel {
    pub(crate) execution: ExecutionId,
    pub(crate) by: String,
    pub(crate) reason: Option<String>,
    /// Milliseconds between asking a step to end and killing it; 0 for killing at once.
    pub(crate) grace_ms: Option<u64>,
    pub(crate) reach: Reach,
}

/// The end has been asked for.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct CancelRequested {
    pub(crate) execution_id: ExecutionId,
}

/// Why an execution was not ended.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CancelError {
    #[error("no such execution")]
    Unknown,
    #[error("the workflow is not yours to run")]
    Forbidden,
    #[error("the execution has already ended")]
    Finished(ExecutionStatus),
    #[error("steps have an hour to end, at most")]
    Grace,
    #[error(transparent)]
    Engine(#[from] EngineError),
}

impl From<StoreError> for CancelError {
    fn from(error: StoreError) -> Self {
        Self::Engine(EngineError::Store(error))
    }
}

impl Verb for Cancel {
    type Output = CancelRequested;
    type Error = CancelError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<CancelRequested, CancelError> {
        if self.grace_ms.is_some_and(|grace| grace > LONGEST_GRACE_MS) {
            return Err(CancelError::Grace);
        }
        let Some((mut run, _)) = engine::lock(app, tx, self.execution).await? else {
            return Err(CancelError::Unknown);
        };
        if !store::executions::allows(tx, self.execution, (&self.reach, Right::Run)).await? {
            return Err(CancelError::Forbidden);
        }
        if run.execution.status().is_terminal() {
            return Err(CancelError::Finished(run.execution.status()));
        }
        let mut changes = Changes::default();
        let wish = Wish {
            stop: Stop::Cancelled,
            by: &self.by,
            grace_ms: self.grace_ms,
            times: 1,
            reason: self.reason.as_deref(),
        };
        stop(tx, &mut run, wish, &mut changes).await?;
        engine::finish(app, tx, (vec![run], changes));
        let subject = self.execution.to_string();
        let detail = json!({"reason": self.reason, "grace_ms": self.grace_ms});
        store::audit::insert(tx, (&self.by, "execution.cancel", &subject), detail);
        Ok(CancelRequested {
            execution_id: self.execution,
        })
    }

    fn store_error(error: &CancelError) -> Option<&StoreError> {
        match error {
            CancelError::Engine(EngineError::Store(error)) => Some(error),
            CancelError::Unknown
            | CancelError::Forbidden
            | CancelError::Finished(_)
            | CancelError::Grace
            | CancelError::Engine(_) => None,
        }
    }
}

/// Why and how an execution is to end.
pub(in crate::domain) struct Wish<'a> {
    pub(in crate::domain) stop: Stop,
    pub(in crate::domain) by: &'a str,
    /// Nothing for the usual one, or the one that was given before.
    pub(in crate::domain) grace_ms: Option<u64>,
    /// How often it was wished, where it is heard of only now.
    pub(in crate::domain) times: u32,
    /// What a person gave as theirs.
    pub(in crate::domain) reason: Option<&'a str>,
}

impl Wish<'_> {
    fn word(&self) -> &'static str {
        match self.stop {
            Stop::Cancelled => "cancel_requested",
            Stop::TimedOut => "execution_timeout",
        }
    }
}

/// Ends what can be ended here, and asks the workers to end the rest.
pub(in crate::domain) async fn stop(
    tx: &mut Tx,
    run: &mut Run,
    wish: Wish<'_>,
    changes: &mut Changes,
) -> Result<(), EngineError> {
    let id = run.execution.id;
    let tidying = Tidying::of(run, &wish);
    let why = (wish.stop, wish.reason);
    store::executions::request_stop(tx, id, why, (wish.by, wish.grace_ms)).await?;
    run.execution.stop.get_or_insert(wish.stop);
    let noted = StatusEntry {
        status: run.execution.status(),
        outcome: None,
        by: Some(wish.by.to_owned()),
        reason: Some(wish.word().to_owned()),
        detail: wish.reason.map(str::to_owned),
    };
    changes.note(&mut run.execution, EntryKind::Status(noted));
    if run.execution.is_held() {
        return abandon(run, changes);
    }
    let mut jobs = store::jobs::open_of(tx, &[id]).await?;
    jobs.retain(|job| !tidying.spares(run, &job.core().step));
    for job in jobs {
        match job {
            Job::Pending(_) => {
                // Its offer was taken back, but may have been taken up all the same.
                if let Some(fence) = job.fence() {
                    let core = job.core();
                    let claim = Claim {
                        job_id: core.id,
                        attempt: core.attempt,
                        fence,
                    };
                    tx.tell(News::Kill(core.worker, claim));
                }
                let ending = Ending::without_process(
                    JobStatus::Cancelled,
                    "cancelled",
                    "it had not been started",
                );
                run.end_job(job, ending, changes)?;
            }
            Job::Polled(_) | Job::Running(_) => tx.wake(Wake::Worker(job.core().worker)),
            Job::Ended(_) => {}
        }
    }
    let spared = tidying.spared(run);
    store::jobs::write::request_cancel(tx, (id, spared)).await?;
    if tidying == Tidying::Ends {
        end_tidying(run, changes)?;
    }
    close_prompts(tx, run, (tidying, &mut *changes)).await?;
    let untold = close_timers(run, (tidying, &mut *changes))?;
    if !untold.is_empty() {
        store::notifications::drop_of_steps(tx, id, untold);
    }
    close_calls(run, &wish, (tidying, changes))?;
    engine::advance(tx, run, &mut Fleet::default(), changes).await
}

/// Ends an execution that has not begun: nothing of it runs, and there is nothing to tidy up.
fn abandon(run: &mut Run, changes: &mut Changes) -> Result<(), EngineError> {
    let first = run.next_order();
    let open = run.steps.iter_mut();
    let open = open.filter(|step| !step.status().is_terminal());
    for (step, order) in open.zip(first..) {
        step.cancel("execution_stopped")?;
        step.ended_order = Some(order);
        let entry = entries::step(step);
        changes.note(&mut run.execution, entry);
    }
    let end = match run.execution.stop {
        Some(Stop::TimedOut) => Move::TimeOut,
        Some(Stop::Cancelled) | None => Move::Cancel,
    };
    run.execution.make(end)?;
    let entry = entries::status(&run.execution);
    changes.note(&mut run.execution, entry);
    Ok(())
}

/// What becomes of that which leaves things in order when an execution is to end: its rollbacks, and
/// what stands under `finally`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tidying {
    /// It begins, or goes on.
    GoesOn,
    /// The time of the execution is over: what runs under `finally` ends, and the rest of it follows.
    IsLate,
    /// What runs is killed, and nothing more of it begins.
    Ends,
}

impl Tidying {
    /// Only whoever forces the end of one that was ending already ends this too.
    fn of(run: &Run, wish: &Wish<'_>) -> Self {
        let is_back = |step: &Step| is_rollback(run, &step.path) && step.jobs.total > 0;
        let has_begun = run.steps.iter().any(is_back) || is_at_the_end(run);
        let is_second = run.execution.stop.is_some() || has_begun || wish.times > 1;
        if is_second && wish.grace_ms == Some(0) {
            Self::Ends
        } else if wish.stop == Stop::TimedOut {
            Self::IsLate
        } else {
            Self::GoesOn
        }
    }

    /// Whether this step goes on.
    fn spares(self, run: &Run, step: &str) -> bool {
        match self {
            Self::GoesOn => is_rollback(run, step) || is_finally(run, step),
            Self::IsLate => is_rollback(run, step),
            Self::Ends => false,
        }
    }

    /// The steps whose jobs go on.
    fn spared(self, run: &Run) -> Vec<String> {
        let paths = run.steps.iter().map(|step| step.path.clone());
        paths.filter(|path| self.spares(run, path)).collect()
    }
}

fn is_finally(run: &Run, step: &str) -> bool {
    run.workflow.section(&step.into()) == Some(Section::Finally)
}

/// Whether something of `finally` has begun.
fn is_at_the_end(run: &Run) -> bool {
    let mut steps = run.steps.iter();
    steps.any(|step| step.status() != StepStatus::Waiting && is_finally(run, &step.path))
}

fn is_rollback(run: &Run, step: &str) -> bool {
    run.workflow.brought_back_by(&step.into()).is_some()
}

/// Ends the rollbacks that have not begun, and the rest of a `finally` that has.
fn end_tidying(run: &mut Run, changes: &mut Changes) -> Result<(), EngineError> {
    let is_at_the_end = is_at_the_end(run);
    let ends = |path: &str| is_rollback(run, path) || (is_at_the_end && is_finally(run, path));
    let waiting: Vec<String> = run
        .steps
        .iter()
        .filter(|step| step.status() == StepStatus::Waiting && ends(&step.path))
        .map(|step| step.path.clone())
        .collect();
    for path in waiting {
        end_step(run, &path, changes)?;
    }
    Ok(())
}

fn end_step(run: &mut Run, path: &str, changes: &mut Changes) -> Result<(), EngineError> {
    let order = run.next_order();
    let step = run.step(path)?;
    step.cancel("execution_stopped")?;
    step.ended_order = Some(order);
    let entry = entries::step(step);
    changes.note(&mut run.execution, entry);
    Ok(())
}

/// Closes the prompts that the execution waits on.
async fn close_prompts(
    tx: &mut Tx,
    run: &mut Run,
    (tidying, changes): (Tidying, &mut Changes),
) -> Result<(), EngineError> {
    for mut prompt in store::prompts::of(tx, run.execution.id).await? {
        if tidying.spares(run, &prompt.step) {
            continue;
        }
        let Ok(change) = prompt.cancel() else {
            continue;
        };
        prompt.status = change.to();
        changes.note(
            &mut run.execution,
            entries::prompt(&prompt, change.to(), None),
        );
        changes.prompts.push(change);
    }
    Ok(())
}

/// Ends the steps that wait for an answer, a moment, or a message of theirs to be accepted; gives the last.
fn close_timers(
    run: &mut Run,
    (tidying, changes): (Tidying, &mut Changes),
) -> Result<Vec<String>, EngineError> {
    let waiting: Vec<(String, StepKind)> = run
        .steps
        .iter()
        .filter(|step| step.status() == StepStatus::Running)
        .filter(|step| match step.kind {
            StepKind::Prompt | StepKind::Wait | StepKind::Notify => true,
            // The planner ends groups, and jobs end the others.
            StepKind::Execute | StepKind::Group | StepKind::Agent | StepKind::Workflow => false,
        })
        .filter(|step| !tidying.spares(run, &step.path))
        .map(|step| (step.path.clone(), step.kind))
        .collect();
    let mut untold = Vec::new();
    for (path, kind) in waiting {
        end_step(run, &path, changes)?;
        if kind == StepKind::Notify {
            untold.push(path);
        }
    }
    Ok(untold)
}

/// Ends the steps whose workflows have not begun; of those that have, the executions are asked to end,
/// and the steps end with them.
fn close_calls(
    run: &mut Run,
    wish: &Wish<'_>,
    (tidying, changes): (Tidying, &mut Changes),
) -> Result<(), EngineError> {
    let mut closed = Vec::new();
    let spared = tidying.spared(run);
    let workflow = run.workflow.clone();
    for call in &mut run.calls {
        let tried = workflow.tried_by(&call.step.as_str().into());
        let step = tried.map_or(call.step.as_str(), |(_, stands)| stands.path.as_str());
        if spared.iter().any(|spared| spared == step) {
            continue;
        }
        match call.status() {
            CallStatus::Wanted => {
                // What stands for looks at batches ends with their rollout.
                closed.extend(tried.is_none().then(|| call.step.clone()));
                call.end()?;
            }
            CallStatus::Running => call.want_stop(wish.by, (wish.grace_ms, wish.times)),
            CallStatus::Ended => {}
        }
    }
    for path in closed {
        let order = run.next_order();
        let step = run.step(&path)?;
        step.cancel("execution_stopped")?;
        step.ended_order = Some(order);
        let entry = entries::step(step);
        changes.note(&mut run.execution, entry);
    }
    Ok(())
}
