//! Starting an execute step: who it runs on, and what each of them is asked to do.

use std::collections::{HashMap, HashSet};

use pulse_api::{
    Fence, JobId, WorkerId,
    frames::ExecuteCommand,
    status::{JobStatus, Runtime, WorkerStatus},
};
use pulse_workflow::{Host, JobSpec, Offline, Snapshot, StepPath, Targets, targets::Wanted};
use serde_json::Value;

use super::{EngineError, Run};
use crate::{
    domain::entries,
    model::{
        changes::{Changes, NewJob, Placement},
        job::{Core, Ending},
        worker::Candidate,
    },
    store::{self, StoreError, Tx},
};

/// The workers looked at so far in this transaction, with the slots that it has given away.
#[derive(Default)]
pub(in crate::domain) struct Fleet {
    taken: HashMap<WorkerId, u32>,
    /// By the text of the targets.
    chosen: HashMap<String, Result<Vec<Candidate>, String>>,
    /// Everybody that these names stand for, as names, ids or groups.
    known: (HashSet<String>, Vec<Candidate>),
}

impl Fleet {
    /// A fleet of which all workers are known that these names stand for.
    pub(in crate::domain) fn knowing(
        names: impl IntoIterator<Item = String>,
        workers: Vec<Candidate>,
    ) -> Self {
        Self {
            known: (names.into_iter().collect(), workers),
            ..Self::default()
        }
    }

    /// The workers that may be meant: all, or those that these names stand for.
    async fn candidates(
        &self,
        tx: &mut Tx,
        names: Option<&[String]>,
    ) -> Result<Vec<Candidate>, StoreError> {
        let (known, workers) = &self.known;
        match names {
            Some(names) if names.iter().all(|name| known.contains(name)) => Ok(workers
                .iter()
                .filter(|worker| names.iter().any(|name| worker.is_called(name)))
                .cloned()
                .collect()),
            Some(_) | None => store::workers::candidates(tx, names).await,
        }
    }

    /// The workers that the targets stand for now, or why there are none.
    async fn choose(
        &mut self,
        tx: &mut Tx,
        targets: Option<&Targets>,
    ) -> Result<Result<Vec<Candidate>, String>, StoreError> {
        let key = targets.map_or_else(String::new, |t| format!("{:?} {}", t.pick, t.text()));
        if let Some(chosen) = self.chosen.get(&key) {
            return Ok(chosen.clone());
        }
        let chosen = self.look(tx, targets).await?;
        self.chosen.insert(key, chosen.clone());
        Ok(chosen)
    }

    async fn look(
        &self,
        tx: &mut Tx,
        targets: Option<&Targets>,
    ) -> Result<Result<Vec<Candidate>, String>, StoreError> {
        let Some(targets) = targets else {
            return Ok(Err(
                "the step names no targets, and none were given for the run".to_owned(),
            ));
        };
        let names = match &targets.wanted {
            Wanted::List(names) if !names.iter().any(|name| name == "all") => {
                Some(names.as_slice())
            }
            Wanted::List(_) | Wanted::Matching(_) => None,
        };
        let mut candidates = self.candidates(tx, names).await?;
        candidates.retain(Candidate::runs_actions);
        let hosts: Vec<Host> = candidates.iter().map(host).collect();
        let selection = targets.select(&hosts);
        if !selection.unmatched.is_empty() {
            return Ok(Err(format!(
                "nothing is called {}",
                selection.unmatched.join(", ")
            )));
        }
        if selection.chosen.is_empty() {
            return Ok(Err(format!("nothing matches {}", targets.text())));
        }
        Ok(Ok(selection
            .chosen
            .into_iter()
            .map(|index| candidates[index].clone())
            .collect()))
    }
}

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
    let chosen = match start.fleet.choose(tx, targets.as_ref()).await? {
        Ok(chosen) => chosen,
        Err(detail) => return fail(run, &path, ("no_targets", detail), changes),
    };
    let mut jobs = Vec::with_capacity(chosen.len());
    for candidate in &chosen {
        let spec = pulse_workflow::render(&run.workflow, start.view, &start.step, &host(candidate));
        match spec {
            Ok(spec) => jobs.push((candidate, spec)),
            Err(error) => {
                return fail(run, &path, ("expression_error", error.to_string()), changes);
            }
        }
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

/// The step's own targets, or those that were given for the run.
fn targets_of(run: &Run, step: &StepPath) -> Option<Targets> {
    pulse_workflow::step_targets(&run.workflow, step)
        .cloned()
        .or_else(|| run.execution.targets.as_ref().and_then(given_targets))
}

/// Targets as a call gives them: a list of names and groups, or a selector.
pub(in crate::domain) fn given_targets(value: &Value) -> Option<Targets> {
    match value {
        Value::Array(list) => {
            let names: Option<Vec<String>> = list
                .iter()
                .map(|name| name.as_str().map(str::to_owned))
                .collect();
            names.filter(|names| !names.is_empty()).map(Targets::list)
        }
        Value::String(text) => {
            let selector = pulse_workflow::Selector::parse(text).ok()?;
            Some(Targets {
                wanted: Wanted::Matching(selector),
                pick: None,
                offline: Offline::Fail,
            })
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
    }
}

/// Why a run that has just been asked for could start nowhere: the first execute step whose
/// targets match nothing, with a sentence.
pub(in crate::domain) async fn nothing_matches(
    tx: &mut Tx,
    run: &Run,
    fleet: &mut Fleet,
) -> Result<Option<(String, String)>, StoreError> {
    for step in run.workflow.step_rows() {
        if step.kind != pulse_workflow::StepKind::Execute {
            continue;
        }
        let targets = targets_of(run, &step.path);
        if let Err(detail) = fleet.choose(tx, targets.as_ref()).await? {
            return Ok(Some((step.name, detail)));
        }
    }
    Ok(None)
}

/// Whether everything runs on this one worker, by its name or its id.
pub(in crate::domain) async fn means_only(
    tx: &mut Tx,
    run: &Run,
    fleet: &mut Fleet,
    name: &str,
) -> Result<bool, StoreError> {
    for step in run.workflow.step_rows() {
        let chosen = fleet
            .choose(tx, targets_of(run, &step.path).as_ref())
            .await?;
        let is_meant = |worker: &Candidate| worker.name == name || worker.id.to_string() == name;
        if !chosen.is_ok_and(|chosen| chosen.len() == 1 && chosen.iter().all(is_meant)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A worker as targets and expressions see it.
pub(in crate::domain) fn host(candidate: &Candidate) -> Host {
    Host {
        id: candidate.id.to_string(),
        name: candidate.name.clone(),
        groups: candidate.groups.clone(),
        role: candidate.role.as_str().to_owned(),
        region: candidate.region.clone(),
        runtimes: candidate.runtimes.clone(),
        labels: candidate.labels.clone(),
        load: candidate.in_hand,
        online: candidate.status == WorkerStatus::Online,
    }
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
    let taken = fleet.taken.entry(candidate.id).or_default();
    if *taken < candidate.free_slots() {
        *taken += 1;
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
    }
}
