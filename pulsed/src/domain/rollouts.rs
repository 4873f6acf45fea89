//! Rollouts between two batches: pauses that are over, and the health of changed hosts.

use pulse_api::{ExecutionId, status::RolloutStatus};
use pulse_workflow::Judgement;

use super::{
    Verb,
    engine::{self, EngineError, Fleet, Run},
};
use crate::{
    app::App,
    model::{access::PULSE, call::Call, changes::Changes, execution::Pause},
    store::{self, StoreError, Tx},
};

/// Looks at the rollouts of one execution that rest: goes on, stops, or looks again later.
#[derive(Debug)]
pub(crate) struct LookAfter(pub(crate) ExecutionId);

impl Verb for LookAfter {
    type Output = ();
    type Error = EngineError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<(), EngineError> {
        let Some((mut run, _)) = engine::lock(app, tx, self.0).await? else {
            return Ok(());
        };
        if run.execution.pause == Pause::Paused {
            return Ok(());
        }
        let mut changes = Changes::default();
        if look(tx, &mut run).await? == Look::Decided {
            engine::advance(tx, &mut run, &mut Fleet::default(), &mut changes).await?;
        }
        engine::finish(app, tx, (vec![run], changes));
        Ok(())
    }

    fn store_error(error: &EngineError) -> Option<&StoreError> {
        error.store()
    }
}

/// What came of a look at the rollouts of an execution.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Again,
    Decided,
}

/// Judges each rollout that rests by what is seen of its hosts.
async fn look(tx: &mut Tx, run: &mut Run) -> Result<Look, EngineError> {
    let workflow = run.workflow.clone();
    let view = engine::view(tx, run).await?;
    let mut look = Look::Again;
    for rollout in &mut run.rollouts {
        let path = rollout.step.as_str().into();
        let document = workflow.step(&path).and_then(|step| step.rollout());
        let (RolloutStatus::Resting, Some(document)) = (rollout.status(), document) else {
            continue;
        };
        let changed = pulse_workflow::changed_hosts(&workflow, &view, &path);
        let changed = changed.into_iter().collect();
        let Some(mut seen) = store::rollouts::seen(tx, (rollout, &changed)).await? else {
            continue;
        };
        let trial = rollout.trial();
        let mut calls = run.calls.iter_mut();
        let mut call = calls.find(|call| call.step == trial.as_str());
        seen.trial = call.as_deref().map(Call::trial).unwrap_or_default();
        match document.judge(rollout.batch as usize, &seen) {
            Judgement::LookAgain { after_ms } => {
                rollout.look_again(after_ms);
                continue;
            }
            Judgement::Well => rollout.pass()?,
            Judgement::Unwell(why) => {
                rollout.doubt(why)?;
                if let Some(call) = &mut call {
                    call.give_up(PULSE)?;
                }
            }
        }
        look = Look::Decided;
    }
    Ok(look)
}

/// The executions that have ended and whose rollouts are to be brought back.
pub(crate) async fn to_roll_back(app: &App) -> Result<Vec<ExecutionId>, StoreError> {
    store::rollouts::to_roll_back(&mut app.store().read().await?).await
}

/// The executions with a rollout whose rest is to be looked at now.
pub(crate) async fn resting(app: &App) -> Result<Vec<ExecutionId>, StoreError> {
    store::rollouts::resting(&mut app.store().read().await?).await
}
