//! Carrying out what the planner decides of rollouts.

use std::collections::{HashMap, HashSet};

use pulse_api::{
    WorkerId,
    status::{AdminState, RolloutStatus, WorkerRole, WorkerStatus},
};
use pulse_workflow::{CallSpec, Host, Offline, SkipReason, Snapshot, StepPath, StepStatus};

use super::{
    EngineError, Run,
    assign::{self, Assignment},
    choose::{self, Fleet, Wish},
    place,
};
use crate::{
    domain::entries,
    model::{
        call::Call,
        changes::Changes,
        rollout::{Rollout, Undoes},
        worker::Candidate,
    },
    store::{self, StoreError, Tx, workers::WithBlocks},
};

/// Begins a rollout: decides once and for all which hosts it goes over, and in which order.
/// Gives whether the planner has to look again.
pub(super) async fn begin(
    tx: &mut Tx,
    run: &mut Run,
    (path, fleet): (&StepPath, &mut Fleet),
    changes: &mut Changes,
) -> Result<bool, EngineError> {
    if let Some(undone) = run.execution.undo_of {
        return begin_undo(tx, run, (path, undone), changes).await;
    }
    let targets = choose::targets_of(run, path);
    let workflow = run.workflow.clone();
    let wish = Wish {
        execution: run.execution.id,
        targets: targets.as_ref(),
        needs: choose::needs(&workflow, path),
    };
    let offline = targets.as_ref().map_or(Offline::Fail, |t| t.offline);
    let mut chosen = match fleet.choose(tx, wish).await? {
        Ok(chosen) => chosen,
        Err(nobody) => return place::nowhere(run, path.as_str(), nobody, changes),
    };
    chosen.retain(|candidate| !(place::is_gone(candidate) && offline == Offline::Skip));
    let Some(rollout) = workflow.step(path).and_then(|step| step.rollout()) else {
        return Err(StoreError::Stale.into());
    };
    let hosts: Vec<Host> = chosen.iter().map(choose::host).collect();
    let mut order: Vec<&Host> = hosts.iter().collect();
    rollout.arrange(&mut order);
    let hosts: Vec<(WorkerId, String)> = order
        .into_iter()
        .filter_map(|host| Some((host.id.parse().ok()?, host.name.clone())))
        .collect();
    if hosts.is_empty() {
        let detail = "every target is offline".to_owned();
        return place::fail(run, path.as_str(), ("no_targets", detail), changes);
    }
    add(run, (path, rollout), (hosts, None), changes)?;
    Ok(true)
}

/// Begins to bring back what a rollout of another execution has changed.
async fn begin_undo(
    tx: &mut Tx,
    run: &mut Run,
    (path, undone): (&StepPath, i64),
    changes: &mut Changes,
) -> Result<bool, EngineError> {
    let workflow = run.workflow.clone();
    let Some(rollout) = workflow.step(path).and_then(|step| step.rollout()) else {
        return Err(StoreError::Stale.into());
    };
    let begun = store::rollouts::begun(tx, undone, path.as_str()).await?;
    if begun.is_empty() {
        let reason = (SkipReason::NothingToUndo, None);
        place::skip(run, path.as_str(), reason, changes)?;
        return Ok(true);
    }
    let (mut hosts, mut undoes) = (Vec::new(), Undoes::new());
    for (id, name, steps) in begun {
        undoes.insert(name.clone(), steps.into_iter().map(StepPath).collect());
        hosts.push((id, name));
    }
    add(run, (path, rollout), (hosts, Some(undoes)), changes)?;
    Ok(true)
}

fn add(
    run: &mut Run,
    (path, document): (&StepPath, &pulse_workflow::Rollout),
    (hosts, undoes): (Vec<(WorkerId, String)>, Option<Undoes>),
    changes: &mut Changes,
) -> Result<(), EngineError> {
    let names = (run.execution.id, path.0.clone());
    let rollout = Rollout::begin(names, hosts, document).undoing(undoes);
    run.rollouts.push(rollout);
    let step = run.step(path.as_str())?;
    step.run(0)?;
    let entry = entries::step(step);
    changes.note(&mut run.execution, entry);
    Ok(())
}

/// Starts a step of a rollout on some of its hosts. Gives whether a job has ended already.
pub(super) async fn start_on(
    tx: &mut Tx,
    run: &mut Run,
    (step, hosts, view, fleet): (&StepPath, &[String], &Snapshot, &mut Fleet),
    changes: &mut Changes,
) -> Result<bool, EngineError> {
    let path = step.as_str();
    let workflow = run.workflow.clone();
    let meant = match workflow.brought_back_by(step) {
        Some(original) => back_on(tx, run, (&original.path, hosts)).await?,
        None => meant(run, step, hosts)?,
    };
    let ids: Vec<WorkerId> = meant.iter().map(|(id, _)| *id).collect();
    let known = store::workers::held(tx, &ids, WithBlocks::Yes).await?;
    let mut known: HashMap<WorkerId, Candidate> = known
        .into_iter()
        .map(|worker| (worker.id, worker))
        .collect();
    let hosts: Vec<Candidate> = meant
        .into_iter()
        .map(|(id, name)| {
            let found = known.remove(&id);
            Candidate {
                name: name.clone(),
                ..found.unwrap_or_else(|| absent(id, name))
            }
        })
        .collect();
    let jobs = assign::parts(run, (view, step), hosts);
    let step = run.step(path)?;
    let begins = step.status() != pulse_api::status::StepStatus::Running;
    step.run_more(u32::try_from(jobs.len()).unwrap_or(u32::MAX))?;
    if begins {
        let entry = entries::step(step);
        changes.note(&mut run.execution, entry);
    }
    let jobs = Assignment {
        path,
        offline: Offline::Fail,
        jobs,
    };
    assign::add(tx, run, (jobs, fleet), changes).await
}

/// The workers behind the names that they had when the rollout began.
fn meant(
    run: &mut Run,
    step: &StepPath,
    hosts: &[String],
) -> Result<Vec<(WorkerId, String)>, StoreError> {
    let workflow = run.workflow.clone();
    let owner = workflow
        .step(step)
        .and_then(|step| workflow.rolled_by(step));
    let rollout = run.rollout(owner.ok_or(StoreError::Stale)?.path.as_str())?;
    let names: HashSet<&str> = hosts.iter().map(String::as_str).collect();
    Ok(rollout
        .hosts
        .iter()
        .filter(|(_, name)| names.contains(name.as_str()))
        .cloned()
        .collect())
}

/// The workers on which a step succeeded, by the names that they had then.
async fn back_on(
    tx: &mut Tx,
    run: &Run,
    (original, hosts): (&StepPath, &[String]),
) -> Result<Vec<(WorkerId, String)>, StoreError> {
    let standings = store::jobs::standings(tx, &[run.execution.id], None).await?;
    let cores = standings.into_iter().map(|standing| standing.core);
    Ok(cores
        .filter(|core| core.step == original.as_str() && hosts.contains(&core.worker_name))
        .map(|core| (core.worker, core.worker_name))
        .collect())
}

/// A worker that was removed since the rollout began.
fn absent(id: WorkerId, name: String) -> Candidate {
    Candidate {
        id,
        name,
        role: WorkerRole::Action,
        region: String::new(),
        groups: Vec::new(),
        labels: std::collections::BTreeMap::new(),
        capabilities: std::sync::Arc::default(),
        function_blocks: Vec::new(),
        status: WorkerStatus::Offline,
        admin_state: AdminState::Active,
        held_by: None,
        slots: 0,
        in_hand: 0,
        is_connected: false,
    }
}

/// Lets a rollout rest after a batch, and wants the workflow that is to look at it. Gives whether the
/// planner has to look again.
pub(super) fn rest(
    run: &mut Run,
    (path, trial): (&StepPath, Option<Result<CallSpec, String>>),
    changes: &mut Changes,
) -> Result<bool, EngineError> {
    let workflow = run.workflow.clone();
    let document = workflow.step(path).and_then(|step| step.rollout());
    let rollout = run.rollout(path.as_str())?;
    let batch = rollout.batch as usize;
    let look_ms = document.map_or(0, |document| document.first_look_ms(batch));
    rollout.rest(look_ms)?;
    let call = match trial {
        None => return Ok(false),
        Some(Err(why)) => {
            rollout.doubt(why)?;
            return Ok(true);
        }
        Some(Ok(call)) => call,
    };
    let place = rollout.trial();
    let stands = run.step_of_call(place.as_str());
    run.calls
        .push(Call::wanted(run.execution.id, place.as_str(), call));
    let step = run.step(&stands)?;
    if step.status() == pulse_api::status::StepStatus::Waiting {
        step.run(0)?;
        let entry = entries::step(step);
        changes.note(&mut run.execution, entry);
    }
    Ok(false)
}

/// Lets the next batch of a rollout begin.
pub(super) fn open(run: &mut Run, path: &StepPath) -> Result<(), EngineError> {
    run.rollout(path.as_str())?.open()?;
    Ok(())
}

/// Ends a group, or a step of a rollout.
pub(super) fn end(
    run: &mut Run,
    path: &StepPath,
    (status, reason, detail): (StepStatus, &'static str, String),
    changes: &mut Changes,
) -> Result<(), EngineError> {
    if let Ok(rollout) = run.rollout(path.as_str())
        && rollout.status() == RolloutStatus::Resting
    {
        rollout.doubt("the execution was ended".to_owned())?;
    }
    let order = run.next_order();
    let step = run.step(path.as_str())?;
    match status {
        StepStatus::Succeeded => step.succeed()?,
        StepStatus::Cancelled => step.cancel(reason)?,
        StepStatus::Waiting
        | StepStatus::Ready
        | StepStatus::Running
        | StepStatus::Failed
        | StepStatus::Skipped => {
            step.fail(reason, Some(detail).filter(|detail| !detail.is_empty()))?;
        }
    }
    step.ended_order = Some(order);
    let entry = entries::step(step);
    changes.note(&mut run.execution, entry);
    Ok(())
}
