//! The workflows that look at the batches of rollouts: whom they are to look at, and what their end
//! means.

use std::collections::{HashMap, HashSet};

use pulse_api::{WorkerId, status::RolloutStatus};
use serde_json::{Value, json};

use crate::{
    domain::{
        engine::{self, EngineError, Run},
        entries,
    },
    model::{call::Call, changes::Changes, execution::Pause},
    store::{self, StoreError, Tx, workers::WithBlocks},
};

/// `batch 2 of 3`, where a call looks at one.
pub(super) fn batch(run: &Run, call: &str) -> Option<String> {
    let (owner, _) = run.workflow.tried_by(&call.into())?;
    let mut rollouts = run.rollouts.iter();
    let rollout = rollouts.find(|rollout| rollout.step == owner.path.as_str())?;
    let batches = rollout.sizes.len();
    let number = call.rsplit_once('/').map_or("", |(_, number)| number);
    Some(format!("batch {number} of {batches}"))
}

/// Whom a call is to look at: the hosts of the batch that came to its end well, by the names that they
/// have now. Nothing where it looks at no batch.
pub(super) async fn targets(
    tx: &mut Tx,
    run: &Run,
    call: &Call,
) -> Result<Option<Value>, EngineError> {
    let Some((owner, _)) = run.workflow.tried_by(&call.step.as_str().into()) else {
        return Ok(None);
    };
    let mut rollouts = run.rollouts.iter();
    let rollout = rollouts
        .find(|rollout| rollout.step == owner.path.as_str())
        .ok_or(StoreError::Stale)?;
    let view = engine::view(tx, run).await?;
    let changed = pulse_workflow::changed_hosts(&run.workflow, &view, &owner.path);
    let changed: HashSet<String> = changed.into_iter().collect();
    let newest = rollout.newest().iter();
    let hosts: Vec<WorkerId> = newest
        .filter(|(_, name)| changed.contains(name))
        .map(|(id, _)| *id)
        .collect();
    let known = store::workers::held(tx, &hosts, WithBlocks::No).await?;
    let names: HashMap<WorkerId, String> = known
        .into_iter()
        .map(|worker| (worker.id, worker.name))
        .collect();
    // One that was removed since is named by its id: whoever starts on it is told that it is not there.
    let name = |id: &WorkerId| names.get(id).cloned().unwrap_or_else(|| id.to_string());
    Ok(Some(json!(hosts.iter().map(name).collect::<Vec<_>>())))
}

/// Ends a call that looks at a batch: its rollout goes on, or the batch is not well, for this reason.
pub(super) fn end(
    run: &mut Run,
    path: &str,
    ending: Option<(&str, String)>,
    changes: &mut Changes,
) -> Result<(), EngineError> {
    let is_stopping = run.execution.stop.is_some();
    let is_paused = run.execution.pause == Pause::Paused;
    let workflow = run.workflow.clone();
    let (owner, stands) = workflow.tried_by(&path.into()).ok_or(StoreError::Stale)?;
    let batch = batch(run, path).unwrap_or_default();
    let call = run.call(path)?;
    call.end()?;
    let child = call.child;
    let rollout = run.rollout(owner.path.as_str())?;
    let is_awaited = rollout.status() == RolloutStatus::Resting && !is_stopping;
    match &ending {
        Some((_, why)) if is_awaited => rollout.doubt(format!("{}: {why}", stands.id))?,
        // No time goes by for one that is paused: it is looked at once it goes on.
        None if is_awaited && !is_paused => rollout.look_again(0),
        Some(_) | None => {}
    }
    let told = match ending {
        Some((reason, why)) => (Some(reason), format!("{batch} is not well: {why}")),
        None => (None, format!("{batch} is well")),
    };
    let entry = entries::trial(run.step(stands.path.as_str())?, child, told);
    changes.note(&mut run.execution, entry);
    Ok(())
}
