//! Steps that do something to agents: no process runs, the server itself sees how they end.

use std::collections::HashSet;

use pulse_api::{WorkerId, status::JobStatus};
use pulse_workflow::{JobSpec, Task};

use super::{Run, assign, assign::Part, place};
use crate::{
    model::{
        changes::{Awaits, Placement},
        job::{Awaited, Ending},
        wake::Wake,
        worker::{Candidate, RestartScope},
    },
    store::{self, StoreError, Tx},
};

/// Does to the workers of these jobs what the jobs are about; gives those it was done to.
pub(super) async fn act(
    tx: &mut Tx,
    run: &Run,
    jobs: &[(Candidate, Part)],
) -> Result<HashSet<WorkerId>, StoreError> {
    let there = || {
        jobs.iter()
            .filter(|(worker, _)| !place::is_gone(worker))
            .filter_map(|(worker, part)| Some((worker, part.as_ref().ok()?)))
    };
    let Some((_, first)) = there().next() else {
        return Ok(HashSet::new());
    };
    let workers: Vec<WorkerId> = there().map(|(worker, _)| worker.id).collect();
    let done = match first.task {
        Task::Command | Task::Reboot => Vec::new(),
        // Of their links: a step that runs there is not disturbed.
        Task::Restart { .. } => {
            store::workers::ask_restart(tx, &workers, RestartScope::Link).await?
        }
        Task::Drain => {
            let (number, by) = (run.execution.number, run.execution.started_by.as_str());
            let reason = format!("held by execution #{number}");
            let wish = (run.execution.id, (reason.as_str(), by));
            store::workers::hold_for(tx, &workers, wish).await?
        }
        Task::Resume => store::workers::release(tx, &workers, run.execution.id).await?,
    };
    for worker in &done {
        tx.wake(Wake::Worker(*worker));
        tx.wake(Wake::Queue);
    }
    if !done.is_empty() {
        tx.wake(Wake::Due);
    }
    Ok(done.into_iter().collect())
}

/// Where the job begins, and what it awaits.
pub(super) fn placement(
    worker: &Candidate,
    spec: &JobSpec,
    done: &HashSet<WorkerId>,
) -> (Placement, Option<Awaits>) {
    if place::is_gone(worker) {
        return (assign::unreachable(worker), None);
    }
    if !done.contains(&worker.id) {
        return (refused(worker, &spec.task), None);
    }
    let awaits = match &spec.task {
        Task::Command | Task::Reboot => return (Placement::Queued, None),
        Task::Resume => {
            let ending = Ending::of_itself(JobStatus::Succeeded);
            return (Placement::Ended(Box::new(ending)), None);
        }
        Task::Drain => Awaited::Drain.into(),
        Task::Restart { version } => Awaits {
            what: Awaited::Restart,
            version: version.clone(),
        },
    };
    (Placement::QueuedFor(spec.timeout_ms), Some(awaits))
}

/// The end of a job whose worker somebody else has in hand.
fn refused(worker: &Candidate, task: &Task) -> Placement {
    let name = &worker.name;
    let (reason, detail) = match task {
        Task::Restart { .. } => ("not_connected", format!("{name} is not connected")),
        Task::Command | Task::Reboot | Task::Drain | Task::Resume => (
            "held",
            format!(
                "{name} is drained or held by somebody else; `pulsectl worker resume {name}` ends that"
            ),
        ),
    };
    let ending = Ending::without_process(JobStatus::Failed, reason, &detail);
    Placement::Ended(Box::new(ending))
}
