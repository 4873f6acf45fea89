//! Jobs for workers: what each is asked to do, and where the job begins.

use std::collections::{BTreeMap, HashSet};

use pulse_api::{
    Fence, JobId, WorkerId,
    frames::{ExecuteCommand, OnDisconnect},
    sandbox::Sandbox,
    status::{JobStatus, Runtime},
};
use pulse_workflow::{JobSpec, Offline, Snapshot, StepPath, Task};

use super::{
    EngineError, Run, agents, blocks,
    choose::{self, Fleet},
    place, snapshot,
};
use crate::{
    domain::entries,
    model::{
        changes::{Awaits, Changes, NewJob, Placement},
        job::{Awaited, Core, Ending},
        worker::Candidate,
    },
    store::Tx,
};

/// Jobs that a step starts now.
pub(super) struct Assignment<'a> {
    pub(super) path: &'a str,
    pub(super) offline: Offline,
    pub(super) jobs: Vec<(Candidate, Part)>,
}

/// What a step is on one host, or why it cannot be anything there.
pub(super) type Part = Result<JobSpec, Refused>;

/// A reason and a sentence.
pub(super) type Refused = (&'static str, String);

/// What a step is on each of these hosts.
pub(super) fn parts(
    run: &Run,
    (view, step): (&Snapshot, &StepPath),
    hosts: Vec<Candidate>,
) -> Vec<(Candidate, Part)> {
    let part = |candidate: &Candidate| -> Part {
        let host = choose::host(candidate);
        let spec = pulse_workflow::render(&run.workflow, view, step, &host)
            .map_err(|error| ("expression_error", error.to_string()))?;
        blocks::check(candidate, &spec).map_err(|detail| ("invalid_inputs", detail))?;
        Ok(spec)
    };
    hosts
        .into_iter()
        .map(|candidate| {
            let part = part(&candidate);
            (candidate, part)
        })
        .collect()
}

/// Why a step cannot be anything on any of its hosts, where it is the same everywhere.
pub(super) fn refused_alike(jobs: &[(Candidate, Part)]) -> Option<Refused> {
    let refused = |(_, part): &(Candidate, Part)| part.as_ref().err().cloned();
    let first = jobs.first().and_then(refused)?;
    let is_same = |job: &(Candidate, Part)| refused(job).as_ref() == Some(&first);
    jobs.iter().all(is_same).then_some(first)
}

/// Adds jobs to a step that runs; gives whether any of them has ended already.
pub(super) async fn add(
    tx: &mut Tx,
    run: &mut Run,
    (assignment, fleet): (Assignment<'_>, &mut Fleet),
    changes: &mut Changes,
) -> Result<bool, EngineError> {
    let path = assignment.path;
    let held = agents::act(tx, run, &assignment.jobs).await?;
    let mut has_ended = false;
    for (candidate, part) in assignment.jobs {
        let spec = match part {
            Ok(spec) => spec,
            Err(refused) => {
                let spec = pulse_workflow::unfilled(&run.workflow, &path.into());
                let placement = Placement::Ended(Box::new(refusal(&candidate, refused)));
                has_ended |= add_one(run, path, (&candidate, spec, (placement, None)), changes)?;
                continue;
            }
        };
        let (placement, awaits) = match &spec.task {
            Task::Command => (placement(run, &candidate, assignment.offline, fleet), None),
            Task::Reboot => (
                placement(run, &candidate, assignment.offline, fleet),
                Some(Awaited::Reboot.into()),
            ),
            Task::Drain | Task::Resume | Task::Restart { .. } => {
                agents::placement(&candidate, &spec, &held)
            }
        };
        has_ended |= add_one(run, path, (&candidate, spec, (placement, awaits)), changes)?;
    }
    Ok(has_ended)
}

/// Adds one job; gives whether it has ended already.
fn add_one(
    run: &mut Run,
    path: &str,
    (candidate, spec, (placement, awaits)): (&Candidate, JobSpec, (Placement, Option<Awaits>)),
    changes: &mut Changes,
) -> Result<bool, EngineError> {
    let core = Core {
        id: JobId::new(),
        attempt: 1,
        execution: run.execution.id,
        step: path.to_owned(),
        worker: candidate.id,
        worker_name: candidate.name.clone(),
    };
    let index = run.step(path)?.index;
    let command = command(run, index, (&core, candidate), spec);
    let (status, ending) = match &placement {
        Placement::Offered => (JobStatus::Polled, None),
        Placement::Queued | Placement::QueuedFor(_) | Placement::Delayed(_) => {
            (JobStatus::Pending, None)
        }
        Placement::Ended(ending) => (ending.status, Some(&**ending)),
    };
    let entry = entries::new_job(&core, status, ending);
    changes.note(&mut run.execution, entry);
    let ended = ending.map(|ending| ending.status);
    changes.new_jobs.push(NewJob {
        core,
        command: Box::new(command),
        placement,
        awaits,
    });
    let Some(ended) = ended else {
        return Ok(false);
    };
    run.count_ended(path, ended, changes)?;
    Ok(true)
}

/// The next attempt of a job on another worker that its step may pick; `None` where there is none.
pub(in crate::domain) async fn elsewhere(
    tx: &mut Tx,
    run: &Run,
    (core, taken): (&Core, HashSet<WorkerId>),
    fleet: &mut Fleet,
) -> Result<Option<NewJob>, EngineError> {
    let step = StepPath(core.step.clone());
    let targets = choose::targets_of(run, &step);
    let wish = choose::Wish {
        execution: run.execution.id,
        targets: targets.as_ref(),
        needs: choose::needs(&run.workflow, &step),
    };
    let Some(worker) = fleet.another(tx, wish, &taken).await? else {
        return Ok(None);
    };
    let view = snapshot::take(tx, run).await?;
    let spec = pulse_workflow::render(&run.workflow, &view, &step, &choose::host(&worker));
    // What the step does to the agent itself is bound to its worker.
    let fits =
        |spec: &JobSpec| matches!(spec.task, Task::Command) && blocks::check(&worker, spec).is_ok();
    let Some(spec) = spec.ok().filter(fits) else {
        return Ok(None);
    };
    let index = run.steps.iter().find(|known| known.path == core.step);
    let core = Core {
        attempt: core.attempt + 1,
        worker: worker.id,
        worker_name: worker.name.clone(),
        ..core.clone()
    };
    let index = index.map_or(0, |step| step.index);
    let command = command(run, index, (&core, &worker), spec);
    let placement = placement(run, &worker, Offline::Fail, fleet);
    Ok(Some(NewJob {
        core,
        command: Box::new(command),
        placement,
        awaits: None,
    }))
}

/// Whether a job is offered at once, waits, or cannot run.
fn placement(run: &Run, candidate: &Candidate, offline: Offline, fleet: &mut Fleet) -> Placement {
    if place::is_gone(candidate) {
        return match offline {
            Offline::Wait { for_ms } => Placement::QueuedFor(for_ms),
            Offline::Fail | Offline::Skip => unreachable(candidate),
        };
    }
    if fleet.take_slot(candidate, run.execution.id) {
        Placement::Offered
    } else {
        Placement::Queued
    }
}

/// The end of a job whose worker is not there.
pub(super) fn unreachable(candidate: &Candidate) -> Placement {
    Placement::Ended(Box::new(not_there(candidate)))
}

fn not_there(candidate: &Candidate) -> Ending {
    let detail = format!("{} is offline", candidate.name);
    Ending::without_process(JobStatus::Failed, "unreachable", &detail)
}

/// The end of a job that cannot be anything on its worker: of one that is gone, too little is known
/// for any other reason.
fn refusal(candidate: &Candidate, (reason, detail): Refused) -> Ending {
    if place::is_gone(candidate) {
        return not_there(candidate);
    }
    Ending::without_process(JobStatus::Failed, reason, &detail)
}

/// What a worker is asked to do, with the environment that tells the step where it runs.
fn command(
    run: &Run,
    step_index: u32,
    (core, candidate): (&Core, &Candidate),
    spec: JobSpec,
) -> ExecuteCommand {
    let mut env = spec.env;
    let step = StepPath(core.step.clone());
    let on_disconnect = if pulse_workflow::retry::repeats_lost(&run.workflow, &step) {
        OnDisconnect::Stop
    } else {
        OnDisconnect::Continue
    };
    env.insert("PULSE_EXECUTION".into(), run.execution.id.to_string());
    env.insert(
        "PULSE_EXECUTION_NUMBER".into(),
        run.execution.number.to_string(),
    );
    env.insert("PULSE_WORKER".into(), candidate.name.clone());
    env.insert("PULSE_REGION".into(), candidate.region.clone());
    ExecuteCommand {
        execution_id: run.execution.id,
        step_index,
        command: spec.command,
        timeout: spec.timeout_ms,
        worker_id: core.worker,
        job_id: core.id,
        attempt: core.attempt,
        fence: Fence(0),
        expires_at: jiff::Timestamp::UNIX_EPOCH,
        script: spec.script,
        runtime: match spec.runtime {
            pulse_workflow::Runtime::Shell => Runtime::Shell,
            pulse_workflow::Runtime::Bash => Runtime::Bash,
            pulse_workflow::Runtime::Python => Runtime::Python,
            pulse_workflow::Runtime::Node => Runtime::Node,
        },
        env,
        working_dir: spec.working_dir,
        user: spec.user,
        on_disconnect,
        uses: spec.uses,
        with: spec.with,
        sandbox: spec.sandbox.map(sandbox),
        secret_names: spec.secrets,
        // They join the offer on its way out, and are stored nowhere.
        secrets: BTreeMap::new(),
    }
}

fn sandbox(wanted: pulse_workflow::Sandbox) -> Sandbox {
    Sandbox {
        no_new_privileges: wanted.no_new_privileges,
        memory_mib: wanted.memory_mib,
        processes: wanted.processes,
        cpus: wanted.cpus,
        cpu_seconds: wanted.cpu_seconds,
        open_files: wanted.open_files,
        file_size_mib: wanted.file_size_mib,
        read: wanted.read,
        write: wanted.write,
        unknown: serde_json::Map::new(),
    }
}
