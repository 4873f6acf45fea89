//! Waits that are over, and those whose time has come to look again.

use pulse_api::{
    ExecutionId,
    status::{StepKind, StepStatus},
};
use pulse_workflow::{Action, Wait};

use super::{
    Verb,
    engine::{self, EngineError, Fleet, Run},
    entries,
};
use crate::{
    app::App,
    model::changes::Changes,
    store::{self, StoreError, Tx},
};

/// Ends the waits of one execution that are over by the database's clock.
#[derive(Debug)]
pub(crate) struct EndWaits(pub(crate) ExecutionId);

impl Verb for EndWaits {
    type Output = ();
    type Error = EngineError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<(), EngineError> {
        let Some((mut run, now)) = engine::lock(app, tx, self.0).await? else {
            return Ok(());
        };
        let over: Vec<String> = run
            .steps
            .iter()
            .filter(|step| step.kind == StepKind::Wait && step.status() == StepStatus::Running)
            .filter(|step| step.due_at.is_some_and(|due| due <= now))
            .map(|step| step.path.clone())
            .collect();
        let mut changes = Changes::default();
        for path in over {
            if let Some((every_ms, timeout_ms)) = watched(&run, &path) {
                let left = store::steps::time_left(tx, (self.0, &path), timeout_ms).await?;
                let step = run.step(&path)?;
                match left {
                    Some(left) => step.look_again_in(every_ms.min(left)),
                    // Unless it holds at last, the planner ends it.
                    None => step.is_late = true,
                }
                continue;
            }
            let order = run.next_order();
            let step = run.step(&path)?;
            step.succeed()?;
            step.ended_order = Some(order);
            let entry = entries::step(step);
            changes.note(&mut run.execution, entry);
        }
        engine::advance(tx, &mut run, &mut Fleet::default(), &mut changes).await?;
        engine::finish(app, tx, (vec![run], changes));
        Ok(())
    }

    fn store_error(error: &EngineError) -> Option<&StoreError> {
        error.store()
    }
}

/// How often a wait looks at what it waits for, and how long.
fn watched(run: &Run, path: &str) -> Option<(u64, u64)> {
    let step = run.workflow.step(&path.into())?;
    match &step.action {
        Action::Wait(Wait::Until { every_ms, .. }) => {
            Some((*every_ms, run.workflow.timeout_of(step)))
        }
        Action::Wait(Wait::For { .. })
        | Action::Execute(_)
        | Action::Prompt(_)
        | Action::Group(_)
        | Action::Agent(_)
        | Action::Workflow(_)
        | Action::Notify(_) => None,
    }
}

/// The executions in which a wait is over.
pub(crate) async fn due(app: &App) -> Result<Vec<ExecutionId>, StoreError> {
    store::steps::due(&mut app.store().read().await?).await
}

/// Milliseconds until something set in the future is due; `None` when nothing is.
pub(crate) async fn next_due(app: &App) -> Result<Option<u64>, StoreError> {
    store::steps::next_due(&mut app.store().read().await?).await
}
