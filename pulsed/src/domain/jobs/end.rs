//! The one killer: ending jobs of which only the server can still say something.
//!
//! Six minutes without the worker and twelve without evidence are two kinds of
//! evidence, not two killers: both end here, by compare-and-set.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

use pulse_api::{ExecutionId, WorkerId, frames::Claim, status::JobStatus};

use super::desk::Desk;
use crate::{
    app::App,
    causes::error_chain,
    domain::{Verb, engine::EngineError, perform},
    model::{
        changes::News,
        job::{Awaited, Ending, Job},
    },
    store::{self, StoreError, Tx},
};

/// Which jobs are to be ended, and why.
#[derive(Debug, Clone)]
pub(crate) enum Evidence {
    /// Their worker is gone, for this reason.
    WorkersGone(Vec<WorkerId>, &'static str),
    /// Their worker is offline or gone, and nobody has ended them yet.
    Abandoned,
    /// They wait although somebody has asked for their end.
    Unwanted,
    /// Nothing was heard of them for so long, in milliseconds.
    Silent(u64),
    /// Their worker should have ended them a minute ago.
    Overdue,
    /// Their worker did not come in the time that the step gives it.
    GivenUp,
    /// What they await other than a process has come about.
    Arrived,
    /// It has not, in the time that the step gives it.
    Late(Awaited),
    /// Their worker restarted, but as something else than they await.
    OtherVersion,
    /// Their worker does not restart, for a reason that it gives.
    Refused(WorkerId, String),
    /// Their worker says, by what it leaves out, that it does not have them.
    Forgotten(Vec<(pulse_api::JobId, u32)>),
    /// An offer cannot go out: its job does not get its secrets, for this reason.
    Withheld(Claim, String),
}

/// Whether any job awaits something other than a process.
pub(crate) async fn has_awaiting(app: &App) -> Result<bool, StoreError> {
    store::jobs::awaiting::any(&mut app.store().read().await?).await
}

/// What a sweep came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Swept {
    Wholly,
    /// But for executions that cannot be moved.
    InPart,
}

/// Ends jobs. An execution that cannot be moved holds up no other: a sweep looks at so many jobs at a
/// time, and goes on to the next without it.
pub(crate) async fn jobs(app: &App, evidence: Evidence) -> Result<Swept, EngineError> {
    let mut end = EndJobs {
        evidence,
        only: None,
        but: Vec::new(),
    };
    loop {
        match perform(app, &end).await {
            Err(error) if error.is_of_one_execution() => {}
            Err(error) => return Err(error),
            Ok(()) => return Ok(end.swept()),
        }
        let known = end.but.len();
        end.one_by_one(app).await?;
        if end.but.len() == known {
            return Ok(end.swept());
        }
    }
}

/// What was said already of executions that cannot be moved: each comes again with every sweep.
static SAID: Mutex<Option<HashSet<ExecutionId>>> = Mutex::new(None);
const MOST_SAID: usize = 10_000;

/// Says, once, why an execution cannot be moved.
pub(crate) fn complain(execution: ExecutionId, error: &(dyn std::error::Error + 'static)) {
    let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    let said = said.get_or_insert_default();
    if said.len() >= MOST_SAID {
        said.clear();
    }
    if said.insert(execution) {
        tracing::error!(
            execution.id = %execution,
            cause = %error_chain(error),
            "an execution cannot be moved; the others are"
        );
    }
}

/// Ends jobs.
#[derive(Debug)]
struct EndJobs {
    evidence: Evidence,
    /// Those of one execution alone.
    only: Option<ExecutionId>,
    /// None of these executions, which cannot be moved.
    but: Vec<ExecutionId>,
}

impl Verb for EndJobs {
    type Output = ();
    type Error = EngineError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<(), EngineError> {
        let ids = self.executions(tx).await?;
        if ids.is_empty() {
            return Ok(());
        }
        let locked = store::executions::lock(tx, &ids).await?;
        if locked.executions.is_empty() {
            return Ok(());
        }
        let mut desk = Desk::open(app, tx, locked).await?;
        // Looked at again under the locks: what has moved meanwhile is left alone.
        for job in self.find(tx).await? {
            let core = job.core();
            let Some(ending) = self.ending(&job).filter(|_| ids.contains(&core.execution)) else {
                continue;
            };
            if let Some(fence) = job.fence() {
                let claim = Claim {
                    job_id: core.id,
                    attempt: core.attempt,
                    fence,
                };
                tx.tell(News::Kill(core.worker, claim));
            }
            desk.end(job, ending)?;
        }
        desk.close(app, tx).await
    }

    fn store_error(error: &EngineError) -> Option<&StoreError> {
        error.store()
    }
}

impl EndJobs {
    /// What the sweep comes to.
    fn swept(&self) -> Swept {
        if self.but.is_empty() {
            Swept::Wholly
        } else {
            Swept::InPart
        }
    }

    /// Ends the jobs of each execution by themselves, and notes which cannot be moved.
    async fn one_by_one(&mut self, app: &App) -> Result<(), EngineError> {
        let executions = self.executions(&mut app.store().read().await?).await?;
        for execution in executions {
            self.only = Some(execution);
            match perform(app, self).await {
                Ok(()) => {}
                Err(error) if error.is_of_one_execution() => {
                    complain(execution, &error);
                    self.but.push(execution);
                }
                Err(error) => return Err(error),
            }
        }
        self.only = None;
        Ok(())
    }

    /// The executions whose jobs are to be ended, in order.
    async fn executions(&self, tx: &mut Tx) -> Result<Vec<ExecutionId>, StoreError> {
        let found = self.find(tx).await?;
        let mut ids: Vec<ExecutionId> = found
            .iter()
            .map(|job| job.core().execution)
            .filter(|id| self.only.is_none_or(|only| only == *id))
            .collect();
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }

    async fn find(&self, tx: &mut Tx) -> Result<Vec<Job>, StoreError> {
        let but = self.but.as_slice();
        match &self.evidence {
            Evidence::WorkersGone(workers, _) => {
                store::jobs::open_of_workers(tx, (workers, but)).await
            }
            Evidence::Abandoned => store::jobs::abandoned(tx, but).await,
            Evidence::Unwanted => store::jobs::unwanted(tx, but).await,
            Evidence::Silent(after_ms) => store::jobs::stuck(tx, (*after_ms, but)).await,
            Evidence::Overdue => store::jobs::overdue(tx, but).await,
            Evidence::GivenUp => store::jobs::given_up(tx, but).await,
            Evidence::Arrived => store::jobs::awaiting::arrived(tx, but).await,
            Evidence::Late(awaited) => store::jobs::awaiting::late(tx, (*awaited, but)).await,
            Evidence::OtherVersion => store::jobs::awaiting::other_version(tx, but).await,
            Evidence::Refused(worker, _) => {
                store::jobs::awaiting::restart_of(tx, (*worker, but)).await
            }
            Evidence::Withheld(claim, _) => {
                let named = store::jobs::named(tx, &[(claim.job_id, claim.attempt)]).await?;
                let jobs = named.into_iter().map(|(job, _)| job);
                Ok(jobs
                    .filter(|job| job.fence() == Some(claim.fence))
                    .filter(|job| !but.contains(&job.core().execution))
                    .collect())
            }
            Evidence::Forgotten(names) => {
                let named = store::jobs::named(tx, names).await?;
                let jobs = named.into_iter().map(|(job, _)| job);
                Ok(jobs
                    .filter(|job| !but.contains(&job.core().execution))
                    .collect())
            }
        }
    }

    /// Why a worker is gone.
    fn gone(&self) -> &'static str {
        match &self.evidence {
            Evidence::WorkersGone(_, reason) => reason,
            Evidence::Abandoned
            | Evidence::Unwanted
            | Evidence::Silent(_)
            | Evidence::Overdue
            | Evidence::GivenUp
            | Evidence::Arrived
            | Evidence::Late(_)
            | Evidence::OtherVersion
            | Evidence::Refused(..)
            | Evidence::Withheld(..)
            | Evidence::Forgotten(_) => "worker_offline",
        }
    }

    /// How a job ends by this evidence; `None` where it says nothing about it.
    fn ending(&self, job: &Job) -> Option<Ending> {
        let worker = &job.core().worker_name;
        let ends = |status, reason: &str, detail: String| {
            Some(Ending::without_process(status, reason, &detail))
        };
        let lost = |reason: &str, detail: String| ends(JobStatus::Lost, reason, detail);
        let failed = |reason: &str, detail: String| ends(JobStatus::Failed, reason, detail);
        let timed_out = |detail: String| ends(JobStatus::TimedOut, "timeout", detail);
        match (&self.evidence, job) {
            (_, Job::Ended(_))
            | (Evidence::Forgotten(_), Job::Pending(_) | Job::Polled(_))
            | (Evidence::Withheld(..), Job::Pending(_) | Job::Running(_)) => None,
            (Evidence::WorkersGone(..) | Evidence::Abandoned, Job::Pending(pending))
                if pending.last_fence.is_none() =>
            {
                let reason = self.gone();
                let detail = format!("{worker} is gone; the job had not left the queue ({reason})");
                failed("unreachable", detail)
            }
            (Evidence::WorkersGone(..) | Evidence::Abandoned, _) => lost(
                self.gone(),
                format!("{worker} is gone, and nobody can say how the job ended"),
            ),
            (Evidence::Unwanted, _) => {
                let detail = "it had not been started".to_owned();
                ends(JobStatus::Cancelled, "cancelled", detail)
            }
            (Evidence::Silent(_), Job::Polled(_)) => {
                failed("stuck", format!("{worker} neither started nor refused it"))
            }
            (Evidence::Silent(_), _) => lost(
                "stuck",
                format!("{worker} is there, but has said nothing of the job"),
            ),
            (Evidence::Overdue, _) => timed_out(format!("{worker} did not end it in time")),
            (Evidence::GivenUp, _) => {
                failed("unreachable", format!("{worker} did not come back in time"))
            }
            (Evidence::Arrived, _) => Some(Ending::of_itself(JobStatus::Succeeded)),
            (Evidence::Late(awaited), _) => timed_out(format!("{worker} {}", awaited.missed())),
            (Evidence::OtherVersion, _) => failed(
                "other_version",
                format!("{worker} came back in another version than the one that is wanted"),
            ),
            (Evidence::Refused(_, why), _) => failed(
                "restart_refused",
                format!("{worker} goes on as it is: {why}"),
            ),
            (Evidence::Withheld(_, why), Job::Polled(_)) => failed("secret_refused", why.clone()),
            (Evidence::Forgotten(_), Job::Running(_)) => lost(
                "agent_restart",
                format!("{worker} does not know the job any more"),
            ),
        }
    }
}
