//! Why a run that has just been asked for could not go: looked at before anything of it begins.

use pulse_workflow::{Action, Step, Workflow};

use super::{
    Run, blocks,
    choose::{Fleet, Nobody, Wish, has_secrets, needs, targets_of, too_many},
};
use crate::{
    model::worker::Candidate,
    store::{self, StoreError, Tx},
};

/// Why secrets of a step are not for some of its workers, where they are not.
async fn kept_from(
    tx: &mut Tx,
    (workflow, step): (&Workflow, &Step),
    chosen: &[Candidate],
) -> Result<Option<String>, StoreError> {
    let Action::Execute(execute) = &step.action else {
        return Ok(None);
    };
    if !has_secrets(workflow, execute) {
        return Ok(None);
    }
    let secrets = store::secrets::named(tx, &workflow.secrets).await?;
    let faults = chosen.iter().flat_map(|worker| {
        let place = (worker.name.as_str(), worker.region.as_str());
        secrets
            .iter()
            .filter_map(move |secret| secret.kept_from(place))
    });
    Ok(faults.into_iter().next())
}

/// Why a run that has just been asked for could not go as it is written: the first execute step
/// whose targets match nothing, or whose function block would not take what it is given; or that the
/// targets of the run leave none of its steps a worker.
pub(in crate::domain) async fn hopeless(
    tx: &mut Tx,
    run: &Run,
    fleet: &mut Fleet,
) -> Result<Option<Hopeless>, StoreError> {
    // What it runs inside may have workers, and so may what it is run by.
    let is_alone = run.execution.parent.is_none() && !run.workflow.has_calls();
    let mut is_nowhere = run.execution.targets.is_some() && is_alone;
    for step in run.workflow.step_rows() {
        let Some(found) = run.workflow.step(&step.path) else {
            continue;
        };
        let is_inside = run.workflow.is_rolled(&step.path) && found.rollout().is_none();
        if is_inside || !found.has_targets() {
            continue;
        }
        let has_ended =
            |row: &crate::model::step::Step| row.path == step.path.0 && row.status().is_terminal();
        if run.steps.iter().any(has_ended) {
            is_nowhere = false;
            continue;
        }
        let targets = targets_of(run, &step.path);
        let wish = Wish {
            execution: run.execution.id,
            targets: targets.as_ref(),
            needs: needs(&run.workflow, &step.path),
        };
        match fleet.choose(tx, wish).await? {
            Err(Nobody::LeftOut(_)) => {}
            Err(Nobody::Fault(detail)) => {
                return Ok(Some(Hopeless::NoTargets(step.name, detail)));
            }
            Ok(chosen) => {
                is_nowhere = false;
                if let Some(hopeless) = refused(tx, (run, found), &chosen).await? {
                    return Ok(Some(hopeless));
                }
            }
        }
    }
    Ok(is_nowhere.then_some(Hopeless::Nowhere))
}

/// Why a step could not go on these workers as it is written.
async fn refused(
    tx: &mut Tx,
    (run, step): (&Run, &Step),
    chosen: &[Candidate],
) -> Result<Option<Hopeless>, StoreError> {
    let name = || step.name.clone();
    if let Some(detail) = too_many(chosen) {
        return Ok(Some(Hopeless::TooManyTargets(name(), detail)));
    }
    let faults = blocks::faults_at_start(run, &step.path, chosen);
    if !faults.is_empty() {
        return Ok(Some(Hopeless::Inputs(name(), faults)));
    }
    let kept = kept_from(tx, (&run.workflow, step), chosen).await?;
    Ok(kept.map(|detail| Hopeless::Secret(name(), detail)))
}

/// Why a step of a run cannot go as it is written; with the step's name.
pub(in crate::domain) enum Hopeless {
    /// Its targets match nothing, for this reason.
    NoTargets(String, String),
    /// The targets of the run leave no step a worker.
    Nowhere,
    /// Its targets are more than a step may have; a sentence says how many.
    TooManyTargets(String, String),
    /// Its function block would not take these values.
    Inputs(String, Vec<pulse_api::blocks::InputFault>),
    /// It gets a secret that is not for one of its workers.
    Secret(String, String),
}

/// Whether everything runs on this one worker, by its name or its id.
pub(in crate::domain) async fn means_only(
    tx: &mut Tx,
    run: &Run,
    fleet: &mut Fleet,
    name: &str,
) -> Result<bool, StoreError> {
    for step in run.workflow.step_rows() {
        let targets = targets_of(run, &step.path);
        let wish = Wish {
            execution: run.execution.id,
            targets: targets.as_ref(),
            needs: needs(&run.workflow, &step.path),
        };
        let chosen = fleet.choose(tx, wish).await?;
        let is_meant = |worker: &Candidate| worker.name == name || worker.id.to_string() == name;
        if !chosen.is_ok_and(|chosen| chosen.len() == 1 && chosen.iter().all(is_meant)) {
            return Ok(false);
        }
    }
    Ok(true)
}
