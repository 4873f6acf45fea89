//! Starting a step on its targets. Who they are: `choose`; what each of them is asked to do: `assign`.

use pulse_api::status::WorkerStatus;
use pulse_workflow::{Offline, SkipReason, Snapshot, StepPath};

use super::{
    EngineError, Run,
    assign::{self, Assignment},
    choose::{Fleet, Nobody, Wish, needs, targets_of, too_many},
};
use crate::{
    domain::entries,
    model::{changes::Changes, worker::Candidate},
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
        execution: run.execution.id,
        targets: targets.as_ref(),
        needs: needs(&workflow, &start.step),
    };
    let chosen = match start.fleet.choose(tx, wish).await? {
        Ok(chosen) => chosen,
        Err(nobody) => return nowhere(run, &path, nobody, changes),
    };
    if let Some(detail) = too_many(&chosen) {
        return fail(run, &path, ("too_many_targets", detail), changes);
    }
    let offline = targets.as_ref().map_or(Offline::Fail, |t| t.offline);
    let taken = run.taken(&path);
    let pick = targets.as_ref().and_then(|targets| targets.pick);
    let left = pick.map(|pick| (pick as usize).saturating_sub(taken.len()));
    let hosts: Vec<Candidate> = chosen
        .into_iter()
        .filter(|candidate| !(is_gone(candidate) && offline == Offline::Skip))
        .filter(|candidate| taken.iter().all(|job| job.worker != candidate.id))
        .take(left.unwrap_or(usize::MAX))
        .collect();
    if hosts.is_empty() && taken.is_empty() {
        let detail = "every target is offline".to_owned();
        return fail(run, &path, ("no_targets", detail), changes);
    }
    let jobs = assign::parts(run, (start.view, &start.step), hosts);
    if let Some(refused) = assign::refused_alike(&jobs) {
        return fail(run, &path, refused, changes);
    }
    let step = run.step(&path)?;
    step.run(u32::try_from(jobs.len()).unwrap_or(u32::MAX))?;
    for job in taken {
        step.count_taken_over(job.status);
    }
    let entry = entries::step(step);
    changes.note(&mut run.execution, entry);
    if jobs.is_empty() {
        // Those that were left are there no more.
        run.settle(&path, None, changes)?;
        return Ok(true);
    }
    let jobs = Assignment {
        path: &path,
        offline,
        jobs,
    };
    assign::add(tx, run, (jobs, start.fleet), changes).await
}

/// Ends a step that has nobody to run on.
pub(super) fn nowhere(
    run: &mut Run,
    path: &str,
    nobody: Nobody,
    changes: &mut Changes,
) -> Result<bool, EngineError> {
    match nobody {
        Nobody::Fault(detail) => fail(run, path, ("no_targets", detail), changes),
        Nobody::LeftOut(detail) => {
            let reason = (SkipReason::NotTargeted, Some(detail));
            skip(run, path, reason, changes)?;
            Ok(true)
        }
    }
}

/// Ends a step that does not concern anybody.
pub(super) fn skip(
    run: &mut Run,
    path: &str,
    (reason, detail): (SkipReason, Option<String>),
    changes: &mut Changes,
) -> Result<(), EngineError> {
    let order = run.next_order();
    let step = run.step(path)?;
    step.skip(reason.as_str(), detail)?;
    step.ended_order = Some(order);
    let entry = entries::step(step);
    changes.note(&mut run.execution, entry);
    Ok(())
}

/// Ends a step that could not be started.
pub(super) fn fail(
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

pub(super) fn is_gone(candidate: &Candidate) -> bool {
    candidate.status == WorkerStatus::Offline
}
