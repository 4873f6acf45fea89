//! Starting an execute step: what each of its workers is asked to do. Who they are: `choose`.

use pulse_api::{
    Fence, JobId,
    frames::ExecuteCommand,
    sandbox::Sandbox,
    status::{JobStatus, Runtime, WorkerStatus},
};
use pulse_workflow::{JobSpec, Offline, Snapshot, StepPath};

use super::{
    EngineError, Run, blocks,
    choose::{Fleet, Wish, host, needs, targets_of, too_many},
};
use crate::{
    domain::entries,
    model::{
        changes::{Changes, NewJob, Placement},
        job::{Core, Ending},
        worker::Candidate,
    },
    store::Tx,
};

/// The step to start, and what it may refer to.
pub(super) struct Start<'a> {
    pub(super) step: StepPath,
    pub(super) view: &'a Snapshot,
    pub(super) fleet: &'a mut Fleet,
}

/// Starts a step on its targets. Gives whether it has ended right away, because it could not run.
pub(super) async fn start(
    tx: &mut Tx,
    run: &mut Run,
    start: Start<'_>,
    changes: &mut Changes,
) -> Result<bool, EngineError> {
    let path = start.step.0.clone();
    let targets = targets_of(run, &start.step);
    let workflow = run.workflow.clone();
    let wish = Wish {
        targets: targets.as_ref(),
        needs: needs(&workflow, &start.step),
    };
    let chosen = match start.fleet.choose(tx, wish).await? {
        Ok(chosen) => chosen,
        Err(detail) => return fail(run, &path, ("no_targets", detail), changes),
    };
    if let Some(detail) = too_many(&chosen) {
        return fail(run, &path, ("too_many_targets", detail), changes);
    }
    let mut jobs = Vec::with_capacity(chosen.len());
    for candidate in &chosen {
        let spec = pulse_workflow::render(&run.workflow, start.view, &start.step, &host(candidate));
        let spec = match spec {
            Ok(spec) => spec,
            Err(error) => {
                return fail(run, &path, ("expression_error", error.to_string()), changes);
            }
        };
        if let Err(detail) = blocks::check(candidate, &spec) {
            return fail(run, &path, ("invalid_inputs", detail), changes);
        }
        jobs.push((candidate, spec));
    }
    let offline = targets.map_or(Offline::Fail, |targets| targets.offline);
    jobs.retain(|(candidate, _)| !(is_gone(candidate) && offline == Offline::Skip));
    if jobs.is_empty() {
        let detail = "every target is offline".to_owned();
        return fail(run, &path, ("no_targets", detail), changes);
    }
    let step = run.step(&path)?;
    step.run(u32::try_from(jobs.len()).unwrap_or(u32::MAX))?;
    let (index, entry) = (step.index, entries::step(step));
    changes.note(&mut run.execution, entry);
    let mut has_ended = false;
    for (candidate, spec) in jobs {
        let placement = placement(candidate, offline, start.fleet);
        has_ended |= add(run, (&path, index), (candidate, spec, placement), changes)?;
    }
    Ok(has_ended)
}

/// Adds one job to a step; gives whether that ended the step.
fn add(
    run: &mut Run,
    (path, index): (&str, u32),
    (candidate, spec, placement): (&Candidate, JobSpec, Placement),
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
    let command = command(run, index, (&core, candidate), spec);
    let (status, ending) = match &placement {
        Placement::Offered => (JobStatus::Polled, None),
        Placement::Queued | Placement::QueuedFor(_) | Placement::Delayed(_) => {
            (JobStatus::Pending, None)
        }
        Placement::Refused(ending) => (ending.status, Some(&**ending)),
    };
    let entry = entries::new_job(&core, status, ending);
    changes.note(&mut run.execution, entry);
    let is_refused = ending.is_some();
    changes.new_jobs.push(NewJob {
        core,
        command: Box::new(command),
        placement,
    });
    if is_refused && run.step(path)?.count_ended(JobStatus::Failed) {
        run.settle(path, changes)?;
        return Ok(true);
    }
    Ok(false)
}

/// Ends a step that could not be started.
fn fail(
    run: &mut Run,
    path: &str,
    (reason, detail): (&str, String),
    changes: &mut Changes,
) -> Result<bool, EngineError> {
    let order = run.next_order();
    let step = run.step(path)?;
    step.fail(reason, Some(detail))?;
    step.ended_order = Some(order);
    let entry = entries::step(step);
    changes.note(&mut run.execution, entry);
    Ok(true)
}

fn is_gone(candidate: &Candidate) -> bool {
    candidate.status == WorkerStatus::Offline
}

/// Whether a job is offered at once, waits, or cannot run.
fn placement(candidate: &Candidate, offline: Offline, fleet: &mut Fleet) -> Placement {
    if is_gone(candidate) {
        return match offline {
            Offline::Wait { for_ms } => Placement::QueuedFor(for_ms),
            Offline::Fail | Offline::Skip => {
                let detail = format!("{} is offline", candidate.name);
                let ending = Ending::without_process(JobStatus::Failed, "unreachable", &detail);
                Placement::Refused(Box::new(ending))
            }
        };
    }
    if fleet.take_slot(candidate) {
        Placement::Offered
    } else {
        Placement::Queued
    }
}

/// What a worker is asked to do, with the environment that tells the step where it runs.
fn command(
    run: &Run,
    step_index: u32,
    (core, candidate): (&Core, &Candidate),
    spec: JobSpec,
) -> ExecuteCommand {
    let mut env = spec.env;
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
        uses: spec.uses,
        with: spec.with,
        sandbox: spec.sandbox.map(sandbox),
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
