//! An execution as the planner sees it.

use std::collections::BTreeMap;

use pulse_api::status::{JobStatus, StepStatus};
use pulse_workflow::{
    ExecutionFacts, HostFacts, Progress, Purpose, Snapshot, StepPath,
    planner::{JobStatus as PlannedJob, StepStatus as PlannedStep, Stop as PlannedStop},
};

use super::Run;
use crate::{
    model::execution::{Pause, Stop},
    store::{self, StoreError, Tx, jobs::Standing},
};

/// What the planner may know. Jobs are read only where a document has more than one step: the
/// outcome of a step itself is counted in its row.
pub(in crate::domain) async fn take(tx: &mut Tx, run: &Run) -> Result<Snapshot, StoreError> {
    let mut snapshot = of_steps(run);
    let started = run.steps.iter().any(|step| step.jobs.total > 0);
    let is_read_elsewhere = run.execution.parent.is_some();
    let has_readers = run.steps.len() > 1 || !run.rollouts.is_empty() || is_read_elsewhere;
    if has_readers && started {
        add_hosts(tx, run, &mut snapshot).await?;
    }
    Ok(snapshot)
}

/// The steps alone.
pub(super) fn of_steps(run: &Run) -> Snapshot {
    let execution = &run.execution;
    let mut snapshot = Snapshot {
        execution: ExecutionFacts {
            id: execution.id.to_string(),
            number: execution.number,
            started_by: execution.started_by.clone(),
            workflow: execution.workflow.clone(),
            stop: execution.stop.map(|stop| match stop {
                Stop::Cancelled => PlannedStop::Cancelled,
                Stop::TimedOut => PlannedStop::TimedOut,
            }),
            progress: match execution.pause {
                Pause::Going => Progress::Going,
                Pause::Paused => Progress::Paused,
            },
            purpose: match execution.undo_of {
                None => Purpose::Run,
                Some(_) => Purpose::Undo,
            },
        },
        inputs: execution.inputs.clone(),
        steps: BTreeMap::new(),
    };
    refresh(&mut snapshot, run);
    snapshot
}

/// Brings the steps up to date; what is known of their hosts stays.
pub(super) fn refresh(snapshot: &mut Snapshot, run: &Run) {
    for step in &run.steps {
        let facts = snapshot
            .steps
            .entry(StepPath(step.path.clone()))
            .or_default();
        facts.status = planned(step.status());
        facts.order = step.ended_order;
        facts.response.clone_from(&step.response);
        facts.fields.clone_from(&step.fields);
        facts.reason.clone_from(&step.reason);
        facts.is_late = step.is_late;
    }
    for rollout in &run.rollouts {
        if let Some(facts) = snapshot.steps.get_mut(rollout.step.as_str()) {
            facts.rollout = Some(rollout.facts(run.trials(&rollout.step)));
        }
    }
    for call in &run.calls {
        if let Some(facts) = snapshot.steps.get_mut(call.step.as_str()) {
            facts.given = call.given().cloned();
        }
    }
}

async fn add_hosts(tx: &mut Tx, run: &Run, snapshot: &mut Snapshot) -> Result<(), StoreError> {
    let standings = store::jobs::standings(tx, &[run.execution.id], None).await?;
    let mut stdouts = BTreeMap::new();
    if run.workflow.reads_stdout() {
        let names: Vec<_> = standings
            .iter()
            .map(|s| (s.core.id, s.core.attempt))
            .collect();
        stdouts.extend(store::outputs::stdout_tails(tx, &names).await?);
    }
    for standing in standings {
        let stdout = stdouts.remove(&standing.core.id);
        if let Some(step) = snapshot.steps.get_mut(standing.core.step.as_str()) {
            step.hosts
                .insert(standing.core.worker_name.clone(), host(standing, stdout));
        }
    }
    Ok(())
}

fn host(standing: Standing, stdout: Option<String>) -> HostFacts {
    let status = job_status(standing.status, standing.reason.as_deref());
    HostFacts {
        status,
        exit_code: standing.exit_code,
        outputs: standing.outputs,
        stdout,
    }
}

/// The planner's word for a job's state.
pub(super) fn job_status(status: JobStatus, reason: Option<&str>) -> PlannedJob {
    match status {
        JobStatus::Pending | JobStatus::Polled => PlannedJob::Pending,
        JobStatus::Running => PlannedJob::Running,
        JobStatus::Succeeded => PlannedJob::Succeeded,
        JobStatus::Failed if reason == Some("unreachable") => PlannedJob::Unreachable,
        JobStatus::Failed => PlannedJob::Failed,
        JobStatus::TimedOut => PlannedJob::TimedOut,
        JobStatus::Cancelled => PlannedJob::Cancelled,
        JobStatus::Lost => PlannedJob::Lost,
    }
}

/// The planner's word for a step's state.
pub(super) fn planned(status: StepStatus) -> PlannedStep {
    match status {
        StepStatus::Waiting => PlannedStep::Waiting,
        StepStatus::Ready => PlannedStep::Ready,
        StepStatus::Running => PlannedStep::Running,
        StepStatus::Succeeded => PlannedStep::Succeeded,
        StepStatus::Failed => PlannedStep::Failed,
        StepStatus::Skipped => PlannedStep::Skipped,
        StepStatus::Cancelled => PlannedStep::Cancelled,
    }
}
